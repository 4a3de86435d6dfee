/**
 * The roles a person holds on a workshop; none at all where it is missing. Who made the series facilitates each
 * of its workshops.
 */
import { and, eq } from 'drizzle-orm';
import type { Role } from '../../core/permissions/table.ts';
import type { Actor, App } from '../app.ts';
import { series, workshopPeople, workshops } from '../db/schema.ts';
import { rolesAnywhere } from './site.ts';

export function rolesOnWorkshop(app: App, actor: Actor | null, id: string): Set<Role> {
	const found = app.db
		.select({ seriesOwner: series.createdBy })
		.from(workshops)
		.innerJoin(series, eq(series.id, workshops.seriesId))
		.where(eq(workshops.id, id))
		.get();
	if (!found) return new Set();
	const roles = rolesAnywhere(actor);
	if (!actor) return roles;
	const seat = app.db
		.select({ role: workshopPeople.role })
		.from(workshopPeople)
		.where(and(eq(workshopPeople.workshopId, id), eq(workshopPeople.personId, actor.personId)))
		.get();
	if (seat) roles.add(actor.kind === 'guest' ? 'guest' : 'participant');
	if (seat?.role === 'facilitator' || found.seriesOwner === actor.personId)
		roles.add('facilitator');
	return roles;
}
