/** The tables of the notebook that a cell may take: all but its own, and those that are made of its own. */
import type { CellFacts } from '$lib/core/protocol/messages';
import type { OtherTable } from './form-table';

interface Known {
	readonly id: string;
	readonly facts: CellFacts | null;
}

export function tablesFor(cell: string, cells: readonly Known[]): OtherTable[] {
	const after = new Set([cell]);
	// A cell that takes from one that takes from it, and so on; the order of the page says nothing.
	for (let grown = true; grown;) {
		grown = false;
		for (const { id, facts } of cells)
			if (!after.has(id) && facts?.from.some((from) => after.has(from))) {
				after.add(id);
				grown = true;
			}
	}
	return cells.flatMap(({ id, facts }) =>
		after.has(id) || !facts
			? []
			: Object.entries(facts.columns).map(([name, columns]) => ({ name, columns }))
	);
}
