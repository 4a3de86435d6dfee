/** Keeps a version of a notebook, as a value, and lets go of those that make room for it. */
import { and, eq, inArray, ne, sql, sum } from 'drizzle-orm';
import { AppError } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { HISTORY_LIMITS, type VersionKind } from '../../core/notebook/history.ts';
import type { Notebook } from '../../core/notebook/notebook.ts';
import { thinned } from '../../core/notebook/version-times.ts';
import type { App } from '../app.ts';
import { notebookHistory, notebooks } from '../db/schema.ts';
import { contributionsSince, forgetContributions, type Contributions } from './contributions.ts';

export interface Keeping {
	readonly kind: VersionKind;
	readonly name: string | null;
	/** A person's id. */
	readonly by: string;
	/** Whose edits it holds that no version did; those that are written, without it. */
	readonly since?: Contributions;
	/** When it was so; now, without it. */
	readonly at?: number;
}

/**
 * In the caller's transaction. The oldest that nobody named make room, those that were kept by themselves first.
 * @returns its id
 * @throws AppError `history_full`
 */
export function keepVersion(
	app: App,
	notebookId: string,
	notebook: Notebook,
	{ kind, name, by, since = contributionsSince(app, notebookId), at = app.now() }: Keeping
): string {
	const content = JSON.stringify(notebook);
	const bytes = Buffer.byteLength(content);
	makeRoom(app, notebookId, kind, bytes);
	const id = newId(app.random);
	app.db
		.insert(notebookHistory)
		.values({
			id,
			notebookId,
			kind,
			name,
			content,
			bytes,
			people: since.people.slice(0, HISTORY_LIMITS.people),
			since: since.firstAt,
			createdBy: by,
			createdAt: at
		})
		.run();
	forgetContributions(app, notebookId, since);
	return id;
}

function makeRoom(app: App, notebookId: string, kind: VersionKind, bytes: number): void {
	const held = app.db
		.select({ bytes: sum(notebookHistory.bytes).mapWith(Number) })
		.from(notebookHistory)
		.where(eq(notebookHistory.notebookId, notebookId))
		.get();
	let total = (held?.bytes ?? 0) + bytes;
	const unnamed = app.db
		.select({ id: notebookHistory.id, kind: notebookHistory.kind, bytes: notebookHistory.bytes })
		.from(notebookHistory)
		.where(and(eq(notebookHistory.notebookId, notebookId), ne(notebookHistory.kind, 'named')))
		// 'automatic' before 'before-merge' before 'before-restore'.
		.orderBy(notebookHistory.kind, notebookHistory.createdAt, sql`${notebookHistory}.rowid`)
		.all();
	/** How many too many of each kind that has a number of its own. */
	const most = {
		'before-merge': HISTORY_LIMITS.beforeMerge,
		'before-restore': HISTORY_LIMITS.beforeRestore
	};
	const over = new Map<VersionKind, number>();
	for (const one of ['before-merge', 'before-restore'] as const) {
		const number = unnamed.filter((old) => old.kind === one).length + (kind === one ? 1 : 0);
		over.set(one, number - most[one]);
	}
	const gone: string[] = [];
	for (const old of unnamed) {
		const surplus = over.get(old.kind) ?? 0;
		if (total <= HISTORY_LIMITS.bytes && surplus <= 0) continue;
		gone.push(old.id);
		total -= old.bytes;
		over.set(old.kind, surplus - 1);
	}
	if (total > HISTORY_LIMITS.bytes)
		throw new AppError('history_full', { megabytes: HISTORY_LIMITS.bytes / 1e6 });
	letGo(app, gone);
}

const letGo = (app: App, ids: readonly string[]): void => {
	if (ids.length > 0)
		app.db
			.delete(notebookHistory)
			.where(inArray(notebookHistory.id, [...ids]))
			.run();
};

/**
 * Keeps the notebook as it is on disk, by itself, unless its last version says the same or it is as it was made. Those
 * that were kept so before thin out.
 * @param notebook read with nothing waiting to be written
 * @returns whether there is one more
 */
export function keepAutomatic(app: App, notebookId: string, notebook: Notebook): boolean {
	return app.db.transaction(
		() => {
			const row = app.db
				.select({ ownerId: notebooks.ownerId, updatedAt: notebooks.updatedAt })
				.from(notebooks)
				.where(eq(notebooks.id, notebookId))
				.get();
			if (!row) return false;
			const since = contributionsSince(app, notebookId);
			if (isKept(app, notebookId, notebook) || isBlank(notebook)) {
				forgetContributions(app, notebookId, { ...since, lastAt: row.updatedAt });
				return false;
			}
			try {
				keepVersion(app, notebookId, notebook, {
					kind: 'automatic',
					name: null,
					by: row.ownerId,
					since: { ...since, lastAt: row.updatedAt },
					at: row.updatedAt
				});
			} catch (cause) {
				if (!(cause instanceof AppError)) throw cause;
				// What people named fills the history: there is room for none that they did not.
				forgetContributions(app, notebookId, { ...since, lastAt: row.updatedAt });
				return false;
			}
			thin(app, notebookId);
			return true;
		},
		{ behavior: 'immediate' }
	);
}

function isKept(app: App, notebookId: string, notebook: Notebook): boolean {
	const last = app.db
		.select({ content: notebookHistory.content })
		.from(notebookHistory)
		.where(eq(notebookHistory.notebookId, notebookId))
		.orderBy(sql`${notebookHistory}.rowid desc`)
		.limit(1)
		.get();
	return last?.content === JSON.stringify(notebook);
}

const isBlank = ({ cells }: Notebook): boolean => cells.every(({ source }) => source.trim() === '');

function thin(app: App, notebookId: string): void {
	const automatic = app.db
		.select({
			id: notebookHistory.id,
			at: notebookHistory.createdAt,
			bytes: notebookHistory.bytes
		})
		.from(notebookHistory)
		.where(and(eq(notebookHistory.notebookId, notebookId), eq(notebookHistory.kind, 'automatic')))
		.orderBy(sql`${notebookHistory}.rowid`)
		.all();
	letGo(
		app,
		thinned(automatic, app.now(), {
			count: HISTORY_LIMITS.automatic,
			bytes: HISTORY_LIMITS.automaticBytes
		})
	);
}
