/**
 * Cells that were deleted from a notebook, so that they can be brought back. Rooms write them here in the transaction of
 * the edit that deletes them: there is no moment at which a cell is in neither.
 */
import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type * as Y from 'yjs';
import { cellOrder, readCell } from '../../collab/document.ts';
import { HISTORY_LIMITS } from '../../core/notebook/history.ts';
import type { Cell, Notebook } from '../../core/notebook/notebook.ts';
import type { App } from '../app.ts';
import { deletedCells } from '../db/schema.ts';

export interface RemovedCell {
	readonly cell: Cell;
	/** The cell it stood after; null for the first. */
	readonly after: string | null;
}

/** The cells as they are in the document; those in which nothing is written are not worth keeping. */
export function deletedFrom(doc: Y.Doc, ids: readonly string[]): RemovedCell[] {
	if (ids.length === 0) return [];
	const order = cellOrder(doc);
	return ids.flatMap((id) => {
		const cell = readCell(doc, id);
		if (!cell || cell.source.trim() === '') return [];
		return [{ cell, after: order[order.indexOf(id) - 1] ?? null }];
	});
}

/** The cells of a state that a later one has no more; those in which nothing is written are not worth keeping. */
export function deletedBetween(before: Notebook, after: Notebook): RemovedCell[] {
	const stay = new Set(after.cells.map(({ id }) => id));
	return before.cells.flatMap((cell, i) =>
		stay.has(cell.id) || cell.source.trim() === ''
			? []
			: [{ cell, after: before.cells[i - 1]?.id ?? null }]
	);
}

/** In the caller's transaction. A cell deleted again replaces what was kept of it; the oldest go past the limits. */
export function keepDeleted(
	app: App,
	notebookId: string,
	personId: string | null,
	removed: readonly RemovedCell[]
): void {
	const at = app.now();
	for (const { cell, after } of removed) {
		const content = JSON.stringify(cell);
		const row = {
			content,
			bytes: Buffer.byteLength(content),
			after,
			deletedBy: personId,
			deletedAt: at
		};
		app.db
			.insert(deletedCells)
			.values({ notebookId, cellId: cell.id, ...row })
			.onConflictDoUpdate({ target: [deletedCells.notebookId, deletedCells.cellId], set: row })
			.run();
	}
	let bytes = 0;
	const gone = app.db
		.select({ cellId: deletedCells.cellId, bytes: deletedCells.bytes })
		.from(deletedCells)
		.where(eq(deletedCells.notebookId, notebookId))
		.orderBy(desc(deletedCells.deletedAt), sql`${deletedCells}.rowid desc`)
		.all()
		.filter((row, i) => {
			bytes += row.bytes;
			return i >= HISTORY_LIMITS.deletedCells || bytes > HISTORY_LIMITS.deletedBytes;
		});
	if (gone.length > 0)
		app.db
			.delete(deletedCells)
			.where(
				and(
					eq(deletedCells.notebookId, notebookId),
					inArray(
						deletedCells.cellId,
						gone.map(({ cellId }) => cellId)
					)
				)
			)
			.run();
}
