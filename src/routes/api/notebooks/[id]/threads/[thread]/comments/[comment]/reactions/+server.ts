/** `PUT { reaction, on }` puts a reaction (one of REACTIONS) of the one who asks, or takes it back. Answers all threads. */
import { answeringJson, jsonBody, requireActor } from '$lib/server/request';
import { listThreads } from '$lib/server/threads/list';
import { react } from '$lib/server/threads/react';
import type { RequestHandler } from './$types';

export const PUT: RequestHandler = ({ locals, params, request }) =>
	answeringJson(async () => {
		const actor = requireActor(locals);
		const { reaction, on } = await jsonBody(request);
		const { id, thread, comment } = params;
		react(locals.app, actor, id, thread, comment, { reaction, on: on === true });
		return listThreads(locals.app, actor, id);
	});
