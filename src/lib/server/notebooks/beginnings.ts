/**
 * Who has begun to edit a notebook since its last version. Before the first edit of somebody else, what the others wrote
 * is kept as a version; before the first edit of all, so is what the notebook was.
 */
import { eq } from 'drizzle-orm';
import { VERSION_TIMES } from '../../core/notebook/version-times.ts';
import type { App } from '../app.ts';
import { notebookHistory, notebooks } from '../db/schema.ts';
import { logError } from '../log.ts';
import { contributionsSince } from './contributions.ts';

export class Beginnings {
	readonly #app: App;
	/** Keeps the notebook as it is on disk. */
	readonly #keep: (notebookId: string) => void;
	/** By notebook, those whose first edit since its last version was seen. */
	readonly #begun = new Map<string, Set<string>>();

	constructor(app: App, keep: (notebookId: string) => void) {
		this.#app = app;
		this.#keep = keep;
	}

	/** Before an edit of theirs is written. What goes wrong keeps no edit from being taken. */
	edits(notebookId: string, personId: string): void {
		const begun = this.#begun.get(notebookId);
		if (begun?.has(personId)) return;
		try {
			if (this.#isDue(notebookId, personId)) {
				this.#keep(notebookId);
				this.#begun.delete(notebookId);
			}
		} catch (cause) {
			logError(`a version of notebook ${notebookId} could not be kept`, cause);
		}
		const now = this.#begun.get(notebookId) ?? new Set();
		this.#begun.set(notebookId, now.add(personId));
	}

	/** A version was kept, or nobody has the notebook open. */
	forget(notebookId: string): void {
		this.#begun.delete(notebookId);
	}

	#isDue(notebookId: string, personId: string): boolean {
		const { db, now } = this.#app;
		const last = db
			.select({ at: notebooks.historyAt })
			.from(notebooks)
			.where(eq(notebooks.id, notebookId))
			.get();
		const any = db
			.select({ id: notebookHistory.id })
			.from(notebookHistory)
			.where(eq(notebookHistory.notebookId, notebookId))
			.limit(1)
			.get();
		if (!any) return true;
		if (now() - (last?.at ?? 0) < VERSION_TIMES.other) return false;
		const { people } = contributionsSince(this.#app, notebookId);
		return people.length > 0 && !people.includes(personId);
	}
}
