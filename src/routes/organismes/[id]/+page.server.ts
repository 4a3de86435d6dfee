import { fail, redirect } from '@sveltejs/kit';
import { getLocale, localizeHref } from '$lib/paraglide/runtime';
import type { Actor, App } from '$lib/server/app';
import { listOrganisationDatasets } from '$lib/server/datasets/of-organisation';
import { sentIn, textOf } from '$lib/server/form';
import { addMember, removeMember, setMemberRole } from '$lib/server/organisations/membership';
import { describeOrganisation, updateOrganisation } from '$lib/server/organisations/organisation';
import { answering, requireActor, submitting } from '$lib/server/request';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) =>
	answering(() => {
		const actor = requireActor(locals);
		return {
			meId: actor.personId,
			organisation: describeOrganisation(locals.app, actor, params.id),
			datasets: listOrganisationDatasets(locals.app, actor, params.id, getLocale())
		};
	});

const roleOf = (form: FormData): 'member' | 'steward' =>
	textOf(form, 'role') === 'steward' ? 'steward' : 'member';

/** An action of the page: reads the form, asks one capability. */
type Work = (app: App, actor: Actor, id: string, form: FormData) => void;
const action =
	(work: Work): NonNullable<Actions[string]> =>
	async ({ locals, params, request, url }) => {
		const form = await request.formData();
		const answer = await submitting(() => {
			work(locals.app, requireActor(locals), params.id, form);
			return { done: true };
		});
		if ('done' in answer) return answer;
		return fail(answer.status, { ...answer.data, sent: sentIn(url, form) });
	};

export const actions: Actions = {
	'add-member': action((app, actor, id, form) =>
		addMember(app, actor, id, textOf(form, 'email'), roleOf(form))
	),
	'set-role': action((app, actor, id, form) =>
		setMemberRole(app, actor, id, textOf(form, 'personId'), roleOf(form))
	),
	'remove-member': action((app, actor, id, form) =>
		removeMember(app, actor, id, textOf(form, 'personId'))
	),
	leave: async ({ locals, params }) => {
		const refused = await submitting(() => {
			const actor = requireActor(locals);
			removeMember(locals.app, actor, params.id, actor.personId);
		});
		if (refused) return refused;
		redirect(303, localizeHref('/organismes'));
	},
	edit: action((app, actor, id, form) =>
		updateOrganisation(app, actor, id, {
			name: textOf(form, 'name'),
			region: textOf(form, 'region'),
			discipline: textOf(form, 'discipline')
		})
	)
};
