import { answering, requireActor } from '$lib/server/request';
import { listWorkshops } from '$lib/server/workshops/workshop';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) =>
	answering(() => ({ workshops: listWorkshops(locals.app, requireActor(locals)) }));
