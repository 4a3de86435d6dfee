/** What became of a notebook between a kept version and the present. */
import { sameCell } from './changes-between.ts';
import type { Cell, Notebook } from './notebook.ts';

export type CellFate =
	/** As it was, wherever it stands. */
	| 'same'
	/** Its words, its kind or whether its code shows. */
	| 'changed'
	/** Of the version only. */
	| 'removed'
	/** Of the present only. */
	| 'added';

export interface ComparedCell {
	readonly id: string;
	readonly fate: CellFate;
	readonly then: Cell | null;
	readonly now: Cell | null;
}

export interface NotebookComparison {
	/** In the version's order; what came since stands below the cell that it stands below now. */
	readonly cells: readonly ComparedCell[];
	readonly titleChanged: boolean;
	/** The cells of both do not stand in the same order. */
	readonly moved: boolean;
}

export function compareNotebooks(then: Notebook, now: Notebook): NotebookComparison {
	const present = new Map(now.cells.map((cell) => [cell.id, cell]));
	const past = new Set(then.cells.map(({ id }) => id));
	/** By the cell that they follow now; '' for the first. */
	const since = new Map<string, ComparedCell[]>();
	let above = '';
	for (const cell of now.cells) {
		if (past.has(cell.id)) above = cell.id;
		else
			since.set(above, [
				...(since.get(above) ?? []),
				{ id: cell.id, fate: 'added', then: null, now: cell }
			]);
	}
	const cells: ComparedCell[] = [...(since.get('') ?? [])];
	for (const cell of then.cells) {
		const kept = present.get(cell.id) ?? null;
		const fate = kept === null ? 'removed' : sameCell(cell, kept) ? 'same' : 'changed';
		cells.push({ id: cell.id, fate, then: cell, now: kept }, ...(since.get(cell.id) ?? []));
	}
	const order = (list: readonly Cell[], other: (id: string) => boolean): string =>
		list.flatMap(({ id }) => (other(id) ? [id] : [])).join(' ');
	return {
		cells,
		titleChanged: then.title !== now.title,
		moved: order(then.cells, (id) => present.has(id)) !== order(now.cells, (id) => past.has(id))
	};
}
