/**
 * Guards on what the cell worker answers of a table's view. The page knows the table that it asked about (how many
 * rows, which columns): an answer that does not fit it is refused, as one of another shape is.
 */
import { Malformed, Reader } from './reader.ts';
import { LIMITS, type ColumnInfo, type Scalar } from './messages.ts';
import type {
	Arranged,
	ColumnProfile,
	ColumnValues,
	Match,
	TableQuery,
	ValueCount
} from './table-query.ts';

export function scalar(r: Reader, value: unknown): Scalar {
	if (value === null || typeof value === 'number' || typeof value === 'boolean') return value;
	return r.text(value, LIMITS.markdownChars);
}

/** A whole number from 0, below a limit. */
export function index(r: Reader, value: unknown, limit: number): number {
	const number = r.count(value);
	if (number >= limit) throw new Malformed('index');
	return number;
}

/** From 0 to 1. */
export function share(r: Reader, value: unknown): number {
	const number = r.number(value);
	if (!(number >= 0 && number <= 1)) throw new Malformed('share');
	return number;
}

const TOP = 10;

/** null: a later ask took the place of this one. */
type Answer<T> = T | null;

export const TABLE_REPLIES = {
	/** @param rows of the table */
	arranged: (value: unknown, query: TableQuery, rows: number): Answer<Arranged> => {
		if (value === null) return null;
		const r = new Reader();
		const m = r.record(value);
		const shown = index(r, m.rows, rows + 1);
		const searched = (query.search?.text.trim() ?? '') !== '';
		if (searched !== (m.found !== null)) throw new Malformed('found');
		return { rows: shown, found: searched ? index(r, m.found, shown + 1) : null };
	},

	/** @param column what it was asked of */
	profile: (value: unknown, column: ColumnInfo, rows: number): Answer<ColumnProfile> => {
		if (value === null) return null;
		const r = new Reader();
		const m = r.record(value);
		const count = index(r, m.rows, rows + 1);
		const missing = index(r, m.missing, count + 1);
		const there = count - missing;
		return {
			...column,
			rows: count,
			missing,
			distinct: index(r, m.distinct, there + 1),
			spread: isMeasured(column) ? r.maybe(m.spread, (v) => spread(r, v, there)) : null,
			top: counts(r, m.top, TOP, column, there)
		};
	},

	values: (value: unknown, column: ColumnInfo, rows: number): Answer<ColumnValues> => {
		if (value === null) return null;
		const r = new Reader();
		const m = r.record(value);
		const values = counts(r, m.values, LIMITS.listedValues, column, rows);
		const matching = index(r, m.matching, rows + 1);
		if (matching < values.length) throw new Malformed('matching');
		return { values, matching, missing: index(r, m.missing, rows + 1) };
	},

	/**
	 * @param names the columns that were looked in
	 * @param rows that are shown
	 */
	match: (value: unknown, names: readonly string[], rows: number): Answer<Match> => {
		if (value === null) return null;
		const r = new Reader();
		const m = r.record(value);
		return { row: index(r, m.row, rows), column: r.one(m.column, names) };
	}
};

const isMeasured = ({ type }: ColumnInfo): boolean =>
	type !== 'text' && type !== 'boolean' && type !== 'other';

function spread(r: Reader, value: unknown, there: number): NonNullable<ColumnProfile['spread']> {
	const m = r.record(value);
	return {
		min: r.number(m.min),
		firstQuartile: r.number(m.firstQuartile),
		median: r.number(m.median),
		thirdQuartile: r.number(m.thirdQuartile),
		max: r.number(m.max),
		mean: r.number(m.mean),
		bins: r.list(m.bins, LIMITS.bins, (_, v) => index(r, v, there + 1))
	};
}

/** Values of the column's type, each listed once, with how many rows hold it. */
function counts(
	r: Reader,
	value: unknown,
	max: number,
	column: ColumnInfo,
	rows: number
): ValueCount[] {
	const kind = isMeasured(column) ? 'number' : column.type === 'boolean' ? 'boolean' : 'string';
	const seen = new Set<Scalar>();
	return r.list(value, max, (_, v) => {
		const m = r.record(v);
		const found = scalar(r, m.value);
		// What lists them is keyed by value: one that comes twice would stop the page.
		if (typeof found !== kind || seen.has(found)) throw new Malformed('value');
		seen.add(found);
		return { value: found, count: index(r, m.count, rows + 1) };
	});
}
