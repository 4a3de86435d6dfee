import { describeDataset } from '$lib/server/datasets/describe';
import { packageOf } from '$lib/server/datasets/package';
import { answering, requireActor } from '$lib/server/request';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params, url }) =>
	answering(() => {
		const dataset = describeDataset(locals.app, requireActor(locals), params.id);
		const asked = Number(url.searchParams.get('version'));
		const { versions } = dataset;
		const number =
			versions.find((version) => version.number === asked)?.number ?? versions[0]?.number ?? 0;
		const readable = dataset.withdrawnAt === null && number > 0;
		return {
			dataset,
			/** The version looked at: the latest, unless another is asked for. */
			number,
			/** What a file taken out of here says of itself; null where there is nothing to take out. */
			facts: readable ? packageOf(locals.app, locals.actor, params.id, number) : null
		};
	});
