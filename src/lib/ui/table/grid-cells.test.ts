import { expect, it } from 'vitest';
import { valueText } from './column-words';
import { cellFormat, decimalsOf, rangeText } from './format';
import {
	bodyHeightOf,
	contentWidth,
	fitWidths,
	ROW_HEIGHT,
	type ColumnContent
} from './grid-cells';

const column = (name: string, numeric: boolean, ...texts: string[]): ColumnContent => ({
	name,
	numeric,
	texts,
	range: '',
	sketched: false
});
const total = (widths: readonly number[]): number => widths.reduce((a, b) => a + b, 0);

it('fits a table of two short columns in a phone', () => {
	const columns = [
		{ ...column('public', false, 'Aîné', 'Jeune public'), sketched: true },
		{ ...column('entrees', true, '12 645', '3 210'), range: '3 210 – 12 645', sketched: true }
	];
	const widths = fitWidths(columns, 270);
	expect(total(widths)).toBeLessThanOrEqual(270);
	expect(widths).toEqual(columns.map(contentWidth));
});

it('cuts no number and no range of dates, however narrow the page', () => {
	const columns = [
		column('montant', true, '1 234 567 890,25'),
		{ ...column('date', true, '2025-01-01'), range: '2025-01-01 – 2025-12-31' }
	];
	const [amount = 0, date = 0] = fitWidths(columns, 100);
	expect(amount).toBeGreaterThanOrEqual(16 * 8 + 16);
	expect(date).toBeGreaterThanOrEqual(23 * 7 + 16);
});

it('gives a long text the room that is left, and no more than it needs', () => {
	const long = column('spectacle', false, 'x'.repeat(60));
	const number = column('n', true, '12');
	const wide = fitWidths([long, number], 900);
	expect(wide[0]).toBe(contentWidth(long));
	const tight = fitWidths([long, number], 400);
	expect(total(tight)).toBe(400);
	expect(fitWidths([long, number], 200)[0]).toBe(240);
	const both = fitWidths([long, column('note', false, 'y'.repeat(35))], 700);
	expect(both[1]).toBe(contentWidth(column('note', false, 'y'.repeat(35))));
	expect(total(both)).toBe(700);
});

it('writes the numbers of a column with the same decimals', () => {
	const values = [240.6, 11.89, 0, null, undefined];
	expect(decimalsOf(values)).toBe(2);
	const format = cellFormat('number', decimalsOf(values));
	expect([240.6, 11.89, 0].map(format)).toEqual(['240,60', '11,89', '0,00']);
	expect(decimalsOf([0.1 + 0.2])).toBe(1);
	expect(decimalsOf([1 / 3, 0.5])).toBe(0);
	expect(decimalsOf([1, 2])).toBe(0);
	expect(rangeText({ type: 'number', min: 0, max: 240.65 })).toBe('0,00 – 240,65');
});

it('is as high as whole rows', () => {
	expect(bodyHeightOf(275, 452)).toBe(14 * ROW_HEIGHT);
	expect(bodyHeightOf(275, 448)).toBe(14 * ROW_HEIGHT);
	expect(bodyHeightOf(5, 452)).toBe(5 * ROW_HEIGHT);
	expect(bodyHeightOf(0, 452)).toBe(ROW_HEIGHT);
	expect(bodyHeightOf(275, 20)).toBe(3 * ROW_HEIGHT);
});

it('writes amounts, times and numbers as they are read', () => {
	const spaced = (text: string): string => text.replace(/\s/g, ' ');
	expect([142.5, 0, 1234.5].map(cellFormat('number', 1, 'money')).map(spaced)).toEqual([
		'142,50 $',
		'0,00 $',
		'1 234,50 $'
	]);
	expect(
		['20:00', '9:05', '19:30:15', 'midi'].map(cellFormat('text', 0, 'time')).map(spaced)
	).toEqual(['20 h 00', '9 h 05', '19 h 30 min 15 s', 'midi']);
	expect(spaced(rangeText({ type: 'number', min: 0, max: 1234.5 }))).toBe('0,0 – 1 234,5');
	expect([2024, 12_345].map(cellFormat('integer')).map(spaced)).toEqual(['2024', '12 345']);
});

it('writes numbers that name things figure by figure, and no other', () => {
	const spaced = (text: string): string => text.replace(/\s/g, ' ');
	const shown = (name: string, type: 'integer' | 'number' = 'integer'): string =>
		spaced(cellFormat(type, 0, undefined, name)(8_000_001));
	for (const name of ['N° du musée', 'no', 'ID', 'id_organisme', 'Code postal', 'Téléphone'])
		expect([name, shown(name), shown(name, 'number')]).toEqual([name, '8000001', '8000001']);
	for (const name of ['Entrées', 'Nombre', 'idées', 'décodeurs', 'ventes par année'])
		expect([name, shown(name)]).toEqual([name, '8 000 001']);
	const code = { name: 'Code', type: 'integer', min: 10_000, max: 20_000 } as const;
	expect(spaced(rangeText(code))).toBe('10000 – 20000');
	expect(spaced(rangeText({ ...code, name: 'Prix' }))).toBe('10 000 – 20 000');
	expect(valueText(8_000_001, code)).toBe('8000001');
});
