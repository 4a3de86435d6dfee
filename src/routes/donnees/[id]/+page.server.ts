import { fail, type ActionFailure } from '@sveltejs/kit';
import { InvalidError } from '$lib/core/errors';
import {
	fieldsOf,
	MAX_DESCRIPTION,
	MAX_TITLE,
	sentFields
} from '$lib/server/datasets/dataset-fields';
import { describeDataset } from '$lib/server/datasets/describe';
import {
	grantDataset,
	revokeDatasetGrant,
	updateDataset,
	withdrawDataset,
	type GranteeKind
} from '$lib/server/datasets/govern';
import { listOrganisations } from '$lib/server/organisations/organisation';
import { answering, requireActor, submitting, type FormRefusal } from '$lib/server/request';
import { listWorkshops } from '$lib/server/workshops/workshop';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params, url }) =>
	answering(() => {
		const actor = requireActor(locals);
		const dataset = describeDataset(locals.app, actor, params.id);
		const { grantees, mayGovern, organisationId, versions } = dataset;
		const granted = new Set(grantees.map(({ id }) => id));
		const asked = Number(url.searchParams.get('version'));
		return {
			dataset,
			/** The version looked at: the latest, unless another is asked for. */
			number: versions.find(({ number }) => number === asked)?.number ?? versions[0]?.number ?? 0,
			workshops: mayGovern
				? listWorkshops(locals.app, actor)
						.filter(({ id, facilitates, ended }) => facilitates && !ended && !granted.has(id))
						.map(({ id, title }) => ({ id, name: title }))
				: [],
			organisations: mayGovern
				? listOrganisations(locals.app, actor)
						.filter(({ id }) => id !== organisationId && !granted.has(id))
						.map(({ id, name }) => ({ id, name }))
				: [],
			limits: { title: MAX_TITLE, description: MAX_DESCRIPTION }
		};
	});

/** What the form names: `workshop:<id>` or `organisation:<id>`. */
function granteeOf(form: FormData): readonly [GranteeKind, string] {
	const [kind, id] = String(form.get('grantee') ?? '').split(':');
	if ((kind !== 'workshop' && kind !== 'organisation') || !id)
		throw new InvalidError('unknown_choice');
	return [kind, id];
}

/** The page has several forms: each shows what it was refused itself. */
const refusedBy = (
	action: 'update' | 'grant' | 'revoke' | 'withdraw',
	refused: ActionFailure<{ refusal: FormRefusal }>
) => fail(refused.status, { ...refused.data, action });

export const actions: Actions = {
	update: async ({ locals, params, request }) => {
		const form = await request.formData();
		const refused = await submitting(() =>
			updateDataset(locals.app, locals.actor, params.id, fieldsOf(sentFields(form)))
		);
		return refused ? refusedBy('update', refused) : { done: 'update' as const };
	},

	grant: async ({ locals, params, request }) => {
		const form = await request.formData();
		const refused = await submitting(() =>
			grantDataset(locals.app, locals.actor, params.id, ...granteeOf(form))
		);
		return refused ? refusedBy('grant', refused) : { done: 'grant' as const };
	},

	revoke: async ({ locals, params, request }) => {
		const form = await request.formData();
		const refused = await submitting(() =>
			revokeDatasetGrant(locals.app, locals.actor, params.id, ...granteeOf(form))
		);
		return refused ? refusedBy('revoke', refused) : { done: 'revoke' as const };
	},

	withdraw: async ({ locals, params }) => {
		const refused = await submitting(() => withdrawDataset(locals.app, locals.actor, params.id));
		return refused ? refusedBy('withdraw', refused) : { done: 'withdraw' as const };
	}
};
