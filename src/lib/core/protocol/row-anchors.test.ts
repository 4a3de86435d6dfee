import { describe, expect, it } from 'vitest';
import { Malformed, REPLIES } from './guards.ts';

const KEYS = [
	{ column: 'région', value: 'Estrie' },
	{ column: 'jour', value: { date: '2024-02-03T10:00:00.000Z' } },
	{ column: 'n', value: null }
];
const PLACE = { row: 2, several: false, value: 12.5 };

describe('what the worker says of rows', () => {
	it('is read as it was said, and holds nothing else', () => {
		const told = { keys: KEYS, alone: true, value: 3 };
		expect(REPLIES.rowKeys({ ...told, more: 1 })).toEqual(told);
		const places = [PLACE, { row: null, several: false, value: null }];
		expect(REPLIES.places(places, 2, 3)).toEqual(places);
	});

	const part = (change: object) => ({
		keys: [{ ...KEYS[0], ...change }],
		alone: true,
		value: null
	});
	const HOSTILE_KEYS: Readonly<Record<string, unknown>> = {
		nothing: null,
		'a list': [],
		'no keys': { alone: true, value: null },
		'keys that are no list': { keys: { length: 1 }, alone: true, value: null },
		'too many keys': { keys: Array(13).fill(KEYS[0]), alone: true, value: null },
		'alone as a word': { keys: KEYS, alone: 'true', value: null },
		'a value that is not said': { keys: KEYS, alone: true },
		'a column that is no text': part({ column: 1 }),
		'a column whose name is too long': part({ column: 'x'.repeat(201) }),
		'a value that is missing from the message': part({ value: undefined }),
		'a value that is a list': part({ value: [1] }),
		'a value that is too long': part({ value: 'x'.repeat(501) }),
		'a value that is no number': part({ value: NaN }),
		'a value without an end': part({ value: -Infinity }),
		'a value that is an integer no JSON holds': part({ value: 1n }),
		'a date that is no text': part({ value: { date: 3 } }),
		'a date in words': part({ value: { date: 'hier' } }),
		'a date with more behind it': part({ value: { date: '2024-02-03<b>' } }),
		'a date as such': part({ value: new Date(0) })
	};
	for (const [what, value] of Object.entries(HOSTILE_KEYS))
		it(`is refused: ${what}`, () => {
			expect(() => REPLIES.rowKeys(value)).toThrow(Malformed);
		});

	it('is a digest of sixteen figures, and nothing else', () => {
		expect(REPLIES.digest('0123456789abcdef')).toBe('0123456789abcdef');
		for (const value of [
			null,
			12,
			'',
			'0123456789ABCDEF',
			'0123456789abcdef0',
			['0123456789abcdef']
		])
			expect(() => REPLIES.digest(value)).toThrow(Malformed);
	});

	const HOSTILE_PLACES: Readonly<Record<string, unknown>> = {
		'no list': {},
		'fewer places than were asked': [],
		'more places than were asked': [PLACE, PLACE],
		'a place that is a number': [2],
		'a row past the last': [{ ...PLACE, row: 3 }],
		'a row before the first': [{ ...PLACE, row: -1 }],
		'a row between two': [{ ...PLACE, row: 0.5 }],
		'a row that is not said': [{ ...PLACE, row: undefined }],
		'several as a number': [{ ...PLACE, several: 1 }],
		'a value that is a place': [{ ...PLACE, value: { row: 1 } }],
		'a value that is not said': [{ ...PLACE, value: undefined }]
	};
	for (const [what, value] of Object.entries(HOSTILE_PLACES))
		it(`is refused: ${what}`, () => {
			expect(() => REPLIES.places(value, 1, 3)).toThrow(Malformed);
		});
});
