/** The history of a notebook: `POST { name }` names the present. Both answer all of it. */
import { nameVersion, readHistory } from '$lib/server/notebooks/history';
import { answeringJson, jsonBody, requireActor } from '$lib/server/request';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals, params }) =>
	answeringJson(() => readHistory(locals.app, requireActor(locals), params.id));

export const POST: RequestHandler = ({ locals, params, request }) =>
	answeringJson(async () => {
		const actor = requireActor(locals);
		const { name } = await jsonBody(request);
		nameVersion(locals.app, actor, params.id, typeof name === 'string' ? name : '');
		return readHistory(locals.app, actor, params.id);
	});
