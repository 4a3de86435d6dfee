import { listOrganisations } from '$lib/server/organisations/organisation';
import { answering, requireActor } from '$lib/server/request';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) =>
	answering(() => ({ organisations: listOrganisations(locals.app, requireActor(locals)) }));
