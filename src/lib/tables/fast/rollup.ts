/** `rollup` and `count`: every aggregate in one loop, see `aggregates`. */
import type { ColumnTable } from 'arquero';
import { compile } from 'arquero/src/expression/compile.js';
import { aggregates } from './aggregates.ts';
import type { Groups } from './groupby.ts';
import { laterGroupsOf } from './later-groups.ts';
import { codeOf, parsed, type Node, type Parsed } from './parsed.ts';

export function rollup(table: ColumnTable, values: unknown): ColumnTable | null {
	const read = parsed(values, { table, aggronly: true, window: false });
	return read && rolledUp(table, read);
}

export function rolledUp(table: ColumnTable, { names, nodes, ops }: Parsed): ColumnTable | null {
	const groups = table.groups() as unknown as Groups | null;
	// No row, no group: Arquero has answers of its own.
	if (table.numRows() === 0) return null;
	if (groups && !laterGroupsOf(groups) && groups.size === 0) return null;
	const results = aggregates(table, ops);
	const size = groups ? groups.size : 1;
	const columns = new Map<string, unknown[]>();
	if (groups) keysOf(groups, columns);
	for (const [i, node] of nodes.entries())
		columns.set(names[i] as string, ofResults(node, results, size, table.params() ?? {}));
	return tableOf(table, columns);
}

/** The groups' keys, a column each. */
export function keysOf({ names, get, rows, size }: Groups, into: Map<string, unknown[]>): void {
	for (const [i, name] of names.entries()) {
		const read = get[i] as (row: number) => unknown;
		const column = new Array<unknown>(size);
		for (let group = 0; group < size; group++) column[group] = read(rows[group] as number);
		into.set(name, column);
	}
}

/** An expression of aggregates, for each group. */
export function ofResults(
	node: Node,
	results: readonly unknown[][],
	size: number,
	params: object
): unknown[] {
	if (node.type === 'Op') return results[Number(node.name)] as unknown[];
	const get = compile.expr(codeOf(node), params);
	const read = (id: number, group: number): unknown => results[id]?.[group];
	return Array.from({ length: size }, (_, group) => get(group, null, read));
}

/** A new table of these columns alone, as Arquero makes them. */
export function tableOf(table: ColumnTable, columns: ReadonlyMap<string, unknown>): ColumnTable {
	const data = Object.fromEntries(columns) as never;
	const names = [...columns.keys()];
	return table.create({ data, names, groups: null, filter: null, order: null } as never);
}
