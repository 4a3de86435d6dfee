/** One share: `PATCH { level }`, or `DELETE` to take it back; both answer who can see the notebook now. */
import { changeShare, levelOf, revokeShare } from '$lib/server/sharing/grant';
import { describeSharing } from '$lib/server/sharing/sharing';
import { answeringJson, jsonBody, requireActor } from '$lib/server/request';
import type { RequestHandler } from './$types';

export const PATCH: RequestHandler = ({ locals, params, request }) =>
	answeringJson(async () => {
		const actor = requireActor(locals);
		const level = levelOf((await jsonBody(request)).level);
		changeShare(locals.app, actor, params.id, params.grant, level);
		return describeSharing(locals.app, actor, params.id);
	});

export const DELETE: RequestHandler = ({ locals, params }) =>
	answeringJson(() => {
		const actor = requireActor(locals);
		revokeShare(locals.app, actor, params.id, params.grant);
		return describeSharing(locals.app, actor, params.id);
	});
