/**
 * What rows are sorted by: whole numbers without a sign, 32 bits where that is enough and twice 32 where it is not.
 * Whatever the column and the direction, a smaller key comes first, and missing values have the largest.
 */
import type { ColumnTexts, TextColumn } from './column-texts.ts';
import { readNumbers, type NumberColumn } from './column-numbers.ts';
import type { Column } from '../column.ts';
import { CHUNK, type Steps } from './steps.ts';

/** Keys in the order of the rows they were made for. */
export interface SortKeys {
	readonly low: Uint32Array<ArrayBuffer>;
	/** Bits of `low` that are used. */
	readonly bits: number;
	/** The upper 32 bits; null where `low` says it all. */
	readonly high: Uint32Array<ArrayBuffer> | null;
}

const LARGEST = 0xffffffff;

/** @param rows the rows to make keys for, all of the column's when null */
export function* sortKeys(
	column: Column,
	texts: ColumnTexts | null,
	rows: Uint32Array | null,
	descending: boolean
): Steps<SortKeys> {
	const count = rows ? rows.length : column.length;
	if (column.type === 'boolean') return yield* booleanKeys(column, rows, count, descending);
	if (column.type === 'text') {
		if (!texts) throw new RangeError('a text column without its texts');
		return yield* textKeys(column, yield* texts.ranks(), rows, count, descending);
	}
	return yield* numberKeys(column, rows, count, descending);
}

const bitsOf = (largest: number): number => 32 - Math.clz32(largest);

function* textKeys(
	column: TextColumn,
	ranks: Uint32Array,
	rows: Uint32Array | null,
	count: number,
	descending: boolean
): Steps<SortKeys> {
	let last = 0;
	for (const rank of ranks) if (rank > last) last = rank;
	const missing = last + 1;
	const keyed = descending ? ranks.map((rank) => last - rank) : ranks;
	const low = new Uint32Array(count);
	const { codes, valid } = column;
	for (let from = 0; from < count; from += CHUNK) {
		const to = Math.min(count, from + CHUNK);
		for (let i = from; i < to; i++) {
			const row = rows ? (rows[i] as number) : i;
			low[i] =
				valid && (((valid[row >> 3] as number) >> (row & 7)) & 1) === 0
					? missing
					: (keyed[codes[row] as number] as number);
		}
		yield to - from;
	}
	return { low, bits: bitsOf(missing), high: null };
}

function* booleanKeys(
	{ values, valid }: Extract<Column, { type: 'boolean' }>,
	rows: Uint32Array | null,
	count: number,
	descending: boolean
): Steps<SortKeys> {
	const low = new Uint32Array(count);
	const flip = descending ? 1 : 0;
	for (let from = 0; from < count; from += CHUNK) {
		const to = Math.min(count, from + CHUNK);
		for (let i = from; i < to; i++) {
			const row = rows ? (rows[i] as number) : i;
			const there = !valid || (((valid[row >> 3] as number) >> (row & 7)) & 1) === 1;
			low[i] = there ? (((values[row >> 3] as number) >> (row & 7)) & 1) ^ flip : 2;
		}
		yield to - from;
	}
	return { low, bits: 2, high: null };
}

/**
 * Numbers that are multiples of one step (a cent, a minute) are sorted by how many steps they are, which takes half
 * the passes of a sort on all their bits. `n / 100 === value` for each value proves that nothing is lost.
 */
interface Scale {
	readonly times: number;
	readonly over: number;
}
const SCALES: Record<NumberColumn['type'], readonly Scale[]> = {
	integer: [{ times: 1, over: 1 }],
	date: [{ times: 1, over: 1 }],
	number: [
		{ times: 1, over: 1 },
		{ times: 100, over: 1 }
	],
	datetime: [
		{ times: 1, over: 60_000 },
		{ times: 1, over: 1_000 }
	]
};

function* numberKeys(
	column: NumberColumn,
	rows: Uint32Array | null,
	count: number,
	descending: boolean
): Steps<SortKeys> {
	const numbers = new Float64Array(CHUNK);
	for (const scale of SCALES[column.type]) {
		const ends = yield* endsOf(column, rows, count, scale, numbers);
		if (!ends) continue;
		const { min, max } = ends;
		const range = max - min;
		if (!(range < LARGEST)) continue;
		const low = new Uint32Array(count);
		const missing = range + 1;
		for (let from = 0; from < count; from += CHUNK) {
			const to = Math.min(count, from + CHUNK);
			readNumbers(column, rows, from, to, numbers);
			for (let i = from; i < to; i++) {
				const value = numbers[i - from] as number;
				const steps = Math.round((value * scale.times) / scale.over);
				// NaN is unlike itself.
				low[i] = value !== value ? missing : descending ? max - steps : steps - min;
			}
			yield to - from;
		}
		return { low, bits: bitsOf(missing), high: null };
	}
	return yield* floatKeys(column, rows, count, descending);
}

/** The fewest and the most steps; null when a value is no multiple of the step. */
function* endsOf(
	column: NumberColumn,
	rows: Uint32Array | null,
	count: number,
	{ times, over }: Scale,
	numbers: Float64Array
): Steps<{ min: number; max: number } | null> {
	let min = Infinity;
	let max = -Infinity;
	for (let from = 0; from < count; from += CHUNK) {
		const to = Math.min(count, from + CHUNK);
		readNumbers(column, rows, from, to, numbers);
		for (let i = 0; i < to - from; i++) {
			const value = numbers[i] as number;
			if (value !== value) continue;
			const steps = Math.round((value * times) / over);
			if ((steps * over) / times !== value) return null;
			if (steps < min) min = steps;
			if (steps > max) max = steps;
		}
		yield to - from;
	}
	return min <= max ? { min, max } : { min: 0, max: 0 };
}

/** All the bits of a number, so turned that they are in order as whole numbers. */
function* floatKeys(
	column: NumberColumn,
	rows: Uint32Array | null,
	count: number,
	descending: boolean
): Steps<SortKeys> {
	const low = new Uint32Array(count);
	const high = new Uint32Array(count);
	const numbers = new Float64Array(CHUNK);
	const words = new Uint32Array(numbers.buffer);
	for (let from = 0; from < count; from += CHUNK) {
		const to = Math.min(count, from + CHUNK);
		readNumbers(column, rows, from, to, numbers);
		for (let i = from; i < to; i++) {
			const value = numbers[i - from] as number;
			if (value !== value) {
				low[i] = high[i] = LARGEST;
				continue;
			}
			// -0 is 0.
			numbers[i - from] = value + 0;
			const lower = words[(i - from) * 2] as number;
			const upper = words[(i - from) * 2 + 1] as number;
			const negative = upper >>> 31 === 1;
			const turned = negative ? ~upper : upper ^ 0x80000000;
			low[i] = negative !== descending ? ~lower : lower;
			high[i] = descending ? ~turned : turned;
		}
		yield to - from;
	}
	return { low, bits: 32, high };
}
