import { getLocale } from '$lib/paraglide/runtime';
import { answering, requireActor } from '$lib/server/request';
import { describeWorkshopForks } from '$lib/server/workshops/workshop-forks';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params, depends }) => {
	depends('app:workshop-forks');
	return answering(async () => ({
		forks: await describeWorkshopForks(locals.app, requireActor(locals), params.id, getLocale())
	}));
};
