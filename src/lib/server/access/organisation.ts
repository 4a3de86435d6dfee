/** The roles a person holds on an organisation; none at all where it is missing. */
import { and, eq } from 'drizzle-orm';
import type { Role } from '../../core/permissions/table.ts';
import type { Actor, App } from '../app.ts';
import { memberships, organisations } from '../db/schema.ts';
import { rolesAnywhere } from './site.ts';

export function rolesOnOrganisation(app: App, actor: Actor | null, id: string): Set<Role> {
	const found = app.db.select().from(organisations).where(eq(organisations.id, id)).get();
	if (!found) return new Set();
	const roles = rolesAnywhere(actor);
	const membership = actor
		? app.db
				.select({ role: memberships.role })
				.from(memberships)
				.where(and(eq(memberships.organisationId, id), eq(memberships.personId, actor.personId)))
				.get()
		: undefined;
	if (membership) roles.add('viewer');
	if (membership?.role === 'steward') roles.add('steward');
	return roles;
}
