import { redirect } from '@sveltejs/kit';
import { printFileName } from '$lib/core/dataset/file-name';
import { longDay } from '$lib/core/report/cell-text';
import { cellAnchor } from '$lib/core/report/report';
import { getLocale, localizeHref } from '$lib/paraglide/runtime';
import { listUsableDatasets } from '$lib/server/datasets/describe';
import { forkNotebook } from '$lib/server/notebooks/create';
import { describeNotebook } from '$lib/server/notebooks/describe';
import { deleteNotebook } from '$lib/server/notebooks/manage';
import { purgeTime } from '$lib/server/notebooks/purge';
import { openingOf } from '$lib/server/notebooks/opening';
import type { KnownTemplate, KnownText } from '$lib/ui/notebook/known-text';
import { renderTamely } from '$lib/ui/notebook/markdown';
import { readTemplate } from '$lib/ui/notebook/read-template';
import { questionText } from '$lib/ui/vocabulary';
import { answering, requireActor, submitting } from '$lib/server/request';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) =>
	answering(() => {
		const actor = requireActor(locals);
		const { texts, ...opening } = openingOf(locals.app, actor, params.id);
		const { question, ...notebook } = describeNotebook(locals.app, actor, params.id);
		return {
			/** With the workshop's question in words: a page need not have all of them. */
			notebook: { ...notebook, question: question === null ? null : questionText(question) },
			opening,
			/** Who reads: named in a comment, or its author. */
			me: actor.personId,
			/** The day until which it can be brought back, were it deleted now. */
			comesBackUntil: longDay(purgeTime(locals.app), getLocale()),
			/** By cell, as Markdown. */
			texts: Object.fromEntries<KnownText>(
				texts
					.filter(({ source }) => !source.includes('${'))
					.map(({ cell, source }) => {
						const headingPrefix = `${cellAnchor(cell)}-`;
						return [cell, { source, html: renderTamely(source, { headingPrefix }) }];
					})
			),
			/** By cell, those that compute something: what can be read before their values are known. */
			templates: Object.fromEntries(
				texts.flatMap(({ cell, source }): [string, KnownTemplate][] => {
					const read = source.includes('${')
						? readTemplate(source, { headingPrefix: `${cellAnchor(cell)}-` })
						: null;
					return read ? [[cell, read]] : [];
				})
			),
			/** To be named in a cell: none that the notebook's other readers can read no more. */
			datasets: listUsableDatasets(locals.app, actor, getLocale())
				.filter(({ expired }) => !expired)
				.map(({ title, slug, version }) => ({
					title,
					slug,
					file: printFileName({ slug, version })
				}))
		};
	});

export const actions: Actions = {
	fork: async ({ locals, params }) => {
		let id = '';
		const refused = await submitting(() => {
			id = forkNotebook(locals.app, requireActor(locals), params.id);
		});
		return refused ?? redirect(303, localizeHref(`/carnets/${id}`));
	},
	delete: async ({ locals, params }) => {
		const refused = await submitting(() =>
			deleteNotebook(locals.app, requireActor(locals), params.id)
		);
		return refused ?? redirect(303, localizeHref('/carnets'));
	}
};
