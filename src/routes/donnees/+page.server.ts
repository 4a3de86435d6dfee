import { getLocale } from '$lib/paraglide/runtime';
import { listUsableDatasets } from '$lib/server/datasets/describe';
import { answering, requireActor } from '$lib/server/request';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) =>
	answering(() => ({
		datasets: listUsableDatasets(locals.app, requireActor(locals), getLocale()).map(
			({ columns, ...dataset }) => ({ ...dataset, columns: columns.map(({ name }) => name) })
		)
	}));
