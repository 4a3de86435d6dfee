import { describe, expect, test } from 'vitest';
import type { ColumnType, InspectNode } from '../protocol/messages.ts';
import { cellText, longDay } from './cell-text.ts';
import { valueText } from './value-text.ts';

const words = { yes: 'oui', no: 'non' };
const written = (value: number, type: ColumnType, lang: 'fr' | 'en' = 'fr') =>
	cellText(value, { name: 'quand', type }, lang, words);

describe('dates in a report', () => {
	test('a time reads as it is stored, in no zone but its own', () => {
		const evening = Date.UTC(2026, 10, 24, 19, 30);
		expect(written(evening, 'datetime')).toContain('19 h 30');
		expect(written(evening, 'datetime')).toContain('2026-11-24');
		expect(written(evening, 'datetime', 'en')).toContain('7:30');
	});

	test('numbers that name things are written figure by figure', () => {
		const shown = (name: string): string =>
			cellText(8_000_001, { name, type: 'integer' }, 'fr', words).replace(/\s/g, ' ');
		expect(['N° du musée', 'code', 'Entrées'].map(shown)).toEqual([
			...['8000001', '8000001', '8 000 001']
		]);
	});

	test('publication days are counted where the product is', () => {
		expect(longDay(Date.UTC(2026, 10, 25, 3), 'fr')).toBe('24 novembre 2026');
		expect(longDay(Date.UTC(2026, 2, 1, 17), 'fr')).toBe('1er mars 2026');
		expect(longDay(Date.UTC(2026, 2, 11, 17), 'fr')).toBe('11 mars 2026');
		expect(longDay(Date.UTC(2026, 2, 1, 17), 'en')).toBe('March 1, 2026');
	});

	test.each([NaN, Infinity, -8.64e15 - 1, 1e300])('%s is no date, and breaks nothing', (time) => {
		const node: InspectNode = {
			type: 'date',
			text: 'Invalid Date',
			number: time,
			size: null,
			handle: null,
			entries: []
		};
		expect(written(time, 'date')).toBe(String(time));
		expect(written(time, 'datetime')).toBe(String(time));
		expect(longDay(time, 'en')).toBe(String(time));
		expect(valueText(node, 'fr')).toBe('Invalid Date');
	});
});
