/** For tests only: a starter of the demo's workshop, made in the store of a running demo. */
import { eq } from 'drizzle-orm';
import { toNotebook, type CellSpec } from '../../src/lib/core/notebook/notebook.ts';
import { workshops } from '../../src/lib/server/db/schema.ts';
import { demoDoor } from '../../src/lib/server/demo/seed.ts';
import { createNotebook } from '../../src/lib/server/notebooks/create.ts';
import { readActor } from '../../src/lib/server/people/actor.ts';
import { testApp } from './app.ts';
import type { RunningServer } from './server.ts';

/** A starter of the demo facilitator's. */
export function makeStarter(
	server: RunningServer,
	title: string,
	cells: readonly CellSpec[]
): { readonly starter: string; readonly workshop: string } {
	const store = testApp(server.data, server.port);
	const app = { ...store.app, now: Date.now };
	try {
		const door = demoDoor(app);
		const actor = door && readActor(app, door.personId);
		if (!actor) throw new Error('the demo has no facilitator');
		const workshop = app.db
			.select({ id: workshops.id })
			.from(workshops)
			.where(eq(workshops.createdBy, actor.personId))
			.orderBy(workshops.createdAt)
			.get();
		if (!workshop) throw new Error('the demo has no workshop');
		const notebook = toNotebook({ title, cells });
		const made = { notebook, workshopId: workshop.id, question: 1, starter: true };
		return { starter: createNotebook(app, actor, made), workshop: workshop.id };
	} finally {
		store.close();
	}
}
