/** What lies between two states of a notebook, as separate changes, in the order in which one reads the later one. */
import type { NotebookChange } from './change.ts';
import { longestRise } from './longest-rise.ts';
import type { Cell, Notebook } from './notebook.ts';

/** Whether two cells read the same, wherever they stand. */
export const sameCell = (a: Cell, b: Cell): boolean =>
	a.source === b.source && a.mode === b.mode && a.pinned === b.pinned;

/** The cells of both orders that none needs to move: in the order of either. */
export function unmoved(from: readonly string[], to: readonly string[]): Set<string> {
	const index = new Map(to.map((id, i) => [id, i]));
	const both = from.filter((id) => index.has(id));
	return new Set(longestRise(both.map((id) => index.get(id) ?? 0)).flatMap((i) => both[i] ?? []));
}

const idsOf = (cells: readonly Cell[]): string[] => cells.map(({ id }) => id);

/**
 * Moves are as few as can be. A removed cell is told below the cell that it stood below; a cell that moved and changed
 * is two changes. Applied in any order, all of them make `to` of `from` (`mergeChange`).
 */
export function changesBetween(from: Notebook, to: Notebook): NotebookChange[] {
	const changes: NotebookChange[] = [];
	if (from.title !== to.title)
		changes.push({ kind: 'title', id: 'title', from: from.title, to: to.title });
	if (from.lang !== to.lang)
		changes.push({ kind: 'lang', id: 'lang', from: from.lang, to: to.lang });
	const past = new Map(from.cells.map((cell) => [cell.id, cell]));
	const stays = unmoved(idsOf(from.cells), idsOf(to.cells));
	const kept = new Set(idsOf(to.cells));
	/** By the cell that they stood below; null for the first. */
	const removed = new Map<string | null, NotebookChange[]>();
	let above: string | null = null;
	for (const cell of from.cells) {
		if (kept.has(cell.id)) above = cell.id;
		else {
			const list = removed.get(above) ?? [];
			list.push({ kind: 'removed', id: `removed:${cell.id}`, cell });
			removed.set(above, list);
		}
	}
	changes.push(...(removed.get(null) ?? []));
	let after: string | null = null;
	for (const cell of to.cells) {
		const then = past.get(cell.id);
		if (!then) changes.push({ kind: 'added', id: `added:${cell.id}`, cell, after });
		else {
			if (!stays.has(cell.id)) changes.push({ kind: 'moved', id: `moved:${cell.id}`, cell, after });
			if (!sameCell(then, cell))
				changes.push({ kind: 'changed', id: `changed:${cell.id}`, from: then, to: cell });
		}
		changes.push(...(removed.get(cell.id) ?? []));
		after = cell.id;
	}
	return changes;
}

/** The cell that a change is about; null for the notebook's title and language. */
export function cellOfChange(change: NotebookChange): string | null {
	switch (change.kind) {
		case 'title':
		case 'lang':
			return null;
		case 'changed':
			return change.to.id;
		default:
			return change.cell.id;
	}
}

/**
 * Some of the changes of one comparison, such that each makes sense without the others: what stood below a cell that is
 * left out stands below the one above it.
 */
export function chosenChanges(
	changes: readonly NotebookChange[],
	chosen: (id: string) => boolean
): NotebookChange[] {
	/** Where each cell stands that comes or moves and is left out. */
	const left = new Map<string, string | null>();
	for (const change of changes)
		if ((change.kind === 'added' || change.kind === 'moved') && !chosen(change.id))
			left.set(change.cell.id, change.after);
	const above = (after: string | null): string | null => {
		let place = after;
		for (let steps = 0; place !== null && left.has(place) && steps <= left.size; steps++)
			place = left.get(place) ?? null;
		return place;
	};
	return changes
		.filter(({ id }) => chosen(id))
		.map((change) =>
			change.kind === 'added' || change.kind === 'moved'
				? { ...change, after: above(change.after) }
				: change
		);
}
