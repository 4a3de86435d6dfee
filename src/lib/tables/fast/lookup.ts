/** `lookup`: a column or more from another table, by keys; of several rows with one key the last counts. */
import type { ColumnTable } from 'arquero';
import { not } from 'arquero/src/helpers/selection.js';
import { compile } from 'arquero/src/expression/compile.js';
import { Scope } from './compiled.ts';
import { parsedKeys } from './groupby.ts';
import { sidesOf } from './join.ts';
import { matched } from './matching.ts';
import { codeOf, type Node } from './parsed.ts';
import { readColumn } from './reading.ts';
import { eachRow, rowsOf } from './rows.ts';

export function lookup(
	left: ColumnTable,
	right: ColumnTable,
	on: unknown,
	values: readonly unknown[]
): ColumnTable | null {
	const asked = values.length === 0 ? [not(left.columnNames())] : values.flat();
	const read = parsedKeys('lookup', right, asked);
	const sides = sidesOf(left, right, on);
	if (!read || read.ops.length || !sides) return null;
	if (left.numRows() === 0 || right.numRows() === 0) return null;
	const codes = matched(sides.right, sides.left);
	const last = new Int32Array(codes.size);
	right.scan((row = 0) => {
		const code = codes.listed[row] as number;
		if (code >= 0) last[code] = row;
	});
	const rows = rowsOf(left);
	const scope = new Scope();
	const data = { ...left.data() } as Record<string, unknown>;
	const names = left.columnNames();
	const steps = read.nodes.map((node, i) => {
		const name = read.names[i] as string;
		if (!Object.hasOwn(data, name)) names.push(name);
		const column = new Array<unknown>(rows.total).fill(undefined);
		Object.defineProperty(data, name, {
			value: column,
			enumerable: true,
			configurable: true,
			writable: true
		});
		return `${scope.bind(column, 'out')}[row]=${valueOf(right, node, codes.size, last, scope)};`;
	});
	scope.run(eachRow(rows, scope, `const c=${codes.write(scope)};if(c>=0){${steps.join('')}}`));
	return left.create({ data, names } as never);
}

/** The text of what is found for the code `c`. Few codes: each value once beforehand. */
function valueOf(
	right: ColumnTable,
	node: Node,
	size: number,
	last: Int32Array,
	scope: Scope
): string {
	const column: unknown = node.type === 'Column' ? right.data()[String(node.name) as never] : null;
	const get = compile.expr(codeOf(node), right.params() ?? {});
	const data = right.data();
	const values = Array.from(last, (row) => get(row, data));
	// A date is an object of its own at each reading.
	if (!values.some((value) => typeof value === 'object' && value !== null)) {
		const numbers = size > 0 && values.every((value) => typeof value === 'number');
		return `${scope.bind(numbers ? Float64Array.from(values as number[]) : values, numbers ? 'f64' : 'found')}[c]`;
	}
	if (!column)
		return `${scope.bind({ get: (row: number) => get(row, data) }, 'get')}.get(${scope.bind(last, 'last')}[c])`;
	const every = rowsOf(right);
	return readColumn(column, scope, every, `${scope.bind(last, 'last')}[c]`).code;
}
