import { redirect } from '@sveltejs/kit';
import { AppError } from '$lib/core/errors';
import { getLocale, localizeHref } from '$lib/paraglide/runtime';
import { enter } from '$lib/server/auth/enter';
import { submitting } from '$lib/server/request';
import { joinWorkshop, readInvitation } from '$lib/server/workshops/join';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params, getClientAddress, setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store' });
	try {
		const { title, questions } = readInvitation(locals.app, params.code, getClientAddress());
		return { invitation: { title, questions }, refusal: null };
	} catch (cause) {
		if (!(cause instanceof AppError)) throw cause;
		return { invitation: null, refusal: { code: cause.code, details: { ...cause.details } } };
	}
};

export const actions: Actions = {
	default: async ({ locals, params, cookies, request, getClientAddress }) => {
		const form = await request.formData();
		const text = (name: string): string => String(form.get(name) ?? '');
		let workshopId = '';
		const refused = await submitting(async () => {
			const joined = joinWorkshop(
				locals.app,
				locals.actor,
				params.code,
				{
					displayName: text('displayName'),
					organisationName: text('organisationName'),
					region: text('region'),
					discipline: text('discipline'),
					lang: getLocale()
				},
				getClientAddress()
			);
			if (joined.newcomer) await enter(locals.app, cookies, joined.personId, null);
			workshopId = joined.workshopId;
		});
		return refused ?? redirect(303, localizeHref(`/ateliers/${workshopId}`));
	}
};
