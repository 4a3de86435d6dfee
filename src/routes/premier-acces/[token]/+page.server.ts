import { redirect } from '@sveltejs/kit';
import { getLocale, localizeHref } from '$lib/paraglide/runtime';
import { enter } from '$lib/server/auth/enter';
import { describeSignInLink, spendFirstAccessLink } from '$lib/server/auth/sign-in-link';
import { submitting } from '$lib/server/request';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params, setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store' });
	return {
		holds: describeSignInLink(locals.app, params.token)?.kind === 'first-administrator'
	};
};

export const actions: Actions = {
	default: async ({ locals, params, cookies, request }) => {
		const form = await request.formData();
		const refused = await submitting(async () => {
			const personId = await spendFirstAccessLink(locals.app, params.token, {
				displayName: String(form.get('displayName') ?? ''),
				email: String(form.get('email') ?? ''),
				password: String(form.get('password') ?? ''),
				lang: getLocale()
			});
			await enter(locals.app, cookies, personId, locals.sessionHash);
		});
		return refused ?? redirect(303, localizeHref('/'));
	}
};
