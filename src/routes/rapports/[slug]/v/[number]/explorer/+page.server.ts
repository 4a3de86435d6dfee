import { getLocale } from '$lib/paraglide/runtime';
import { explorePage } from '$lib/server/reports/public-page';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params, setHeaders }) =>
	explorePage(locals.app, getLocale(), params, setHeaders);
