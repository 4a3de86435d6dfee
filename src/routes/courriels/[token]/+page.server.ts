import { describeUnsubscribe, unsubscribe } from '$lib/server/mail/unsubscribe';
import { submitting } from '$lib/server/request';
import type { Actions, PageServerLoad } from './$types';

/** Opening the page stops nothing: previews and mail scanners open what they meet. */
export const load: PageServerLoad = ({ locals, params, setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store' });
	return { link: describeUnsubscribe(locals.app, params.token) };
};

export const actions: Actions = {
	default: async ({ locals, params }) => {
		const refused = await submitting(() => unsubscribe(locals.app, params.token));
		return refused ?? { done: true };
	}
};
