import { getLocale, localizeHref } from '$lib/paraglide/runtime';
import { publicPage } from '$lib/server/reports/public-page';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params, setHeaders }) =>
	publicPage(locals.app, locals.actor, getLocale(), params, {
		hrefIn: (path, locale) => localizeHref(path, { locale }),
		setHeaders
	});
