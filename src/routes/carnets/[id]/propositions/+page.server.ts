import { describeNotebook } from '$lib/server/notebooks/describe';
import { listProposals } from '$lib/server/proposals/list';
import { answering, requireActor } from '$lib/server/request';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) =>
	answering(() => {
		const actor = requireActor(locals);
		const lists = listProposals(locals.app, actor, params.id);
		return {
			id: params.id,
			title: describeNotebook(locals.app, actor, params.id).title,
			...lists
		};
	});
