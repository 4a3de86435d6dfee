import { describe, expect, it } from 'vitest';
import { ANCHOR_LIMITS, type Anchor, type KeyPart } from './anchor.ts';
import { anchorOf } from './anchor-guard.ts';

const KEYS = [
	{ column: 'région', value: 'Montréal' },
	{ column: '__proto__', value: { date: '2025-01-31' } },
	{ column: '', value: null },
	{ column: 'n', value: 1.5 },
	{ column: 'oui', value: true }
] as const;
const RANGE = { from: 'AQID_-', to: 'AQIE', quote: 'deux', before: '', after: ' trois' } as const;

const HONEST: readonly Anchor[] = [
	{ kind: 'cell', cell: 'c1' },
	{ kind: 'text', cell: 'c1', ...RANGE },
	{ kind: 'step', cell: 'c1', ...RANGE },
	{ kind: 'mark', cell: 'c1', mark: 'barY', keys: KEYS },
	{ kind: 'mark', cell: 'c1', mark: '', keys: KEYS },
	{ kind: 'row', cell: 'c1', keys: KEYS },
	{ kind: 'value', cell: 'c1', keys: KEYS, column: 'ventes', value: 12 },
	{
		kind: 'value',
		cell: 'c1',
		keys: KEYS,
		column: 'jour',
		value: { date: '2025-01-31T10:00:00.000Z' }
	},
	{ kind: 'outcome', cell: 'c1', reading: '' },
	{ kind: 'outcome', cell: 'c1', reading: '', digest: '0123456789abcdef' },
	{ kind: 'outcome', cell: 'c1', reading: '', digest: '0123456789abcdef-fedcba9876543210' }
];

/** What no field of an anchor is. */
const FOREIGN = [undefined, [], {}, Symbol('x'), () => 1, 1n, NaN, Infinity] as const;

describe('an anchor', () => {
	it('is read as it is, with nothing else of what was sent', () => {
		for (const anchor of HONEST) {
			expect(anchorOf(anchor)).toEqual(anchor);
			expect(anchorOf({ ...anchor, more: 1 })).toEqual(anchor);
			expect(anchorOf(JSON.parse(JSON.stringify(anchor)))).toEqual(anchor);
		}
		const [first] = KEYS;
		const key = { ...first, more: 1 };
		expect(anchorOf({ kind: 'row', cell: 'c1', keys: [key] })).toEqual({
			kind: 'row',
			cell: 'c1',
			keys: [first]
		});
	});

	it('is refused with any of its fields replaced or left out', () => {
		for (const anchor of HONEST)
			for (const name of Object.keys(anchor)) {
				// An outcome that was anchored before tables were told apart by their values has no digest.
				const needed = FOREIGN.filter((foreign) => name !== 'digest' || foreign !== undefined);
				for (const foreign of needed)
					expect(anchorOf({ ...anchor, [name]: foreign }), `${anchor.kind}.${name}`).toBeNull();
				if (name !== 'value')
					for (const foreign of [null, 12, true])
						expect(anchorOf({ ...anchor, [name]: foreign }), `${anchor.kind}.${name}`).toBeNull();
			}
		for (const value of [...FOREIGN, null, 'cell', 12, { kind: 'pixel', cell: 'c1' }])
			expect(anchorOf(value)).toBeNull();
	});

	it('has keys of columns and values, each column once, at least one', () => {
		const row = (keys: unknown) => anchorOf({ kind: 'row', cell: 'c1', keys });
		for (const foreign of FOREIGN) {
			expect(row([{ column: foreign, value: 1 }])).toBeNull();
			expect(row([{ column: 'a', value: foreign }])).toBeNull();
			expect(row([{ column: 'a', value: { date: foreign } }])).toBeNull();
			expect(row([foreign])).toBeNull();
		}
		for (const date of ['', 'hier', '2025', '2025-01-31; drop', `2025-01-31T${'0'.repeat(500)}`])
			expect(row([{ column: 'a', value: { date } }])).toBeNull();
		expect(row([])).toBeNull();
		expect(
			row([
				{ column: 'a', value: 1 },
				{ column: 'a', value: 2 }
			])
		).toBeNull();
		expect(row(Array(3))).toBeNull();
	});

	it('is within its limits, to the last character', () => {
		const { quote, around, reading, keys, column, value, position } = ANCHOR_LIMITS;
		const of = (n: number): string => 'x'.repeat(n);
		const part = (i: number): KeyPart => ({ column: `c${i}`, value: i });
		const parts = (n: number): KeyPart[] => Array.from({ length: n }, (_, i) => part(i));
		const text = { kind: 'text', cell: 'c1', ...RANGE };
		const own = { kind: 'value', cell: 'c1', keys: parts(1), column: 'a', value: 'b' };
		const at: readonly [number, (n: number) => unknown][] = [
			[quote, (n) => ({ ...text, quote: of(n) })],
			[around, (n) => ({ ...text, before: of(n) })],
			[around, (n) => ({ ...text, after: of(n) })],
			[position, (n) => ({ ...text, from: of(n) })],
			[position, (n) => ({ ...text, to: of(n) })],
			[reading, (n) => ({ kind: 'outcome', cell: 'c1', reading: of(n) })],
			[keys, (n) => ({ kind: 'row', cell: 'c1', keys: parts(n) })],
			[column, (n) => ({ ...own, column: of(n) })],
			[column, (n) => ({ ...own, keys: [{ column: of(n), value: 1 }] })],
			[value, (n) => ({ ...own, value: of(n) })],
			[40, (n) => ({ kind: 'cell', cell: of(n) })],
			[40, (n) => ({ kind: 'mark', cell: 'c1', mark: of(n), keys: parts(1) })]
		];
		at.forEach(([limit, make], i) => {
			expect(anchorOf(make(limit)), String(i)).toEqual(make(limit));
			expect(anchorOf(make(limit + 1)), String(i)).toBeNull();
		});
		const tables = (digest: string) =>
			anchorOf({ kind: 'outcome', cell: 'c1', reading: '', digest });
		const one = '0123456789abcdef';
		expect(tables(Array(4).fill(one).join('-'))).not.toBeNull();
		for (const digest of [
			Array(5).fill(one).join('-'),
			'',
			one.toUpperCase(),
			one.slice(1),
			`${one}-`
		])
			expect(tables(digest)).toBeNull();
		expect(anchorOf({ ...text, quote: '' })).toBeNull();
		for (const bad of ['', 'a b', '../x', 'é', 'a+b/c='])
			expect(anchorOf({ ...text, from: bad })).toBeNull();
		for (const cell of ['', 'C1', 'a/b', '__proto__'])
			expect(anchorOf({ kind: 'cell', cell })).toBeNull();
	});
});
