/** A version of one's own, what it was made from, and what it has of it. */
import { eq } from 'drizzle-orm';
import { NotFoundError } from '../../core/errors.ts';
import type { Notebook } from '../../core/notebook/notebook.ts';
import { requireOnNotebook } from '../access/notebook.ts';
import type { Actor, App } from '../app.ts';
import { roomsOf } from '../collab/rooms.ts';
import { forkBases, notebooks } from '../db/schema.ts';
import { frozenNotebook } from '../notebooks/versions.ts';

export interface Fork {
	readonly forkId: string;
	readonly originId: string;
	readonly originTitle: string;
	/** The last state of the origin that the version holds, but for what it changed itself. */
	readonly base: Notebook;
	/** As they are now. */
	readonly fork: Notebook;
	readonly origin: Notebook;
}

/** What a version and its origin are known by, before either is read. */
interface Ends {
	readonly originId: string;
	readonly versionId: string;
	/** When the last part of the origin was taken in; null: none was, or all of it. */
	readonly takenAt: number | null;
}

/**
 * For who edits the version and may read what it was made from.
 * @throws NotFoundError where it was made from nothing, or from what is gone or not for the actor
 */
export function forkEnds(app: App, actor: Actor, forkId: string): Ends {
	requireOnNotebook(app, actor, forkId, 'proposal.make');
	const row = app.db
		.select({ parentId: notebooks.parentId, versionId: notebooks.parentVersionId })
		.from(notebooks)
		.where(eq(notebooks.id, forkId))
		.get();
	if (!row?.parentId || !row.versionId) throw new NotFoundError();
	requireOnNotebook(app, actor, row.parentId, 'notebook.read');
	const taken = app.db
		.select({ at: forkBases.at })
		.from(forkBases)
		.where(eq(forkBases.notebookId, forkId))
		.get();
	return { originId: row.parentId, versionId: row.versionId, takenAt: taken?.at ?? null };
}

/** @throws NotFoundError as `forkEnds` */
export function forkFor(app: App, actor: Actor, forkId: string): Fork {
	const { originId, versionId } = forkEnds(app, actor, forkId);
	const taken = app.db.select().from(forkBases).where(eq(forkBases.notebookId, forkId)).get();
	const base = taken ? (JSON.parse(taken.content) as Notebook) : frozenNotebook(app, versionId);
	if (!base) throw new NotFoundError();
	const { notebook: origin } = roomsOf(app).read(originId);
	return {
		...{ forkId, originId, originTitle: origin.title },
		...{ base, origin, fork: roomsOf(app).read(forkId).notebook }
	};
}
