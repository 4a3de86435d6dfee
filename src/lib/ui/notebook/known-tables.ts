/** What the page knows of the notebook's tables: their columns at once, how their values are when the worker says so. */
import type { CellFacts, Output, TableSummary } from '$lib/core/protocol/messages';
import type { KnownTable } from './new-cell.ts';

/** A cell as far as its tables go. */
export interface TableCell {
	readonly facts: CellFacts | null;
	readonly outputs: readonly Output[];
}

/** A worker that is busy in a loop answers late: a new cell does not wait for it. */
const PATIENCE_MS = 400;

/** The table that a cell shows for this name, if it does. */
export const shownTable = (cell: TableCell, name: string, columns: readonly string[]) =>
	cell.outputs
		.filter((output) => output.kind === 'table')
		.find(
			(output) =>
				output.named === name ||
				(output.named === null && output.columns.map((c) => c.name).join() === columns.join())
		);

/**
 * The tables of the notebook, in the order of the page, with what `summarise` tells of them in time.
 * @param patience milliseconds; null waits for as long as it takes
 */
export async function knownTables(
	cells: readonly TableCell[],
	summarise: (table: string) => Promise<TableSummary>,
	patience: number | null = PATIENCE_MS
): Promise<KnownTable[]> {
	const tables = cells.flatMap((cell) =>
		Object.entries(cell.facts?.columns ?? {}).map(async ([name, columns]): Promise<KnownTable> => {
			const shown = shownTable(cell, name, columns);
			const summary = shown && (await summarise(shown.table).catch(() => null));
			return {
				name,
				rows: shown?.rows ?? null,
				columns: columns.map((column, i) => {
					const told = summary?.columns[i]?.name === column ? summary.columns[i] : null;
					return {
						name: column,
						type: told?.type ?? shown?.columns[i]?.type ?? null,
						distinct: told?.distinct ?? null,
						top: told?.top ?? [],
						...(told && { missing: told.missing, min: told.min, max: told.max }),
						...(told?.valueType && { valueType: told.valueType })
					};
				})
			};
		})
	);
	if (patience === null) return Promise.all(tables);
	const late = new Promise<null>((resolve) => setTimeout(resolve, patience, null));
	const known = await Promise.race([Promise.all(tables), late]);
	if (known) return known;
	const never = (): Promise<TableSummary> => Promise.reject(new Error('late'));
	return knownTables(cells, never);
}
