import { redirect } from '@sveltejs/kit';
import { formatJoinCode } from '$lib/core/workshop/join-code';
import { localizeHref } from '$lib/paraglide/runtime';
import { submitting } from '$lib/server/request';
import { readInvitation } from '$lib/server/workshops/join';
import type { Actions } from './$types';

export const actions: Actions = {
	default: async ({ locals, request, getClientAddress }) => {
		const typed = String((await request.formData()).get('code') ?? '');
		let code = '';
		const refused = await submitting(() => {
			code = readInvitation(locals.app, typed, getClientAddress()).code;
		});
		return refused ?? redirect(303, localizeHref(`/rejoindre/${formatJoinCode(code)}`));
	}
};
