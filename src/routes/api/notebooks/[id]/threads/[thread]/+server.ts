/** One thread: `POST { body }` replies, `PATCH { resolved }` resolves or opens again. Both answer all threads. */
import { listThreads } from '$lib/server/threads/list';
import { replyToThread, setResolved } from '$lib/server/threads/thread';
import { answeringJson, jsonBody, requireActor } from '$lib/server/request';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = ({ locals, params, request }) =>
	answeringJson(async () => {
		const actor = requireActor(locals);
		const { body } = await jsonBody(request);
		replyToThread(
			locals.app,
			actor,
			params.id,
			params.thread,
			typeof body === 'string' ? body : ''
		);
		return listThreads(locals.app, actor, params.id);
	});

export const PATCH: RequestHandler = ({ locals, params, request }) =>
	answeringJson(async () => {
		const actor = requireActor(locals);
		const { resolved } = await jsonBody(request);
		setResolved(locals.app, actor, params.id, params.thread, resolved === true);
		return listThreads(locals.app, actor, params.id);
	});
