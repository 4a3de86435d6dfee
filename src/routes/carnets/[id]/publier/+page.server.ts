import { fail } from '@sveltejs/kit';
import { describeNotebook } from '$lib/server/notebooks/describe';
import { noticesOf } from '$lib/server/reports/of-dataset';
import { reportsOfNotebook } from '$lib/server/reports/of-notebook';
import { liftWithdrawal, withdrawReport } from '$lib/server/reports/withdraw';
import { answering, requireActor, submitting } from '$lib/server/request';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) =>
	answering(() => {
		const actor = requireActor(locals);
		const { id, title, lang, draftKey } = describeNotebook(locals.app, actor, params.id);
		return {
			notebook: { id, title, lang, draftKey },
			reports: reportsOfNotebook(locals.app, actor, id),
			/** Which of the person's reports cite data that were withdrawn. */
			notices: noticesOf(locals.app, actor),
			author: actor.displayName,
			/** Publishing needs an account: the page says so, and runs nothing. */
			guest: actor.kind === 'guest',
			origin: locals.app.config.origin,
			now: locals.app.now()
		};
	});

export const actions: Actions = {
	withdraw: async ({ locals, request }) => {
		const form = await request.formData();
		const reportId = String(form.get('report') ?? '');
		const refused = await submitting(() => {
			withdrawReport(locals.app, requireActor(locals), reportId, String(form.get('reason') ?? ''));
		});
		if (refused) return fail(refused.status, { ...refused.data, report: reportId });
		return { withdrawn: reportId };
	},

	lift: async ({ locals, request }) => {
		const form = await request.formData();
		const reportId = String(form.get('report') ?? '');
		const refused = await submitting(() => {
			liftWithdrawal(locals.app, requireActor(locals), reportId);
		});
		if (refused) return fail(refused.status, { ...refused.data, report: reportId });
		return { lifted: reportId };
	}
};
