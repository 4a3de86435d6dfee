/** Verbs that keep, choose or mark rows and give them columns: what Arquero's do, on functions that are made already. */
import type { ColumnTable } from 'arquero';
import { BitSet } from 'arquero/src/table/BitSet.js';
import { columnSet } from 'arquero/src/table/ColumnSet.js';
import { _groupby } from 'arquero/src/verbs/groupby.js';
import { aggregate, aggregateInto, resultsByRow, rowValues } from './aggregate.ts';
import type { Compiled, ResultLists } from './operation.ts';
import { eachWindowed, isWindowed } from './window.ts';

/** Values for each backing row that is not filtered out. */
function columnsOf(table: ColumnTable, { values, operations }: Compiled): unknown[][] {
	const total = table.totalRows();
	const columns = values.map(() => Array<unknown>(total));
	const size = table.groups()?.size ?? 1;
	const results: ResultLists = operations.map(() => Array<unknown>(size));
	aggregateInto(
		table,
		operations.filter((operation) => !isWindowed(operation)),
		results
	);
	const windows = operations.filter(isWindowed);
	const data = table.data();
	if (windows.length) {
		eachWindowed(table, windows, results, (row, found) => {
			for (const [i, value] of values.entries()) {
				const column = columns[i];
				if (column) column[row] = value(row, data, found);
			}
		});
		return columns;
	}
	const found = resultsByRow(table, results);
	for (const [i, value] of values.entries()) {
		const column = columns[i] ?? [];
		eachBacking(table, (row) => {
			column[row] = value(row, data, found);
		});
	}
	return columns;
}

/** Backing rows in their own order, whatever the table's. */
function eachBacking(table: ColumnTable, visit: (row: number) => void): void {
	const mask = table.mask();
	if (mask) for (let row = mask.next(0); row >= 0; row = mask.next(row + 1)) visit(row);
	else for (let row = 0, end = table.totalRows(); row < end; row++) visit(row);
}

export function deriveColumns(table: ColumnTable, compiled: Compiled): ColumnTable {
	const columns = columnSet(table);
	const made = columnsOf(table, compiled);
	for (const [i, name] of compiled.names.entries()) columns.add(name, made[i] ?? []);
	return columns.derive(table);
}

/** Keeps the rows for which the one value is true, or counts as true. */
export function filterRows(table: ColumnTable, compiled: Compiled): ColumnTable {
	const [keeps = []] = columnsOf(table, compiled);
	return keepRows(table, (row) => Boolean(keeps[row]));
}

function keepRows(table: ColumnTable, keeps: (row: number) => boolean): ColumnTable {
	const filter = new BitSet(table.totalRows());
	eachBacking(table, (row) => {
		if (keeps(row)) filter.set(row);
	});
	return table.create({ filter });
}

/** Groups by values; without any, the table is in no groups. */
export function groupRows(table: ColumnTable, compiled: Compiled): ColumnTable {
	const { names, operations } = compiled;
	// Arquero takes a faster way for a column by itself, which it knows by its name.
	const exprs = operations.length ? rowValues(table, compiled) : (compiled.values as never);
	return _groupby(table, { names, exprs });
}

/** One row for each group: the values it is grouped by, then these. */
export function rollUp(table: ColumnTable, { names, values, operations }: Compiled): ColumnTable {
	const columns = columnSet();
	const groups = table.groups();
	const data = table.data();
	if (groups) {
		for (const [i, name] of groups.names.entries()) {
			const get = groups.get[i];
			columns.add(
				name,
				Array.from({ length: groups.size }, (_, j) => get?.(groups.rows[j] ?? 0, data))
			);
		}
	}
	const size = groups?.size ?? 1;
	const results = aggregate(table, operations);
	// Of no groups Arquero reckons one, that its columns of groups do not have.
	const length = Math.max(1, size);
	for (const [i, value] of values.entries()) {
		const list = Array<unknown>(length);
		for (let group = 0; group < length; group++)
			list[group] = value(group, null, (id, at) => results[id]?.[at]);
		columns.add(names[i] ?? '', list);
	}
	return columns.new(table);
}

/** Gives missing values of columns a value. */
export function fillColumns(table: ColumnTable, compiled: Compiled): ColumnTable {
	const columns = columnSet(table);
	const gets = rowValues(table, compiled);
	for (const [i, name] of compiled.names.entries()) {
		const column = table.column(name);
		const get = gets[i];
		const filled = columns.add(name, Array<unknown>(table.totalRows()));
		eachBacking(table, (row) => {
			const value: unknown = column?.at(row);
			const missing = value === null || value === undefined || Number.isNaN(value);
			filled[row] = missing ? get?.(row) : value;
		});
	}
	return columns.derive(table);
}

/** The first row of each combination of values, in the table's order; it is in no groups and no order afterwards. */
export function dedupeRows(table: ColumnTable, compiled: Compiled): ColumnTable {
	const grouped = groupRows(table, compiled);
	const first = new BitSet(table.totalRows());
	for (const [row] of grouped.partitions()) if (row !== undefined) first.set(row);
	return grouped.create({ filter: first }).ungroup().reify();
}

/** Rows from one place to before another, of each group where there are groups. */
export function sliceRows(table: ColumnTable, from: number, to: number | null): ColumnTable {
	// Without groups Arquero's own needs no expression.
	if (!table.isGrouped()) return table.slice(from, to ?? Infinity);
	const kept = new BitSet(table.totalRows());
	for (const rows of table.partitions()) {
		const start = from < 0 ? rows.length + from : from;
		const end = to === null ? Infinity : to < 0 ? rows.length + to : to;
		for (const [index, row] of rows.entries()) if (start <= index && index < end) kept.set(row);
	}
	return table.create({ filter: kept }).reify();
}
