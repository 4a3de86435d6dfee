/**
 * A column of a cell's table as the views of `tables` read it: typed arrays, and each distinct text once. Made a
 * stretch of rows at a time, of the rows that the table shows, in their order.
 */
import type { ColumnInfo } from '../../core/protocol/messages.ts';
import { LIMITS } from '../../core/protocol/messages.ts';
import { MS_PER_DAY, type Column } from '../../tables/column.ts';
import { TEXT_CHUNK, type Steps } from '../../tables/view/steps.ts';
import { scalarOf } from './table-view.ts';

/** A column as Arquero gives it; of a dictionary, `key` tells equal values apart without reading them. */
export interface SourceColumn {
	readonly length: number;
	at(row: number): unknown;
	key?(row: number): number;
}

/** Asked before memory is taken. Throws what ends the work where there is not that much left. */
export type Spend = (bytes: number) => void;

interface Rows {
	readonly count: number;
	/** The source's row for each row shown; null: the same. */
	readonly of: Uint32Array | null;
}

type Base = Pick<Column, 'name' | 'valueType' | 'length' | 'missing' | 'valid'>;

/**
 * A value that is not of its column's type counts as missing, so does a NaN; of a column of no one type, values are
 * the texts that a grid shows for them.
 */
export function* madeColumn(
	info: ColumnInfo,
	source: SourceColumn,
	rows: Rows,
	spend: Spend
): Steps<Column> {
	switch (info.type) {
		case 'number':
		case 'integer':
			return yield* numbers(info, source, rows, spend);
		case 'date':
		case 'datetime':
			return yield* times(info, source, rows, spend);
		case 'boolean':
			return yield* booleans(info, source, rows, spend);
		default:
			return yield* texts(info, source, rows, spend);
	}
}

/** Which rows have a value. */
class Presence {
	missing = 0;
	readonly #bits: Uint8Array<ArrayBuffer>;

	constructor(count: number) {
		this.#bits = new Uint8Array((count + 7) >> 3).fill(255);
	}

	miss(row: number): void {
		this.missing++;
		this.#bits[row >> 3] = (this.#bits[row >> 3] as number) & ~(1 << (row & 7));
	}

	base({ name, valueType }: ColumnInfo, length: number): Base {
		const { missing } = this;
		const valid = missing > 0 ? this.#bits : null;
		return { name, ...(valueType ? { valueType } : {}), length, missing, valid };
	}
}

/** Goes through the rows, with pauses. */
function* eachRow({ count, of }: Rows, take: (row: number, from: number) => void): Steps<void> {
	for (let from = 0; from < count; from += TEXT_CHUNK) {
		const to = Math.min(count, from + TEXT_CHUNK);
		for (let row = from; row < to; row++) take(row, of ? (of[row] as number) : row);
		// Making a column is no part of the work that an arrangement says is ahead.
		yield 0;
	}
}

function* numbers(info: ColumnInfo, source: SourceColumn, rows: Rows, spend: Spend): Steps<Column> {
	const { count } = rows;
	const whole = source instanceof Float64Array && !rows.of && source.length === count;
	spend(count * (whole ? 1 / 8 : 8 + 1 / 8));
	// Read where it is: nothing here writes in it.
	const values = whole ? (source as Float64Array<ArrayBuffer>) : new Float64Array(count);
	const present = new Presence(count);
	yield* eachRow(rows, (row, from) => {
		const value = source.at(from);
		const number = typeof value === 'bigint' ? Number(value) : value;
		if (typeof number !== 'number' || Number.isNaN(number)) present.miss(row);
		else if (!whole) values[row] = number;
	});
	return { ...present.base(info, count), type: 'number', values };
}

function* times(info: ColumnInfo, source: SourceColumn, rows: Rows, spend: Spend): Steps<Column> {
	const { count } = rows;
	spend(count * (8 + 8 + 1 / 8));
	const ms = new Float64Array(count);
	const present = new Presence(count);
	let days = true;
	yield* eachRow(rows, (row, from) => {
		const value = source.at(from);
		const time = value instanceof Date ? +value : NaN;
		if (Number.isNaN(time)) return present.miss(row);
		ms[row] = time;
		days &&= time % MS_PER_DAY === 0;
	});
	const base = present.base(info, count);
	if (days) {
		const values = new Int32Array(count);
		yield* eachRow(rows, (row) => (values[row] = (ms[row] as number) / MS_PER_DAY));
		return { ...base, type: 'date', values };
	}
	const values = new BigInt64Array(count);
	// Two words a time: ten million big integers would be as many objects.
	const words = new Int32Array(values.buffer);
	yield* eachRow(rows, (row) => {
		const time = ms[row] as number;
		const high = Math.floor(time / 4_294_967_296);
		words[row * 2] = time - high * 4_294_967_296;
		words[row * 2 + 1] = high;
	});
	return { ...base, type: 'datetime', values };
}

function* booleans(
	info: ColumnInfo,
	source: SourceColumn,
	rows: Rows,
	spend: Spend
): Steps<Column> {
	const { count } = rows;
	spend(count / 4);
	const values = new Uint8Array((count + 7) >> 3);
	const present = new Presence(count);
	yield* eachRow(rows, (row, from) => {
		const value = source.at(from);
		if (typeof value !== 'boolean') present.miss(row);
		else if (value) values[row >> 3] = (values[row >> 3] as number) | (1 << (row & 7));
	});
	return { ...present.base(info, count), type: 'boolean', values };
}

function* texts(info: ColumnInfo, source: SourceColumn, rows: Rows, spend: Spend): Steps<Column> {
	const { count } = rows;
	spend(count * (4 + 1 / 8));
	const codes = new Int32Array(count);
	const present = new Presence(count);
	const dictionary = new GrowingDictionary(spend);
	const code = (value: unknown): number => {
		const shown = scalarOf(value);
		return shown === null ? -1 : dictionary.code(String(shown));
	};
	// Codes by the source's own keys, where it has some: each text is then read once.
	const known = new Map<number, number>();
	const keyed = (row: number): number => {
		const key = source.key?.(row);
		if (key === undefined) return code(source.at(row));
		let found = known.get(key);
		if (found === undefined) known.set(key, (found = code(source.at(row))));
		return found;
	};
	yield* eachRow(rows, (row, from) => {
		const found = keyed(from);
		if (found < 0) present.miss(row);
		else codes[row] = found;
	});
	return { ...present.base(info, count), type: 'text', codes, dictionary: dictionary.done() };
}

/** What a text and its place in a map take, beside its bytes. */
const TEXT_COST = 48;

class GrowingDictionary {
	readonly #spend: Spend;
	readonly #encoder = new TextEncoder();
	readonly #codes = new Map<string, number>();
	#offsets = new Int32Array(256);
	#bytes = new Uint8Array(4_096);
	#end = 0;

	constructor(spend: Spend) {
		this.#spend = spend;
	}

	code(text: string): number {
		const found = this.#codes.get(text);
		if (found !== undefined) return found;
		const code = this.#codes.size;
		// A UTF-16 unit takes three bytes at most.
		const room = this.#end + text.length * 3;
		if (room > this.#bytes.length) this.#bytes = grown(this.#bytes, room);
		if (code + 2 > this.#offsets.length) {
			const offsets = new Int32Array(this.#offsets.length * 2);
			offsets.set(this.#offsets);
			this.#offsets = offsets;
		}
		const { written } = this.#encoder.encodeInto(text, this.#bytes.subarray(this.#end));
		this.#spend(written * 2 + text.length * 2 + TEXT_COST);
		this.#end += written;
		this.#offsets[code + 1] = this.#end;
		this.#codes.set(text, code);
		return code;
	}

	done(): Extract<Column, { type: 'text' }>['dictionary'] {
		return {
			offsets: this.#offsets.slice(0, this.#codes.size + 1),
			bytes: this.#bytes.slice(0, this.#end)
		};
	}
}

/** Texts are cut where grids cut them, so that doubling is bounded by what was spent. */
function grown(bytes: Uint8Array<ArrayBuffer>, room: number): Uint8Array<ArrayBuffer> {
	const larger = new Uint8Array(Math.max(room + LIMITS.textChars, bytes.length * 2));
	larger.set(bytes);
	return larger;
}
