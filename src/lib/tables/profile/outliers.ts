/**
 * Numbers far from where most are: beyond the quartiles by three times the distance between them (Tukey's outer
 * fences). Counts and amounts have a long tail that is nothing strange, so where none is negative a value must be far
 * on the scale of its logarithm as well.
 */
import { hasValue, type Column } from '../column.ts';

/** Values that the quartiles are taken from; of a longer column, evenly spaced ones. */
const SAMPLE = 100_000;
/** Fewer values say nothing of what is usual. */
const LEAST = 20;
const REACH = 3;

/** @returns how many there are; null where the column holds no numbers, too few, or so many equal ones that none is far */
export function countOutliers(column: Column): number | null {
	if (column.type !== 'number' && column.type !== 'integer') return null;
	const { values, length } = column;
	const step = Math.max(1, Math.floor(length / SAMPLE));
	const sample: number[] = [];
	for (let row = 0; row < length; row += step) {
		const value = values[row] as number;
		if (hasValue(column, row) && Number.isFinite(value)) sample.push(value);
	}
	if (sample.length < LEAST) return null;
	const sorted = Float64Array.from(sample).sort();
	const low = sorted[Math.floor(sorted.length * 0.25)] as number;
	const high = sorted[Math.floor(sorted.length * 0.75)] as number;
	if (high === low) return null;
	let least = low - REACH * (high - low);
	let most = high + REACH * (high - low);
	if ((sorted[0] as number) >= 0) {
		const reach = REACH * (Math.log1p(high) - Math.log1p(low));
		least = Math.min(least, Math.expm1(Math.log1p(low) - reach));
		most = Math.max(most, Math.expm1(Math.log1p(high) + reach));
	}
	let count = 0;
	for (let row = 0; row < length; row++) {
		const value = values[row] as number;
		if ((value < least || value > most) && hasValue(column, row)) count++;
	}
	return count;
}
