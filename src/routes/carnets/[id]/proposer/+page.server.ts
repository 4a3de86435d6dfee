import { redirect } from '@sveltejs/kit';
import { localizeHref } from '$lib/paraglide/runtime';
import { textOf, textsOf } from '$lib/server/form';
import { ownChanges, propose } from '$lib/server/proposals/propose';
import { choiceOf } from '$lib/server/proposals/shown-changes';
import { answering, requireActor, submitting } from '$lib/server/request';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) =>
	answering(() => {
		const { originTitle, fork, changes } = ownChanges(locals.app, requireActor(locals), params.id);
		return {
			...{ id: params.id, title: fork.title, originTitle },
			changes: changes.map((own) => ({ ...own, choice: choiceOf(own.change) }))
		};
	});

export const actions: Actions = {
	default: async ({ locals, params, request }) => {
		const form = await request.formData();
		let id = '';
		const refused = await submitting(() => {
			id = propose(locals.app, requireActor(locals), params.id, {
				chosen: textsOf(form, 'change'),
				message: textOf(form, 'message')
			});
		});
		return refused ?? redirect(303, localizeHref(`/carnets/${params.id}/propositions/${id}`));
	}
};
