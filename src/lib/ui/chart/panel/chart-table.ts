/** What the page knows of the table that a chart is made of. */
import { seriesWithGaps } from '$lib/core/chart/area-gaps';
import {
	CHANNELS,
	type ChartProfile,
	type ChartSpec,
	type ChartTable
} from '$lib/core/chart/chart-spec';
import { rankCategories, type GatheredChannel } from '$lib/core/chart/gather';
import { mayTellFigures } from '$lib/core/governance/terms';
import { LIMITS, type CellFacts, type Output, type TableWindow } from '$lib/core/protocol/messages';
import type { ColumnValues } from '$lib/core/protocol/table-query';

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

/** A longer table is not brought into the page. */
const MOST_ROWS = 10_000;

/** Whether the largest categories are found by what is measured: of a longer table, by rows alone. */
export const ranksWhole = ({ rows }: TableOutput): boolean => rows <= MOST_ROWS;

/** The categories of a channel, the largest first; of a longer table the most frequent. Their figures are not told. */
export async function rankedCategories(
	output: TableOutput,
	spec: ChartSpec,
	name: GatheredChannel,
	window: Window,
	frequent: (column: string) => Promise<ColumnValues | null>
): Promise<(string | number)[]> {
	const column = spec.channels[name]?.column;
	if (column == null) return [];
	const names = [column, spec.channels.y?.column ?? column];
	const table = await columnsInPage(output, names, window);
	if (table) return rankCategories(spec, name, table);
	const { values = [] } = (await frequent(column)) ?? {};
	return values.flatMap(({ value }) =>
		typeof value === 'string' || typeof value === 'number' ? [value] : []
	);
}

/** How many series of stacked areas lack a value somewhere; null where the table is too long to look. */
export async function gapsInPage(
	output: TableOutput,
	spec: ChartSpec,
	window: Window
): Promise<number | null> {
	const names = CHANNELS.flatMap((name) => spec.channels[name]?.column ?? []);
	const table = await columnsInPage(output, names, window);
	return table && seriesWithGaps(spec, table);
}

type Window = (
	table: string,
	offset: number,
	count: number,
	columns: readonly string[]
) => Promise<TableWindow>;

/**
 * The columns of a table, window by window; null where it is too long, or where the figures of what it comes from
 * may not be told in a text.
 */
export async function tableInPage(
	output: TableOutput,
	names: readonly string[],
	window: Window
): Promise<ChartTable | null> {
	return mayTellFigures(output.lineage.sources) ? columnsInPage(output, names, window) : null;
}

async function columnsInPage(
	output: TableOutput,
	names: readonly string[],
	window: Window
): Promise<ChartTable | null> {
	if (output.rows > MOST_ROWS) return null;
	const known = output.columns.filter(({ name }) => names.includes(name));
	const columns = new Map(known.map(({ name }) => [name, [] as unknown[]]));
	for (let offset = 0; offset < output.rows; offset += LIMITS.windowRows) {
		const count = Math.min(LIMITS.windowRows, output.rows - offset);
		const asked = known.map(({ name }) => name);
		const part = await window(output.table, offset, count, asked);
		for (const [at, { name, type }] of known.entries()) {
			const dated = type === 'date' || type === 'datetime';
			for (const value of part.columns[at] ?? [])
				columns.get(name)?.push(dated && typeof value === 'number' ? new Date(value) : value);
		}
	}
	return {
		numRows: () => output.rows,
		columnNames: () => [...columns.keys()],
		array: (name) => columns.get(name) ?? []
	};
}
