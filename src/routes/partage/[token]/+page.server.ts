import { redirect } from '@sveltejs/kit';
import { getLocale, localizeHref } from '$lib/paraglide/runtime';
import { enter } from '$lib/server/auth/enter';
import { submitting } from '$lib/server/request';
import { describeShareLink, openShareLink } from '$lib/server/sharing/share-link';
import type { Actions, PageServerLoad } from './$types';

/** Opening the page gives nothing: previews and mail scanners open what they meet. */
export const load: PageServerLoad = ({ locals, params, setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store' });
	return { link: describeShareLink(locals.app, locals.actor, params.token) };
};

export const actions: Actions = {
	default: async ({ locals, params, cookies, request, getClientAddress }) => {
		const displayName = String((await request.formData()).get('displayName') ?? '');
		let notebookId = '';
		const refused = await submitting(async () => {
			const opened = openShareLink(
				locals.app,
				locals.actor,
				params.token,
				{ displayName, lang: getLocale() },
				getClientAddress()
			);
			if (opened.newcomer) await enter(locals.app, cookies, opened.personId, null);
			notebookId = opened.notebookId;
		});
		return refused ?? redirect(303, localizeHref(`/carnets/${notebookId}`));
	}
};
