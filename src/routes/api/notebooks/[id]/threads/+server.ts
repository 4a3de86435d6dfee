/**
 * The threads of a notebook: `POST { anchor, excerpt, body }` opens one, about an `Anchor` of core/annotation. Both
 * answer all of them (`Thread[]`).
 */
import { listThreads } from '$lib/server/threads/list';
import { openThread } from '$lib/server/threads/thread';
import { answeringJson, jsonBody, requireActor } from '$lib/server/request';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals, params }) =>
	answeringJson(() => listThreads(locals.app, requireActor(locals), params.id));

export const POST: RequestHandler = ({ locals, params, request }) =>
	answeringJson(async () => {
		const actor = requireActor(locals);
		const { anchor, excerpt, body } = await jsonBody(request);
		openThread(locals.app, actor, params.id, {
			anchor,
			excerpt: textOf(excerpt),
			body: textOf(body)
		});
		return listThreads(locals.app, actor, params.id);
	});

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
