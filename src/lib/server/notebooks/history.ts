/**
 * What a notebook was: versions that people named, that a restoration kept or that were kept by themselves, and its
 * deleted cells. A version is made of the document that the server holds, never of what a browser sends, and is kept as a value (docs/decisions/014-history.md).
 */
import { and, count, desc, eq, inArray, sql, sum } from 'drizzle-orm';
import { insertCell, readNotebook } from '../../collab/document.ts';
import { rewriteNotebook } from '../../collab/rewrite.ts';
import { AppError, InvalidError, NotFoundError } from '../../core/errors.ts';
import {
	HISTORY_CHANGED,
	restoredBy,
	HISTORY_LIMITS,
	type BroughtBack,
	type NotebookHistory,
	type RestoredVersion,
	type VersionContent,
	type VersionListing
} from '../../core/notebook/history.ts';
import { MAX_CELLS, MAX_SOURCE } from '../../core/notebook/limits.ts';
import type { Cell, Notebook } from '../../core/notebook/notebook.ts';
import { cleanLine } from '../../core/people/profile.ts';
import { allows, type Role } from '../../core/permissions/table.ts';
import { requireOnNotebook } from '../access/notebook.ts';
import { requireAllowed } from '../access/require.ts';
import { rolesOnKept } from '../access/version.ts';
import type { Actor, App } from '../app.ts';
import { throttlesOf } from '../auth/throttles.ts';
import { roomsOf } from '../collab/rooms.ts';
import { deletedCells, notebookHistory, people } from '../db/schema.ts';
import { addContribution, contributionsSince } from './contributions.ts';
import { deletedBetween, keepDeleted } from './history-deleted.ts';
import { keepVersion } from './keep-version.ts';

/** Throws NotFoundError if the actor may not read the notebook. */
export function readHistory(app: App, actor: Actor, notebookId: string): NotebookHistory {
	const roles = requireOnNotebook(app, actor, notebookId, 'version.read');
	const rows = app.db
		.select(LISTED)
		.from(notebookHistory)
		.where(
			and(
				eq(notebookHistory.notebookId, notebookId),
				allows(roles, 'version.read-unnamed') ? undefined : eq(notebookHistory.kind, 'named')
			)
		)
		.orderBy(desc(notebookHistory.createdAt), sql`${notebookHistory}.rowid desc`)
		.all();
	const names = namesOf(app, rows);
	const versions = rows.map((row) => listed(roles, actor, row, names));
	if (!allows(roles, 'deleted-cell.read')) return { versions, deleted: null };
	const standing = new Set(
		roomsOf(app)
			.read(notebookId)
			.notebook.cells.map(({ id }) => id)
	);
	const deleted = app.db
		.select({ row: deletedCells, by: people.displayName })
		.from(deletedCells)
		.leftJoin(people, eq(people.id, deletedCells.deletedBy))
		.where(eq(deletedCells.notebookId, notebookId))
		.orderBy(desc(deletedCells.deletedAt), sql`${deletedCells}.rowid desc`)
		.all()
		.filter(({ row }) => !standing.has(row.cellId))
		.map(({ row, by }) => ({
			cell: JSON.parse(row.content) as Cell,
			by: by ?? '',
			at: row.deletedAt,
			mayForget: allows(rolesOnKept(roles, actor, row.deletedBy), 'deleted-cell.forget')
		}));
	return { versions, deleted };
}

const LISTED = {
	id: notebookHistory.id,
	kind: notebookHistory.kind,
	name: notebookHistory.name,
	people: notebookHistory.people,
	createdBy: notebookHistory.createdBy,
	at: notebookHistory.createdAt,
	since: notebookHistory.since
};
type VersionRow = Pick<
	typeof notebookHistory.$inferSelect,
	'id' | 'kind' | 'name' | 'people' | 'createdBy' | 'since'
> & { readonly at: number };

/** Of those who kept versions or whose edits are in them. */
function namesOf(app: App, rows: readonly VersionRow[]): ReadonlyMap<string, string> {
	const ids = [...new Set(rows.flatMap((row) => [row.createdBy, ...row.people]))];
	return new Map(
		app.db
			.select({ id: people.id, name: people.displayName })
			.from(people)
			.where(inArray(people.id, ids))
			.all()
			.map(({ id, name }) => [id, name])
	);
}

function listed(
	roles: ReadonlySet<Role>,
	actor: Actor,
	{ createdBy, ...row }: VersionRow,
	names: ReadonlyMap<string, string>
): VersionListing {
	const automatic = row.kind === 'automatic';
	const mayManage = allows(rolesOnKept(roles, actor, createdBy), 'version.manage');
	return {
		...row,
		by: automatic ? '' : (names.get(createdBy) ?? ''),
		people: row.people.flatMap((id) => names.get(id) ?? []),
		mayName: automatic ? allows(roles, 'version.keep') : mayManage,
		mayManage
	};
}

/** @throws InvalidError `version_name_required`, `too_long`; AppError `too_many_versions`, `history_full`; ThrottledError */
export function nameVersion(app: App, actor: Actor, notebookId: string, name: string): string {
	requireOnNotebook(app, actor, notebookId, 'version.keep');
	slowed(app, actor);
	const clean = cleanName(name);
	const { notebook } = roomsOf(app).read(notebookId);
	const id = app.db.transaction(
		() => {
			roomForNamed(app, notebookId, Buffer.byteLength(JSON.stringify(notebook)));
			return keepVersion(app, notebookId, notebook, {
				kind: 'named',
				name: clean,
				by: actor.personId
			});
		},
		{ behavior: 'immediate' }
	);
	roomsOf(app).keptVersion(notebookId);
	return id;
}

/** A version as a value. */
export function lookAtVersion(
	app: App,
	actor: Actor,
	notebookId: string,
	versionId: string
): VersionContent {
	const roles = requireOnNotebook(app, actor, notebookId, 'version.read');
	const { content, createdAt, ...row } = versionOf(app, roles, notebookId, versionId);
	const listing = { ...pickListed(row), at: createdAt };
	return {
		version: listed(roles, actor, listing, namesOf(app, [listing])),
		notebook: JSON.parse(content) as Notebook
	};
}

const pickListed = ({
	id,
	kind,
	name,
	people,
	createdBy,
	since
}: Omit<VersionRow, 'at'>): Omit<VersionRow, 'at'> => ({
	id,
	kind,
	name,
	people,
	createdBy,
	since
});

/**
 * One that a restoration kept, or that was kept by itself, is held for good once it has a name: it is then of who named it.
 * @throws InvalidError `version_name_required`, `too_long`; AppError `too_many_versions`, `history_full`
 */
export function renameVersion(
	app: App,
	actor: Actor,
	notebookId: string,
	versionId: string,
	name: string
): void {
	const onNotebook = requireOnNotebook(app, actor, notebookId, 'version.read');
	const row = versionOf(app, onNotebook, notebookId, versionId);
	const automatic = row.kind === 'automatic';
	if (automatic) requireAllowed(onNotebook, 'version.read', 'version.keep');
	else manage(app, actor, notebookId, versionId);
	const clean = cleanName(name);
	app.db.transaction(
		() => {
			if (row.kind !== 'named') roomForNamed(app, notebookId, row.bytes);
			app.db
				.update(notebookHistory)
				.set({ name: clean, kind: 'named', ...(automatic && { createdBy: actor.personId }) })
				.where(eq(notebookHistory.id, versionId))
				.run();
		},
		{ behavior: 'immediate' }
	);
	roomsOf(app).tell(notebookId, HISTORY_CHANGED);
}

export function deleteVersion(app: App, actor: Actor, notebookId: string, versionId: string): void {
	manage(app, actor, notebookId, versionId);
	app.db.delete(notebookHistory).where(eq(notebookHistory.id, versionId)).run();
	roomsOf(app).tell(notebookId, HISTORY_CHANGED);
}

/**
 * Makes the notebook what it was. The present is kept first, in the same transaction: without it nothing changes. Cells
 * keep their ids, so that discussions and links find them again.
 * @throws AppError `history_full`; ThrottledError
 */
export function restoreVersion(
	app: App,
	actor: Actor,
	notebookId: string,
	versionId: string
): RestoredVersion {
	const roles = requireOnNotebook(app, actor, notebookId, 'version.restore');
	slowed(app, actor);
	const then = JSON.parse(versionOf(app, roles, notebookId, versionId).content) as Notebook;
	let kept: string | null = null;
	// What others wrote, and not the restoration itself: nothing comes between this and the change.
	roomsOf(app).journal.flush();
	const since = contributionsSince(app, notebookId);
	const change = roomsOf(app).change(
		notebookId,
		(doc) => rewriteNotebook(doc, then),
		(before) => {
			kept = keepVersion(app, notebookId, before, {
				...{ kind: 'before-restore', name: null, by: actor.personId },
				since
			});
			addContribution(app, notebookId, actor.personId);
			keepDeleted(app, notebookId, actor.personId, deletedBetween(before, then));
		}
	);
	if (change) {
		roomsOf(app).keptVersion(notebookId);
		// What they were writing may be gone from their screens: they are told why, and where it is.
		roomsOf(app).tell(notebookId, restoredBy(actor.displayName), actor.personId);
	}
	return { history: readHistory(app, actor, notebookId), kept, change };
}

/**
 * Puts a deleted cell back where it was, with its id.
 * @throws InvalidError `notebook_too_many_cells`, `notebook_too_large`; ThrottledError
 */
export function bringBackCell(
	app: App,
	actor: Actor,
	notebookId: string,
	cellId: string
): BroughtBack {
	requireOnNotebook(app, actor, notebookId, 'deleted-cell.restore');
	slowed(app, actor);
	const row = deletedOf(app, notebookId, cellId);
	const cell = JSON.parse(row.content) as Cell;
	const change = roomsOf(app).change(notebookId, (doc) => {
		const { cells } = readNotebook(doc);
		if (cells.some(({ id }) => id === cell.id)) return;
		if (cells.length >= MAX_CELLS)
			throw new InvalidError('notebook_too_many_cells', { max: MAX_CELLS });
		const length = cells.reduce((all, { source }) => all + source.length, cell.source.length);
		if (length > MAX_SOURCE)
			throw new InvalidError('notebook_too_large', { millions: MAX_SOURCE / 1e6 });
		const above = cells.findIndex(({ id }) => id === row.after);
		// Where the cell above is gone too, the end of the page: it is seen there.
		insertCell(doc, row.after === null ? 0 : above < 0 ? cells.length : above + 1, cell);
	});
	if (change) roomsOf(app).tell(notebookId, HISTORY_CHANGED);
	return { history: readHistory(app, actor, notebookId), change };
}

/** For good: what was written by mistake is nowhere then but in versions. */
export function forgetCell(app: App, actor: Actor, notebookId: string, cellId: string): void {
	const onNotebook = requireOnNotebook(app, actor, notebookId, 'deleted-cell.read');
	const row = deletedOf(app, notebookId, cellId);
	requireAllowed(
		rolesOnKept(onNotebook, actor, row.deletedBy),
		'deleted-cell.read',
		'deleted-cell.forget'
	);
	app.db
		.delete(deletedCells)
		.where(and(eq(deletedCells.notebookId, notebookId), eq(deletedCells.cellId, cellId)))
		.run();
	roomsOf(app).tell(notebookId, HISTORY_CHANGED);
}

/** @throws ThrottledError */
const slowed = (app: App, actor: Actor): void =>
	void throttlesOf(app).rewrites.attempt([{ key: actor.personId }]);

const cleanName = (name: string): string =>
	cleanLine(name, 'name', 'version_name_required', HISTORY_LIMITS.name);

/** A version of another notebook, or that is not for the actor, answers like a missing one. */
function versionOf(app: App, onNotebook: ReadonlySet<Role>, notebookId: string, versionId: string) {
	const row = app.db
		.select()
		.from(notebookHistory)
		.where(and(eq(notebookHistory.id, versionId), eq(notebookHistory.notebookId, notebookId)))
		.get();
	if (!row) throw new NotFoundError();
	if (row.kind !== 'named' && !allows(onNotebook, 'version.read-unnamed'))
		throw new NotFoundError();
	return row;
}

function deletedOf(app: App, notebookId: string, cellId: string) {
	const row = app.db
		.select()
		.from(deletedCells)
		.where(and(eq(deletedCells.cellId, cellId), eq(deletedCells.notebookId, notebookId)))
		.get();
	if (!row) throw new NotFoundError();
	return row;
}

function manage(app: App, actor: Actor, notebookId: string, versionId: string) {
	const onNotebook = requireOnNotebook(app, actor, notebookId, 'version.read');
	const row = versionOf(app, onNotebook, notebookId, versionId);
	const roles = rolesOnKept(onNotebook, actor, row.createdBy);
	requireAllowed(roles, 'version.read', 'version.manage');
	return row;
}

/** @param bytes of one more */
function roomForNamed(app: App, notebookId: string, bytes: number): void {
	const named = app.db
		.select({ n: count(), bytes: sum(notebookHistory.bytes).mapWith(Number) })
		.from(notebookHistory)
		.where(and(eq(notebookHistory.notebookId, notebookId), eq(notebookHistory.kind, 'named')))
		.get();
	if ((named?.n ?? 0) >= HISTORY_LIMITS.named)
		throw new AppError('too_many_versions', { max: HISTORY_LIMITS.named });
	if ((named?.bytes ?? 0) + bytes > HISTORY_LIMITS.namedBytes)
		throw new AppError('history_full', { megabytes: HISTORY_LIMITS.namedBytes / 1e6 });
}
