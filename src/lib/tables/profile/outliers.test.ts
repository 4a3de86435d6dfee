import { expect, it } from 'vitest';
import { integerColumn, numberColumn, textColumn } from '../column-of.ts';
import { countOutliers } from './outliers.ts';

const usual = Array.from({ length: 100 }, (_, i) => 40 + (i % 20));

it('values far beyond the quartiles are counted, on both sides', () => {
	expect(countOutliers(integerColumn('n', usual))).toBe(0);
	expect(countOutliers(integerColumn('n', [...usual, 99_999, -500, null]))).toBe(2);
	// From 44 to 54 half of them: 10 three times over, or as far again on the scale of logarithms, is 98.
	expect(countOutliers(numberColumn('x', [...usual, 96, 101]))).toBe(1);
	const signed = usual.map((value) => value - 50);
	expect(countOutliers(numberColumn('x', [...signed, 33, 36]))).toBe(1);
});
it('the long tail of counts and amounts is nothing strange', () => {
	const tail = Array.from({ length: 400 }, (_, i) => Math.round(5 * Math.exp((i % 40) / 8)));
	expect(countOutliers(integerColumn('n', tail))).toBe(0);
	expect(countOutliers(integerColumn('n', [...tail, 5_000_000]))).toBe(1);
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
