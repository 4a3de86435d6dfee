/** The datasets of a workshop, as who facilitates it arranges them: granted to it, or grantable by the actor. */
import { and, eq, isNull } from 'drizzle-orm';
import { wordsIn } from '../../core/dataset/about.ts';
import { isExpired } from '../../core/governance/terms.ts';
import { dayOf } from '../../core/moment.ts';
import type { Lang } from '../../core/notebook/notebook.ts';
import { allows } from '../../core/permissions/table.ts';
import { rolesOnDataset } from '../access/dataset.ts';
import { requireAllowed } from '../access/require.ts';
import { rolesOnWorkshop } from '../access/workshop.ts';
import type { Actor, App } from '../app.ts';
import { datasetGrants, datasets, organisations } from '../db/schema.ts';
import { aboutOf } from './dataset-fields.ts';

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
	workshopId: string,
	lang: Lang
): WorkshopDataset[] {
	requireAllowed(rolesOnWorkshop(app, actor, workshopId), 'workshop.read', 'workshop.manage');
	return app.db
		.select({
			dataset: datasets,
			organisation: organisations.name,
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
		.map(({ grantee, dataset, organisation }) => ({
			id: dataset.id,
			title: wordsIn(dataset, aboutOf(dataset), lang).title,
			organisation,
			expired: isExpired(dataset.validUntil, dayOf(app.now())),
			granted: grantee !== null,
			mayGovern: allows(rolesOnDataset(app, actor, dataset.id), 'dataset.govern')
		}))
		.filter((dataset) => dataset.granted || dataset.mayGovern)
		.sort((a, b) => a.title.localeCompare(b.title, 'fr-CA'));
}
