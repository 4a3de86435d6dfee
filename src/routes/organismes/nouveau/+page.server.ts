import { fail, redirect } from '@sveltejs/kit';
import { ForbiddenError } from '$lib/core/errors';
import { localizeHref } from '$lib/paraglide/runtime';
import { textOf } from '$lib/server/form';
import { createOrganisation } from '$lib/server/organisations/organisation';
import { answering, requireActor, submitting } from '$lib/server/request';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) =>
	answering(() => {
		if (requireActor(locals).kind !== 'account') throw new ForbiddenError('account_required');
	});

export const actions: Actions = {
	default: async ({ locals, request }) => {
		const form = await request.formData();
		const typed = {
			name: textOf(form, 'name'),
			region: textOf(form, 'region'),
			discipline: textOf(form, 'discipline')
		};
		const made = await submitting(() => createOrganisation(locals.app, locals.actor, typed));
		if (typeof made !== 'string') return fail(made.status, { ...made.data, typed });
		redirect(303, localizeHref(`/organismes/${made}`));
	}
};
