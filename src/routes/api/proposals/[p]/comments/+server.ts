/** `POST { body }`: something is said of a proposal. */
import { textIn } from '$lib/server/form';
import { discussProposal } from '$lib/server/proposals/list';
import { answeringJson, jsonBody, requireActor } from '$lib/server/request';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = ({ locals, params, request }) =>
	answeringJson(async () => {
		const actor = requireActor(locals);
		discussProposal(locals.app, actor, params.p, textIn(await jsonBody(request), 'body'));
		return {};
	});
