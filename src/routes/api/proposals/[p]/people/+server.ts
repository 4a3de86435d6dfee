/** `GET`: who can be named in what is written about a proposal, by name (`Mentionable[]`), the one who asks left out. */
import { proposalPeople } from '$lib/server/proposals/people';
import { answeringJson, requireActor } from '$lib/server/request';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals, params }) =>
	answeringJson(() => proposalPeople(locals.app, requireActor(locals), params.p));
