/** A small portrait of each column: what is missing, its range, how its values are spread, the most frequent ones. */
import type { ColumnSummary, TableSummary } from '../../core/protocol/messages.ts';
import { dictionaryReader, dictionarySize, hasValue, MS_PER_DAY, type Column } from '../column.ts';

const BINS = 16;
const TOP = 5;
const DISTINCT = 1_000;

export const summarise = (columns: readonly Column[]): TableSummary => ({
	rows: columns[0]?.length ?? 0,
	columns: columns.map(summaryOf)
});

function summaryOf(column: Column): ColumnSummary {
	const { name, type, missing } = column;
	const base = { name, type, missing, min: null, max: null, mean: null, bins: [], top: [] };
	switch (column.type) {
		case 'text': {
			const counts = new Int32Array(dictionarySize(column.dictionary));
			for (let row = 0; row < column.length; row++)
				if (hasValue(column, row)) {
					const code = column.codes[row] as number;
					counts[code] = (counts[code] as number) + 1;
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
			for (let row = 0; row < column.length; row++)
				if (hasValue(column, row) && ((column.values[row >> 3] as number) >> (row & 7)) & 1) yes++;
			const no = column.length - missing - yes;
			return {
				...base,
				distinct: Number(yes > 0) + Number(no > 0),
				bins: [yes, no],
				top: ['true', 'false']
			};
		}
		default:
			return { ...base, ...spread(column) };
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

function spread(column: Exclude<Column, { type: 'text' | 'boolean' }>): Spread {
	const { values, length } = column;
	// BigInts are made numbers once; they are milliseconds, far below 2^53.
	const numbers = values instanceof BigInt64Array ? Float64Array.from(values, Number) : values;
	let min = Infinity;
	let max = -Infinity;
	let mean = 0;
	let count = 0;
	const seen = new Set<number>();
	for (let row = 0; row < length; row++) {
		if (!hasValue(column, row)) continue;
		const value = numbers[row] as number;
		if (!Number.isFinite(value)) continue;
		if (value < min) min = value;
		if (value > max) max = value;
		mean += (value - mean) / ++count;
		if (seen.size <= DISTINCT) seen.add(value);
	}
	if (count === 0) return { distinct: 0, min: null, max: null, mean: null, bins: [] };
	const bins = Array.from({ length: max > min ? BINS : 1 }, () => 0);
	const scale = max > min ? BINS / (max - min) : 0;
	for (let row = 0; row < length; row++) {
		const value = numbers[row] as number;
		if (!hasValue(column, row) || !Number.isFinite(value)) continue;
		const bin = Math.min(bins.length - 1, Math.floor((value - min) * scale));
		bins[bin] = (bins[bin] ?? 0) + 1;
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
