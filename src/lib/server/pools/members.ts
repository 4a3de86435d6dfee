/** Which organisations take part: a steward is invited by e-mail, and brings one of the organisations they look after. */
import { and, eq } from 'drizzle-orm';
import { ForbiddenError, InvalidError, NotFoundError } from '../../core/errors.ts';
import { cleanEmail } from '../../core/people/profile.ts';
import { allows } from '../../core/permissions/table.ts';
import { rolesOnOrganisation } from '../access/organisation.ts';
import { rolesOnPool } from '../access/pool.ts';
import { requireAllowed } from '../access/require.ts';
import type { Actor, App } from '../app.ts';
import { throttlesOf } from '../auth/throttles.ts';
import { people, poolInvitations, poolMembers } from '../db/schema.ts';
import { withdrawParts } from './contribute.ts';
import { renewVersion } from './snapshot.ts';

/**
 * Asks the holder of an account to bring an organisation of theirs.
 * @throws InvalidError `person_unknown`; ThrottledError for who tries many addresses
 */
export function inviteToPool(app: App, actor: Actor, poolId: string, email: string): void {
	requireAllowed(rolesOnPool(app, actor, poolId), 'pool.read', 'pool.manage');
	const clean = cleanEmail(email);
	const attempt = throttlesOf(app).lookUp.attempt([{ key: actor.personId }]);
	const person = app.db
		.select({ id: people.id })
		.from(people)
		.where(and(eq(people.email, clean), eq(people.kind, 'account')))
		.get();
	if (!person) throw new InvalidError('person_unknown', {}, 'email');
	attempt.succeeded();
	app.db
		.insert(poolInvitations)
		.values({ poolId, personId: person.id, invitedBy: actor.personId, invitedAt: app.now() })
		.onConflictDoNothing()
		.run();
}

/** Takes an invitation back, or declines one's own. */
export function dropInvitation(app: App, actor: Actor, poolId: string, personId: string): void {
	const roles = rolesOnPool(app, actor, poolId);
	if (personId === actor.personId) requireAllowed(roles, 'pool.consider');
	else requireAllowed(roles, 'pool.read', 'pool.manage');
	const done = app.db
		.delete(poolInvitations)
		.where(and(eq(poolInvitations.poolId, poolId), eq(poolInvitations.personId, personId)))
		.run();
	if (done.changes === 0) throw new NotFoundError();
}

/** Brings an organisation in: by an invitation, or by whoever runs the pool; a steward of it in either case. */
export function joinPool(app: App, actor: Actor, poolId: string, organisationId: string): void {
	app.db.transaction(
		() => {
			requireAllowed(rolesOnPool(app, actor, poolId), 'pool.consider', 'pool.join');
			requireStewardOf(app, actor, organisationId);
			app.db
				.insert(poolMembers)
				.values({ poolId, organisationId, joinedBy: actor.personId, joinedAt: app.now() })
				.onConflictDoNothing()
				.run();
			app.db
				.delete(poolInvitations)
				.where(
					and(eq(poolInvitations.poolId, poolId), eq(poolInvitations.personId, actor.personId))
				)
				.run();
		},
		{ behavior: 'immediate' }
	);
}

/** Takes an organisation out with all its parts: a steward of it, or whoever runs the pool. */
export async function leavePool(
	app: App,
	actor: Actor,
	poolId: string,
	organisationId: string
): Promise<void> {
	app.db.transaction(
		() => {
			const roles = rolesOnPool(app, actor, poolId);
			requireAllowed(roles, 'pool.read');
			if (!allows(roles, 'pool.manage')) requireStewardOf(app, actor, organisationId);
			const done = app.db
				.delete(poolMembers)
				.where(and(eq(poolMembers.poolId, poolId), eq(poolMembers.organisationId, organisationId)))
				.run();
			if (done.changes === 0) throw new NotFoundError();
			withdrawParts(app, poolId, organisationId, null);
		},
		{ behavior: 'immediate' }
	);
	await renewVersion(app, actor, poolId);
}

/** @throws NotFoundError for an organisation that the actor does not know, ForbiddenError `steward_required` */
export function requireStewardOf(app: App, actor: Actor, organisationId: string): void {
	const roles = rolesOnOrganisation(app, actor, organisationId);
	if (!allows(roles, 'organisation.read')) throw new NotFoundError();
	if (!roles.has('steward')) throw new ForbiddenError('steward_required');
}
