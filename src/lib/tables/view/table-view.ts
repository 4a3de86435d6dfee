/**
 * A table as someone arranged it: sorted, filtered, searched. The columns are never moved: an arrangement is a list of
 * row numbers, or none where all rows are shown in their own order.
 */
import { LIMITS } from '../../core/protocol/messages.ts';
import type {
	ArrangedWindow,
	ColumnFilter,
	Match,
	TableQuery
} from '../../core/protocol/table-query.ts';
import type { Column } from '../column.ts';
import { ColumnTexts } from './column-texts.ts';
import { filterRows, type RowMask } from './filter-rows.ts';
import { radixSort } from './radix-sort.ts';
import { searchRows, type Found } from './search-rows.ts';
import { sortKeys } from './sort-keys.ts';
import { CHUNK, type Steps } from './steps.ts';
import type { ViewedTable } from './viewed-table.ts';

export interface Arrangement {
	readonly query: TableQuery;
	/** Rows of the table in the order shown; null: all of them, in their own. */
	readonly order: Uint32Array<ArrayBuffer> | null;
	/** Rows shown. */
	readonly rows: number;
	readonly found: Found | null;
	/** Rows shown that hold what was looked for. */
	readonly foundRows: number;
}

const NOTHING: TableQuery = {
	sort: [],
	filters: [],
	search: null,
	writing: { yes: '', no: '', decimal: ',' }
};

export class TableView {
	readonly rows: number;
	readonly #table: ViewedTable;
	readonly #names: ReadonlySet<string>;
	readonly #texts = new Map<Column, ColumnTexts>();

	constructor(table: ViewedTable) {
		this.rows = table.rows;
		this.#table = table;
		this.#names = new Set(table.names);
	}

	/** @throws AppError `unexpected` where no column has that name */
	column = (name: string): Steps<Column> => this.#table.column(name);

	texts = (column: Column): ColumnTexts | null => {
		if (column.type !== 'text') return null;
		let texts = this.#texts.get(column);
		if (!texts) this.#texts.set(column, (texts = new ColumnTexts(column)));
		return texts;
	};

	/** The table as it stands. */
	plain(): Arrangement {
		return { query: NOTHING, order: null, rows: this.rows, found: null, foundRows: 0 };
	}

	/** Rows that a query goes through, in all: what `arrange` yields comes to about this. */
	work({ sort, filters, search }: TableQuery): number {
		const looked = filters.length + (search?.columns.length ?? 0);
		return this.rows * (looked + sort.length * 7);
	}

	/** @throws AppError `unexpected` for a name that no column has */
	*arrange(query: TableQuery): Steps<Arrangement> {
		for (const { column } of [...query.sort, ...query.filters]) yield* this.column(column);
		const { search } = query;
		const found =
			search && search.text.trim() !== ''
				? yield* searchRows(this, this.#looked(search.columns), search.text, query.writing)
				: null;
		const only = found && search?.only ? found : null;
		const kept = yield* this.rowsThrough(query.filters, only);
		let order = kept;
		// From the last key to the first: each sort leaves equals as the sorts before put them.
		for (const { column: name, direction } of query.sort.toReversed()) {
			const column = yield* this.column(name);
			const down = direction === 'descending';
			const keys = yield* sortKeys(column, this.texts(column), order, down);
			order = yield* radixSort(order ?? (yield* everyRow(this.rows)), keys);
		}
		const rows = order ? order.length : this.rows;
		const foundRows = found ? yield* countFound(found, order, rows) : 0;
		return { query, order, rows, found, foundRows };
	}

	/** Columns that a search may look in: those that are there. */
	#looked(names: readonly string[]): string[] {
		return names.filter((name) => this.#names.has(name));
	}

	/** Rows that these filters let through, in the table's order; null when it is all of them. */
	*rowsThrough(
		filters: readonly ColumnFilter[],
		found: Found | null
	): Steps<Uint32Array<ArrayBuffer> | null> {
		if (filters.length === 0 && !found) return null;
		const mask: RowMask = found ? Uint8Array.from(found.rows) : new Uint8Array(this.rows).fill(1);
		for (const filter of filters) {
			const column = yield* this.column(filter.column);
			yield* filterRows(mask, column, this.texts(column), filter);
		}
		return yield* rowsOf(mask);
	}

	/** A window of what is shown, with where its rows stand and which of its cells the search finds. */
	window(
		{ order, rows, found }: Arrangement,
		offset: number,
		count: number,
		names: readonly string[] | null
	): ArrangedWindow {
		const from = Math.max(0, Math.min(rows, Math.floor(offset)));
		const to = Math.min(rows, from + Math.max(0, Math.min(LIMITS.windowRows, Math.floor(count))));
		const shown = order ? order.subarray(from, to) : null;
		const window = this.#table.window(from, to - from, names, shown);
		if (!found) return shown ? { ...window, rows: [...shown] } : window;
		const asked = names ?? this.#table.names;
		const hits = asked.map((name) => {
			const column = found.columns.find((looked) => looked.name === name);
			const hit: number[] = [];
			for (let i = 0; column && i < to - from; i++)
				if (column.holds(shown ? (shown[i] as number) : from + i)) hit.push(i);
			return hit;
		});
		return { ...window, hits, ...(shown ? { rows: [...shown] } : {}) };
	}

	/**
	 * The next cell that the search finds after this one (before it, going back), round the end; null without any.
	 * A start in a column that is not looked in, or in none (''), is before the first of its row.
	 */
	*find(
		{ order, rows, found, foundRows }: Arrangement,
		start: { readonly row: number; readonly column: string },
		back: boolean
	): Steps<Match | null> {
		if (!found || foundRows === 0) return null;
		const columns = back ? found.columns.toReversed() : found.columns;
		const step = back ? -1 : 1;
		const at = columns.findIndex(({ name }) => name === start.column);
		// The row of the start comes twice: what is after the start first, what is before it at the very end.
		for (let n = 0; n <= rows; n++) {
			const row = (((start.row + n * step) % rows) + rows) % rows;
			const source = order ? (order[row] as number) : row;
			if (found.rows[source] === 1) {
				const column = columns.slice(n === 0 ? at + 1 : 0).find(({ holds }) => holds(source));
				if (column) return { row, column: column.name };
			}
			if (n % CHUNK === CHUNK - 1) yield CHUNK;
		}
		return null;
	}
}

export function* everyRow(count: number): Steps<Uint32Array<ArrayBuffer>> {
	const rows = new Uint32Array(count);
	for (let from = 0; from < count; from += CHUNK) {
		const to = Math.min(count, from + CHUNK);
		for (let row = from; row < to; row++) rows[row] = row;
		yield 0;
	}
	return rows;
}

function* rowsOf(mask: RowMask): Steps<Uint32Array<ArrayBuffer> | null> {
	let count = 0;
	for (let from = 0; from < mask.length; from += CHUNK) {
		const to = Math.min(mask.length, from + CHUNK);
		for (let row = from; row < to; row++) count += mask[row] as number;
		yield 0;
	}
	if (count === mask.length) return null;
	const rows = new Uint32Array(count);
	let next = 0;
	for (let from = 0; from < mask.length; from += CHUNK) {
		const to = Math.min(mask.length, from + CHUNK);
		for (let row = from; row < to; row++) if (mask[row] === 1) rows[next++] = row;
		yield 0;
	}
	return rows;
}

function* countFound(found: Found, order: Uint32Array | null, rows: number): Steps<number> {
	let count = 0;
	for (let from = 0; from < rows; from += CHUNK) {
		const to = Math.min(rows, from + CHUNK);
		for (let i = from; i < to; i++) count += found.rows[order ? (order[i] as number) : i] as number;
		yield 0;
	}
	return count;
}
