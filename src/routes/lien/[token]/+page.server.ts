import { redirect } from '@sveltejs/kit';
import { localizeHref } from '$lib/paraglide/runtime';
import { enter } from '$lib/server/auth/enter';
import { describeSignInLink, spendSignInLink } from '$lib/server/auth/sign-in-link';
import { submitting } from '$lib/server/request';
import type { Actions, PageServerLoad } from './$types';

/** Opening the page spends nothing: previews and mail scanners open what they meet. */
export const load: PageServerLoad = ({ locals, params, setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store' });
	const link = describeSignInLink(locals.app, params.token);
	return {
		displayName: link?.kind === 'person' ? link.displayName : null,
		/** Whoever reads this is on the server's own machine. */
		loopback: locals.app.config.loopback
	};
};

export const actions: Actions = {
	default: async ({ locals, params, cookies }) => {
		const refused = await submitting(async () => {
			const personId = spendSignInLink(locals.app, params.token);
			await enter(locals.app, cookies, personId, locals.sessionHash);
		});
		return refused ?? redirect(303, localizeHref('/ateliers'));
	}
};
