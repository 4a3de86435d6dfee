/** Who the notebook is shared with, and sharing it: for its owner. */
import { shareNotebook, shareRequestOf } from '$lib/server/sharing/grant';
import { describeSharing } from '$lib/server/sharing/sharing';
import { answeringJson, jsonBody, requireActor } from '$lib/server/request';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals, params }) =>
	answeringJson(() => describeSharing(locals.app, requireActor(locals), params.id));

/** `ShareRequest` → `{ sharing, token }`; the token is a new link's, shown this once. */
export const POST: RequestHandler = ({ locals, params, request }) =>
	answeringJson(async () => {
		const actor = requireActor(locals);
		const asked = shareRequestOf(await jsonBody(request));
		const { token } = shareNotebook(locals.app, actor, params.id, asked);
		return { sharing: describeSharing(locals.app, actor, params.id), token };
	});
