/** Tables (teams) of a workshop, and who sits at which. */
import { and, count, eq, max } from 'drizzle-orm';
import { AppError, NotFoundError } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { cleanLine } from '../../core/people/profile.ts';
import { requireAllowed } from '../access/require.ts';
import { rolesOnWorkshop } from '../access/workshop.ts';
import type { Actor, App } from '../app.ts';
import { IMMEDIATE } from '../db/database.ts';
import { workshopPeople, workshopTables } from '../db/schema.ts';

export const TABLES_MAX = 60;

/** Adds a table at the end; answers its id. */
export function createTable(
	app: App,
	actor: Actor | null,
	workshopId: string,
	name: string
): string {
	manage(app, actor, workshopId);
	return app.db.transaction(() => insertTable(app, workshopId, name), IMMEDIATE);
}

/** Inside a transaction, once the permission has been asked. */
export function insertTable(app: App, workshopId: string, name: string): string {
	const clean = cleanLine(name, 'name', 'table_name_required', 60);
	const there = app.db
		.select({ tables: count(), last: max(workshopTables.position) })
		.from(workshopTables)
		.where(eq(workshopTables.workshopId, workshopId))
		.get();
	if ((there?.tables ?? 0) >= TABLES_MAX)
		throw new AppError('too_many_tables', { max: TABLES_MAX });
	const id = newId(app.random);
	app.db
		.insert(workshopTables)
		.values({ id, workshopId, name: clean, position: (there?.last ?? 0) + 1 })
		.run();
	return id;
}

export function renameTable(
	app: App,
	actor: Actor | null,
	workshopId: string,
	tableId: string,
	name: string
): void {
	manage(app, actor, workshopId);
	const clean = cleanLine(name, 'name', 'table_name_required', 60);
	const done = app.db
		.update(workshopTables)
		.set({ name: clean })
		.where(and(eq(workshopTables.id, tableId), eq(workshopTables.workshopId, workshopId)))
		.run();
	if (done.changes === 0) throw new NotFoundError();
}

/** Takes a table away; those who sat there have none, and choose again. */
export function removeTable(
	app: App,
	actor: Actor | null,
	workshopId: string,
	tableId: string
): void {
	manage(app, actor, workshopId);
	const done = app.db
		.delete(workshopTables)
		.where(and(eq(workshopTables.id, tableId), eq(workshopTables.workshopId, workshopId)))
		.run();
	if (done.changes === 0) throw new NotFoundError();
}

/** Sits the actor at a table of the workshop, or (null) at none. */
export function chooseTable(
	app: App,
	actor: Actor,
	workshopId: string,
	tableId: string | null
): void {
	requireAllowed(rolesOnWorkshop(app, actor, workshopId), 'workshop.read', 'workshop.choose-table');
	app.db.transaction(() => {
		if (tableId !== null) {
			const table = app.db
				.select()
				.from(workshopTables)
				.where(and(eq(workshopTables.id, tableId), eq(workshopTables.workshopId, workshopId)))
				.get();
			if (!table) throw new NotFoundError();
		}
		app.db
			.update(workshopPeople)
			.set({ tableId })
			.where(
				and(eq(workshopPeople.workshopId, workshopId), eq(workshopPeople.personId, actor.personId))
			)
			.run();
	}, IMMEDIATE);
}

function manage(app: App, actor: Actor | null, workshopId: string): void {
	requireAllowed(rolesOnWorkshop(app, actor, workshopId), 'workshop.read', 'workshop.manage');
}
