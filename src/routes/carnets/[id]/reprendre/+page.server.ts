import { textOf, textsOf } from '$lib/server/form';
import { readDecision } from '$lib/server/proposals/read-decision';
import { choiceOf } from '$lib/server/proposals/shown-changes';
import { originChanges, takeIn } from '$lib/server/proposals/take-in';
import { answering, requireActor, submitting } from '$lib/server/request';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) =>
	answering(() => {
		const found = originChanges(locals.app, requireActor(locals), params.id);
		return { id: params.id, ...found, choices: found.changes.map(choiceOf) };
	});

export const actions: Actions = {
	take: async ({ locals, params, request }) => {
		const form = await request.formData();
		return submitting(() => ({
			taken: takeIn(locals.app, requireActor(locals), params.id, textsOf(form, 'change')).taken
		}));
	},
	decide: async ({ locals, params, request, url }) => {
		const form = await request.formData();
		return submitting(() => {
			const change = textOf(form, 'change');
			const asked = readDecision(form);
			const { taken, conflicts } = takeIn(
				locals.app,
				requireActor(locals),
				params.id,
				[url.searchParams.get('choix') ?? change],
				asked
			);
			return { taken, again: conflicts.some(({ again }) => again) ? change : null };
		});
	}
};
