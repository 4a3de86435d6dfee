/**
 * The threads of a notebook: `POST { anchor, excerpt, body }` opens one, about an `Anchor` of core/annotation. Both
 * answer all of them (`Thread[]`), each with its anchor, who wrote, what is unread, and the reactions. People named in a
 * comment (`[@Nom](personne:ID)`) come by their present names. `GET ?origin=1` answers instead those of the notebook
 * that it was copied from (`OriginThreads`), read only; null where there is none that the one who asks may read.
 */
import { listOriginThreads, listThreads } from '$lib/server/threads/list';
import { openThread } from '$lib/server/threads/thread';
import { answeringJson, jsonBody, requireActor } from '$lib/server/request';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals, params, url }) =>
	answeringJson(() => {
		const list = url.searchParams.get('origin') === '1' ? listOriginThreads : listThreads;
		return list(locals.app, requireActor(locals), params.id);
	});

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
