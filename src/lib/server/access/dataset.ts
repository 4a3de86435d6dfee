/**
 * The roles a person holds on a dataset; none at all where it is missing. Its organisation's stewards govern it;
 * the organisation's members use it, and so do those of a workshop or an organisation it was granted to, and, where it
 * is a pool's, those of the organisations that take part. Once withdrawn, its stewards alone still see that it was.
 */
import { and, eq, inArray } from 'drizzle-orm';
import type { Role } from '../../core/permissions/table.ts';
import type { Actor, App } from '../app.ts';
import { datasetGrants, datasets, memberships, poolMembers } from '../db/schema.ts';
import { rolesAnywhere } from './site.ts';
import { workshopsOf } from './workshops-of.ts';

export function rolesOnDataset(app: App, actor: Actor | null, id: string): Set<Role> {
	const found = app.db.select().from(datasets).where(eq(datasets.id, id)).get();
	if (!found) return new Set();
	const roles = rolesAnywhere(actor);
	if (!actor) return roles;

	const member = app.db
		.select({ role: memberships.role, organisationId: memberships.organisationId })
		.from(memberships)
		.where(eq(memberships.personId, actor.personId))
		.all();
	const own = member.find((m) => m.organisationId === found.organisationId);
	if (own?.role === 'steward') roles.add('steward');
	if (found.withdrawnAt !== null) return roles;
	const granted = (kind: 'workshop' | 'organisation', ids: string[]): boolean =>
		ids.length > 0 &&
		app.db
			.select({ id: datasetGrants.datasetId })
			.from(datasetGrants)
			.where(
				and(
					eq(datasetGrants.datasetId, id),
					eq(datasetGrants.granteeKind, kind),
					inArray(datasetGrants.granteeId, ids)
				)
			)
			.get() !== undefined;
	const pooled =
		found.poolId !== null &&
		app.db
			.select({ id: poolMembers.organisationId })
			.from(poolMembers)
			.where(
				and(
					eq(poolMembers.poolId, found.poolId),
					inArray(
						poolMembers.organisationId,
						member.map((m) => m.organisationId)
					)
				)
			)
			.get() !== undefined;
	if (
		own ||
		pooled ||
		granted(
			'organisation',
			member.map((m) => m.organisationId)
		) ||
		granted('workshop', workshopsOf(app, actor.personId))
	)
		roles.add('viewer');
	return roles;
}
