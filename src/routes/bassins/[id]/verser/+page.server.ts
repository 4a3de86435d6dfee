import { printFileName } from '$lib/core/dataset/file-name';
import { ForbiddenError } from '$lib/core/errors';
import { getLocale } from '$lib/paraglide/runtime';
import { listUsableDatasets } from '$lib/server/datasets/describe';
import { describePool } from '$lib/server/pools/describe';
import { answering, requireActor } from '$lib/server/request';
import type { PageServerLoad } from './$types';

/** `?organisme=<id>` says for which organisation, `?jeu=<id>` from which dataset. */
export const load: PageServerLoad = ({ locals, params, url }) =>
	answering(() => {
		const actor = requireActor(locals);
		const pool = describePool(locals.app, actor, params.id);
		if (!pool.mayContribute || !pool.data) throw new ForbiddenError();
		const owners = pool.data.members.filter(({ own }) => own);
		const datasets = listUsableDatasets(locals.app, actor, getLocale())
			.filter(({ own, id }) => own && id !== pool.data?.dataset.id)
			.map(({ id, slug, title, organisation, version, rows, publication }) => ({
				...{ id, title, organisation, rows, publication },
				file: printFileName({ slug, version })
			}));
		const owner = url.searchParams.get('organisme');
		const dataset = url.searchParams.get('jeu');
		return {
			pool: {
				id: pool.id,
				contract: pool.contract,
				contractVersion: pool.contractVersion,
				/** What each of the person's organisations contributed already. */
				standing: pool.data.parts
					.filter(({ own }) => own)
					.map(({ organisationId, period }) => ({ organisationId, period }))
			},
			owners,
			owner: owners.find(({ organisationId }) => organisationId === owner)?.organisationId ?? null,
			datasets,
			dataset: datasets.find(({ id }) => id === dataset)?.id ?? null
		};
	});
