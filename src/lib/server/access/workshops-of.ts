/** Ids of the workshops a person takes part in or facilitates, by a seat or by having made their series. */
import { eq } from 'drizzle-orm';
import type { App } from '../app.ts';
import { series, workshopPeople, workshops } from '../db/schema.ts';

export function workshopsOf(app: App, personId: string): string[] {
	const seated = app.db
		.select({ id: workshopPeople.workshopId })
		.from(workshopPeople)
		.where(eq(workshopPeople.personId, personId));
	const owned = app.db
		.select({ id: workshops.id })
		.from(workshops)
		.innerJoin(series, eq(series.id, workshops.seriesId))
		.where(eq(series.createdBy, personId));
	return seated
		.union(owned)
		.all()
		.map((row) => row.id);
}
