/** Frozen states of a notebook: what a version of one's own came from, what a report was made of. */
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type * as Y from 'yjs';
import { readNotebook } from '../../collab/document.ts';
import { NotFoundError } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import type { Notebook } from '../../core/notebook/notebook.ts';
import { allows, type Role } from '../../core/permissions/table.ts';
import { facilitatesStarter, reaches, requireOnNotebook } from '../access/notebook.ts';
import type { Actor, App } from '../app.ts';
import { packState, sameDocument, unpackState } from '../collab/stored-document.ts';
import { notebookGrants, notebooks, notebookVersions } from '../db/schema.ts';
import { roomFor } from './quota.ts';

export type VersionReason = 'fork' | 'report';

export interface FrozenVersion {
	readonly versionId: string;
	/** 1, 2, 3… within the notebook. */
	readonly number: number;
}

/**
 * Freezes the document that the caller read, having asked the permission; answers the latest version if nothing
 * changed since. A transaction may hold it: nothing is read from the rooms here.
 * @throws AppError where what it takes is beyond what the actor may hold (`roomFor`)
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
			if (last && sameDocument(unpackState(last.state), doc))
				return { versionId: last.id, number: last.number };
			const state = packState(doc);
			roomFor(app, actor, { notebooks: 0, bytes: state.byteLength });
			const version = { versionId: newId(app.random), number: nextNumber(app, notebookId) };
			tx.insert(notebookVersions)
				.values({
					id: version.versionId,
					notebookId,
					number: version.number,
					state,
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

/** A number is given once, also where the state that had it is there no more: addresses name it. */
function nextNumber(app: App, notebookId: string): number {
	const row = app.db
		.update(notebooks)
		.set({ frozenNumber: sql`${notebooks.frozenNumber} + 1` })
		.where(eq(notebooks.id, notebookId))
		.returning({ number: notebooks.frozenNumber })
		.get();
	if (!row) throw new NotFoundError();
	return row.number;
}

/**
 * Answers which frozen versions someone who reads the notebook may look at, by whatever way: by their number, as what a
 * copy was made from, in the words of what it changed. One that was frozen for a copy is a draft of which nobody chose
 * that readers see it: it is for who edits the notebook; for who made or edits that copy, whose own history begins
 * with it; and, of a workshop's starter, for who facilitates the workshop and reads the copy.
 * @param roles those that the actor holds on the notebook, which they read
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
	const copies = app.db
		.select({ id: notebooks.parentVersionId })
		.from(notebooks)
		.where(and(eq(notebooks.parentId, notebookId), eq(notebooks.ownerId, actor.personId)))
		.all();
	const shared = app.db
		.selectDistinct({ id: notebooks.parentVersionId })
		.from(notebooks)
		.innerJoin(notebookGrants, eq(notebookGrants.notebookId, notebooks.id))
		.where(
			and(
				eq(notebooks.parentId, notebookId),
				isNull(notebooks.deletedAt),
				facilitatesStarter(app, actor, notebookId) ? undefined : eq(notebookGrants.level, 'editor'),
				reaches(app, actor.personId)
			)
		)
		.all();
	const copied = new Set([...copies, ...shared].map(({ id }) => id));
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
	return readNotebook(unpackState(row.state));
}

/** Of frozen states, which never change: a page asks for a title, and reading it takes the whole document. */
const titles = new WeakMap<App, Map<string, string>>();
/** Titles that are remembered; the one asked for longest ago goes first. */
const MOST_TITLES = 5_000;

export interface VersionHeading {
	readonly id: string;
	readonly notebookId: string;
	readonly number: number;
	/** That it was frozen under. */
	readonly title: string;
	readonly reason: string;
	readonly createdBy: string;
}

/** Whoever asks: the caller has asked the permission. null if it is gone. */
export function versionHeading(app: App, versionId: string): VersionHeading | null {
	const row = app.db
		.select({
			...{ id: notebookVersions.id, notebookId: notebookVersions.notebookId },
			...{ number: notebookVersions.number, reason: notebookVersions.reason },
			createdBy: notebookVersions.createdBy
		})
		.from(notebookVersions)
		.where(eq(notebookVersions.id, versionId))
		.get();
	if (!row) return null;
	const known = titles.get(app) ?? new Map<string, string>();
	titles.set(app, known);
	const title = known.get(versionId) ?? frozenNotebook(app, versionId)?.title ?? '';
	known.delete(versionId);
	known.set(versionId, title);
	for (const old of known.keys()) {
		if (known.size <= MOST_TITLES) break;
		known.delete(old);
	}
	return { title, ...row };
}

/** What a frozen state holds. */
export const decodeVersion = (state: Uint8Array): Notebook => readNotebook(unpackState(state));

/** What a version was, whoever asks: the caller has asked the permission; null if it is gone. */
export function frozenNotebook(app: App, versionId: string): Notebook | null {
	const row = app.db
		.select({ state: notebookVersions.state })
		.from(notebookVersions)
		.where(eq(notebookVersions.id, versionId))
		.get();
	return row ? decodeVersion(row.state) : null;
}
