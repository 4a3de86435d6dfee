import { redirect } from '@sveltejs/kit';
import { ForbiddenError, InvalidError } from '$lib/core/errors';
import { getLocale, localizeHref } from '$lib/paraglide/runtime';
import { textOf, textsOf } from '$lib/server/form';
import { editContract } from '$lib/server/pools/create';
import { columnUse, describePool } from '$lib/server/pools/describe';
import { contractSources } from '$lib/server/pools/draft';
import { answering, requireActor, submitting } from '$lib/server/request';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) =>
	answering(() => {
		const actor = requireActor(locals);
		const pool = describePool(locals.app, actor, params.id);
		if (!pool.mayManage) throw new ForbiddenError();
		return {
			pool: {
				id: pool.id,
				contract: pool.contract,
				contractVersion: pool.contractVersion,
				standing: pool.data?.parts.length ?? 0
			},
			used: columnUse(locals.app, actor, params.id),
			sources: contractSources(locals.app, actor, getLocale()).filter(
				({ id }) => id !== pool.data?.dataset.id
			)
		};
	});

/** @throws InvalidError `contract_invalid` for what is no JSON */
function contractIn(form: FormData): unknown {
	try {
		return JSON.parse(textOf(form, 'contract'));
	} catch {
		throw new InvalidError('contract_invalid', { why: 'malformed', where: 'JSON' }, 'contract');
	}
}

export const actions: Actions = {
	default: async ({ locals, params, request }) => {
		const form = await request.formData();
		const done = await submitting(() =>
			editContract(locals.app, locals.actor, params.id, {
				from: Number(textOf(form, 'from')),
				contract: contractIn(form),
				aside: textsOf(form, 'aside')
			})
		);
		if (!('parts' in done) || done.contractVersion === null) return done;
		redirect(303, localizeHref(`/bassins/${params.id}`));
	}
};
