import { fail, type ActionFailure } from '@sveltejs/kit';
import { ForbiddenError, InvalidError } from '$lib/core/errors';
import { listAccess } from '$lib/server/datasets/access-log';
import {
	fieldsOf,
	MAX_DESCRIPTION,
	MAX_TITLE,
	sentFields
} from '$lib/server/datasets/dataset-fields';
import { describeDataset } from '$lib/server/datasets/describe';
import {
	describeColumns,
	grantDataset,
	restoreDataset,
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
		const { grantees, mayGovern, organisationId } = dataset;
		if (!mayGovern) throw new ForbiddenError('steward_required');
		const granted = new Set(grantees.map(({ id }) => id));
		return {
			dataset,
			access: listAccess(locals.app, actor, params.id, {
				before: url.searchParams.get('avant')
			}),
			workshops: listWorkshops(locals.app, actor)
				.filter(({ id, facilitates, ended }) => facilitates && !ended && !granted.has(id))
				.map(({ id, title }) => ({ id, name: title })),
			organisations: listOrganisations(locals.app, actor)
				.filter(({ id }) => dataset.poolId === null && id !== organisationId && !granted.has(id))
				.map(({ id, name }) => ({ id, name })),
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
type Form = 'update' | 'columns' | 'grant' | 'revoke' | 'withdraw' | 'restore';
const refusedBy = (action: Form, refused: ActionFailure<{ refusal: FormRefusal }>) =>
	fail(refused.status, { ...refused.data, action });

export const actions: Actions = {
	update: async ({ locals, params, request }) => {
		const form = await request.formData();
		const refused = await submitting(() =>
			updateDataset(locals.app, locals.actor, params.id, fieldsOf(sentFields(form)))
		);
		return refused ? refusedBy('update', refused) : { done: 'update' as const };
	},

	columns: async ({ locals, params, request }) => {
		const form = await request.formData();
		const refused = await submitting(() =>
			describeColumns(locals.app, locals.actor, params.id, sentFields(form).columns)
		);
		return refused ? refusedBy('columns', refused) : { done: 'columns' as const };
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
	},

	restore: async ({ locals, params }) => {
		const refused = await submitting(() => restoreDataset(locals.app, locals.actor, params.id));
		return refused ? refusedBy('restore', refused) : { done: 'restore' as const };
	}
};
