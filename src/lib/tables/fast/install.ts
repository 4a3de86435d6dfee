/**
 * Puts the fast verbs under plain Arquero: on the prototype, for its tables are made in many places. Each verb looks
 * whether it has a fast way for what it was given; where it has none, or fails, Arquero's own verb does all of it, with
 * its own errors.
 */
import { ColumnTable, op } from 'arquero';
import { dedupe } from './dedupe.ts';
import { derive } from './derive.ts';
import { filter } from './filter.ts';
import { groupby } from './groupby.ts';
import { join, joinFilter } from './join.ts';
import { lookup } from './lookup.ts';
import { rememberOrder, sortedRows } from './ordering.ts';
import { pivot } from './pivot.ts';
import { reify } from './reify.ts';
import { rollup } from './rollup.ts';
import { slice } from './slice.ts';

type Verb = (this: ColumnTable, ...args: never[]) => unknown;
type Fast = (table: ColumnTable, ...args: never[]) => unknown;

const VERBS: Readonly<Record<string, Fast>> = {
	antijoin: (table, other, on) => joinFilter(table, other, on, true),
	count: (table, options: { as?: string } = {}) =>
		rollup(table, { [options.as ?? 'count']: op.count() }),
	dedupe: (table, ...keys) => dedupe(table, keys),
	derive,
	filter,
	groupby: (table, ...keys) => groupby(table, keys),
	join,
	join_full: (table, other, on, values, options: object) =>
		join(table, other, on, values, { ...options, left: true, right: true }),
	join_left: (table, other, on, values, options: object) =>
		join(table, other, on, values, { ...options, left: true, right: false }),
	join_right: (table, other, on, values, options: object) =>
		join(table, other, on, values, { ...options, left: false, right: true }),
	lookup: (table, other, on, ...values) => lookup(table, other, on, values),
	pivot,
	reify,
	rollup,
	semijoin: (table, other, on) => joinFilter(table, other, on, false),
	slice
};

/** What a verb did, for tests: whether the fast way was taken. */
export type Listener = (verb: string, fast: boolean, error: unknown) => void;

/** Where Arquero keeps a table's rows once they are in order. */
interface Sorted {
	_index: Uint32Array | null;
}

let installed = false;

/** Once a worker, before lineage follows the verbs. */
export function installFastVerbs(listen: Listener | null = null): void {
	if (installed) return;
	installed = true;
	const { apply } = Reflect;
	const prototype = ColumnTable.prototype as unknown as Record<string, Verb>;
	for (const [name, fast] of Object.entries(VERBS)) {
		const plain = prototype[name] as Verb;
		prototype[name] = function (...args) {
			let made: unknown = null;
			let failure: unknown = null;
			try {
				made = fast(this, ...args);
			} catch (error) {
				// Arquero says what is wrong, or does what can't be done here.
				failure = error;
			}
			listen?.(name, made !== null, failure);
			return made ?? apply(plain, this, args);
		};
	}
	const { orderby, indices, partitions } = prototype as Record<
		'orderby' | 'indices' | 'partitions',
		Verb
	>;
	prototype.orderby = function (...keys) {
		const ordered = apply(orderby, this, keys) as ColumnTable;
		try {
			rememberOrder(this, ordered, keys);
		} catch {
			// It is sorted by its comparator.
		}
		return ordered;
	};
	const plainIndices = (table: ColumnTable, order: unknown): Uint32Array =>
		apply(indices, table, [order] as never) as Uint32Array;
	const sort = (table: ColumnTable): Uint32Array | null => {
		const kept = table as unknown as Sorted;
		if (kept._index) return kept._index;
		try {
			const sorted = sortedRows(table, plainIndices(table, false));
			if (sorted) kept._index = sorted;
			return sorted;
		} catch {
			return null;
		}
	};
	prototype.indices = function (order: unknown = true) {
		return (order && this.isOrdered() ? sort(this) : null) ?? plainIndices(this, order);
	} as Verb;
	prototype.partitions = function (order: unknown = true) {
		// Arquero makes them of sorted rows where there are some, and sorts each where there are none.
		if (order && this.isOrdered() && this.isGrouped()) sort(this);
		return apply(partitions, this, [order] as never);
	} as Verb;
}
