/** For tests only: the store of a running demo, to set up what a test starts from. The server sees it at once. */
import { eq } from 'drizzle-orm';
import type { PublicationTerms } from '../../src/lib/core/governance/terms.ts';
import type { Lang } from '../../src/lib/core/notebook/notebook.ts';
import type { Actor } from '../../src/lib/server/app.ts';
import {
	datasets,
	notebooks,
	people,
	reports,
	reportVersions
} from '../../src/lib/server/db/schema.ts';
import { forkNotebook } from '../../src/lib/server/notebooks/create.ts';
import { roomsOf } from '../../src/lib/server/collab/rooms.ts';
import { readActor } from '../../src/lib/server/people/actor.ts';
import { testApp } from './app.ts';
import type { RunningServer } from './server.ts';

export class DemoStore {
	readonly #open: ReturnType<typeof testApp>;
	readonly #facilitator: Actor;

	constructor(server: RunningServer) {
		this.#open = testApp(server.data, server.port);
		const { db } = this.#open.app;
		const person = db.select().from(people).where(eq(people.email, 'animation@demo.invalid')).get();
		const actor = person && readActor(this.#open.app, person.id);
		if (!actor) throw new Error('the demo has no facilitator');
		this.#facilitator = actor;
	}

	/** The facilitator's own version of a starter notebook; answers its id. */
	fork(question: 1 | 5, lang: Lang): string {
		const { app } = this.#open;
		const starter = app.db
			.select()
			.from(notebooks)
			.where(eq(notebooks.starter, true))
			.all()
			.find((row) => row.question === question && row.lang === lang);
		if (!starter) throw new Error('the demo has no such starter');
		return forkNotebook(app, this.#facilitator, starter.id);
	}

	/** A notebook's cells, as the page that ran them would name them. */
	ran(notebookId: string): { id: string; source: string }[] {
		const { cells } = roomsOf(this.#open.app).read(notebookId).notebook;
		return cells.map(({ id, source }) => ({ id, source }));
	}

	/** Changes the terms of a dataset; answers those it had. */
	setTerms(slug: string, publication: PublicationTerms): PublicationTerms {
		const { db } = this.#open.app;
		const before = db.select().from(datasets).where(eq(datasets.slug, slug)).get();
		if (!before) throw new Error(`the demo has no ${slug}`);
		db.update(datasets).set({ publication }).where(eq(datasets.slug, slug)).run();
		return before.publication;
	}

	/** Writes a cell of a report's exploration anew, behind the back of every check: as if one had let it through. */
	setExplored(slug: string, cell: string, source: string): void {
		const { db } = this.#open.app;
		const version = db
			.select({ id: reportVersions.id, content: reportVersions.content })
			.from(reportVersions)
			.innerJoin(reports, eq(reports.id, reportVersions.reportId))
			.where(eq(reports.slug, slug))
			.get();
		const { content } = version ?? {};
		if (!version || !content?.explore) throw new Error(`${slug} is not explored`);
		const cells = content.explore.cells.map((one) => (one.id === cell ? { ...one, source } : one));
		db.update(reportVersions)
			.set({ content: { ...content, explore: { ...content.explore, cells } } })
			.where(eq(reportVersions.id, version.id))
			.run();
	}

	close(): void {
		this.#open.close();
	}
}
