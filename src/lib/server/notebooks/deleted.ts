/**
 * Deleted notebooks. Their owner can bring one back, whole, until a day that is said when it is deleted; then what it
 * held goes. A line of it stays for as long as something that others made needs it.
 */
import { and, desc, eq, isNotNull, isNull } from 'drizzle-orm';
import { NotFoundError } from '../../core/errors.ts';
import { allows } from '../../core/permissions/table.ts';
import type { Actor, App } from '../app.ts';
import { roomsOf } from '../collab/rooms.ts';
import { notebooks } from '../db/schema.ts';
import { purgeNotebook, purgeTime } from './purge.ts';
import { bytesOf, roomFor } from './quota.ts';

export interface DeletedNotebook {
	readonly id: string;
	readonly title: string;
	readonly deletedAt: number;
	/** Until then it can be brought back. */
	readonly purgeAt: number;
}

/** Those of the actor that can be brought back, the last deleted first. */
export const listDeleted = (app: App, actor: Actor): DeletedNotebook[] =>
	app.db
		.select({
			...{ id: notebooks.id, title: notebooks.title },
			...{ deletedAt: notebooks.deletedAt, purgeAt: notebooks.purgeAt }
		})
		.from(notebooks)
		.where(
			and(
				eq(notebooks.ownerId, actor.personId),
				isNotNull(notebooks.deletedAt),
				isNull(notebooks.purgedAt)
			)
		)
		.orderBy(desc(notebooks.deletedAt), notebooks.id)
		.all()
		.map(({ id, title, deletedAt, purgeAt }) => ({
			...{ id, title, deletedAt: deletedAt ?? 0, purgeAt: purgeAt ?? purgeTime(app) }
		}));

/**
 * It is as it was, shared with whom it was.
 * @throws NotFoundError; AppError where the actor holds too much (`roomFor`)
 */
export function bringBack(app: App, actor: Actor, notebookId: string): void {
	app.db.transaction(
		(tx) => {
			requireOwnDeleted(app, actor, notebookId);
			roomFor(app, actor, { notebooks: 1, bytes: bytesOf(app, notebookId) }, true);
			tx.update(notebooks)
				.set({ deletedAt: null, purgeAt: null })
				.where(eq(notebooks.id, notebookId))
				.run();
		},
		{ behavior: 'immediate' }
	);
}

/** For good, before its day. @throws NotFoundError */
export function forgetDeleted(app: App, actor: Actor, notebookId: string): void {
	requireOwnDeleted(app, actor, notebookId);
	// What its last readers sent, and waits, must not be written after it is gone.
	roomsOf(app).journal.flush();
	purgeNotebook(app, notebookId);
}

function requireOwnDeleted(app: App, actor: Actor, notebookId: string): void {
	const row = app.db
		.select({ ownerId: notebooks.ownerId })
		.from(notebooks)
		.where(
			and(eq(notebooks.id, notebookId), isNotNull(notebooks.deletedAt), isNull(notebooks.purgedAt))
		)
		.get();
	if (row?.ownerId !== actor.personId || !allows(['owner'], 'notebook.delete'))
		throw new NotFoundError();
}
