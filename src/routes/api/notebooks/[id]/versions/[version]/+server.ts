/** One kept version: `GET` is what it holds; `PATCH { name }` renames it and `DELETE` lets it go, and answer the history. */
import {
	deleteVersion,
	lookAtVersion,
	readHistory,
	renameVersion
} from '$lib/server/notebooks/history';
import { answeringJson, jsonBody, requireActor } from '$lib/server/request';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals, params }) =>
	answeringJson(() => lookAtVersion(locals.app, requireActor(locals), params.id, params.version));

export const PATCH: RequestHandler = ({ locals, params, request }) =>
	answeringJson(async () => {
		const actor = requireActor(locals);
		const { name } = await jsonBody(request);
		const words = typeof name === 'string' ? name : '';
		renameVersion(locals.app, actor, params.id, params.version, words);
		return readHistory(locals.app, actor, params.id);
	});

export const DELETE: RequestHandler = ({ locals, params }) =>
	answeringJson(() => {
		const actor = requireActor(locals);
		deleteVersion(locals.app, actor, params.id, params.version);
		return readHistory(locals.app, actor, params.id);
	});
