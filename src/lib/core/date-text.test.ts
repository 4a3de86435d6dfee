import { expect, test } from 'vitest';
import { dayWords } from './date-text.ts';

test('a day in words has the ordinal of the first in French alone', () => {
	expect(dayWords(Date.UTC(2025, 2, 1), 'fr')).toBe('1er mars 2025');
	expect(dayWords(Date.UTC(2025, 2, 11), 'fr')).toBe('11 mars 2025');
	expect(dayWords(Date.UTC(2025, 2, 1), 'en')).toBe('March 1, 2025');
	expect(dayWords(NaN, 'fr', '?')).toBe('?');
});
