import { AppError } from '$lib/core/errors';
import { textOf } from '$lib/server/form';
import { draftKeyOf } from '$lib/server/notebooks/describe';
import { acceptChange, declineChange } from '$lib/server/proposals/decide';
import { discussProposal, proposalPage } from '$lib/server/proposals/list';
import { withdraw } from '$lib/server/proposals/propose';
import { readDecision } from '$lib/server/proposals/read-decision';
import { answering, requireActor, submitting } from '$lib/server/request';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) =>
	answering(() => {
		const actor = requireActor(locals);
		return {
			id: params.id,
			draftKey: draftKeyOf(actor, params.id),
			...proposalPage(locals.app, actor, params.id, params.p)
		};
	});

export const actions: Actions = {
	accept: async ({ locals, params, request }) => {
		const form = await request.formData();
		return submitting(() => {
			const change = textOf(form, 'change');
			const asked = readDecision(form);
			const outcome = acceptChange(locals.app, requireActor(locals), params.p, change, asked);
			// It is a person's to decide, by the page as it reads now.
			if (outcome.kind === 'conflict') throw new AppError('proposal_changed_since');
			const kept = asked?.decision.take === 'ours';
			return { state: kept ? ('declined' as const) : ('accepted' as const) };
		});
	},
	decline: async ({ locals, params, request }) => {
		const form = await request.formData();
		return submitting(() =>
			declineChange(
				locals.app,
				requireActor(locals),
				params.p,
				textOf(form, 'change'),
				textOf(form, 'reason')
			)
		);
	},
	withdraw: async ({ locals, params }) =>
		submitting(() => withdraw(locals.app, requireActor(locals), params.p)),
	comment: async ({ locals, params, request }) => {
		const form = await request.formData();
		return submitting(() =>
			discussProposal(locals.app, requireActor(locals), params.p, textOf(form, 'body'))
		);
	}
};
