/** A small portrait of each column: what is missing, its range, how its values are spread, the most frequent ones. */
import type { ColumnSummary, TableSummary } from '../../core/protocol/messages.ts';
import { dictionaryReader, dictionarySize, hasValue, MS_PER_DAY, type Column } from '../column.ts';
import { readNumbers, type NumberColumn } from '../view/column-numbers.ts';
import { CHUNK, finish, type Steps } from '../view/steps.ts';

const BINS = 16;
const TOP = 5;
const DISTINCT = 1_000;

export const summarise = (columns: readonly Column[]): TableSummary =>
	finish(summarySteps(columns));

/** The same, a stretch of rows at a time. */
export function* summarySteps(columns: readonly Column[]): Steps<TableSummary> {
	const summaries: ColumnSummary[] = [];
	for (const column of columns) summaries.push(yield* summaryOf(column));
	return { rows: columns[0]?.length ?? 0, columns: summaries };
}

function* summaryOf(column: Column): Steps<ColumnSummary> {
	const { name, type, valueType, missing } = column;
	const base = {
		...{ name, type, ...(valueType ? { valueType } : {}), missing },
		...{ min: null, max: null, mean: null, bins: [], top: [] }
	};
	const { length } = column;
	switch (column.type) {
		case 'text': {
			const counts = new Int32Array(dictionarySize(column.dictionary));
			for (let from = 0; from < length; from += CHUNK) {
				const to = Math.min(length, from + CHUNK);
				for (let row = from; row < to; row++)
					if (hasValue(column, row)) {
						const code = column.codes[row] as number;
						counts[code] = (counts[code] as number) + 1;
					}
				yield to - from;
			}
			const read = dictionaryReader(column.dictionary);
			const best = mostFrequent(counts);
			return {
				...base,
				distinct: counts.length > DISTINCT ? null : counts.length,
				bins: best.map((code) => counts[code] as number),
				top: best.map((code) => read(code).slice(0, 100))
			};
		}
		case 'boolean': {
			let yes = 0;
			for (let from = 0; from < length; from += CHUNK) {
				const to = Math.min(length, from + CHUNK);
				for (let row = from; row < to; row++)
					if (hasValue(column, row) && ((column.values[row >> 3] as number) >> (row & 7)) & 1)
						yes++;
				yield to - from;
			}
			const no = length - missing - yes;
			return {
				...base,
				distinct: Number(yes > 0) + Number(no > 0),
				bins: [yes, no],
				top: ['true', 'false']
			};
		}
		default:
			return { ...base, ...(yield* spread(column)) };
	}
}

/** Codes of the most frequent texts, the most frequent first. */
function mostFrequent(counts: Int32Array): number[] {
	const best: number[] = [];
	for (let code = 0; code < counts.length; code++) {
		const count = counts[code] as number;
		if (best.length === TOP && count <= (counts[best[TOP - 1] as number] as number)) continue;
		let at = best.length;
		while (at > 0 && (counts[best[at - 1] as number] as number) < count) at--;
		best.splice(at, 0, code);
		best.length = Math.min(best.length, TOP);
	}
	return best;
}

type Spread = Pick<ColumnSummary, 'distinct' | 'min' | 'max' | 'mean' | 'bins'>;

function* spread(column: NumberColumn): Steps<Spread> {
	const { length } = column;
	const numbers = new Float64Array(CHUNK);
	let min = Infinity;
	let max = -Infinity;
	let mean = 0;
	let count = 0;
	const seen = new Set<number>();
	for (let from = 0; from < length; from += CHUNK) {
		const to = Math.min(length, from + CHUNK);
		readNumbers(column, null, from, to, numbers);
		for (let i = 0; i < to - from; i++) {
			const value = numbers[i] as number;
			if (!Number.isFinite(value)) continue;
			if (value < min) min = value;
			if (value > max) max = value;
			mean += (value - mean) / ++count;
			if (seen.size <= DISTINCT) seen.add(value);
		}
		yield to - from;
	}
	if (count === 0) return { distinct: 0, min: null, max: null, mean: null, bins: [] };
	const bins = Array.from({ length: max > min ? BINS : 1 }, () => 0);
	const scale = max > min ? BINS / (max - min) : 0;
	for (let from = 0; from < length; from += CHUNK) {
		const to = Math.min(length, from + CHUNK);
		readNumbers(column, null, from, to, numbers);
		for (let i = 0; i < to - from; i++) {
			const value = numbers[i] as number;
			if (!Number.isFinite(value)) continue;
			const bin = Math.min(bins.length - 1, Math.floor((value - min) * scale));
			bins[bin] = (bins[bin] as number) + 1;
		}
		yield to - from;
	}
	const unit = column.type === 'date' ? MS_PER_DAY : 1;
	return {
		distinct: seen.size > DISTINCT ? null : seen.size,
		min: min * unit,
		max: max * unit,
		mean: mean * unit,
		bins
	};
}
