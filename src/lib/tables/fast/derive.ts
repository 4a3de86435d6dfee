/** `derive`: all new columns in one loop; aggregates beforehand, window functions in a loop of their own. */
import type { ColumnTable } from 'arquero';
import { aggregates, groupingOf } from './aggregates.ts';
import { Scope } from './compiled.ts';
import { fewValuesOf, Writer, type ReadOp } from './expression.ts';
import { isWindowed, parsed, type Node, type Op, type Parsed } from './parsed.ts';
import { holdsNumbers } from './reading.ts';
import { eachRow, rowsOf } from './rows.ts';
import { windowed } from './windows.ts';

/** @param options Arquero's: `drop`; where columns are moved besides, Arquero does all */
export function derive(
	table: ColumnTable,
	values: unknown,
	options: { drop?: unknown; before?: unknown; after?: unknown } = {}
): ColumnTable | null {
	if (options.before != null || options.after != null) return null;
	const read = parsed(values, { table });
	const columns = read && derived(table, read);
	if (!read || !columns) return null;
	const data: [string, unknown][] = options.drop ? [] : Object.entries(table.data());
	const names = options.drop ? [] : table.columnNames();
	const known = new Set(data.map(([name]) => name));
	for (const [i, name] of read.names.entries()) {
		data.push([name, columns[i]]);
		if (!known.has(name)) names.push(name);
		known.add(name);
	}
	return table.create({ data: Object.fromEntries(data), names } as never);
}

/** The values of each expression; undefined for rows that are filtered out. */
export function derived(table: ColumnTable, { nodes, ops }: Parsed): unknown[][] | null {
	const rows = rowsOf(table);
	if (rows.count === 0 || nodes.length === 0) return null;
	if (ops.some(isWindowed)) return windowed(table, nodes, ops);
	const scope = new Scope();
	const readOp = resultsOf(table, ops, scope);
	if (!readOp) return null;
	const writer = new Writer(table, scope, rows, readOp);
	const columns = nodes.map(() => new Array<unknown>(rows.total));
	const steps = nodes.map((node, i) => {
		const code = oncePerValue(table, node, scope) ?? writer.write(node).code;
		return `${scope.bind(columns[i], 'out')}[row]=${code};`;
	});
	scope.run(eachRow(rows, scope, steps.join('')));
	return columns;
}

/** The text of an expression's value, found beforehand for each value of the only column that it reads. */
function oncePerValue(table: ColumnTable, node: Node, scope: Scope): string | null {
	const few = node.type === 'Column' ? null : fewValuesOf(table, node);
	if (!few) return null;
	const { length } = few.values;
	const every = { total: length, count: length, index: null, words: null };
	const made = new Scope();
	const values = new Array<unknown>(length);
	const { code } = new Writer(table, made, every).byCode(few).write(node);
	made.run(eachRow(every, made, `${made.bind(values, 'out')}[row]=${code};`));
	// An object is each row's own.
	if (values.some((value) => typeof value === 'object' && value !== null)) return null;
	const sort = holdsNumbers(values, every) ? 'd' : 'v';
	return `${scope.array(values, sort)}[${few.write(scope)}]`;
}

/** How a loop reads the results of aggregates, each row those of its group; null where some are of a window. */
export function resultsOf(table: ColumnTable, ops: readonly Op[], scope: Scope): ReadOp | null {
	if (ops.some(isWindowed)) return null;
	if (ops.length === 0) return () => ({ code: '', gives: 'any' });
	const grouping = groupingOf(table);
	if (grouping?.size === 0) return null;
	const results = aggregates(table, ops);
	const group = grouping ? `${scope.array(grouping.keys)}[row]` : '0';
	const size = grouping ? grouping.size : 1;
	return (id) => {
		const values = results[id] as unknown[];
		const numbers = holdsNumbers(values, { total: size, count: size, index: null, words: null });
		return {
			code: `${scope.bind(values, numbers ? 'rd' : 'r')}[${group}]`,
			gives: numbers ? 'number' : 'any'
		};
	};
}
