/** What waits about proposals to and from a notebook, in numbers. */
import { proposalCounts } from '$lib/server/proposals/list';
import { answeringJson, requireActor } from '$lib/server/request';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals, params }) =>
	answeringJson(() => proposalCounts(locals.app, requireActor(locals), params.id));
