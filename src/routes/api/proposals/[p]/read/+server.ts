/** `POST {}`: what the reader was told of a proposal is read. */
import { readProposalNews } from '$lib/server/proposals/list';
import { answeringJson, jsonBody, requireActor } from '$lib/server/request';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = ({ locals, params, request }) =>
	answeringJson(async () => {
		const actor = requireActor(locals);
		await jsonBody(request);
		readProposalNews(locals.app, actor, params.p);
		return {};
	});
