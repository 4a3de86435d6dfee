import { tableFromIPC } from 'apache-arrow';
import { fromArrow } from 'arquero';
import { describe, expect, it } from 'vitest';
import { encodeTable } from './arrow.ts';
import { checkArrow } from './check-arrow.ts';
import type { Column } from './column.ts';
import {
	booleanColumn,
	dateColumn,
	dateTimeColumn,
	integerColumn,
	numberColumn,
	textColumn
} from './column-of.ts';

const columns: Column[] = [
	textColumn('ville', ['Montréal', 'Québec', null, 'Montréal', '']),
	numberColumn('prix', [1234.56, -0.5, null, 1e300, 0]),
	integerColumn('entrées', [1, -2, null, 2147483647, -2147483648]),
	dateColumn('jour', ['2024-02-29', '1969-12-31', null, '1899-01-01', 0]),
	dateTimeColumn('achat', ['2024-03-10T19:30:00', '1969-12-31T23:59:59.999', null, 0, 1]),
	booleanColumn('membre', [true, false, null, false, true]),
	textColumn('__proto__', ['a', 'b', 'c', 'a', 'b']),
	integerColumn('constructor', [1, 2, 3, 4, 5])
];
const rows = [
	['Montréal', 1234.56, 1, '2024-02-29', '2024-03-10T19:30:00.000Z', true, 'a', 1],
	['Québec', -0.5, -2, '1969-12-31', '1969-12-31T23:59:59.999Z', false, 'b', 2],
	[null, null, null, null, null, null, 'c', 3],
	['Montréal', 1e300, 2147483647, '1899-01-01', '1970-01-01T00:00:00.000Z', false, 'a', 4],
	['', 0, -2147483648, '1970-01-01', '1970-01-01T00:00:00.001Z', true, 'b', 5]
];
const iso = (value: unknown, column: number): unknown => {
	if (value === null || (column !== 3 && column !== 4)) return value;
	const text = new Date(value as number | Date).toISOString();
	return column === 3 ? text.slice(0, 10) : text;
};

describe('encodeTable', () => {
	it('is read by apache-arrow, values and missing values alike', () => {
		const table = tableFromIPC(encodeTable(columns));
		expect(table.schema.fields.map((f) => f.name)).toEqual(columns.map((c) => c.name));
		expect(table.batches.length).toBe(1);
		expect(
			rows.map((_, r) => columns.map((_, c) => iso(table.getChildAt(c)?.get(r) ?? null, c)))
		).toEqual(rows);
	});

	it('is read by Arquero as notebooks read it', () => {
		// Arquero keeps its columns in a plain object: a column named __proto__ is lost there (import renames it).
		const known = columns.filter((column) => column.name !== '__proto__');
		const table = fromArrow(encodeTable(known));
		expect(table.columnNames()).toEqual(known.map((column) => column.name));
		expect(
			rows.map((_, r) => known.map((col, c) => iso(table.get(col.name, r) ?? null, c)))
		).toEqual(rows.map((row) => row.filter((_, c) => c !== 6)));
	});

	it('makes the same bytes of the same table', () => {
		expect(encodeTable(columns)).toEqual(encodeTable(columns));
	});

	it('writes a table without rows or without columns', () => {
		const none = tableFromIPC(encodeTable([textColumn('a', []), numberColumn('b', [])]));
		expect([none.numRows, none.numCols]).toEqual([0, 2]);
		expect(fromArrow(encodeTable([textColumn('a', [])])).numRows()).toBe(0);
	});

	it('writes a column in which everything is missing', () => {
		const table = fromArrow(
			encodeTable([textColumn('t', [null, null]), numberColumn('n', [null, null])])
		);
		expect([table.get('t', 1), table.get('n', 1)]).toEqual([null, null]);
	});

	it('refuses columns of different lengths', () => {
		expect(() => encodeTable([textColumn('a', ['x']), textColumn('b', [])])).toThrow(RangeError);
	});
});

describe('value types', () => {
	const typed = (valueType: string, column: Column): Column =>
		({ ...column, valueType }) as unknown as Column;
	const back = (column: Column) => checkArrow(encodeTable([column]))[0]?.valueType;

	it('come back beside the columns', () => {
		expect(back(typed('money', numberColumn('prix', [1, null])))).toBe('money');
		expect(back(typed('region', textColumn('région', ['Laval'])))).toBe('region');
		expect(back(numberColumn('prix', [1]))).toBeUndefined();
	});
	it('are not believed when they are unknown or of another storage', () => {
		for (const name of ['argent', 'region', '__proto__', 'toString', '', 'number'])
			expect(back(typed(name, numberColumn('prix', [1])))).toBeUndefined();
	});
});
