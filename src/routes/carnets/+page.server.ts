import { fail, redirect, type ActionFailure } from '@sveltejs/kit';
import { parseFileName, tableNameOf } from '$lib/core/dataset/file-name';
import { InvalidError } from '$lib/core/errors';
import { toNotebook } from '$lib/core/notebook/notebook';
import { pairTwins } from '$lib/core/notebook/twins';
import { m } from '$lib/paraglide/messages';
import { getLocale, localizeHref } from '$lib/paraglide/runtime';
import { createNotebook } from '$lib/server/notebooks/create';
import { bringBack, forgetDeleted, listDeleted } from '$lib/server/notebooks/deleted';
import { importNotebook, type ImportedNotebook } from '$lib/server/notebooks/import';
import { listNotebooks } from '$lib/server/notebooks/describe';
import { textOf } from '$lib/server/form';
import { answering, requireActor, submitting, type FormRefusal } from '$lib/server/request';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) =>
	answering(() => ({
		notebooks: pairTwins(listNotebooks(locals.app, requireActor(locals)), getLocale()),
		deleted: listDeleted(locals.app, requireActor(locals)),
		lang: requireActor(locals).lang
	}));

/** The page has two forms: each shows what it was refused itself. */
const refusedBy = (action: 'create' | 'import', refused: ActionFailure<{ refusal: FormRefusal }>) =>
	fail(refused.status, { ...refused.data, action });

export const actions: Actions = {
	/** `title`, `lang`; for a workshop `workshopId`, `question` (1 to 8) and `starter`; `dataset`: `slug@version.arrow`. */
	create: async ({ locals, request }) => {
		const form = await request.formData();
		const text = (name: string): string => String(form.get(name) ?? '');
		const dataset = text('dataset');
		const named = parseFileName(dataset);
		const question = Number(text('question'));
		let id = '';
		const refused = await submitting(() => {
			id = createNotebook(locals.app, requireActor(locals), {
				notebook: toNotebook({
					title: text('title'),
					lang: text('lang') === 'en' ? 'en' : 'fr',
					cells: named
						? [
								{
									id: 'donnees',
									source: `const ${tableNameOf(named.slug) ?? m.notebook_name_data()} = FileAttachment(${JSON.stringify(dataset)}).arquero();`
								}
							]
						: []
				}),
				workshopId: text('workshopId') || null,
				question: Number.isInteger(question) && question >= 1 && question <= 8 ? question : null,
				starter: form.get('starter') === 'on'
			});
		});
		return refused ? refusedBy('create', refused) : redirect(303, localizeHref(`/carnets/${id}`));
	},
	/** `file`: a notebook file. What it could not keep is told before the notebook is opened. */
	import: async ({ locals, request }) => {
		const file = (await request.formData()).get('file');
		let imported: ImportedNotebook | null = null;
		const refused = await submitting(async () => {
			const actor = requireActor(locals);
			if (!(file instanceof Blob)) throw new InvalidError('notebook_file_missing', {}, 'file');
			imported = await importNotebook(locals.app, actor, file, m.notebook_untitled());
		});
		if (refused) return refusedBy('import', refused);
		const { id, warnings } = imported as unknown as ImportedNotebook;
		if (warnings.length === 0) redirect(303, localizeHref(`/carnets/${id}`));
		return { imported: { id, warnings: warnings.map((w) => ({ ...w })) } };
	},
	/** `notebook`: a deleted one of the person's. */
	restore: async ({ locals, request }) => {
		const notebook = textOf(await request.formData(), 'notebook');
		const refused = await submitting(() => bringBack(locals.app, requireActor(locals), notebook));
		return refused ? fail(refused.status, { ...refused.data, action: 'restore', notebook }) : {};
	},
	/** For good. */
	forget: async ({ locals, request }) => {
		const notebook = textOf(await request.formData(), 'notebook');
		const refused = await submitting(() =>
			forgetDeleted(locals.app, requireActor(locals), notebook)
		);
		return refused ? fail(refused.status, { ...refused.data, action: 'forget', notebook }) : {};
	}
};
