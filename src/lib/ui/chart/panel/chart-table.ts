/** What the page knows of the table that a chart is made of. */
import type { ChartProfile } from '$lib/core/chart/chart-spec';
import type { CellFacts, Output } from '$lib/core/protocol/messages';

interface Known {
	readonly facts: CellFacts | null;
	readonly outputs: readonly Output[];
}
export type TableOutput = Extract<Output, { kind: 'table' }>;

/** The output that shows the table of this name, wherever it is defined. */
export function tableOutput(cells: readonly Known[], name: string): TableOutput | null {
	for (const { facts, outputs } of cells) {
		const columns = facts && Object.hasOwn(facts.columns, name) ? facts.columns[name] : null;
		if (!columns) continue;
		const tables = outputs.filter((output) => output.kind === 'table');
		return (
			tables.find(({ named }) => named === name) ??
			tables.find(
				(table) =>
					table.named === null && table.columns.map((c) => c.name).join() === columns.join()
			) ??
			null
		);
	}
	return null;
}

/** Names and kinds of columns, before the worker says what is in them. */
export const plainProfile = ({ rows, columns }: TableOutput): ChartProfile => ({
	rows,
	columns: columns.map((column) => ({
		...column,
		...{ missing: 0, distinct: null, min: null, max: null, top: [] }
	}))
});
