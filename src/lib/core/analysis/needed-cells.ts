/** Which cells must run so that one gives its result, and which give another result once one changed. */
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

/**
 * The cells that take a name from those that changed, however far; none of those that changed itself. A cell that
 * changes the value of another in place, and gives no name, is not found.
 * @param changed ids; one that is not there changes nothing
 */
export function takingCells(
	cells: readonly CellSource[],
	changed: Iterable<string>
): ReadonlySet<string> {
	const analyses = readCells(new Map(), cells);
	const takenBy = new Map<string, string[]>();
	for (const [id, { inputs }] of analyses)
		for (const name of inputs) takenBy.set(name, [...(takenBy.get(name) ?? []), id]);
	const reached = new Set(changed);
	const taking = new Set<string>();
	for (const id of reached)
		for (const name of analyses.get(id)?.defines ?? [])
			for (const taker of takenBy.get(name) ?? []) {
				if (!reached.has(taker)) taking.add(taker);
				reached.add(taker);
			}
	return taking;
}
