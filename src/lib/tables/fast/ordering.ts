/**
 * Orders: a table that `orderby` made keeps Arquero's comparator, which anything may call; what it compares is
 * remembered beside it, so that rows are sorted by digits of whole numbers and the first few found without sorting.
 */
import type { ColumnTable } from 'arquero';
import { compile } from 'arquero/src/expression/compile.js';
import { finish } from '../view/steps.ts';
import { radixSort } from '../view/radix-sort.ts';
import type { SortKeys } from '../view/sort-keys.ts';
import { insidesOf } from './fast-column.ts';
import { codeOf, type Node } from './parsed.ts';
import { parsedKeys } from './groupby.ts';
import { isNumbers } from './reading.ts';

type Compare = (a: number, b: number, data?: unknown) => number;

/** One key of an order. */
interface Key {
	/** What Arquero would read it from. */
	readonly read: (row: number) => unknown;
	readonly column: unknown;
	readonly descending: boolean;
}

const orders = new WeakMap<object, readonly Key[]>();

/** Remembers what a table was ordered by, where that can be said. */
export function rememberOrder(
	before: ColumnTable,
	after: ColumnTable,
	keys: readonly unknown[]
): void {
	const compare = after.comparator() as unknown as object | null;
	if (!compare) return;
	const flat = keys.flat();
	const known: Key[] = [];
	for (const key of flat) {
		const { expr, desc, collate } = (
			typeof key === 'object' && key !== null ? key : { expr: key }
		) as {
			expr?: unknown;
			desc?: unknown;
			collate?: unknown;
		};
		if (
			collate ||
			(typeof expr !== 'string' && typeof expr !== 'function' && typeof expr !== 'number')
		)
			return;
		const given = typeof expr === 'number' ? before.columnName(expr) : expr;
		const made = keyOf(before, given, key);
		if (!made) return;
		known.push({ ...made, descending: Boolean(desc) });
	}
	if (known.length) orders.set(compare, known);
}

function keyOf(table: ColumnTable, given: unknown, key: unknown): Omit<Key, 'descending'> | null {
	const parsed =
		typeof given === 'string'
			? parsedKeys('orderby', table, [given])
			: parsedKeys('orderby', table, [{ key: typeof given === 'function' ? given : key }]);
	const [node] = parsed?.nodes ?? [];
	if (!parsed || !node || parsed.ops.length) return null;
	const data = table.data();
	const get = compile.expr(codeOf(node), table.params() ?? {});
	return { read: (row) => get(row, data), column: columnOf(table, node) };
}

const columnOf = (table: ColumnTable, node: Node): unknown =>
	node.type === 'Column' ? table.data()[String(node.name) as never] : null;

/** The rows in their table's order, which must be known. null: Arquero's comparator must say. */
export function sortedRows(table: ColumnTable, rows: Uint32Array): Uint32Array | null {
	const keys = orders.get((table.comparator() as unknown as object | null) ?? {});
	if (!keys) return null;
	let sorted = rows.slice();
	for (let i = keys.length - 1; i >= 0; i--) {
		const made = sortKeys(keys[i] as Key, sorted);
		if (!made) return null;
		sorted = finish(radixSort(sorted, made));
	}
	return sorted;
}

/** Numbers in the order of the key's values; equal where Arquero's comparator says 0, but for ties of `loose`. */
function sortKeys(key: Key, rows: Uint32Array): SortKeys | null {
	const values = numbersOf(key, rows);
	if (!values) return null;
	if (values.ranks) {
		const { ranks, most } = values;
		const low = new Uint32Array(rows.length);
		for (let i = 0; i < rows.length; i++) {
			const rank = ranks(rows[i] as number);
			low[i] = key.descending ? most - rank : rank;
		}
		return { low, bits: 32 - Math.clz32(most), high: null };
	}
	return floatKeys(values.numbers, rows, key.descending);
}

const scratch = new Float64Array(1);
const halves = new Uint32Array(scratch.buffer);
const MISSING = 0;
const NOT_A_NUMBER = 1;

/** Null first, then NaN, then numbers; -0 is 0. */
function floatKeys(
	numbers: (row: number) => unknown,
	rows: Uint32Array,
	descending: boolean
): SortKeys | null {
	const low = new Uint32Array(rows.length);
	const high = new Uint32Array(rows.length);
	for (let i = 0; i < rows.length; i++) {
		const value = numbers(rows[i] as number);
		let l: number;
		let h = 0;
		if (value === null || value === undefined) l = MISSING;
		else if (typeof value !== 'number') return null;
		else if (value !== value) l = NOT_A_NUMBER;
		else {
			scratch[0] = value + 0;
			l = halves[0] as number;
			h = halves[1] as number;
			if (h >>> 31) {
				l = ~l;
				h = ~h;
			} else h ^= 0x80000000;
		}
		low[i] = descending ? ~l : l;
		high[i] = descending ? ~h : h;
	}
	return { low, high, bits: 32 };
}

type Numbers =
	| { readonly ranks: (row: number) => number; readonly most: number }
	| { readonly ranks?: undefined; readonly numbers: (row: number) => unknown };

function numbersOf({ column, read }: Key, rows: Uint32Array): Numbers | null {
	const made = insidesOf(column);
	if (made?.kind === 'coded') {
		const ranks = ranksOf(made.values);
		const { codes } = made;
		return (
			ranks && { ranks: (row) => ranks[codes[row] as number] as number, most: made.values.length }
		);
	}
	if (made?.kind === 'timed') {
		const { values, valid } = made;
		return { numbers: (row) => (valid === null || valid[row] === 1 ? values[row] : null) };
	}
	if (made?.kind === 'gapped') {
		const { values, valid } = made;
		return { numbers: (row) => (valid[row] === 1 ? values[row] : null) };
	}
	if (isNumbers(column)) return { numbers: (row) => column[row] };
	return mixed(read, rows);
}

/** Values that are all numbers or dates, or all texts, or all yes or no; missing ones among them. */
function mixed(read: (row: number) => unknown, rows: Uint32Array): Numbers | null {
	const values = new Map<number, unknown>();
	let sort: string | null = null;
	for (const row of rows) {
		const value = read(row);
		if (value !== null && value !== undefined) {
			const own = value instanceof Date ? 'date' : typeof value;
			if ((sort ??= own) !== own) return null;
			if (!['number', 'date', 'string', 'boolean'].includes(own)) return null;
		}
		values.set(row, value instanceof Date ? +value : value);
	}
	if (sort === 'string' || sort === 'boolean') {
		const distinct = [...new Set([...values.values()].map((value) => value ?? null))];
		const ranks = ranksOf(distinct);
		if (!ranks) return null;
		const of = new Map(distinct.map((value, i) => [value, ranks[i] as number]));
		return { ranks: (row) => of.get(values.get(row) ?? null) as number, most: distinct.length };
	}
	return { numbers: (row) => values.get(row) };
}

/** The place of each of these distinct values among them: null first, the rest as `<` has it. */
function ranksOf(values: readonly unknown[]): Int32Array | null {
	const rest = values.filter((value) => value !== null);
	if (new Set(rest.map((value) => typeof value)).size > 1) return null;
	const order = values.map((_, i) => i);
	order.sort((a, b) => {
		const [u, v] = [values[a], values[b]] as [string | null, string | null];
		if (u === null) return v === null ? 0 : -1;
		if (v === null) return 1;
		return u < v ? -1 : u > v ? 1 : 0;
	});
	const ranks = new Int32Array(values.length);
	for (const [rank, at] of order.entries()) ranks[at] = rank;
	return ranks;
}

/** What `firstRows` compares before it asks the comparator: never out of its order, but it may hold ties. */
export function looseKey(
	table: ColumnTable
): { column: unknown; descending: boolean; ranks: Int32Array | null } | null {
	const [key] = orders.get((table.comparator() as unknown as object | null) ?? {}) ?? [];
	if (!key) return null;
	const made = insidesOf(key.column);
	const ranks = made?.kind === 'coded' ? ranksOf(made.values) : null;
	if (!made && !isNumbers(key.column) && !Array.isArray(key.column)) return null;
	if (made?.kind === 'coded' && !ranks) return null;
	return { column: key.column, descending: key.descending, ranks };
}

/**
 * Whether the rows' order follows from their keys alone. Where it does not (values of several types, a comparator of a
 * cell's own), sorting all rows and sorting those of each group are two things, and Arquero says which.
 */
export function isSortable(table: ColumnTable): boolean {
	return !table.isOrdered() || sortedRows(table, table.indices(false) as Uint32Array) !== null;
}

export const compareOf = (table: ColumnTable): Compare => table.comparator() as unknown as Compare;
