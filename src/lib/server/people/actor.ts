/** The person who asks, as capabilities know them. */
import { eq } from 'drizzle-orm';
import type { Actor, App } from '../app.ts';
import { people } from '../db/schema.ts';

/** null: there is no such person. */
export function readActor(app: App, personId: string): Actor | null {
	const row = app.db.select().from(people).where(eq(people.id, personId)).get();
	if (!row) return null;
	return {
		personId: row.id,
		kind: row.kind,
		displayName: row.displayName,
		email: row.email,
		administrator: row.administrator,
		lang: row.lang
	};
}
