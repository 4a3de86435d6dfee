import { fail } from '@sveltejs/kit';
import { pairTwins } from '$lib/core/notebook/twins';
import { getLocale, localizeHref } from '$lib/paraglide/runtime';
import { listUsableDatasets } from '$lib/server/datasets/describe';
import { grantDataset, revokeDatasetGrant } from '$lib/server/datasets/govern';
import { listWorkshopDatasets } from '$lib/server/datasets/of-workshop';
import { langOf, sentIn, textOf, textsOf } from '$lib/server/form';
import { listNotebooks } from '$lib/server/notebooks/describe';
import { offerAsStarter, withdrawStarter } from '$lib/server/notebooks/starter';
import { answering, requireActor, submitting } from '$lib/server/request';
import { qrPicture } from '$lib/server/workshops/join-address';
import {
	createJoinCode,
	JOIN_CODE_DEFAULT_HOURS,
	JOIN_CODE_HOURS,
	readJoinCode,
	revokeJoinCode
} from '$lib/server/workshops/join-code';
import { removeFromWorkshop, setFacilitator } from '$lib/server/workshops/seat';
import { chooseTable, createTable, removeTable, renameTable } from '$lib/server/workshops/table';
import { describeWorkshop, setWorkshopEnded, updateWorkshop } from '$lib/server/workshops/workshop';
import { formatJoinCode } from '$lib/core/workshop/join-code';
import type { Actor, App } from '$lib/server/app';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params, depends }) => {
	depends('app:workshop');
	return answering(() => {
		const { app } = locals;
		const actor = requireActor(locals);
		const workshop = describeWorkshop(app, actor, params.id);
		const notebooks = listNotebooks(app, actor, { workshopId: params.id });
		const { mayManage } = workshop;
		return {
			workshop,
			meId: actor.personId,
			starters: pairTwins(
				notebooks.filter((notebook) => notebook.starter),
				getLocale()
			),
			notebooks: notebooks.filter((notebook) => !notebook.starter),
			datasets: mayManage
				? listWorkshopDatasets(app, actor, params.id, getLocale())
				: listUsableDatasets(app, actor, getLocale(), { workshopId: params.id }).map(
						({ id, title, organisation }) => ({
							...{ id, title, organisation },
							granted: true,
							mayGovern: false
						})
					),
			facilitation: mayManage
				? {
						code: wayIn(app, actor, params.id, workshop.lang),
						durations: JOIN_CODE_HOURS,
						defaultHours: JOIN_CODE_DEFAULT_HOURS,
						offerable: listNotebooks(app, actor)
							.filter(
								({ owned, starter, workshop: of }) =>
									owned && !starter && (of === null || of.id === params.id)
							)
							.map(({ id, title }) => ({ id, title }))
					}
				: null
		};
	});
};

function wayIn(app: App, actor: Actor, workshopId: string, locale: 'fr' | 'en') {
	const code = readJoinCode(app, actor, workshopId);
	if (!code) return null;
	const text = formatJoinCode(code.code);
	const { origin } = app.config;
	const address = origin + localizeHref(`/rejoindre/${text}`, { locale });
	return {
		text,
		address,
		entry: (origin + localizeHref('/rejoindre', { locale })).replace(/^https?:\/\//, ''),
		qr: qrPicture(address),
		expiresAt: code.expiresAt
	};
}

/** An action of the page: reads the form, asks one capability. */
type Work = (app: App, actor: Actor, id: string, form: FormData) => void;
const action =
	(work: Work): NonNullable<Actions[string]> =>
	async ({ locals, params, request, url }) => {
		const form = await request.formData();
		const answer = await submitting(() => {
			work(locals.app, requireActor(locals), params.id, form);
			return { done: true };
		});
		if ('done' in answer) return answer;
		return fail(answer.status, { ...answer.data, sent: sentIn(url, form) });
	};

export const actions: Actions = {
	'choose-table': action((app, actor, id, form) =>
		chooseTable(app, actor, id, textOf(form, 'tableId') || null)
	),
	'create-code': action((app, actor, id, form) =>
		createJoinCode(app, actor, id, Number(textOf(form, 'hours')))
	),
	'revoke-code': action((app, actor, id) => revokeJoinCode(app, actor, id)),
	'add-table': action((app, actor, id, form) => createTable(app, actor, id, textOf(form, 'name'))),
	'rename-table': action((app, actor, id, form) =>
		renameTable(app, actor, id, textOf(form, 'tableId'), textOf(form, 'name'))
	),
	'remove-table': action((app, actor, id, form) =>
		removeTable(app, actor, id, textOf(form, 'tableId'))
	),
	'set-role': action((app, actor, id, form) =>
		setFacilitator(app, actor, id, textOf(form, 'personId'), textOf(form, 'role') === 'facilitator')
	),
	'remove-person': action((app, actor, id, form) =>
		removeFromWorkshop(app, actor, id, textOf(form, 'personId'))
	),
	'offer-starter': action((app, actor, id, form) => {
		const question = textOf(form, 'question');
		const chosen = question === '' ? null : Number(question);
		offerAsStarter(app, actor, id, textOf(form, 'notebookId'), chosen);
	}),
	'withdraw-starter': action((app, actor, id, form) =>
		withdrawStarter(app, actor, id, textOf(form, 'notebookId'))
	),
	'grant-dataset': action((app, actor, id, form) =>
		grantDataset(app, actor, textOf(form, 'datasetId'), 'workshop', id)
	),
	'revoke-dataset': action((app, actor, id, form) =>
		revokeDatasetGrant(app, actor, textOf(form, 'datasetId'), 'workshop', id)
	),
	edit: action((app, actor, id, form) =>
		updateWorkshop(app, actor, id, {
			title: textOf(form, 'title'),
			description: textOf(form, 'description'),
			questions: textsOf(form, 'questions').map(Number),
			lang: langOf(form)
		})
	),
	end: action((app, actor, id) => setWorkshopEnded(app, actor, id, true)),
	reopen: action((app, actor, id) => setWorkshopEnded(app, actor, id, false))
};
