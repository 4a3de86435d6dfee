/** What the workshop's page watches: its tables, who sits where, its starters. */
import { listNotebooks } from '$lib/server/notebooks/describe';
import { answeringJson, requireActor } from '$lib/server/request';
import { describeWorkshop } from '$lib/server/workshops/workshop';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals, params }) =>
	answeringJson(() => {
		const actor = requireActor(locals);
		const { tables, people, questions, ended } = describeWorkshop(locals.app, actor, params.id);
		const starters = listNotebooks(locals.app, actor, { workshopId: params.id })
			.filter((notebook) => notebook.starter)
			.map(({ id, title }) => ({ id, title }));
		return { tables, people, questions, ended, starters };
	});
