import { describe, expect, it } from 'vitest';
import { cellReader, type Column } from '../column.ts';
import {
	booleanColumn,
	dateColumn,
	integerColumn,
	numberColumn,
	textColumn
} from '../column-of.ts';
import { countDuplicateRows } from './duplicate-rows.ts';

/** As anyone would count them: by the text of each row. */
function naive(columns: readonly Column[]): number {
	const cells = columns.map(cellReader);
	const seen = new Set<string>();
	for (let row = 0; row < (columns[0]?.length ?? 0); row++)
		seen.add(JSON.stringify(cells.map((cell) => [typeof cell(row), String(cell(row))])));
	return (columns[0]?.length ?? 0) - seen.size;
}

describe('duplicate rows', () => {
	it('are those equal in every column', () => {
		expect(
			countDuplicateRows([
				textColumn('ville', ['Alma', 'Alma', 'Alma', 'Amos', null, null]),
				integerColumn('n', [1, 1, 2, 1, 0, 0])
			])
		).toBe(2);
	});
	it('a missing value is no zero, no false and no empty text', () => {
		expect(countDuplicateRows([integerColumn('n', [0, null])])).toBe(0);
		expect(countDuplicateRows([booleanColumn('b', [false, null])])).toBe(0);
		expect(countDuplicateRows([textColumn('t', ['', null])])).toBe(0);
		// What stands for a missing value in the hash is a value like any other.
		expect(countDuplicateRows([integerColumn('n', [0x7fed, null])])).toBe(0);
	});
	it('-0 is 0 and NaN is NaN', () => {
		expect(countDuplicateRows([numberColumn('x', [0, -0, NaN, NaN, 1])])).toBe(2);
	});
	it('an empty table has none', () => {
		expect(countDuplicateRows([])).toBe(0);
		expect(countDuplicateRows([textColumn('t', [])])).toBe(0);
	});
	it('as many as a plain count finds, on random tables', () => {
		let seed = 11;
		const random = (below: number): number => {
			seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
			return (seed >> 8) % below;
		};
		for (let table = 0; table < 60; table++) {
			const rows = random(400);
			const of = <T>(make: () => T): (T | null)[] =>
				Array.from({ length: rows }, () => (random(9) === 0 ? null : make()));
			const columns = [
				textColumn(
					't',
					of(() => 'abc'.charAt(random(3)))
				),
				numberColumn(
					'x',
					of(() => random(4) / 2)
				),
				dateColumn(
					'd',
					of(() => `2024-01-0${1 + random(3)}`)
				),
				booleanColumn(
					'b',
					of(() => random(2) === 1)
				)
			].slice(random(3));
			expect(countDuplicateRows(columns)).toBe(naive(columns));
		}
	});
});
