/** Frozen states of a notebook: what a version of one's own came from, what a report was made of. */
import { and, desc, eq } from 'drizzle-orm';
import * as Y from 'yjs';
import { readNotebook } from '../../collab/document.ts';
import { NotFoundError } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import type { Notebook } from '../../core/notebook/notebook.ts';
import { allows, type Role } from '../../core/permissions/table.ts';
import { requireOnNotebook } from '../access/notebook.ts';
import type { Actor, App } from '../app.ts';
import { sameDocument } from '../collab/stored-document.ts';
import { notebooks, notebookVersions } from '../db/schema.ts';

export type VersionReason = 'fork' | 'report';

export interface FrozenVersion {
	readonly versionId: string;
	/** 1, 2, 3… within the notebook. */
	readonly number: number;
}

/**
 * Freezes the document that the caller read, having asked the permission; answers the latest version if nothing
 * changed since. A transaction may hold it: nothing is read from the rooms here.
 */
export function freeze(
	app: App,
	actor: Actor,
	notebookId: string,
	doc: Y.Doc,
	reason: VersionReason
): FrozenVersion {
	return app.db.transaction(
		(tx) => {
			const last = tx
				.select()
				.from(notebookVersions)
				.where(eq(notebookVersions.notebookId, notebookId))
				.orderBy(desc(notebookVersions.number))
				.limit(1)
				.get();
			if (last && sameDocument(decode(last.state), doc))
				return { versionId: last.id, number: last.number };
			const version = { versionId: newId(app.random), number: (last?.number ?? 0) + 1 };
			tx.insert(notebookVersions)
				.values({
					id: version.versionId,
					notebookId,
					number: version.number,
					state: Buffer.from(Y.encodeStateAsUpdate(doc)),
					reason,
					createdBy: actor.personId,
					createdAt: app.now()
				})
				.run();
			return version;
		},
		{ behavior: 'immediate' }
	);
}

/**
 * Answers which frozen versions someone who reads the notebook may look at. One that was frozen for a copy is a draft of
 * which nobody chose that readers see it: it is for who edits the notebook, and for who made that copy.
 * @param roles those that the actor holds on the notebook
 */
export function frozenFor(
	app: App,
	actor: Actor,
	notebookId: string,
	roles: ReadonlySet<Role>
): (version: {
	readonly id: string;
	readonly reason: string;
	readonly createdBy: string;
}) => boolean {
	if (allows(roles, 'version.read-unnamed')) return () => true;
	const copied = new Set(
		app.db
			.select({ id: notebooks.parentVersionId })
			.from(notebooks)
			.where(and(eq(notebooks.parentId, notebookId), eq(notebooks.ownerId, actor.personId)))
			.all()
			.map(({ id }) => id)
	);
	return ({ id, reason, createdBy }) =>
		reason !== 'fork' || createdBy === actor.personId || copied.has(id);
}

/**
 * A frozen version as a value, for those who may read its notebook. Whether it is one for readers is not asked
 * (`frozenFor`): the caller has just frozen it.
 */
export function readVersion(
	app: App,
	actor: Actor | null,
	notebookId: string,
	number: number
): Notebook {
	requireOnNotebook(app, actor, notebookId, 'notebook.read');
	const row = app.db
		.select({ state: notebookVersions.state })
		.from(notebookVersions)
		.where(and(eq(notebookVersions.notebookId, notebookId), eq(notebookVersions.number, number)))
		.get();
	if (!row) throw new NotFoundError();
	return readNotebook(decode(row.state));
}

/** The title that a version was frozen under, and its number; null if it is gone. */
export function versionHeading(
	app: App,
	versionId: string
): { title: string; number: number; notebookId: string } | null {
	const row = app.db
		.select()
		.from(notebookVersions)
		.where(eq(notebookVersions.id, versionId))
		.get();
	if (!row) return null;
	return {
		title: readNotebook(decode(row.state)).title,
		number: row.number,
		notebookId: row.notebookId
	};
}

/** What a frozen state holds. */
export const decodeVersion = (state: Uint8Array): Notebook => readNotebook(decode(state));

/** What a version was, whoever asks: the caller has asked the permission; null if it is gone. */
export function frozenNotebook(app: App, versionId: string): Notebook | null {
	const row = app.db
		.select({ state: notebookVersions.state })
		.from(notebookVersions)
		.where(eq(notebookVersions.id, versionId))
		.get();
	return row ? decodeVersion(row.state) : null;
}

function decode(state: Uint8Array): Y.Doc {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, state);
	return doc;
}
