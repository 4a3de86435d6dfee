import { describe, expect, it } from 'vitest';
import { dayOf, hourOf, hourText, momentText } from './moment.ts';

describe('a moment in words', () => {
	it('is told in the time of Québec, without a leading zero', () => {
		expect(momentText(Date.UTC(2026, 10, 29, 11, 35), 'fr')).toBe(
			'29 novembre 2026 à 6\u00a0h\u00a035'
		);
		expect(momentText(Date.UTC(2026, 6, 1, 22, 5), 'fr')).toBe(
			'1er juillet 2026 à 18\u00a0h\u00a005'
		);
		expect(momentText(Date.UTC(2026, 10, 29, 17, 0), 'fr')).toBe('29 novembre 2026 à 12\u00a0h');
		expect(momentText(Date.UTC(2026, 10, 29, 11, 35), 'en')).toMatch(
			/^November 29, 2026 at 6:35\sa\.m\.$/u
		);
	});
});

it('an hour is told as in a moment', () => {
	expect(hourText(Date.UTC(2026, 10, 29, 11, 35), 'fr')).toBe('6\u00a0h\u00a035');
	expect(hourText(Date.UTC(2026, 10, 29, 17, 0), 'fr')).toBe('12\u00a0h');
	expect(hourText(Date.UTC(2026, 10, 29, 11, 35), 'en')).toMatch(/^6:35\sa\.m\.$/u);
});

it('a day is that of Québec: it begins at its midnight, in summer as in winter', () => {
	expect(dayOf(Date.UTC(2026, 0, 15, 4, 59))).toBe('2026-01-14');
	expect(dayOf(Date.UTC(2026, 0, 15, 5, 0))).toBe('2026-01-15');
	expect(dayOf(Date.UTC(2026, 6, 1, 3, 59))).toBe('2026-06-30');
	expect(dayOf(Date.UTC(2026, 6, 1, 4, 0))).toBe('2026-07-01');
});

it('the hour is that of Québec, in winter and in summer', () => {
	expect(hourOf(Date.UTC(2026, 0, 15, 12))).toBe(7);
	expect(hourOf(Date.UTC(2026, 6, 15, 12))).toBe(8);
	expect(hourOf(Date.UTC(2026, 0, 15, 5))).toBe(0);
	expect(hourOf(Date.UTC(2026, 0, 15, 4, 59))).toBe(23);
});
