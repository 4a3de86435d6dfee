/**
 * The roles a person holds on a pool; none at all where it is missing. The stewards of the organisation that runs it
 * are its stewards; those of an organisation that takes part contribute. Members of either read it, and so does
 * whoever may read its dataset, by a workshop it was granted to. Someone invited sees what they are asked to join.
 */
import { and, eq } from 'drizzle-orm';
import { allows, type Role } from '../../core/permissions/table.ts';
import type { Actor, App } from '../app.ts';
import { datasets, memberships, poolInvitations, poolMembers, pools } from '../db/schema.ts';
import { rolesOnDataset } from './dataset.ts';
import { rolesAnywhere } from './site.ts';

export function rolesOnPool(app: App, actor: Actor | null, id: string): Set<Role> {
	const found = app.db
		.select({ owner: pools.organisationId, datasetId: datasets.id })
		.from(pools)
		.innerJoin(datasets, eq(datasets.poolId, pools.id))
		.where(eq(pools.id, id))
		.get();
	if (!found) return new Set();
	const roles = rolesAnywhere(actor);
	if (!actor) return roles;

	const takingPart = app.db
		.select({ role: memberships.role })
		.from(poolMembers)
		.innerJoin(memberships, eq(memberships.organisationId, poolMembers.organisationId))
		.where(and(eq(poolMembers.poolId, id), eq(memberships.personId, actor.personId)))
		.all();
	if (takingPart.length) roles.add('viewer');
	if (takingPart.some(({ role }) => role === 'steward')) roles.add('contributor');

	const running = app.db
		.select({ role: memberships.role })
		.from(memberships)
		.where(
			and(eq(memberships.organisationId, found.owner), eq(memberships.personId, actor.personId))
		)
		.get();
	if (running) roles.add('viewer');
	if (running?.role === 'steward') roles.add('steward');

	if (allows(rolesOnDataset(app, actor, found.datasetId), 'dataset.read')) roles.add('viewer');
	const invitation = app.db
		.select({ id: poolInvitations.poolId })
		.from(poolInvitations)
		.where(and(eq(poolInvitations.poolId, id), eq(poolInvitations.personId, actor.personId)))
		.get();
	if (invitation) roles.add('invited');
	return roles;
}
