import * as aq from 'arquero';
import { expect, test } from 'vitest';
import { encodeTable } from '../../tables/arrow.ts';
import { numberColumn, textColumn } from '../../tables/column-of.ts';
import { readArrow } from './arrow.ts';
import { columnsOf, summaryOf } from './table-view.ts';

const LENGTH = 50_000;
const rows = Array.from({ length: LENGTH }, (_, i) => i);

test('a type is read from the rows that a filter kept, and from no other', () => {
	const table = aq
		.table({ odd: rows.map((i) => i % 2), value: rows.map((i) => (i % 2 ? i / 2 : 'pair')) })
		.filter((d: { odd: number }) => d.odd === 1);
	expect(columnsOf(table)).toEqual([
		{ name: 'odd', type: 'integer' },
		{ name: 'value', type: 'number' }
	]);
});

test('where the first rows are missing, the ones further on tell', () => {
	const table = aq.table({ keep: rows, late: rows.map((i) => (i < 30_000 ? null : 'texte')) });
	expect(columnsOf(table)[1]).toEqual({ name: 'late', type: 'text' });
	const some = table.filter((d: { keep: number }) => d.keep % 3 === 0);
	expect(columnsOf(some)[1]).toEqual({ name: 'late', type: 'text' });
});

test('a table without a row, or without a value, has columns of other types', () => {
	const none = aq.table({ a: [1, 2] }).filter((d: { a: number }) => d.a > 5);
	expect(columnsOf(none)).toEqual([{ name: 'a', type: 'other' }]);
	expect(columnsOf(aq.table({ a: [null, undefined] }))).toEqual([{ name: 'a', type: 'other' }]);
});

test('to be described, a table is not sorted nor its rows listed', () => {
	const table = aq
		.table({ a: rows })
		.filter((d: { a: number }) => d.a > 10)
		.orderby('a');
	const index = Object.getOwnPropertyDescriptor(table, '_index')?.value as unknown;
	columnsOf(table);
	expect(Object.getOwnPropertyDescriptor(table, '_index')?.value).toBe(index);
});

test('what a file says of its columns goes with them, and not with what is computed from them', () => {
	const bytes = encodeTable([
		{ ...numberColumn('prix', [12.5, 3, 4]), valueType: 'money' },
		{ ...numberColumn('rabais', [1, null, 3]), valueType: 'percent' },
		{ ...textColumn('region', ['Estrie', 'Laval', 'Estrie']), valueType: 'region' },
		numberColumn('note', [1, 2, 3]),
		// Says what it cannot be.
		{ ...textColumn('faux', ['a', 'b', 'c']), valueType: 'money' }
	]);
	const table = readArrow(bytes.slice().buffer);
	const kinds = (of: typeof table): unknown => columnsOf(of).map((c) => [c.name, c.valueType]);
	const all = [
		['prix', 'money'],
		['rabais', 'percent'],
		['region', 'region'],
		['note', undefined],
		['faux', undefined]
	];
	expect(kinds(table)).toEqual(all);
	expect(kinds(table.create({}))).toEqual(all);
	expect(summaryOf(table).columns.map(({ valueType }) => valueType)).toEqual(
		all.map(([, valueType]) => valueType)
	);
	const kept = table
		.filter((d: { note: number }) => d.note > 1)
		.orderby('prix')
		.select('region', { prix: 'cout' });
	expect(kinds(kept)).toEqual([
		['region', 'region'],
		['cout', 'money']
	]);
	const computed = table.derive({ prix: (d: { prix: number }) => d.prix / 2 });
	expect(columnsOf(computed)[0]).toEqual({ name: 'prix', type: 'number' });
	const grouped = table.groupby('region').count();
	expect(columnsOf(grouped)).toEqual([
		{ name: 'region', type: 'text' },
		{ name: 'count', type: 'integer' }
	]);
});
