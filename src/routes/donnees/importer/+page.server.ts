import { MAX_DESCRIPTION, MAX_TITLE } from '$lib/server/datasets/dataset-fields';
import { describeDataset } from '$lib/server/datasets/describe';
import { listOrganisations } from '$lib/server/organisations/organisation';
import { answering, requireActor } from '$lib/server/request';
import type { PageServerLoad } from './$types';

/** With `?jeu=<id>`, the file becomes the next version of that dataset. */
export const load: PageServerLoad = ({ locals, url }) =>
	answering(() => {
		const actor = requireActor(locals);
		const id = url.searchParams.get('jeu');
		const dataset = id === null ? null : describeDataset(locals.app, actor, id);
		return {
			guest: actor.kind === 'guest',
			/** Those in whose name the person may bring data in. */
			owners: listOrganisations(locals.app, actor)
				.filter(({ role }) => role === 'steward')
				.map(({ id, name }) => ({ id, name })),
			versionOf:
				dataset?.mayGovern && dataset.withdrawnAt === null
					? { id: dataset.id, title: dataset.title }
					: null,
			limits: { title: MAX_TITLE, description: MAX_DESCRIPTION }
		};
	});
