/** Names that two cells would define: none of them could be read then, which a merge can cause with two sound notebooks. */
import { analyseCell } from '../analysis/cell.ts';
import type { Cell, Notebook } from './notebook.ts';

/** Each name with the cells that define it. */
export function namesOf({ cells }: Notebook): Map<string, string[]> {
	const found = new Map<string, string[]>();
	for (const { id, source, mode } of cells)
		for (const name of analyseCell(source, mode).defines)
			found.set(name, [...(found.get(name) ?? []), id]);
	return found;
}

/**
 * The names of a cell that other cells of the notebook define, and that it did not define there itself.
 * @param names of the notebook's cells, by `namesOf`
 */
export function namesTaken(names: ReadonlyMap<string, readonly string[]>, cell: Cell): string[] {
	return analyseCell(cell.source, cell.mode).defines.filter((name) => {
		const by = names.get(name) ?? [];
		return by.length > 0 && !by.includes(cell.id);
	});
}
