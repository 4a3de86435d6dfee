import { listOrganisations } from '$lib/server/organisations/organisation';
import { listPools } from '$lib/server/pools/describe';
import { answering, requireActor } from '$lib/server/request';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) =>
	answering(() => {
		const actor = requireActor(locals);
		return {
			pools: listPools(locals.app, actor),
			mayCreate: listOrganisations(locals.app, actor).some(({ role }) => role === 'steward')
		};
	});
