import { getLocale } from '$lib/paraglide/runtime';
import { noticesOf } from '$lib/server/reports/of-dataset';
import { listReports } from '$lib/server/reports/read';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => ({
	reports: listReports(locals.app, getLocale()),
	/** For the author of reports, of theirs. */
	notices: locals.actor ? noticesOf(locals.app, locals.actor) : []
});
