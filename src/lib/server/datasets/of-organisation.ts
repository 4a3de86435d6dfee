/** The datasets of an organisation, for its people. */
import { eq } from 'drizzle-orm';
import { allows } from '../../core/permissions/table.ts';
import { rolesOnDataset } from '../access/dataset.ts';
import { rolesOnOrganisation } from '../access/organisation.ts';
import { requireAllowed } from '../access/require.ts';
import type { Actor, App } from '../app.ts';
import { datasets } from '../db/schema.ts';

export interface OrganisationDataset {
	readonly id: string;
	readonly title: string;
	readonly withdrawn: boolean;
}

/** By title; each that the actor may read: withdrawn ones are for stewards, and none for who only administers. */
export function listOrganisationDatasets(
	app: App,
	actor: Actor | null,
	organisationId: string
): OrganisationDataset[] {
	requireAllowed(rolesOnOrganisation(app, actor, organisationId), 'organisation.read');
	return app.db
		.select({ id: datasets.id, title: datasets.title, withdrawnAt: datasets.withdrawnAt })
		.from(datasets)
		.where(eq(datasets.organisationId, organisationId))
		.all()
		.filter(({ id }) => allows(rolesOnDataset(app, actor, id), 'dataset.read'))
		.map(({ id, title, withdrawnAt }) => ({ id, title, withdrawn: withdrawnAt !== null }))
		.sort((a, b) => a.title.localeCompare(b.title, 'fr-CA'));
}
