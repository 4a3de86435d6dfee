/** The datasets of an organisation, for its people. */
import { eq } from 'drizzle-orm';
import { wordsIn } from '../../core/dataset/about.ts';
import type { Lang } from '../../core/notebook/notebook.ts';
import { allows } from '../../core/permissions/table.ts';
import { rolesOnDataset } from '../access/dataset.ts';
import { rolesOnOrganisation } from '../access/organisation.ts';
import { requireAllowed } from '../access/require.ts';
import type { Actor, App } from '../app.ts';
import { datasets } from '../db/schema.ts';
import { aboutOf } from './dataset-fields.ts';

export interface OrganisationDataset {
	readonly id: string;
	readonly title: string;
	readonly withdrawn: boolean;
}

/** By title; each that the actor may read: withdrawn ones are for stewards, and none for who only administers. */
export function listOrganisationDatasets(
	app: App,
	actor: Actor | null,
	organisationId: string,
	lang: Lang
): OrganisationDataset[] {
	requireAllowed(rolesOnOrganisation(app, actor, organisationId), 'organisation.read');
	return app.db
		.select()
		.from(datasets)
		.where(eq(datasets.organisationId, organisationId))
		.all()
		.filter(({ id }) => allows(rolesOnDataset(app, actor, id), 'dataset.read'))
		.map((dataset) => ({
			id: dataset.id,
			title: wordsIn(dataset, aboutOf(dataset), lang).title,
			withdrawn: dataset.withdrawnAt !== null
		}))
		.sort((a, b) => a.title.localeCompare(b.title, 'fr-CA'));
}
