/** Which cells must run so that one gives its result. */
import type { CellSource } from '../protocol/messages.ts';
import { readCells } from './graph.ts';

/**
 * The cells, and those that they take names from, however far. Where a name is defined twice, each cell that defines it:
 * what is wrong stays wrong. A cell that changes the value of another in place, and gives no name, is not found.
 * @param wanted ids; one that is not there needs nothing
 */
export function neededCells(
	cells: readonly CellSource[],
	wanted: Iterable<string>
): ReadonlySet<string> {
	const analyses = readCells(new Map(), cells);
	const definedBy = new Map<string, string[]>();
	for (const [id, { defines }] of analyses)
		for (const name of defines) definedBy.set(name, [...(definedBy.get(name) ?? []), id]);
	const needed = new Set<string>();
	for (const id of wanted) if (analyses.has(id)) needed.add(id);
	for (const id of needed)
		for (const name of analyses.get(id)?.inputs ?? [])
			for (const definer of definedBy.get(name) ?? []) needed.add(definer);
	return needed;
}
