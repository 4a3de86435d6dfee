/** A person's place in a workshop, as who facilitates it may change it. */
import { and, eq } from 'drizzle-orm';
import { AppError, NotFoundError } from '../../core/errors.ts';
import { requireAllowed } from '../access/require.ts';
import { rolesOnWorkshop } from '../access/workshop.ts';
import type { Actor, App } from '../app.ts';
import { roomsOf } from '../collab/rooms.ts';
import { IMMEDIATE } from '../db/database.ts';
import { people, workshopPeople } from '../db/schema.ts';

/** Takes a person out of the workshop: what was shared with the workshop is no longer theirs to see. */
export function removeFromWorkshop(
	app: App,
	actor: Actor,
	workshopId: string,
	personId: string
): void {
	manage(app, actor, workshopId);
	if (personId === actor.personId) throw new AppError('last_facilitator');
	const done = app.db.delete(workshopPeople).where(isSeat(workshopId, personId)).run();
	if (done.changes === 0) throw new NotFoundError();
	roomsOf(app).recheck({ personId });
}

/** Lets an account facilitate with the actor, or makes it a participant again; nobody demotes themselves. */
export function setFacilitator(
	app: App,
	actor: Actor,
	workshopId: string,
	personId: string,
	facilitates: boolean
): void {
	manage(app, actor, workshopId);
	if (personId === actor.personId) throw new AppError('last_facilitator');
	app.db.transaction(() => {
		const person = app.db
			.select({ kind: people.kind })
			.from(workshopPeople)
			.innerJoin(people, eq(people.id, workshopPeople.personId))
			.where(isSeat(workshopId, personId))
			.get();
		if (!person) throw new NotFoundError();
		if (person.kind === 'guest') throw new AppError('facilitator_needs_account');
		app.db
			.update(workshopPeople)
			.set({ role: facilitates ? 'facilitator' : 'participant' })
			.where(isSeat(workshopId, personId))
			.run();
	}, IMMEDIATE);
	// What is shared with those who facilitate may no longer be theirs to see.
	roomsOf(app).recheck({ personId });
}

const isSeat = (workshopId: string, personId: string) =>
	and(eq(workshopPeople.workshopId, workshopId), eq(workshopPeople.personId, personId));

function manage(app: App, actor: Actor, workshopId: string): void {
	requireAllowed(rolesOnWorkshop(app, actor, workshopId), 'workshop.read', 'workshop.manage');
}
