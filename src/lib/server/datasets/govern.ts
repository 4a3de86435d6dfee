/** What a steward decides about a dataset: its description and terms, who may use it, its withdrawal. */
import { and, eq } from 'drizzle-orm';
import { cleanColumns } from '../../core/dataset/column-about.ts';
import { AppError, InvalidError, NotFoundError } from '../../core/errors.ts';
import { allows } from '../../core/permissions/table.ts';
import { requireOnDataset } from '../access/dataset.ts';
import { rolesOnOrganisation } from '../access/organisation.ts';
import { rolesOnWorkshop } from '../access/workshop.ts';
import type { Actor, App } from '../app.ts';
import { datasetGrants, datasets } from '../db/schema.ts';
import { storedFields, type DatasetFields } from './dataset-fields.ts';
import { purgeTime } from './purge.ts';

export type GranteeKind = 'workshop' | 'organisation';

/** Changes its title, description, licence and terms. Tables read from now on come under the new ones. */
export function updateDataset(
	app: App,
	actor: Actor | null,
	id: string,
	fields: DatasetFields
): void {
	app.db.transaction(
		(tx) => {
			requireGovern(app, actor, id);
			const before = tx.select().from(datasets).where(eq(datasets.id, id)).get();
			if (!before) throw new NotFoundError();
			const after = storedFields(fields, before);
			if (before.poolId !== null) requirePoolTerms(before, after);
			tx.update(datasets).set(after).where(eq(datasets.id, id)).run();
		},
		{ behavior: 'immediate' }
	);
}

/** Says what its columns are, in place of what was said before; `columns` is a list of `ColumnAbout`. */
export function describeColumns(app: App, actor: Actor | null, id: string, columns: unknown): void {
	requireGovern(app, actor, id);
	app.db
		.update(datasets)
		.set({ columnsAbout: cleanColumns(columns) })
		.where(eq(datasets.id, id))
		.run();
}

/**
 * Lets the people of a workshop, or the members of an organisation, use it; both must be known to the actor.
 * @throws AppError `pool_organisation_grant`: a pool is read by the organisations that take part
 */
export function grantDataset(
	app: App,
	actor: Actor | null,
	id: string,
	kind: GranteeKind,
	granteeId: string
): void {
	const person = requireGovern(app, actor, id);
	// Who takes part read it; more organisations would be readers whom the contributors did not accept.
	if (kind === 'organisation' && isPools(app, id)) throw new AppError('pool_organisation_grant');
	const seen =
		kind === 'workshop'
			? allows(rolesOnWorkshop(app, actor, granteeId), 'workshop.read')
			: allows(rolesOnOrganisation(app, actor, granteeId), 'organisation.read');
	if (!seen) throw new NotFoundError();
	app.db
		.insert(datasetGrants)
		.values({
			datasetId: id,
			granteeKind: kind,
			granteeId,
			createdBy: person.personId,
			createdAt: app.now()
		})
		.onConflictDoNothing()
		.run();
}

export function revokeDatasetGrant(
	app: App,
	actor: Actor | null,
	id: string,
	kind: GranteeKind,
	granteeId: string
): void {
	requireGovern(app, actor, id);
	app.db
		.delete(datasetGrants)
		.where(
			and(
				eq(datasetGrants.datasetId, id),
				eq(datasetGrants.granteeKind, kind),
				eq(datasetGrants.granteeId, granteeId)
			)
		)
		.run();
}

/**
 * From now on nobody reads its versions; that it was, and what it was called, stays known to its stewards. Its bytes go
 * once the delay has passed (`purgeAt` of its description).
 */
export function withdrawDataset(app: App, actor: Actor | null, id: string): void {
	requireGovern(app, actor, id);
	app.db
		.update(datasets)
		.set({ withdrawnAt: app.now(), purgeAt: purgeTime(app) })
		.where(eq(datasets.id, id))
		.run();
}

/**
 * Undoes a withdrawal whose delay has not passed.
 * @throws AppError `dataset_not_withdrawn`, `dataset_purged`
 */
export function restoreDataset(app: App, actor: Actor | null, id: string): void {
	requireOnDataset(app, actor, id, 'dataset.govern');
	app.db.transaction(
		(tx) => {
			const found = tx.select().from(datasets).where(eq(datasets.id, id)).get();
			if (!found) throw new NotFoundError();
			if (found.withdrawnAt === null) throw new AppError('dataset_not_withdrawn');
			// Once it is due the bytes may be on their way out, whether or not that was written down.
			if (found.purgedAt !== null || (found.purgeAt ?? Infinity) <= app.now())
				throw new AppError('dataset_purged');
			tx.update(datasets)
				.set({ withdrawnAt: null, purgeAt: null })
				.where(eq(datasets.id, id))
				.run();
		},
		{ behavior: 'immediate' }
	);
}

const isPools = (app: App, id: string): boolean =>
	app.db.select({ poolId: datasets.poolId }).from(datasets).where(eq(datasets.id, id)).get()
		?.poolId != null;

/** Terms that a pool's members accepted with its contract: no page of the dataset changes them. */
const POOL_TERMS = ['licence', 'publication', 'audience', 'minimumGroup'] as const;
type PoolTerms = Partial<Record<(typeof POOL_TERMS)[number], unknown>>;

function requirePoolTerms(before: PoolTerms, after: PoolTerms): void {
	for (const term of POOL_TERMS)
		if (after[term] !== before[term]) throw new InvalidError('pool_terms_in_contract', {}, term);
}

function requireGovern(app: App, actor: Actor | null, id: string): Actor {
	requireOnDataset(app, actor, id, 'dataset.govern');
	const found = app.db.select().from(datasets).where(eq(datasets.id, id)).get();
	if (!found || !actor) throw new NotFoundError();
	if (found.withdrawnAt !== null) throw new AppError('dataset_withdrawn');
	return actor;
}
