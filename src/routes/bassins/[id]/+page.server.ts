import { withdrawPart } from '$lib/server/pools/contribute';
import { describePool } from '$lib/server/pools/describe';
import { dropInvitation, inviteToPool, joinPool, leavePool } from '$lib/server/pools/members';
import { answering, requireActor, submitting } from '$lib/server/request';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) =>
	answering(() => ({ pool: describePool(locals.app, requireActor(locals), params.id) }));

const text = (form: FormData, name: string): string => String(form.get(name) ?? '');

export const actions: Actions = {
	join: async ({ locals, params, request }) => {
		const form = await request.formData();
		return submitting(() =>
			joinPool(locals.app, requireActor(locals), params.id, text(form, 'organisation'))
		);
	},
	decline: async ({ locals, params }) =>
		submitting(() => {
			const actor = requireActor(locals);
			dropInvitation(locals.app, actor, params.id, actor.personId);
		}),
	invite: async ({ locals, params, request }) => {
		const form = await request.formData();
		return submitting(() =>
			inviteToPool(locals.app, requireActor(locals), params.id, text(form, 'email'))
		);
	},
	uninvite: async ({ locals, params, request }) => {
		const form = await request.formData();
		return submitting(() =>
			dropInvitation(locals.app, requireActor(locals), params.id, text(form, 'person'))
		);
	},
	withdraw: async ({ locals, params, request }) => {
		const form = await request.formData();
		return submitting(async () => {
			await withdrawPart(
				locals.app,
				locals.actor,
				params.id,
				text(form, 'organisation'),
				text(form, 'period')
			);
		});
	},
	leave: async ({ locals, params, request }) => {
		const form = await request.formData();
		return submitting(() =>
			leavePool(locals.app, requireActor(locals), params.id, text(form, 'organisation'))
		);
	}
};
