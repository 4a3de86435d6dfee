import { expect, it } from 'vitest';
import { integerColumn, numberColumn, textColumn } from '../column-of.ts';
import { countOutliers } from './outliers.ts';

const usual = Array.from({ length: 100 }, (_, i) => 40 + (i % 20));

it('values far beyond the quartiles are counted, on both sides', () => {
	expect(countOutliers(integerColumn('n', usual))).toBe(0);
	expect(countOutliers(integerColumn('n', [...usual, 99_999, -500, null]))).toBe(2);
	expect(countOutliers(numberColumn('x', [...usual, 84.9, 85.1 + 20]))).toBe(1);
});
it('infinite values are far; NaN is no value', () => {
	expect(countOutliers(numberColumn('x', [...usual, Infinity, NaN]))).toBe(1);
});
it('a long column is judged on evenly spaced values, and counted whole', () => {
	const long = Array.from({ length: 250_001 }, (_, i) => (i === 250_000 ? 1e9 : i % 50));
	expect(countOutliers(integerColumn('n', long))).toBe(1);
});
it('nothing is said of texts, of few values, or where most are equal', () => {
	expect(countOutliers(textColumn('t', ['a']))).toBeNull();
	expect(countOutliers(integerColumn('n', [1, 2, 3, 1000]))).toBeNull();
	expect(countOutliers(integerColumn('n', [...usual.map(() => 7), 1000]))).toBeNull();
});
