/** One comment: `PATCH { body }` changes its words, `DELETE` takes them away. Both answer all threads. */
import { answeringJson, jsonBody, requireActor } from '$lib/server/request';
import { deleteComment, editComment } from '$lib/server/threads/comment';
import { listThreads } from '$lib/server/threads/list';
import type { RequestHandler } from './$types';

export const PATCH: RequestHandler = ({ locals, params, request }) =>
	answeringJson(async () => {
		const actor = requireActor(locals);
		const { body } = await jsonBody(request);
		const { id, thread, comment } = params;
		const words = typeof body === 'string' ? body : '';
		editComment(locals.app, actor, id, thread, comment, words);
		return listThreads(locals.app, actor, id);
	});

export const DELETE: RequestHandler = ({ locals, params }) =>
	answeringJson(() => {
		const actor = requireActor(locals);
		const { id, thread, comment } = params;
		deleteComment(locals.app, actor, id, thread, comment);
		return listThreads(locals.app, actor, id);
	});
