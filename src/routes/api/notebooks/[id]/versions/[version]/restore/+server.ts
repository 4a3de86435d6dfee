/** `POST` makes the notebook what the version holds; the present is kept first. */
import { restoreVersion } from '$lib/server/notebooks/history';
import { answeringJson, requireActor } from '$lib/server/request';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = ({ locals, params }) =>
	answeringJson(() => restoreVersion(locals.app, requireActor(locals), params.id, params.version));
