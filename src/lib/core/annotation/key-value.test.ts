import { describe, expect, it } from 'vitest';
import { ANCHOR_LIMITS } from './anchor.ts';
import { keyText, keyValueOf, sameKey } from './key-value.ts';

describe('a value as a key', () => {
	it('keeps what JSON keeps, and says the rest in words', () => {
		expect([
			...[keyValueOf('a'), keyValueOf(1.5), keyValueOf(true), keyValueOf(null)],
			...[keyValueOf(undefined), keyValueOf(NaN), keyValueOf(12n), keyValueOf(2n ** 60n)]
		]).toEqual(['a', 1.5, true, null, null, null, 12, '1152921504606846976']);
		expect(keyValueOf(Infinity)).toBe('Infinity');
		expect(Object.is(keyValueOf(-0), 0)).toBe(true);
		expect(keyValueOf({ a: 1 })).toBe('{"a":1}');
	});

	it('writes a day as a day, and a moment whole', () => {
		expect(keyValueOf(new Date('2024-02-03'))).toEqual({ date: '2024-02-03' });
		expect(keyValueOf(new Date('2024-02-03T10:00:00Z'))).toEqual({
			date: '2024-02-03T10:00:00.000Z'
		});
		expect(keyValueOf(new Date(NaN))).toBeNull();
	});

	it('cuts long texts, never within a character', () => {
		const long = 'x'.repeat(ANCHOR_LIMITS.value - 1) + '😀';
		const cut = String(keyValueOf(long));
		expect(cut).toHaveLength(ANCHOR_LIMITS.value);
		expect(cut.isWellFormed()).toBe(true);
	});

	it('gives up on what cannot be written, without throwing', () => {
		const round: Record<string, unknown> = {};
		round.self = round;
		expect(keyValueOf(round)).toBe('…');
	});

	it('compares by what is named: a number and its text, a day and its text; nothing equals a missing value', () => {
		expect(sameKey(2024, '2024')).toBe(true);
		expect(sameKey({ date: '2024-02-03' }, '2024-02-03')).toBe(true);
		expect(sameKey(null, 'null')).toBe(false);
		expect(sameKey(null, '')).toBe(false);
		expect(keyText(false)).toBe('false');
	});
});
