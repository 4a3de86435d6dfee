/** The tables of the notebook that a cell may take: all but its own, and those that are made of its own. */
import type { CellFacts } from '$lib/core/protocol/messages';
import type { OtherTable } from './form-table';

interface Known {
	readonly id: string;
	readonly facts: CellFacts | null;
}

export function tablesFor(cell: string, cells: readonly Known[]): OtherTable[] {
	const to = new Map<string, string[]>();
	for (const { id, facts } of cells)
		for (const from of new Set(facts?.from)) {
			const takers = to.get(from);
			if (takers) takers.push(id);
			else to.set(from, [id]);
		}
	// A cell that takes from one that takes from it, and so on; the order of the page says nothing.
	const after = new Set([cell]);
	for (const id of after) for (const taker of to.get(id) ?? []) after.add(taker);
	return cells.flatMap(({ id, facts }) =>
		after.has(id) || !facts
			? []
			: Object.entries(facts.columns).map(([name, columns]) => ({ name, columns }))
	);
}
