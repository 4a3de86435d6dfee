/** Where a notebook comes from and what was made of it, as far as the reader may know. */
import { getLocale } from '$lib/paraglide/runtime';
import { lineageOf } from '$lib/server/notebooks/lineage';
import { answeringJson, requireActor } from '$lib/server/request';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals, params, url }) =>
	answeringJson(() => {
		const asked = url.searchParams.get('lang');
		const lang = asked === 'fr' || asked === 'en' ? asked : getLocale();
		return lineageOf(locals.app, requireActor(locals), params.id, lang);
	});
