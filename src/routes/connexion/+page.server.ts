import { redirect } from '@sveltejs/kit';
import { returnPath } from '$lib/core/return-path';
import { localizeHref } from '$lib/paraglide/runtime';
import { enter } from '$lib/server/auth/enter';
import { checkSignIn } from '$lib/server/auth/sign-in';
import { submitting } from '$lib/server/request';
import type { Actions, PageServerLoad } from './$types';

const next = (url: URL): string => returnPath(url.searchParams.get('vers')) ?? localizeHref('/');

export const load: PageServerLoad = ({ locals, url }) => {
	if (locals.actor?.kind === 'account') redirect(303, next(url));
};

export const actions: Actions = {
	default: async ({ locals, cookies, request, url, getClientAddress }) => {
		const form = await request.formData();
		const refused = await submitting(async () => {
			const personId = await checkSignIn(
				locals.app,
				String(form.get('email') ?? ''),
				String(form.get('password') ?? ''),
				getClientAddress()
			);
			// A session of its own at each sign-in; the one of before, a guest's say, ends.
			await enter(locals.app, cookies, personId, locals.sessionHash);
		});
		return refused ?? redirect(303, next(url));
	}
};
