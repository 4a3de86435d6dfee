import { getLocale } from '$lib/paraglide/runtime';
import { listReports } from '$lib/server/reports/read';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => ({
	reports: listReports(locals.app, getLocale())
});
