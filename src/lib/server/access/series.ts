/** The roles a person holds on a series (« démarche »); none at all where it is missing. */
import { eq } from 'drizzle-orm';
import type { Role } from '../../core/permissions/table.ts';
import type { Actor, App } from '../app.ts';
import { series } from '../db/schema.ts';
import { rolesAnywhere } from './site.ts';

export function rolesOnSeries(app: App, actor: Actor | null, id: string): Set<Role> {
	const found = app.db.select().from(series).where(eq(series.id, id)).get();
	if (!found) return new Set();
	const roles = rolesAnywhere(actor);
	if (actor && found.createdBy === actor.personId) roles.add('facilitator');
	return roles;
}
