/** Two states of a notebook as one list of cells, in the order of a page: what each cell was and what it is. */
import type { NotebookChange } from './change.ts';
import { cellOfChange } from './changes-between.ts';
import type { Cell, Notebook } from './notebook.ts';

export interface CellPair {
	readonly id: string;
	/** null: it is not in that state. */
	readonly before: Cell | null;
	readonly after: Cell | null;
	/** What became of it; several may be true of one cell. None: it is as it was. */
	readonly added: boolean;
	readonly removed: boolean;
	readonly moved: boolean;
	readonly changed: boolean;
}

/**
 * In the order of the later state; one that was taken out stands below the cell that it stood below.
 * @param changes those between the two
 */
export function pairCells(
	before: Notebook,
	after: Notebook,
	changes: readonly NotebookChange[]
): CellPair[] {
	const past = new Map(before.cells.map((cell) => [cell.id, cell]));
	const present = new Set(after.cells.map(({ id }) => id));
	const of = (kind: NotebookChange['kind']): ReadonlySet<string> =>
		new Set(
			changes.flatMap((change) => (change.kind === kind ? (cellOfChange(change) ?? []) : []))
		);
	const moved = of('moved');
	const changed = of('changed');
	/** By the cell above that stands still; '' for the first. */
	const gone = new Map<string, CellPair[]>();
	let above = '';
	for (const cell of before.cells) {
		if (present.has(cell.id)) {
			// One that went elsewhere takes nothing along.
			if (!moved.has(cell.id)) above = cell.id;
			continue;
		}
		const pair = { id: cell.id, before: cell, after: null };
		const list = gone.get(above) ?? [];
		list.push({ ...pair, added: false, removed: true, moved: false, changed: false });
		gone.set(above, list);
	}
	const pairs: CellPair[] = [...(gone.get('') ?? [])];
	for (const cell of after.cells) {
		const was = past.get(cell.id) ?? null;
		pairs.push(
			{
				...{ id: cell.id, before: was, after: cell, added: was === null, removed: false },
				...{ moved: moved.has(cell.id), changed: changed.has(cell.id) }
			},
			...(gone.get(cell.id) ?? [])
		);
	}
	return pairs;
}

export const isSame = ({ added, removed, moved, changed }: CellPair): boolean =>
	!added && !removed && !moved && !changed;
