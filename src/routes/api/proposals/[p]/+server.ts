/** `GET ?in=<notebook>`: a proposal as its page shows it now, for a page that is open (`ProposalPage`). */
import { proposalPage } from '$lib/server/proposals/list';
import { answeringJson, requireActor } from '$lib/server/request';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals, params, url }) =>
	answeringJson(() =>
		proposalPage(locals.app, requireActor(locals), url.searchParams.get('in') ?? '', params.p)
	);
