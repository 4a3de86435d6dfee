/** What a steward decides about a dataset: its description and terms, who may use it, its withdrawal. */
import { and, eq } from 'drizzle-orm';
import { AppError, InvalidError, NotFoundError } from '../../core/errors.ts';
import { allows } from '../../core/permissions/table.ts';
import { rolesOnDataset } from '../access/dataset.ts';
import { rolesOnOrganisation } from '../access/organisation.ts';
import { requireAllowed } from '../access/require.ts';
import { rolesOnWorkshop } from '../access/workshop.ts';
import type { Actor, App } from '../app.ts';
import { datasetGrants, datasets } from '../db/schema.ts';
import { cleanFields, type DatasetFields } from './dataset-fields.ts';

export type GranteeKind = 'workshop' | 'organisation';

/** Changes its title, description, licence and terms. Tables read from now on come under the new ones. */
export function updateDataset(
	app: App,
	actor: Actor | null,
	id: string,
	fields: DatasetFields
): void {
	requireGovern(app, actor, id);
	const clean = cleanFields(fields);
	requirePoolTerms(app, id, clean);
	app.db.update(datasets).set(clean).where(eq(datasets.id, id)).run();
}

/** Lets the people of a workshop, or the members of an organisation, use it; both must be known to the actor. */
export function grantDataset(
	app: App,
	actor: Actor | null,
	id: string,
	kind: GranteeKind,
	granteeId: string
): void {
	const person = requireGovern(app, actor, id);
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

/** From now on nobody reads its versions; that it was, and what it was called, stays known to its stewards. */
export function withdrawDataset(app: App, actor: Actor | null, id: string): void {
	requireGovern(app, actor, id);
	app.db.update(datasets).set({ withdrawnAt: app.now() }).where(eq(datasets.id, id)).run();
}

/** A pool's terms are those of its contract, which its members accepted: they change there. */
function requirePoolTerms(app: App, id: string, { licence, publication }: DatasetFields): void {
	const found = app.db.select().from(datasets).where(eq(datasets.id, id)).get();
	if (!found || found.poolId === null) return;
	if (found.licence !== licence || found.publication !== publication)
		throw new InvalidError('pool_terms_in_contract', {}, 'publication');
}

function requireGovern(app: App, actor: Actor | null, id: string): Actor {
	requireAllowed(rolesOnDataset(app, actor, id), 'dataset.read', 'dataset.govern');
	const found = app.db.select().from(datasets).where(eq(datasets.id, id)).get();
	if (!found || !actor) throw new NotFoundError();
	if (found.withdrawnAt !== null) throw new AppError('dataset_withdrawn');
	return actor;
}
