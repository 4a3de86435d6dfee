/** The datasets of a workshop, as who facilitates it arranges them: granted to it, or grantable by the actor. */
import { and, eq, isNull } from 'drizzle-orm';
import { isExpired } from '../../core/governance/terms.ts';
import { dayOf } from '../../core/moment.ts';
import { allows } from '../../core/permissions/table.ts';
import { rolesOnDataset } from '../access/dataset.ts';
import { requireAllowed } from '../access/require.ts';
import { rolesOnWorkshop } from '../access/workshop.ts';
import type { Actor, App } from '../app.ts';
import { datasetGrants, datasets, organisations } from '../db/schema.ts';

export interface WorkshopDataset {
	readonly id: string;
	readonly title: string;
	readonly organisation: string;
	/** Past the last day of its terms: nobody of the workshop reads it. */
	readonly expired: boolean;
	readonly granted: boolean;
	/** The actor is a steward of its organisation: grants it and takes it back. */
	readonly mayGovern: boolean;
}

/** By title; withdrawn ones left out. */
export function listWorkshopDatasets(
	app: App,
	actor: Actor | null,
	workshopId: string
): WorkshopDataset[] {
	requireAllowed(rolesOnWorkshop(app, actor, workshopId), 'workshop.read', 'workshop.manage');
	return app.db
		.select({
			id: datasets.id,
			title: datasets.title,
			organisation: organisations.name,
			validUntil: datasets.validUntil,
			grantee: datasetGrants.granteeId
		})
		.from(datasets)
		.innerJoin(organisations, eq(organisations.id, datasets.organisationId))
		.leftJoin(
			datasetGrants,
			and(
				eq(datasetGrants.datasetId, datasets.id),
				eq(datasetGrants.granteeKind, 'workshop'),
				eq(datasetGrants.granteeId, workshopId)
			)
		)
		.where(isNull(datasets.withdrawnAt))
		.all()
		.map(({ grantee, validUntil, ...dataset }) => ({
			...dataset,
			expired: isExpired(validUntil, dayOf(app.now())),
			granted: grantee !== null,
			mayGovern: allows(rolesOnDataset(app, actor, dataset.id), 'dataset.govern')
		}))
		.filter((dataset) => dataset.granted || dataset.mayGovern)
		.sort((a, b) => a.title.localeCompare(b.title, 'fr-CA'));
}
