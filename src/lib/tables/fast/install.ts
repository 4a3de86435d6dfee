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
import { rememberOrder, sortedRows } from './ordering.ts';
import { reify } from './reify.ts';
import { rollup } from './rollup.ts';
import { slice } from './slice.ts';

type Verb = (this: ColumnTable, ...args: never[]) => unknown;
type Fast = (table: ColumnTable, ...args: never[]) => unknown;

const VERBS: Readonly<Record<string, Fast>> = {
	count: (table, options: { as?: string } = {}) =>
		rollup(table, { [options.as ?? 'count']: op.count() }),
	dedupe: (table, ...keys) => dedupe(table, keys),
	derive,
	filter,
	groupby: (table, ...keys) => groupby(table, keys),
	reify,
	rollup,
	slice
};

/** What a verb did, for tests: whether the fast way was taken. */
export type Listener = (verb: string, fast: boolean) => void;

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
			try {
				made = fast(this, ...args);
			} catch {
				// Arquero says what is wrong, or does what can't be done here.
			}
			listen?.(name, made !== null);
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
	prototype.indices = function (order: unknown = true) {
		const table = this as unknown as Sorted;
		if (table._index || !order || !this.isOrdered()) return plainIndices(this, order);
		try {
			const sorted = sortedRows(this, plainIndices(this, false));
			if (sorted) return (table._index = sorted);
		} catch {
			// As above.
		}
		return plainIndices(this, order);
	} as Verb;
	prototype.partitions = function (order: unknown = true) {
		// Arquero makes them of sorted rows where there are some, and sorts each where there are none.
		if (order && this.isOrdered() && this.isGrouped()) this.indices();
		return apply(partitions, this, [order] as never);
	} as Verb;
}
