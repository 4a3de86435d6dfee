/**
 * The rows of a cell's table, known by values: which columns tell them apart, and where the row stands that has these
 * values. Values are compared as the columns hold them, without a text or an object a row.
 */
import type { ColumnTable } from 'arquero';
import { ANCHOR_LIMITS, type KeyPart, type KeyValue } from '../../core/annotation/anchor.ts';
import { cutText, keyText, keyValueOf } from '../../core/annotation/key-value.ts';
import { isName, namesThings } from '../../core/naming-column.ts';
import type { ColumnInfo, ColumnType } from '../../core/protocol/messages.ts';
import type { RowPlace, RowWanted } from '../../core/protocol/row-anchors.ts';
import { TEXT_CHUNK, type Steps } from '../../tables/view/steps.ts';
import type { SourceColumn } from './made-column.ts';
import { rowsOf } from './table-view.ts';

/** Columns that are tried together, and rows past which none are: what is looked through is held in memory. */
const TOGETHER = 3;
const MOST_ROWS = 2_000_000;

/** A value as it is compared: equal where keys are equal. A date is its milliseconds. */
type Raw = string | number | boolean | null;

interface KeyedTable {
	readonly table: ColumnTable;
	readonly columns: readonly ColumnInfo[];
}

interface Source {
	readonly type: ColumnType;
	readonly column: SourceColumn;
}

/** By the columns that the table is known to have: a name is data, and may be any. */
function sourceOf({ table, columns }: KeyedTable, name: string): Source | null {
	const info = columns.find((column) => column.name === name);
	const column = info && (table.column(name) as SourceColumn | undefined);
	return info && column ? { type: info.type, column } : null;
}

function rawOf(value: unknown, type: ColumnType): Raw {
	if (type === 'other') {
		const key = keyValueOf(value);
		return key === null ? null : keyText(key);
	}
	switch (typeof value) {
		case 'string':
			return cutText(value);
		case 'number':
			return Number.isNaN(value) ? null : Number.isFinite(value) ? value : String(value);
		case 'bigint':
			return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
		case 'boolean':
			return value;
		default:
			return value instanceof Date && !Number.isNaN(+value) ? +value : null;
	}
}

/** What a key is in a column of this type; undefined where no value of it could be equal. */
function rawOfKey(key: KeyValue, type: ColumnType): Raw | undefined {
	if (key === null) return null;
	const text = keyText(key);
	switch (type) {
		case 'text':
		case 'other':
			return text;
		case 'number':
		case 'integer': {
			if (typeof key === 'number') return key;
			if (typeof key !== 'string') return undefined;
			const number = Number(key);
			const plain = String(number) === key && Number.isFinite(number);
			return plain && (!Number.isInteger(number) || Number.isSafeInteger(number)) ? number : key;
		}
		case 'boolean':
			return text === 'true' ? true : text === 'false' ? false : undefined;
		case 'date':
		case 'datetime': {
			const time = /^[+-]?\d{4,6}-\d\d-\d\d/.test(text) ? Date.parse(text) : NaN;
			return Number.isNaN(time) ? undefined : time;
		}
	}
}

// ---------------------------------------------------------------- which columns

/** Whether a column says which thing a row is about, rather than how much: names, moments, codes, years. */
const namesRows = ({ name, type, valueType }: ColumnInfo): boolean =>
	type === 'text' ||
	type === 'date' ||
	type === 'datetime' ||
	type === 'boolean' ||
	valueType === 'identifier' ||
	((type === 'integer' || type === 'number') && isName(name));

const rank = ({ name, type, valueType }: ColumnInfo): number =>
	valueType === 'identifier' || namesThings(name) ? 0 : type === 'boolean' ? 2 : 1;

/**
 * The smallest set of columns that no two rows share: an identifier first, then names and dates in the table's order.
 * Where none of them does, or none is found in time, all that name; where nothing names, all columns.
 * @param late whether the time for it is over
 */
export function* keyColumnsOf(shown: KeyedTable, late: () => boolean): Steps<readonly string[]> {
	const candidates = shown.columns
		.filter(namesRows)
		.map((info, at) => ({ info, at }))
		.sort((a, b) => rank(a.info) - rank(b.info) || a.at - b.at)
		.slice(0, ANCHOR_LIMITS.keys)
		.map(({ info }) => info.name);
	const named = candidates.length > 0 ? candidates : shown.columns.map(({ name }) => name);
	const all = named.slice(0, ANCHOR_LIMITS.keys);
	if (shown.table.numRows() > MOST_ROWS) return all;
	for (let size = 1; size <= Math.min(TOGETHER, candidates.length - 1); size++)
		for (const names of setsOf(candidates, size)) {
			const apart = yield* tellApart(shown, names, late);
			if (late()) return all;
			if (apart) return names;
		}
	return all;
}

/** Sets of so many, those of the first names first. */
function* setsOf(names: readonly string[], size: number, from = 0): Generator<string[]> {
	if (size === 0) return yield [];
	for (let at = from; at < names.length; at++)
		for (const others of setsOf(names, size - 1, at + 1)) yield [names[at] ?? '', ...others];
}

/** Values of a column by numbers, in the order in which they are met. */
function coder({ column, type }: Source): (row: number) => number {
	const codes = new Map<Raw, number>();
	const read = (row: number): number => {
		const raw = rawOf(column.at(row), type);
		let code = codes.get(raw);
		if (code === undefined) codes.set(raw, (code = codes.size));
		return code;
	};
	// A dictionary's texts are read once each.
	const known = new Map<number, number>();
	return (row) => {
		const key = column.key?.(row);
		if (key === undefined) return read(row);
		let code = known.get(key);
		if (code === undefined) known.set(key, (code = read(row)));
		return code;
	};
}

function* tellApart(
	shown: KeyedTable,
	names: readonly string[],
	late: () => boolean
): Steps<boolean> {
	const coders = names.flatMap((name) => {
		const source = sourceOf(shown, name);
		return source ? [coder(source)] : [];
	});
	const count = shown.table.numRows();
	const rows = rowsOf(shown.table);
	// Pairs of numbers are numbers: there are fewer of each than rows.
	const pairs = coders.slice(1).map(() => new Map<number, number>());
	const seen = new Set<number>();
	for (let from = 0; from < count; from += TEXT_CHUNK) {
		const to = Math.min(count, from + TEXT_CHUNK);
		for (let row = from; row < to; row++) {
			const at = rows ? (rows[row] ?? 0) : row;
			let code = coders[0]?.(at) ?? 0;
			for (const [n, known] of pairs.entries()) {
				const pair = code * MOST_ROWS + (coders[n + 1]?.(at) ?? 0);
				let both = known.get(pair);
				if (both === undefined) known.set(pair, (both = known.size));
				code = both;
			}
			if (seen.has(code)) return false;
			seen.add(code);
		}
		yield to - from;
		if (late()) return false;
	}
	return true;
}

/** A row's values of these columns. @param row as the table shows it, from 0 */
export function keysOfRow(shown: KeyedTable, names: readonly string[], row: number): KeyPart[] {
	const rows = rowsOf(shown.table);
	return names.flatMap((name) => {
		const source = sourceOf(shown, name);
		// A name that is cut would name another column.
		if (!source || name.length > ANCHOR_LIMITS.column) return [];
		return [{ column: name, value: keyValueOf(source.column.at(rows ? (rows[row] ?? 0) : row)) }];
	});
}

// ---------------------------------------------------------------- where a row is

interface Looked {
	readonly place: number;
	readonly wanted: readonly Raw[];
}

/** Rows that are looked for by the same columns are looked for together. */
export function* locateRows(shown: KeyedTable, wanted: readonly RowWanted[]): Steps<RowPlace[]> {
	const found = wanted.map(() => ({ row: null as number | null, several: false }));
	const bySet = Map.groupBy(wanted.keys(), (place) =>
		JSON.stringify(wanted[place]?.keys.map(({ column }) => column))
	);
	for (const places of bySet.values()) yield* locateSet(shown, wanted, places, found);
	const rows = rowsOf(shown.table);
	return found.map(({ row, several }, place) => {
		const name = wanted[place]?.column ?? null;
		const source = name !== null && row !== null ? sourceOf(shown, name) : null;
		const at = row === null ? 0 : rows ? (rows[row] ?? 0) : row;
		return { row, several, value: source ? keyValueOf(source.column.at(at)) : null };
	});
}

function* locateSet(
	shown: KeyedTable,
	wanted: readonly RowWanted[],
	places: readonly number[],
	found: readonly { row: number | null; several: boolean }[]
): Steps<void> {
	const names = wanted[places[0] ?? 0]?.keys.map(({ column }) => column) ?? [];
	const sources = names.map((name) => sourceOf(shown, name));
	const first = sources[0];
	if (!first || sources.includes(null)) return;
	const others = sources.slice(1).filter((source) => source !== null);
	const byFirst = new Map<Raw, Looked[]>();
	for (const place of places) {
		const raws = wanted[place]?.keys.map(({ value }, n) =>
			rawOfKey(value, sources[n]?.type ?? 'other')
		);
		if (!raws || raws.some((raw) => raw === undefined)) continue;
		const [head = null, ...rest] = raws as Raw[];
		const list = byFirst.get(head);
		if (list) list.push({ place, wanted: rest });
		else byFirst.set(head, [{ place, wanted: rest }]);
	}
	if (byFirst.size === 0) return;
	const { column, type } = first;
	const known = new Map<number, Looked[] | undefined>();
	const lookedAt = (at: number): Looked[] | undefined => {
		const key = column.key?.(at);
		if (key === undefined) return byFirst.get(rawOf(column.at(at), type));
		if (!known.has(key)) known.set(key, byFirst.get(rawOf(column.at(at), type)));
		return known.get(key);
	};
	const count = shown.table.numRows();
	const rows = rowsOf(shown.table);
	for (let from = 0; from < count; from += TEXT_CHUNK) {
		const to = Math.min(count, from + TEXT_CHUNK);
		for (let row = from; row < to; row++) {
			const at = rows ? (rows[row] ?? 0) : row;
			for (const { place, wanted: rest } of lookedAt(at) ?? []) {
				const told = found[place];
				if (!told || told.several) continue;
				if (!others.every((other, n) => rawOf(other.column.at(at), other.type) === rest[n]))
					continue;
				if (told.row === null) told.row = row;
				else told.several = true;
			}
		}
		yield to - from;
	}
}
