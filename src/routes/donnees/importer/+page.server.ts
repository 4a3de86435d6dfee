import { MAX_DESCRIPTION, MAX_TITLE } from '$lib/server/datasets/dataset-fields';
import { wordsIn } from '$lib/core/dataset/about';
import { getLocale } from '$lib/paraglide/runtime';
import { describeDataset, keyFingerprintOf } from '$lib/server/datasets/describe';
import { listOrganisations } from '$lib/server/organisations/organisation';
import { answering, requireActor } from '$lib/server/request';
import { listWorkshops } from '$lib/server/workshops/workshop';
import type { PageServerLoad } from './$types';

/**
 * With `?jeu=<id>`, the file becomes the next version of that dataset. `?organisme=<id>` and `?atelier=<id>` say where
 * the person came from: whose it will be, where they go back.
 */
export const load: PageServerLoad = ({ locals, url }) =>
	answering(() => {
		const actor = requireActor(locals);
		const id = url.searchParams.get('jeu');
		const dataset = id === null ? null : describeDataset(locals.app, actor, id);
		const owners = listOrganisations(locals.app, actor)
			.filter(({ role }) => role === 'steward')
			.map(({ id, name }) => ({ id, name }));
		const organisation = url.searchParams.get('organisme');
		const workshop = url.searchParams.get('atelier');
		return {
			guest: actor.kind === 'guest',
			/** Those in whose name the person may bring data in. */
			owners,
			from: {
				organisation: owners.find(({ id }) => id === organisation) ?? null,
				workshop:
					listWorkshops(locals.app, actor)
						.filter(({ id, facilitates }) => id === workshop && facilitates)
						.map(({ id, title }) => ({ id, title }))[0] ?? null
			},
			versionOf:
				dataset?.mayGovern && dataset.withdrawnAt === null && dataset.poolId === null
					? {
							...{
								id: dataset.id,
								title: wordsIn(dataset, dataset.about, getLocale()).title,
								slug: dataset.slug
							},
							organisation: dataset.organisation,
							organisationId: dataset.organisationId,
							/** Of the key that made the pseudonyms of the latest version that has some. */
							keyFingerprint: keyFingerprintOf(locals.app, actor, dataset.id),
							recipe: dataset.recipe,
							/** The newest first. */
							numbers: dataset.versions.map(({ number }) => number)
						}
					: null,
			limits: { title: MAX_TITLE, description: MAX_DESCRIPTION }
		};
	});
