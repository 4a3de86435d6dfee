import { describe, expect, test } from 'vitest';
import type { ColumnType } from '../protocol/messages.ts';
import { cellText, longDay } from './cell-text.ts';

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

	test('publication days are counted where the product is', () => {
		expect(longDay(Date.UTC(2026, 10, 25, 3), 'fr')).toBe('24 novembre 2026');
	});
});
