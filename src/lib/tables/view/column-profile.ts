/** What a column holds in some of its rows: counted exactly, however many they are. */
import type { Scalar } from '../../core/protocol/messages.ts';
import type {
	ColumnProfile,
	ColumnValues,
	TableSearch,
	ValueCount,
	Writing
} from '../../core/protocol/table-query.ts';
import { hasValue, type Column } from '../column.ts';
import { cellMatcher } from './cell-matcher.ts';
import { readNumbers, unitOf, type NumberColumn } from './column-numbers.ts';
import type { ColumnTexts, TextColumn } from './column-texts.ts';
import { needleOf } from './fold.ts';
import { radixSort } from './radix-sort.ts';
import { sortKeys } from './sort-keys.ts';
import { CHUNK, type Steps } from './steps.ts';
import { everyRow } from './table-view.ts';

const BINS = 24;
const TOP = 10;
/** Values listed to choose from. */
export const LISTED_VALUES = 200;

/** @param rows the rows to look at; all of them when null */
export function* profileColumn(
	column: Column,
	texts: ColumnTexts | null,
	rows: Uint32Array<ArrayBuffer> | null
): Steps<ColumnProfile> {
	const { name, type, valueType } = column;
	const count = rows ? rows.length : column.length;
	const base = { name, type, ...(valueType ? { valueType } : {}), rows: count };
	if (column.type === 'text' || column.type === 'boolean') {
		const counted = yield* countValues(column, texts, rows);
		const top = new MostFrequent(TOP);
		for (let code = 0; code < counted.counts.length; code++)
			top.offer(code, counted.counts[code] as number);
		return {
			...base,
			missing: counted.missing,
			distinct: top.distinct,
			spread: null,
			top: top.list(counted.valueOf)
		};
	}
	const sorted = yield* sortedValues(column, rows);
	const top = new MostFrequent(TOP);
	yield* eachRun(sorted, (value, times) => top.offer(value, times));
	const unit = unitOf(column);
	return {
		...base,
		missing: count - sorted.length,
		distinct: top.distinct,
		spread: sorted.length === 0 ? null : yield* spreadOf(sorted, unit),
		top: top.list((value) => value * unit)
	};
}

/** @param text what a value has to hold to be listed; '' for all of them */
export function* columnValues(
	column: Column,
	texts: ColumnTexts | null,
	rows: Uint32Array<ArrayBuffer> | null,
	text: string,
	writing: Writing
): Steps<ColumnValues> {
	const top = new MostFrequent(LISTED_VALUES);
	if (column.type === 'text' || column.type === 'boolean') {
		const counted = yield* countValues(column, texts, rows);
		const needle = needleOf(text, column.valueType);
		const holding = needle !== '' && texts ? yield* texts.holding(needle) : null;
		for (let code = 0; code < counted.counts.length; code++)
			if (!holding || holding[code] === 1) top.offer(code, counted.counts[code] as number);
		return {
			values: top.list(counted.valueOf),
			matching: top.distinct,
			missing: counted.missing
		};
	}
	const sorted = yield* sortedValues(column, rows);
	const unit = unitOf(column);
	const holds = text.trim() === '' ? () => true : valueMatcher(column, text, writing);
	yield* eachRun(sorted, (value, times) => {
		if (holds(value)) top.offer(value, times);
	});
	const count = rows ? rows.length : column.length;
	return {
		values: top.list((value) => value * unit),
		matching: top.distinct,
		missing: count - sorted.length
	};
}

/** Tells a value by a column of that value alone. */
function valueMatcher(
	column: NumberColumn,
	text: TableSearch['text'],
	writing: Writing
): (value: number) => boolean {
	const one = { name: '', length: 1, missing: 0, valid: null };
	const cell = new Float64Array(1);
	if (column.type === 'datetime') {
		const time = new BigInt64Array(1);
		const holds = cellMatcher({ ...one, type: 'datetime', values: time }, text, writing);
		return (value) => {
			time[0] = BigInt(value);
			return holds?.(0) ?? false;
		};
	}
	if (column.type === 'date') {
		const day = new Int32Array(1);
		const holds = cellMatcher({ ...one, type: 'date', values: day }, text, writing);
		return (value) => {
			day[0] = value;
			return holds?.(0) ?? false;
		};
	}
	const holds = cellMatcher({ ...one, type: 'number', values: cell }, text, writing);
	return (value) => {
		cell[0] = value;
		return holds?.(0) ?? false;
	};
}

interface Counted {
	/** Of each code: of a dictionary, or of no (0) and yes (1). */
	readonly counts: Uint32Array;
	readonly missing: number;
	readonly valueOf: (code: number) => Scalar;
}

function* countValues(
	column: TextColumn | Extract<Column, { type: 'boolean' }>,
	texts: ColumnTexts | null,
	rows: Uint32Array | null
): Steps<Counted> {
	const count = rows ? rows.length : column.length;
	const counts = new Uint32Array(column.type === 'text' ? (texts?.size ?? 0) : 2);
	let missing = 0;
	for (let from = 0; from < count; from += CHUNK) {
		const to = Math.min(count, from + CHUNK);
		for (let i = from; i < to; i++) {
			const row = rows ? (rows[i] as number) : i;
			if (!hasValue(column, row)) {
				missing++;
				continue;
			}
			const code =
				column.type === 'text'
					? (column.codes[row] as number)
					: ((column.values[row >> 3] as number) >> (row & 7)) & 1;
			counts[code] = (counts[code] as number) + 1;
		}
		yield to - from;
	}
	const valueOf = (code: number): Scalar =>
		column.type === 'boolean' ? code === 1 : (texts?.text(code) ?? '');
	return { counts, missing, valueOf };
}

/** The values there are, from the smallest to the largest. */
function* sortedValues(
	column: NumberColumn,
	rows: Uint32Array<ArrayBuffer> | null
): Steps<Float64Array> {
	const count = rows ? rows.length : column.length;
	const own = rows ? rows.slice() : yield* everyRow(count);
	const order = yield* radixSort(own, yield* sortKeys(column, null, rows, false));
	const sorted = new Float64Array(count);
	for (let from = 0; from < count; from += CHUNK) {
		const to = Math.min(count, from + CHUNK);
		readNumbers(column, order, from, to, sorted.subarray(from, to));
		yield to - from;
	}
	// What is missing came last.
	let low = 0;
	let high = count;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (Number.isNaN(sorted[middle])) high = middle;
		else low = middle + 1;
	}
	return sorted.subarray(0, low);
}

function* eachRun(sorted: Float64Array, tell: (value: number, times: number) => void): Steps<void> {
	let begin = 0;
	for (let from = 0; from < sorted.length; from += CHUNK) {
		const to = Math.min(sorted.length, from + CHUNK);
		for (let i = Math.max(1, from); i < to; i++)
			if (sorted[i] !== sorted[i - 1]) {
				tell(sorted[begin] as number, i - begin);
				begin = i;
			}
		yield to - from;
	}
	if (sorted.length > 0) tell(sorted[begin] as number, sorted.length - begin);
}

function* spreadOf(
	sorted: Float64Array,
	unit: number
): Steps<NonNullable<ColumnProfile['spread']>> {
	const at = (share: number): number =>
		(sorted[Math.floor((sorted.length - 1) * share)] as number) * unit;
	const min = sorted[0] as number;
	const max = sorted[sorted.length - 1] as number;
	const wide = max > min && Number.isFinite(max - min);
	const bins = new Array<number>(wide ? BINS : 1).fill(0);
	const scale = wide ? BINS / (max - min) : 0;
	let mean = 0;
	for (let from = 0; from < sorted.length; from += CHUNK) {
		const to = Math.min(sorted.length, from + CHUNK);
		for (let i = from; i < to; i++) {
			const value = sorted[i] as number;
			mean += (value - mean) / (i + 1);
			const bin = wide ? Math.min(BINS - 1, Math.floor((value - min) * scale)) : 0;
			bins[bin] = (bins[bin] as number) + 1;
		}
		yield to - from;
	}
	return {
		min: at(0),
		firstQuartile: at(0.25),
		median: at(0.5),
		thirdQuartile: at(0.75),
		max: at(1),
		mean: mean * unit,
		bins
	};
}

/** Keeps the values offered with the largest counts, the first offered where counts are equal. */
class MostFrequent {
	/** Values offered that are there at all. */
	distinct = 0;
	readonly #room: number;
	readonly #values: number[] = [];
	readonly #counts: number[] = [];

	constructor(room: number) {
		this.#room = room;
	}

	offer(value: number, count: number): void {
		if (count === 0) return;
		this.distinct++;
		const counts = this.#counts;
		if (counts.length === this.#room && count <= (counts.at(-1) as number)) return;
		let [low, high] = [0, counts.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((counts[middle] as number) >= count) low = middle + 1;
			else high = middle;
		}
		counts.splice(low, 0, count);
		this.#values.splice(low, 0, value);
		if (counts.length > this.#room) {
			counts.pop();
			this.#values.pop();
		}
	}

	list(valueOf: (value: number) => Scalar): ValueCount[] {
		return this.#values.map((value, i) => ({
			value: valueOf(value),
			count: this.#counts[i] as number
		}));
	}
}
