import { fail, redirect } from '@sveltejs/kit';
import { ForbiddenError } from '$lib/core/errors';
import { getLocale, localizeHref } from '$lib/paraglide/runtime';
import { langOf, textOf, textsOf } from '$lib/server/form';
import { answering, requireActor, submitting } from '$lib/server/request';
import { prepareWorkshop } from '$lib/server/workshops/prepare';
import { listSeries } from '$lib/server/workshops/series';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) =>
	answering(() => {
		const actor = requireActor(locals);
		if (actor.kind !== 'account') throw new ForbiddenError('account_required');
		return { series: listSeries(locals.app, actor), lang: getLocale() };
	});

export const actions: Actions = {
	default: async ({ locals, request }) => {
		const form = await request.formData();
		const typed = {
			title: textOf(form, 'title'),
			description: textOf(form, 'description'),
			questions: textsOf(form, 'questions').map(Number),
			lang: langOf(form),
			series: textOf(form, 'series'),
			seriesTitle: textOf(form, 'seriesTitle'),
			tables: textOf(form, 'tables')
		};
		const made = await submitting(() =>
			prepareWorkshop(locals.app, locals.actor, {
				...typed,
				seriesId: typed.series === '' ? null : typed.series,
				tables: typed.tables.split(/\r\n?|\n/)
			})
		);
		if (typeof made !== 'string') return fail(made.status, { ...made.data, typed });
		redirect(303, localizeHref(`/ateliers/${made}`));
	}
};
