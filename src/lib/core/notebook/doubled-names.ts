/** Names that two cells define: none of them can be read then, which a merge can cause with two sound notebooks. */
import { analyseCell } from '../analysis/cell.ts';
import type { Cell, Notebook } from './notebook.ts';

export interface DoubledName {
	readonly name: string;
	/** Of the cells that define it, in order. */
	readonly cells: readonly string[];
}

/** Each name with the cells that define it. */
export function namesOf({ cells }: Notebook): Map<string, string[]> {
	const found = new Map<string, string[]>();
	for (const { id, source, mode } of cells)
		for (const name of analyseCell(source, mode).defines)
			found.set(name, [...(found.get(name) ?? []), id]);
	return found;
}

/** Those that none of `before` defined twice. */
export function doubledNames(notebook: Notebook, before: readonly Notebook[]): DoubledName[] {
	const twice = [...namesOf(notebook)].filter(([, cells]) => cells.length > 1);
	if (twice.length === 0) return [];
	const known = before.map(namesOf);
	return twice
		.filter(([name]) => known.every((names) => (names.get(name)?.length ?? 0) < 2))
		.map(([name, cells]) => ({ name, cells }));
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
