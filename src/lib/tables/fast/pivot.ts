/** `pivot`: groups and keys together number the cells; one loop fills them all, where Arquero makes one a key. */
import type { ColumnTable } from 'arquero';
import { compile } from 'arquero/src/expression/compile.js';
import { any } from 'arquero/src/op/op-api.js';
import { aggregates, type Grouping } from './aggregates.ts';
import { Scope } from './compiled.ts';
import { insidesOf } from './fast-column.ts';
import { parsedKeys, type Groups } from './groupby.ts';
import { combined, keyCodes, ValueIds } from './key-codes.ts';
import { codeOf, type Node, type Parsed } from './parsed.ts';
import { isNumbers } from './reading.ts';
import { keysOf, ofResults, tableOf } from './rollup.ts';
import { eachRow, orderedRowsOf, rowsOf } from './rows.ts';

interface PivotOptions {
	readonly limit?: number;
	readonly sort?: boolean;
	readonly keySeparator?: string;
	readonly valueSeparator?: string;
}

/** Those that rows of other keys leave as they are. */
const CELLS = new Set(
	'count sum mean average min max any valid median quantile variance variancep stdev stdevp'.split(
		' '
	)
);
const MOST_CELLS = 1 << 22;

export function pivot(
	table: ColumnTable,
	on: unknown,
	values: unknown,
	options: PivotOptions = {}
): ColumnTable | null {
	const groups = table.groups() as unknown as Groups | null;
	if (table.numRows() === 0 || groups?.size === 0) return null;
	const keyed = parsedKeys('fold', table, on);
	const read = parsedKeys('fold', table, values, {
		preparse: (given: Map<string, { field?: unknown }>) => {
			for (const [name, value] of given)
				if (value.field) given.set(name, any(String(value)) as never);
		},
		window: false,
		aggronly: true
	});
	if (!keyed || keyed.ops.length || !read?.ops.every(({ name }) => CELLS.has(name))) return null;
	const keys = keysIn(table, keyed, options);
	const size = groups ? groups.size : 1;
	if (!keys || keys.values.length === 0 || keys.values.length * size > MOST_CELLS) return null;
	const count = keys.values.length;
	const results = aggregates(table, read.ops, cellsOf(table, groups, keys.codes, count));
	const columns = new Map<string, unknown[]>();
	if (groups) keysOf(groups, columns);
	const parts = keys.values.map((_, key) =>
		results.map((cells, op) =>
			Array.from({ length: size }, (_, group) => {
				const value = cells[group * count + key];
				// A cell that has no row counts as missing, not as none.
				return read.ops[op]?.name === 'count' && value === 0 ? undefined : value;
			})
		)
	);
	const separator = options.valueSeparator ?? '_';
	for (const [i, node] of read.nodes.entries())
		for (const [at, key] of keys.values.entries()) {
			const name =
				read.names.length > 1 ? `${read.names[i]}${separator}${String(key)}` : String(key);
			columns.set(name, ofResults(node, parts[at] as unknown[][], size, table.params() ?? {}));
		}
	return tableOf(table, columns);
}

/** The keys that become columns, and of each backing row which it has; -1: none of these. */
function keysIn(
	table: ColumnTable,
	{ nodes }: Parsed,
	{ limit = 0, sort = true, keySeparator = '_' }: PivotOptions
): { values: unknown[]; codes: Int32Array } | null {
	const rows = rowsOf(table);
	// A date and a number may be one key and two texts.
	const isPlain = (node: Node): boolean => {
		const column: unknown = node.type === 'Column' && table.data()[String(node.name) as never];
		return insidesOf(column) !== null || isNumbers(column);
	};
	if (nodes.length > 1 && !nodes.every(isPlain)) return null;
	const codes = combined(
		nodes.map((node) => keyCodes(table, node, rows)),
		rows
	);
	const data = table.data();
	const reads = nodes.map((node) => compile.expr(codeOf(node), table.params() ?? {}));
	const valueAt = (row: number): unknown =>
		reads.length === 1
			? reads[0]?.(row, data)
			: reads.map((read) => read(row, data)).join(keySeparator);
	// One row for each code, in the order of the table.
	const ordered = orderedRowsOf(table);
	const scope = new Scope();
	const met = new Uint8Array(codes.size);
	const first: number[] = [];
	const own = new Int32Array(rows.total);
	const seen = scope.bind(met, 'met');
	scope.run(
		eachRow(
			ordered,
			scope,
			`const c=${codes.write(scope)};${scope.bind(own, 'own')}[row]=c;if(${seen}[c]===0){${seen}[c]=1;${scope.bind(first, 'first')}.push(row);}`
		)
	);
	// Several codes may be one key, where keys are joined.
	const ids = new ValueIds();
	const columns = new Int32Array(codes.size).fill(-1);
	const values: unknown[] = [];
	for (const row of first) {
		const value = valueAt(row);
		if (value === null || value === undefined || value !== value) continue;
		if (typeof value === 'object') return null;
		const id = ids.id(value);
		if (id === values.length) values.push(value);
		columns[own[row] as number] = id;
	}
	const shown = sort ? values.slice().sort() : values.slice();
	const kept = limit > 0 ? shown.slice(0, limit) : shown;
	const places = new Map(kept.map((value, place) => [value, place]));
	for (let code = 0; code < columns.length; code++) {
		const id = columns[code] as number;
		if (id >= 0) columns[code] = places.get(values[id]) ?? -1;
	}
	for (let row = 0; row < own.length; row++) own[row] = columns[own[row] as number] as number;
	return { values: kept, codes: own };
}

function cellsOf(
	table: ColumnTable,
	groups: Groups | null,
	codes: Int32Array,
	count: number
): Grouping {
	const size = (groups ? groups.size : 1) * count;
	const keys = codes;
	if (groups) {
		const rows = rowsOf(table);
		const scope = new Scope();
		const own = scope.bind(codes, 'own');
		scope.run(
			eachRow(
				rows,
				scope,
				`if(${own}[row]>=0)${own}[row]+=${scope.array(groups.keys)}[row]*${count};`
			)
		);
	}
	return { keys, size, partial: true };
}
