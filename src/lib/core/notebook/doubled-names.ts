/** Names that two cells define: none of them can be read then, which a merge can cause with two sound notebooks. */
import { analyseCell } from '../analysis/cell.ts';
import type { Notebook } from './notebook.ts';

export interface DoubledName {
	readonly name: string;
	/** Of the cells that define it, in order. */
	readonly cells: readonly string[];
}

function definers({ cells }: Notebook): Map<string, string[]> {
	const found = new Map<string, string[]>();
	for (const { id, source, mode } of cells)
		for (const name of analyseCell(source, mode).defines)
			found.set(name, [...(found.get(name) ?? []), id]);
	return found;
}

/** Those that none of `before` defined twice. */
export function doubledNames(notebook: Notebook, before: readonly Notebook[]): DoubledName[] {
	const twice = [...definers(notebook)].filter(([, cells]) => cells.length > 1);
	if (twice.length === 0) return [];
	const known = before.map(definers);
	return twice
		.filter(([name]) => known.every((names) => (names.get(name)?.length ?? 0) < 2))
		.map(([name, cells]) => ({ name, cells }));
}
