import { describeDataset } from '$lib/server/datasets/describe';
import { answering, requireActor } from '$lib/server/request';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params, url }) =>
	answering(() => {
		const dataset = describeDataset(locals.app, requireActor(locals), params.id);
		const asked = Number(url.searchParams.get('version'));
		const { versions } = dataset;
		return {
			dataset,
			/** The version looked at: the latest, unless another is asked for. */
			number: versions.find(({ number }) => number === asked)?.number ?? versions[0]?.number ?? 0
		};
	});
