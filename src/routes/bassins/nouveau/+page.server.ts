import { fail, redirect } from '@sveltejs/kit';
import { ForbiddenError } from '$lib/core/errors';
import { getLocale, localizeHref } from '$lib/paraglide/runtime';
import { textOf } from '$lib/server/form';
import { listOrganisations } from '$lib/server/organisations/organisation';
import { createPool } from '$lib/server/pools/create';
import { contractSources, draftContract } from '$lib/server/pools/draft';
import { answering, requireActor, submitting } from '$lib/server/request';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) =>
	answering(() => {
		const actor = requireActor(locals);
		if (actor.kind !== 'account') throw new ForbiddenError('account_required');
		return {
			owners: listOrganisations(locals.app, actor)
				.filter(({ role }) => role === 'steward')
				.map(({ id, name }) => ({ id, name })),
			sources: contractSources(locals.app, actor, getLocale()).map(({ id, title }) => ({
				id,
				title
			}))
		};
	});

export const actions: Actions = {
	default: async ({ locals, request }) => {
		const form = await request.formData();
		const made = await submitting(() => {
			const actor = requireActor(locals);
			if (actor.kind !== 'account') throw new ForbiddenError('account_required');
			return createPool(locals.app, actor, {
				organisationId: textOf(form, 'organisation'),
				contract: draftContract(locals.app, actor, {
					from: textOf(form, 'from'),
					titleFr: textOf(form, 'titleFr'),
					titleEn: textOf(form, 'titleEn'),
					grain: textOf(form, 'grain'),
					licence: textOf(form, 'licence'),
					publication: textOf(form, 'publication')
				}),
				synthetic: form.get('synthetic') === 'on'
			});
		});
		if (!('id' in made)) return fail(made.status, made.data);
		redirect(303, localizeHref(`/bassins/${made.id}/contrat`));
	}
};
