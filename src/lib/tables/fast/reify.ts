/** Rows taken out of a table, in an order: `reify`, and what ends in it. */
import type { ColumnTable } from 'arquero';
import { Scope } from './compiled.ts';
import type { Groups } from './groupby.ts';
import { isNumbers, readColumn } from './reading.ts';

export function reify(table: ColumnTable, indices?: readonly number[]): ColumnTable | null {
	if (indices !== undefined || (!table.isOrdered() && !table.isFiltered())) return null;
	if (!table.isOrdered() && table.numRows() === table.totalRows()) return null;
	return taken(table, table.indices() as Uint32Array);
}

/** These backing rows of the table as a table of their own: typed arrays stay what they are, others become arrays. */
export function taken(table: ColumnTable, rows: Uint32Array): ColumnTable {
	const names = table.columnNames();
	const data = names.map((name) => [name, gathered(table.column(name), rows)] as const);
	const groups = table.groups() as unknown as Groups | null;
	return table.create({
		data: Object.fromEntries(data),
		names,
		filter: null,
		order: null,
		...(groups ? { groups: regathered(groups, rows) } : {})
	} as never);
}

/**
 * The column's values at these rows. `array`: as a plain array, where every row is one of the column's, or where some
 * are none (-1) and give undefined; else as Arquero's `reify` has it.
 */
export function gathered(
	column: unknown,
	rows: Int32Array | Uint32Array,
	array: 'every' | 'some' | null = null
): ArrayLike<unknown> {
	const scope = new Scope();
	const list = scope.array(rows);
	const typed =
		array === null && isNumbers(column) ? (column.constructor as Float64ArrayConstructor) : null;
	const out = typed ? new typed(rows.length) : new Array<unknown>(rows.length);
	// Not looked through for numbers: moving a value asks for no more than where it is.
	const code = Array.isArray(column)
		? `${scope.bind(column, 'a')}[row]`
		: readColumn(column, scope, { total: 0, count: 0, index: null, words: null }).code;
	const value = array === 'some' ? `row<0?void 0:${code}` : code;
	const into = typed ? scope.array(out, 'out') : scope.bind(out, 'out');
	scope.run(`for(let i=0;i<${list}.length;i++){const row=${list}[i];${into}[i]=${value};}`);
	return out;
}

/** Groups of the rows taken: those that have none go. */
function regathered(groups: Groups, taken: Uint32Array): Groups {
	const { keys, rows, size } = groups;
	const met = new Uint8Array(size);
	let count = 0;
	for (const row of taken) {
		const group = keys[row] as number;
		if (met[group] === 0) {
			met[group] = 1;
			count++;
		}
	}
	const moved = new Uint32Array(size);
	const first: number[] = [];
	for (let group = 0; group < size; group++)
		if (count === size || met[group] === 1) moved[group] = first.push(rows[group] as number) - 1;
	const made = new Uint32Array(taken.length);
	for (let i = 0; i < taken.length; i++)
		made[i] = moved[keys[taken[i] as number] as number] as number;
	return { ...groups, keys: made, rows: first, size: first.length };
}
