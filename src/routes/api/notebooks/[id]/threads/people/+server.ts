/** `GET`: who can be named in the discussions of the notebook, by name (`Mentionable[]`), the one who asks left out. */
import { answeringJson, requireActor } from '$lib/server/request';
import { mentionable } from '$lib/server/threads/people';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals, params }) =>
	answeringJson(() => mentionable(locals.app, requireActor(locals), params.id));
