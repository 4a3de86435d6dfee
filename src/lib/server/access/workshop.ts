/**
 * The roles a person holds on a workshop; none at all where it is missing. Who made the series facilitates each
 * of its workshops.
 */
import { and, eq, inArray } from 'drizzle-orm';
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

/** Those who facilitate any of these workshops, by a seat or by having made its series. */
export function facilitatorsOf(
	{ db }: App,
	workshopIds: readonly string[]
): { readonly id: string }[] {
	const seated = db
		.select({ id: workshopPeople.personId })
		.from(workshopPeople)
		.where(
			and(
				inArray(workshopPeople.workshopId, [...workshopIds]),
				eq(workshopPeople.role, 'facilitator')
			)
		)
		.all();
	const made = db
		.select({ id: series.createdBy })
		.from(workshops)
		.innerJoin(series, eq(series.id, workshops.seriesId))
		.where(inArray(workshops.id, [...workshopIds]))
		.all();
	return [...seated, ...made];
}
