/**
 * `slice`: the first rows of an ordered table without sorting the others, a heap of the rows that are kept so far. All
 * but a few rows are turned away by one number, their first key's; the comparator is asked about the rest.
 */
import type { ColumnTable } from 'arquero';
import { Scope } from './compiled.ts';
import { insidesOf } from './fast-column.ts';
import { compareOf, looseKey } from './ordering.ts';
import { readColumn } from './reading.ts';
import { taken } from './reify.ts';
import { eachRow, rowsOf } from './rows.ts';

/** Above this share of the rows, sorting them all takes no longer. */
const MOST_SHARE = 8;

export function slice(table: ColumnTable, start = 0, end = Infinity): ColumnTable | null {
	if (table.isGrouped() || typeof start !== 'number' || typeof end !== 'number') return null;
	const rows = table.numRows();
	const from = Math.max(0, start + (start < 0 ? rows : 0));
	const to = Math.min(rows, Math.max(0, end + (end < 0 ? rows : 0)));
	if (rows === 0 || !(from <= to) || !Number.isInteger(from) || !Number.isInteger(to)) return null;
	if (table.isOrdered() && to * MOST_SHARE <= rows && to > 0) {
		const first = firstRows(table, to);
		if (first) return taken(table, first.subarray(from));
	}
	if (!table.isOrdered() && !table.isFiltered())
		return taken(
			table,
			Uint32Array.from({ length: to - from }, (_, i) => from + i)
		);
	return taken(table, (table.indices() as Uint32Array).slice(from, to));
}

/** The first `count` rows in the table's order, in that order. */
function firstRows(table: ColumnTable, count: number): Uint32Array | null {
	const key = looseKey(table);
	if (!key) return null;
	const rows = rowsOf(table);
	const scope = new Scope();
	const made = insidesOf(key.column);
	const { code, gives, time } = readColumn(key.column, scope, rows);
	const value =
		made?.kind === 'coded'
			? `${scope.array(key.ranks as Int32Array, 'ranks')}[${scope.array(made.codes)}[row]]`
			: (time ?? code);
	if (!key.ranks && !time && gives !== 'number' && gives !== 'gapped') return null;
	const heap = new Heap(count, compareOf(table), key.descending ? -1 : 1);
	const kept = scope.bind(heap, 'heap');
	// Null and NaN come before all numbers; so does -∞, and the comparator tells them apart.
	const odd =
		gives === 'number' && !time
			? 'if(v!==v)v=-Infinity;'
			: key.ranks
				? ''
				: 'if(v===null||v!==v)v=-Infinity;';
	const late = key.descending ? '<' : '>';
	// NaN is not turned away by a comparison; null would be, for it compares as 0.
	const away = `if(full&&v${late}worst)continue;`;
	const steps = `let v=${value};${gives === 'number' ? away : ''}${odd}${away}if(${kept}.offer(row,v)){full=${kept}.full;if(full)worst=${kept}.worst;}`;
	scope.run(`let worst=0,full=false;${eachRow(rows, scope, steps)}`);
	return heap.sorted();
}

/** The rows that come first, the last of them on top. */
class Heap {
	readonly #most: number;
	readonly #compare: (a: number, b: number) => number;
	readonly #sign: number;
	readonly #rows: Uint32Array;
	readonly #values: Float64Array;
	#size = 0;

	constructor(most: number, compare: (a: number, b: number) => number, sign: number) {
		this.#most = most;
		this.#compare = compare;
		this.#sign = sign;
		this.#rows = new Uint32Array(most);
		this.#values = new Float64Array(most);
	}

	get full(): boolean {
		return this.#size === this.#most;
	}
	get worst(): number {
		return this.#values[0] as number;
	}

	/** Whether place `a` comes after place `b`; rows that tie stay in their order. */
	#after(row: number, value: number, b: number): boolean {
		const other = this.#values[b] as number;
		if (value !== other)
			return (
				(value - other) * this.#sign > 0 ||
				(other === -Infinity ? this.#sign > 0 : value === -Infinity ? this.#sign < 0 : false)
			);
		const compared = this.#compare(row, this.#rows[b] as number);
		return compared === 0 || compared !== compared ? row > (this.#rows[b] as number) : compared > 0;
	}

	/** @returns whether the row is kept, for now */
	offer(row: number, value: number): boolean {
		if (!this.full) {
			let at = this.#size++;
			while (at > 0) {
				const parent = (at - 1) >> 1;
				if (!this.#after(row, value, parent)) break;
				this.#move(parent, at);
				at = parent;
			}
			this.#put(at, row, value);
			return true;
		}
		if (this.#after(row, value, 0)) return false;
		this.#sink(row, value, this.#size);
		return true;
	}

	/** Puts a row in the top's place, then where it belongs among the first `size`. */
	#sink(row: number, value: number, size: number): void {
		let at = 0;
		for (;;) {
			let child = at * 2 + 1;
			if (child >= size) break;
			if (
				child + 1 < size &&
				this.#after(this.#rows[child + 1] as number, this.#values[child + 1] as number, child)
			)
				child++;
			if (this.#after(row, value, child)) break;
			this.#move(child, at);
			at = child;
		}
		this.#put(at, row, value);
	}

	#move(from: number, to: number): void {
		this.#put(to, this.#rows[from] as number, this.#values[from] as number);
	}
	#put(at: number, row: number, value: number): void {
		this.#rows[at] = row;
		this.#values[at] = value;
	}

	sorted(): Uint32Array {
		for (let size = this.#size - 1; size > 0; size--) {
			const [row, value] = [this.#rows[size] as number, this.#values[size] as number];
			this.#move(0, size);
			this.#sink(row, value, size);
		}
		return this.#rows.subarray(0, this.#size);
	}
}
