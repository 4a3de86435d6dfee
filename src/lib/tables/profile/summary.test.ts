import { describe, expect, it } from 'vitest';
import {
	booleanColumn,
	dateColumn,
	integerColumn,
	numberColumn,
	textColumn
} from '../column-of.ts';
import { summarise } from './summary.ts';
import { windowReader } from '../window.ts';

const columns = [
	textColumn('ville', ['a', 'b', null, 'b', 'c', 'b', 'c', 'd', 'e', 'f']),
	integerColumn('n', [0, 1, 2, 3, 4, 5, 6, 7, null, 16]),
	dateColumn('jour', ['2024-01-01', '2024-01-17', ...Array.from({ length: 8 }, () => null)]),
	booleanColumn('oui', [true, false, null, true, true, true, true, true, true, true]),
	numberColumn('x', [1, 1, 1, 1, 1, 1, 1, 1, NaN, null])
];

describe('summaries', () => {
	const { rows, columns: found } = summarise(columns);
	it('count, range and spread', () => {
		expect(rows).toBe(10);
		expect(found[0]).toMatchObject({
			missing: 1,
			distinct: 6,
			top: ['b', 'c', 'a', 'd', 'e'],
			bins: [3, 2, 1, 1, 1]
		});
		expect(found[1]).toMatchObject({ missing: 1, distinct: 9, min: 0, max: 16, mean: 44 / 9 });
		expect(found[1]?.bins).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1]);
		expect(found[2]).toMatchObject({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2024, 0, 17) });
		expect(found[3]).toMatchObject({ missing: 1, bins: [8, 1] });
		expect(found[4]).toMatchObject({ distinct: 1, min: 1, max: 1, bins: [8] });
	});
	it('of an empty table', () => {
		expect(
			summarise([numberColumn('x', []), textColumn('t', [])]).columns.map((c) => [c.bins, c.min])
		).toEqual([
			[[], null],
			[[], null]
		]);
	});
});

describe('windows', () => {
	const read = windowReader(columns);
	it('give the rows and columns asked for, within what is there', () => {
		expect(read(1, 2, ['n', 'ville'])).toEqual({
			offset: 1,
			columns: [
				[1, 2],
				['b', null]
			]
		});
		expect(read(9, 5, ['n'])).toEqual({ offset: 9, columns: [[16]] });
		expect(read(50, 5, ['n'])).toEqual({ offset: 10, columns: [[]] });
		expect(read(-3, 1, ['absent', 'n'])).toEqual({ offset: 0, columns: [[null], [0]] });
		expect(read(0, 1e9, null).columns.map((c) => c.length)).toEqual([10, 10, 10, 10, 10]);
	});
});
