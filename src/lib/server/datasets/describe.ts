/** What a person may know of datasets: the lists, and a dataset's page. */
import { desc, eq, inArray, isNull, and, or, type SQL } from 'drizzle-orm';
import { NotFoundError } from '../../core/errors.ts';
import type { Licence, PublicationTerms } from '../../core/governance/terms.ts';
import { allows } from '../../core/permissions/table.ts';
import { rolesOnDataset } from '../access/dataset.ts';
import { requireAllowed } from '../access/require.ts';
import { workshopsOf } from '../access/workshops-of.ts';
import type { Actor, App } from '../app.ts';
import {
	datasetGrants,
	datasets,
	datasetVersions,
	memberships,
	organisations,
	people,
	poolMembers,
	workshops,
	type StoredColumn
} from '../db/schema.ts';
import type { GranteeKind } from './govern.ts';

export interface DatasetLine {
	readonly id: string;
	readonly slug: string;
	readonly title: string;
	readonly organisation: string;
	readonly licence: Licence;
	readonly publication: PublicationTerms;
	readonly synthetic: boolean;
	/** Of the latest version. */
	readonly version: number;
	readonly rows: number;
	readonly columns: readonly StoredColumn[];
	readonly updatedAt: number;
	/** Of an organisation that the person belongs to. */
	readonly own: boolean;
}

/**
 * The datasets that the person may use, the latest changed first.
 * @param only `workshopId`: those granted to that workshop alone, for one of its people
 */
export function listUsableDatasets(
	app: App,
	actor: Actor | null,
	only: { readonly workshopId?: string } = {}
): DatasetLine[] {
	if (!actor) return [];
	const own = app.db
		.select({ id: memberships.organisationId })
		.from(memberships)
		.where(eq(memberships.personId, actor.personId))
		.all()
		.map((row) => row.id);
	const mine = workshopsOf(app, actor.personId);
	const workshopIds = only.workshopId ? mine.filter((id) => id === only.workshopId) : mine;
	const granted = (kind: GranteeKind, ids: string[]) =>
		app.db
			.select({ id: datasetGrants.datasetId })
			.from(datasetGrants)
			.where(and(eq(datasetGrants.granteeKind, kind), inArray(datasetGrants.granteeId, ids)));
	const ways: (SQL | undefined)[] = [inArray(datasets.id, granted('workshop', workshopIds))];
	if (!only.workshopId)
		ways.push(
			inArray(datasets.organisationId, own),
			inArray(datasets.id, granted('organisation', own)),
			inArray(
				datasets.poolId,
				app.db
					.select({ id: poolMembers.poolId })
					.from(poolMembers)
					.where(inArray(poolMembers.organisationId, own))
			)
		);
	const found = app.db
		.select({ dataset: datasets, organisation: organisations.name })
		.from(datasets)
		.innerJoin(organisations, eq(organisations.id, datasets.organisationId))
		.where(and(isNull(datasets.withdrawnAt), or(...ways)))
		.all();
	return found
		.flatMap(({ dataset, organisation }) => {
			const last = app.db
				.select()
				.from(datasetVersions)
				.where(and(eq(datasetVersions.datasetId, dataset.id), isNull(datasetVersions.withdrawnAt)))
				.orderBy(desc(datasetVersions.number))
				.get();
			if (!last) return [];
			const { id, slug, title, licence, publication, synthetic, organisationId } = dataset;
			return {
				...{ id, slug, title, organisation, licence, publication, synthetic },
				version: last.number,
				rows: last.rows,
				columns: last.columns,
				updatedAt: last.createdAt,
				own: own.includes(organisationId)
			};
		})
		.sort((a, b) => b.updatedAt - a.updatedAt);
}

export interface DatasetGrantee {
	readonly kind: GranteeKind;
	readonly id: string;
	readonly name: string;
}
export interface DatasetVersion {
	readonly number: number;
	readonly rows: number;
	readonly byteLength: number;
	readonly columns: readonly StoredColumn[];
	readonly createdAt: number;
	readonly createdBy: string;
}
export interface DatasetDescription {
	readonly id: string;
	readonly slug: string;
	readonly title: string;
	readonly description: string;
	readonly organisation: string;
	readonly organisationId: string;
	readonly licence: Licence;
	readonly publication: PublicationTerms;
	readonly synthetic: boolean;
	readonly withdrawnAt: number | null;
	/** The pool that its versions are made of, where it is one's. */
	readonly poolId: string | null;
	/** The newest first. */
	readonly versions: readonly DatasetVersion[];
	/** Whom it was granted to; for those who govern it. */
	readonly grantees: readonly DatasetGrantee[];
	readonly mayGovern: boolean;
}

/** @throws NotFoundError for a missing one and for a stranger alike */
export function describeDataset(app: App, actor: Actor | null, id: string): DatasetDescription {
	const roles = rolesOnDataset(app, actor, id);
	requireAllowed(roles, 'dataset.read');
	const found = app.db
		.select({ dataset: datasets, organisation: organisations.name })
		.from(datasets)
		.innerJoin(organisations, eq(organisations.id, datasets.organisationId))
		.where(eq(datasets.id, id))
		.get();
	if (!found) throw new NotFoundError();
	const versions = app.db
		.select({
			number: datasetVersions.number,
			rows: datasetVersions.rows,
			byteLength: datasetVersions.byteLength,
			columns: datasetVersions.columns,
			createdAt: datasetVersions.createdAt,
			createdBy: people.displayName
		})
		.from(datasetVersions)
		.innerJoin(people, eq(people.id, datasetVersions.createdBy))
		.where(and(eq(datasetVersions.datasetId, id), isNull(datasetVersions.withdrawnAt)))
		.orderBy(desc(datasetVersions.number))
		.all();
	const mayGovern = allows(roles, 'dataset.govern');
	const { slug, title, description, organisationId, licence, publication, synthetic, withdrawnAt } =
		found.dataset;
	return {
		...{ id, slug, title, description, organisationId, licence, publication, synthetic },
		withdrawnAt,
		poolId: found.dataset.poolId,
		organisation: found.organisation,
		versions,
		grantees: mayGovern ? granteesOf(app, id) : [],
		mayGovern
	};
}

function granteesOf(app: App, id: string): DatasetGrantee[] {
	return app.db
		.select()
		.from(datasetGrants)
		.where(eq(datasetGrants.datasetId, id))
		.all()
		.map(({ granteeKind, granteeId }) => ({
			kind: granteeKind,
			id: granteeId,
			name:
				(granteeKind === 'workshop'
					? app.db
							.select({ name: workshops.title })
							.from(workshops)
							.where(eq(workshops.id, granteeId))
							.get()
					: app.db
							.select({ name: organisations.name })
							.from(organisations)
							.where(eq(organisations.id, granteeId))
							.get()
				)?.name ?? granteeId
		}));
}
