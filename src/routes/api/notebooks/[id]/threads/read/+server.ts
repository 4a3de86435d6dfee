/**
 * `POST { threads: [ids] }`: the one who asks has read what was written in them so far; in all, where none is named.
 * Answers all threads.
 */
import { answeringJson, jsonBody, requireActor } from '$lib/server/request';
import { listThreads } from '$lib/server/threads/list';
import { markThreadsRead } from '$lib/server/threads/read';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = ({ locals, params, request }) =>
	answeringJson(async () => {
		const actor = requireActor(locals);
		const { threads } = await jsonBody(request);
		markThreadsRead(locals.app, actor, params.id, threads);
		return listThreads(locals.app, actor, params.id);
	});
