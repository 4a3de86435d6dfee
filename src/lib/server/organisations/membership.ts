/** Who belongs to an organisation, and who looks after its data (stewards). It always keeps one steward. */
import { and, eq } from 'drizzle-orm';
import { AppError, InvalidError, NotFoundError } from '../../core/errors.ts';
import { cleanEmail } from '../../core/people/profile.ts';
import { rolesOnOrganisation } from '../access/organisation.ts';
import { requireAllowed } from '../access/require.ts';
import type { Actor, App } from '../app.ts';
import { throttlesOf } from '../auth/throttles.ts';
import { roomsOf } from '../collab/rooms.ts';
import { IMMEDIATE } from '../db/database.ts';
import { memberships, people } from '../db/schema.ts';

type MemberRole = 'member' | 'steward';

/**
 * Adds the holder of an account, named by e-mail, or changes what they are.
 * @throws InvalidError `person_unknown`; ThrottledError for a steward who tries many addresses
 */
export function addMember(
	app: App,
	actor: Actor,
	organisationId: string,
	email: string,
	role: MemberRole
): void {
	manage(app, actor, organisationId);
	const clean = cleanEmail(email);
	const attempt = throttlesOf(app).lookUp.attempt([{ key: actor.personId }]);
	const person = app.db
		.select()
		.from(people)
		.where(and(eq(people.email, clean), eq(people.kind, 'account')))
		.get();
	if (!person) throw new InvalidError('person_unknown', {}, 'email');
	attempt.succeeded();
	app.db.transaction(() => {
		app.db
			.insert(memberships)
			.values({ organisationId, personId: person.id, role, createdAt: app.now() })
			.onConflictDoUpdate({
				target: [memberships.organisationId, memberships.personId],
				set: { role }
			})
			.run();
		keepSteward(app, organisationId);
	}, IMMEDIATE);
}

/** Makes a member a steward, or the contrary. */
export function setMemberRole(
	app: App,
	actor: Actor,
	organisationId: string,
	personId: string,
	role: MemberRole
): void {
	manage(app, actor, organisationId);
	app.db.transaction(() => {
		const done = app.db
			.update(memberships)
			.set({ role })
			.where(isMember(organisationId, personId))
			.run();
		if (done.changes === 0) throw new NotFoundError();
		keepSteward(app, organisationId);
	}, IMMEDIATE);
}

/** Takes a member out; anyone may take themselves out. */
export function removeMember(
	app: App,
	actor: Actor,
	organisationId: string,
	personId: string
): void {
	const roles = rolesOnOrganisation(app, actor, organisationId);
	requireAllowed(
		roles,
		'organisation.read',
		personId === actor.personId ? 'organisation.read' : 'organisation.manage'
	);
	app.db.transaction(() => {
		const done = app.db.delete(memberships).where(isMember(organisationId, personId)).run();
		if (done.changes === 0) throw new NotFoundError();
		keepSteward(app, organisationId);
	}, IMMEDIATE);
	roomsOf(app).recheck({ personId });
}

const isMember = (organisationId: string, personId: string) =>
	and(eq(memberships.organisationId, organisationId), eq(memberships.personId, personId));

function manage(app: App, actor: Actor, organisationId: string): void {
	requireAllowed(
		rolesOnOrganisation(app, actor, organisationId),
		'organisation.read',
		'organisation.manage'
	);
}

/** Inside the transaction that may have taken the last one away: throwing undoes it. */
function keepSteward(app: App, organisationId: string): void {
	const steward = app.db
		.select()
		.from(memberships)
		.where(and(eq(memberships.organisationId, organisationId), eq(memberships.role, 'steward')))
		.get();
	if (!steward) throw new AppError('last_steward');
}
