import { pairTwins } from '$lib/core/notebook/twins';
import { getLocale } from '$lib/paraglide/runtime';
import { listNotebooks } from '$lib/server/notebooks/describe';
import { listWorkshops } from '$lib/server/workshops/workshop';
import type { PageServerLoad } from './$types';

/** How many of each the home page shows of what is the person's. */
const SHOWN = 4;

export const load: PageServerLoad = ({ locals: { app, actor } }) => {
	if (!actor) return { mine: null };
	const workshops = listWorkshops(app, actor);
	return {
		mine: {
			workshops: workshops.filter(({ ended }) => !ended).slice(0, SHOWN),
			notebooks: pairTwins(listNotebooks(app, actor), getLocale()).slice(0, SHOWN),
			/** Whoever facilitated once will again; the others come to join. */
			facilitates: workshops.some(({ facilitates }) => facilitates)
		}
	};
};
