/** Deletes and pairs notebooks. */
import { eq } from 'drizzle-orm';
import { InvalidError } from '../../core/errors.ts';
import { requireOnNotebook } from '../access/notebook.ts';
import type { Actor, App } from '../app.ts';
import { roomsOf } from '../collab/rooms.ts';
import { IMMEDIATE } from '../db/database.ts';
import { notebooks } from '../db/schema.ts';
import { purgeTime } from './purge.ts';

/** Nobody sees it any more; its owner can bring it back for a while (`deleted.ts`). Versions of it that others made are theirs and stay. */
export function deleteNotebook(app: App, actor: Actor, notebookId: string): void {
	requireOnNotebook(app, actor, notebookId, 'notebook.delete');
	app.db
		.update(notebooks)
		.set({ deletedAt: app.now(), purgeAt: purgeTime(app) })
		.where(eq(notebooks.id, notebookId))
		.run();
	roomsOf(app).recheck({ notebookId });
}

/** Says that two notebooks are one in two languages. The actor owns both: a report of one may then come from the other. */
export function setTwins(app: App, actor: Actor, one: string, other: string): void {
	if (one === other) throw new InvalidError('twin_same');
	for (const id of [one, other]) requireOnNotebook(app, actor, id, 'notebook.share');
	app.db.transaction((tx) => {
		tx.update(notebooks).set({ twinId: other }).where(eq(notebooks.id, one)).run();
		tx.update(notebooks).set({ twinId: one }).where(eq(notebooks.id, other)).run();
	}, IMMEDIATE);
}
