/** Makes notebooks: new, imported, or copied from another (« créer ma version »). */
import { eq } from 'drizzle-orm';
import * as Y from 'yjs';
import { writeNotebook } from '../../collab/document.ts';
import { ForbiddenError, InvalidError, NotFoundError } from '../../core/errors.ts';
import { newCellId, newId } from '../../core/ids.ts';
import { MAX_CELLS, MAX_SOURCE, MAX_TITLE } from '../../core/notebook/limits.ts';
import type { Notebook } from '../../core/notebook/notebook.ts';
import { cleanLine } from '../../core/people/profile.ts';
import { allows } from '../../core/permissions/table.ts';
import { requireOnNotebook } from '../access/notebook.ts';
import { requireAllowed } from '../access/require.ts';
import { rolesOnWorkshop } from '../access/workshop.ts';
import type { Actor, App } from '../app.ts';
import { SERVER } from '../collab/journal.ts';
import { roomsOf } from '../collab/rooms.ts';
import { notebookClients, notebookGrants, notebooks, notebookUpdates } from '../db/schema.ts';
import { paceOfCreations, roomFor } from './quota.ts';
import { freeze } from './versions.ts';

export interface NewNotebook {
	readonly notebook: Notebook;
	/** The workshop it is made for; the actor is one of its people, or facilitates it. */
	readonly workshopId?: string | null;
	/** 1 to 8. */
	readonly question?: number | null;
	/** Offered to the workshop's people, who may read it and make their own version; for its facilitators. */
	readonly starter?: boolean;
}

interface Lineage {
	readonly parentId: string;
	readonly parentVersionId: string;
	/** A workshop, whose facilitators may read it. */
	readonly shownTo: string | null;
}

/**
 * Makes a notebook that only its owner, the actor, can see (and the workshop's people, for a starter).
 * @throws InvalidError for what is beyond a notebook's limits; AppError for what is beyond the actor's (`roomFor`);
 * ThrottledError
 */
export function createNotebook(app: App, actor: Actor, made: NewNotebook): string {
	if (!allows([actor.kind], 'notebook.create')) throw new ForbiddenError();
	const workshopId = made.workshopId ?? null;
	if (workshopId !== null) {
		const action = made.starter ? 'workshop.manage' : 'workshop.read';
		requireAllowed(rolesOnWorkshop(app, actor, workshopId), 'workshop.read', action);
	} else if (made.starter) throw new InvalidError('starter_needs_workshop');
	paceOfCreations(app, actor);
	return insert(app, actor, made, () => null);
}

/**
 * « Créer ma version »: a copy of the notebook as it is now, private to the actor, that remembers which
 * version it was copied from. Cells keep their ids, so that the two can be compared. Of a workshop's starter, someone of
 * the workshop shows it to those who facilitate it (`shownWhenForked`): a share that is theirs to take back.
 * Refused, it leaves no frozen version behind. @throws as `createNotebook`
 */
export function forkNotebook(app: App, actor: Actor, notebookId: string): string {
	requireOnNotebook(app, actor, notebookId, 'notebook.fork');
	if (!allows([actor.kind], 'notebook.create')) throw new ForbiddenError();
	const parent = app.db.select().from(notebooks).where(eq(notebooks.id, notebookId)).get();
	if (!parent) throw new NotFoundError();
	paceOfCreations(app, actor);
	const { doc, notebook } = roomsOf(app).read(notebookId);
	return insert(
		app,
		actor,
		{ notebook, workshopId: parent.workshopId, question: parent.question, starter: false },
		() => ({
			parentId: notebookId,
			parentVersionId: freeze(app, actor, notebookId, doc, 'fork').versionId,
			shownTo: shownWhenForked(app, actor, parent)
		})
	);
}

/**
 * The workshop whose facilitators read a version that the actor makes of the notebook; null: nobody does. It is told
 * where the version is made.
 */
export function shownWhenForked(
	app: App,
	actor: Actor,
	parent: { readonly starter: boolean; readonly workshopId: string | null }
): string | null {
	if (!parent.starter || parent.workshopId === null) return null;
	const roles = rolesOnWorkshop(app, actor, parent.workshopId);
	return allows(roles, 'workshop.read') ? parent.workshopId : null;
}

/** @param from what it is copied from; called in the transaction */
function insert(app: App, actor: Actor, asked: NewNotebook, from: () => Lineage | null): string {
	const notebook = checked(app, asked.notebook);
	const doc = new Y.Doc();
	writeNotebook(doc, notebook);
	const id = newId(app.random);
	const at = app.now();
	const workshopId = asked.workshopId ?? null;
	const update = Buffer.from(Y.encodeStateAsUpdate(doc));
	app.db.transaction(
		(tx) => {
			roomFor(app, actor, { notebooks: 1, bytes: update.byteLength });
			const lineage = from();
			tx.insert(notebooks)
				.values({
					id,
					ownerId: actor.personId,
					title: notebook.title,
					lang: notebook.lang,
					workshopId,
					question: asked.question ?? null,
					starter: asked.starter ?? false,
					parentId: lineage?.parentId ?? null,
					parentVersionId: lineage?.parentVersionId ?? null,
					createdAt: at,
					updatedAt: at,
					historyAt: at
				})
				.run();
			const made = tx.insert(notebookUpdates).values({ notebookId: id, update, at }).run();
			// Nobody has edited it yet: its history owes no version.
			tx.update(notebooks)
				.set({ historySeq: Number(made.lastInsertRowid) })
				.where(eq(notebooks.id, id))
				.run();
			tx.insert(notebookClients)
				.values({ notebookId: id, clientId: doc.clientID, personId: SERVER })
				.run();
			const share = (granteeKind: 'workshop' | 'facilitators', granteeId: string) =>
				tx
					.insert(notebookGrants)
					.values({
						...{ id: newId(app.random), notebookId: id, granteeKind, granteeId },
						...{ level: 'viewer', createdBy: actor.personId, createdAt: at }
					})
					.run();
			if (asked.starter && workshopId) share('workshop', workshopId);
			if (lineage?.shownTo) share('facilitators', lineage.shownTo);
		},
		{ behavior: 'immediate' }
	);
	return id;
}

/** Within the limits, each cell with an id of its own that can stand in an address. */
function checked(app: App, notebook: Notebook): Notebook {
	const title = cleanLine(notebook.title, 'title', 'title_required', MAX_TITLE);
	if (notebook.cells.length > MAX_CELLS)
		throw new InvalidError('notebook_too_many_cells', { max: MAX_CELLS });
	let length = 0;
	const ids = new Set<string>();
	const cells = notebook.cells.map((cell) => {
		length += cell.source.length;
		let { id } = cell;
		if (!/^[a-z0-9-]{1,40}$/.test(id) || ids.has(id)) id = newCellId(app.random);
		ids.add(id);
		return { ...cell, id };
	});
	if (length > MAX_SOURCE)
		throw new InvalidError('notebook_too_large', { millions: MAX_SOURCE / 1e6 });
	return { ...notebook, title, cells };
}
