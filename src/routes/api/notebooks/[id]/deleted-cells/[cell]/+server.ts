/** A deleted cell: `POST` puts it back, `DELETE` forgets it for good. */
import { bringBackCell, forgetCell, readHistory } from '$lib/server/notebooks/history';
import { answeringJson, requireActor } from '$lib/server/request';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = ({ locals, params }) =>
	answeringJson(() => bringBackCell(locals.app, requireActor(locals), params.id, params.cell));

export const DELETE: RequestHandler = ({ locals, params }) =>
	answeringJson(() => {
		const actor = requireActor(locals);
		forgetCell(locals.app, actor, params.id, params.cell);
		return readHistory(locals.app, actor, params.id);
	});
