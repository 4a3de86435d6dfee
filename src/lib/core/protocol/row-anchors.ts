/** Rows of a table that stays in a worker, known by the values of their keys; and the guards on what it says of them. */
import { ANCHOR_LIMITS, type KeyPart, type KeyValue } from '../annotation/anchor.ts';
import { LIMITS } from './messages.ts';
import { Malformed, type Reader } from './reader.ts';

/** What tells a row from the others of its table. */
export interface RowKeys {
	readonly keys: readonly KeyPart[];
	/** No other row has these keys. */
	readonly alone: boolean;
	/** Of the column that was asked; null for none. */
	readonly value: KeyValue;
}

/** A row that is looked for; with `column`, one of its values. */
export interface RowWanted {
	readonly keys: readonly KeyPart[];
	readonly column: string | null;
}

/** Where it stands. */
export interface RowPlace {
	/** In the table itself, from 0: the first of those with these keys; null where there is none. */
	readonly row: number | null;
	/** More than one row has these keys. */
	readonly several: boolean;
	/** Of the column that was asked; null for a missing value, and where no row or no column is there. */
	readonly value: KeyValue;
}

/** Of a table, as `tableDigest` makes it. */
export function readDigest(r: Reader, value: unknown): string {
	const digest = r.text(value, ANCHOR_LIMITS.digest);
	if (!/^[0-9a-f]{16}$/.test(digest)) throw new Malformed('digest');
	return digest;
}

export function readKeyValue(r: Reader, value: unknown): KeyValue {
	if (value === null || typeof value === 'boolean') return value;
	if (typeof value === 'number') {
		if (!Number.isFinite(value)) throw new Malformed('key');
		return value;
	}
	if (typeof value === 'string') return r.text(value, ANCHOR_LIMITS.value);
	const date = r.text(r.record(value).date, 40);
	if (!/^[+-]?\d{4,6}-\d\d-\d\d(?:T[\d:.]+Z)?$/.test(date)) throw new Malformed('date');
	return { date };
}

function readKeys(r: Reader, value: unknown): KeyPart[] {
	return r.list(value, ANCHOR_LIMITS.keys, (_, each) => {
		const part = r.record(each);
		return {
			column: r.text(part.column, ANCHOR_LIMITS.column),
			value: readKeyValue(r, part.value)
		};
	});
}

export function readRowKeys(r: Reader, value: unknown): RowKeys {
	const m = r.record(value);
	return {
		keys: readKeys(r, m.keys),
		alone: r.flag(m.alone),
		value: readKeyValue(r, m.value)
	};
}

/**
 * @param wanted how many rows were looked for
 * @param rows of the table
 */
export function readPlaces(r: Reader, value: unknown, wanted: number, rows: number): RowPlace[] {
	const places = r.list(value, LIMITS.locatedRows, (_, each) => {
		const m = r.record(each);
		const row = m.row === null ? null : r.count(m.row);
		if (row !== null && row >= rows) throw new Malformed('row');
		return { row, several: r.flag(m.several), value: readKeyValue(r, m.value) };
	});
	if (places.length !== wanted) throw new Malformed('places');
	return places;
}
