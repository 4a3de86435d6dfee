import { redirect } from '@sveltejs/kit';
import { returnPath } from '$lib/core/return-path';
import { getLocale, localizeHref } from '$lib/paraglide/runtime';
import { enter } from '$lib/server/auth/enter';
import { signUp } from '$lib/server/auth/sign-up';
import { submitting } from '$lib/server/request';
import type { Actions, PageServerLoad } from './$types';

const next = (url: URL): string => returnPath(url.searchParams.get('vers')) ?? localizeHref('/');

export const load: PageServerLoad = ({ locals, url }) => {
	// A guest keeps their work by turning into an account, on their own page.
	if (locals.actor)
		redirect(303, locals.actor.kind === 'guest' ? localizeHref('/compte') : next(url));
};

export const actions: Actions = {
	default: async ({ locals, cookies, request, url, getClientAddress }) => {
		const form = await request.formData();
		const refused = await submitting(async () => {
			const personId = await signUp(
				locals.app,
				{
					displayName: String(form.get('displayName') ?? ''),
					email: String(form.get('email') ?? ''),
					password: String(form.get('password') ?? ''),
					lang: getLocale()
				},
				getClientAddress()
			);
			await enter(locals.app, cookies, personId, locals.sessionHash);
		});
		return refused ?? redirect(303, next(url));
	}
};
