import { expect, it } from 'vitest';
import type { Column } from '../column.ts';
import { dateTimeColumn, numberColumn } from '../column-of.ts';
import { cellMatcher } from './cell-matcher.ts';

const matcher = (column: Column, text: string) =>
	column.type === 'text' ? null : cellMatcher(column, text, WRITING);

const WRITING = { yes: 'Oui', no: 'Non', decimal: ',' } as const;

it('tells by arithmetic what a number’s text would tell', () => {
	const numbers = [
		...[0, 7, 10, 12, 105, 1204, 2024, 20_240, 999_999_999, 2_147_483_647, 3e9, 1e21],
		...[0.5, 0.05, 12.5, 12.05, 112.51, 50.5, 2024.2, 99.99, 1 / 3, 0.1 + 0.2, 1e-7]
	].flatMap((value) => [value, -value]);
	const column = numberColumn('n', numbers);
	const needles = [
		...['0', '00', '5', '05', '50', '12', '2024', '024', '204', '99', '-1', '-0', '1.', '.5'],
		...['.05', '12.5', '12.50', '12.500', '2.5', '0.0', '24.2', '.', '333', '2024.00', '10.0']
	];
	for (const needle of needles) {
		const holds = matcher(column, needle.replace('.', ','));
		if (!/\d/.test(needle)) {
			expect(holds).toBeNull();
			continue;
		}
		for (const [row, value] of numbers.entries()) {
			const text = String(value);
			const point = text.indexOf('.');
			const written =
				point < 0
					? `${text}${needle.includes('.') ? '.00' : ''}`
					: point === text.length - 2
						? `${text}0`
						: text;
			expect(holds?.(row), `${needle} in ${value}`).toBe(written.includes(needle));
		}
	}
});

it('finds a time by its day, its hour, or both', () => {
	const column = dateTimeColumn('t', ['2025-03-09T19:30', '1969-12-31T23:05', '2025-03-09T09:19']);
	const found = (text: string) => [0, 1, 2].filter((row) => matcher(column, text)?.(row));
	expect(found('2025-03-09')).toEqual([0, 2]);
	expect(found('19 h 30')).toEqual([0]);
	expect(found('23:05')).toEqual([1]);
	expect(found('09 19 h')).toEqual([0]);
	expect(found('31 23:0')).toEqual([1]);
	expect(matcher(column, 'mars')).toBeNull();
});
