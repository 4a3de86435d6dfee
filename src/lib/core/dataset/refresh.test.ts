import { describe, expect, test } from 'vitest';
import {
	concernsOf,
	kinshipOf,
	proposeJoin,
	rowsOf,
	type KeyTold,
	type SuggestedKey,
	type VersionComparison
} from './refresh.ts';

const key = (common: number, onlyBefore: number, onlyAfter: number): SuggestedKey => ({
	key: ['commande'],
	...{ common, onlyBefore, onlyAfter }
});
const told = (changed: Partial<KeyTold> = {}): KeyTold => ({
	...key(10, 90, 10),
	duplicates: { before: 0, after: 0 },
	withoutKey: { before: 0, after: 0 },
	dropped: { before: 0, after: 0 },
	...{ rows: 110, kept: 90, replaced: 10, added: 10 },
	...changed
});
function comparison(
	changed: Partial<VersionComparison> = {},
	rows = { before: 100, after: 20 }
): VersionComparison {
	return {
		changes: {
			...{ rows, added: [], removed: [], retyped: [], categories: [] },
			...{ overlap: null, sameShape: true }
		},
		...{ newTexts: [], period: null, keyColumns: ['commande'], suggested: [], told: null },
		...changed
	};
}
const period = (before: [number, number], after: [number, number]) => ({
	column: 'jour',
	before: { from: before[0], to: before[1] },
	after: { from: after[0], to: after[1] }
});

describe('a first joining is proposed', () => {
	test('a merge where a key meets, a replacement where all that was there comes again', () => {
		expect(proposeJoin(comparison({ suggested: [key(0, 1, 1), key(5, 95, 15)] }))).toEqual({
			key: ['commande'],
			mode: 'merge'
		});
		expect(proposeJoin(comparison({ suggested: [key(100, 0, 20)] }))?.mode).toBe('replace');
	});
	test('by dates where no key meets: below when they are apart, in the place of what they cover', () => {
		const by = (after: [number, number], suggested: SuggestedKey[] = []) =>
			proposeJoin(comparison({ period: period([10, 20], after), suggested }))?.mode ?? null;
		expect(by([21, 30])).toBe('add');
		expect(by([1, 9])).toBe('add');
		expect(by([21, 30], [key(0, 100, 20)])).toBe('add');
		expect(by([10, 20])).toBe('replace');
		expect(by([5, 30])).toBe('replace');
		expect(by([15, 30])).toBeNull();
		// The same days with other keys: only a person can tell.
		expect(by([10, 20], [key(0, 100, 20)])).toBeNull();
	});
	test('nothing, where nothing tells; a replacement of what has no rows', () => {
		expect(proposeJoin(comparison())).toBeNull();
		expect(proposeJoin(comparison({}, { before: 0, after: 3 }))?.mode).toBe('replace');
	});
});

test('each way has its rows, a merge only with its key', () => {
	const of = comparison({ told: told() });
	expect([rowsOf(of, 'add'), rowsOf(of, 'replace'), rowsOf(of, 'merge')]).toEqual([120, 20, 110]);
	expect(rowsOf(comparison(), 'merge')).toBeNull();
});

test('what is to be looked at is said: rows twice, fewer, doubled, without a key, of another type', () => {
	const codes = (of: VersionComparison, mode: 'add' | 'replace' | 'merge') =>
		concernsOf(of, { key: null, mode }).map((concern) =>
			'rows' in concern ? [concern.code, concern.rows] : [concern.code, concern.column]
		);
	expect(codes(comparison({ suggested: [key(7, 93, 13)] }), 'add')).toEqual([['twice', 7]]);
	expect(codes(comparison({ suggested: [key(0, 100, 20)] }), 'add')).toEqual([]);
	expect(codes(comparison({ told: told({ common: 3 }) }), 'add')).toEqual([['twice', 3]]);
	expect(codes(comparison(), 'replace')).toEqual([['fewer', 80]]);
	expect(codes(comparison({}, { before: 20, after: 20 }), 'replace')).toEqual([]);
	expect(codes(comparison({ told: told() }), 'merge')).toEqual([]);
	expect(
		codes(
			comparison({
				told: told({
					rows: 97,
					dropped: { before: 4, after: 1 },
					withoutKey: { before: 9, after: 2 }
				})
			}),
			'merge'
		)
	).toEqual([
		['fewer', 3],
		['doubled', 5],
		['keyless', 2]
	]);
	const plain = comparison({}, { before: 1, after: 1 });
	const retyped = [{ name: 'prix', before: 'money', after: 'text' }];
	expect(codes({ ...plain, changes: { ...plain.changes, retyped } }, 'replace')).toEqual([
		['retyped', 'prix']
	]);
});

test('what waits for its pseudonyms is not said to have another type', () => {
	const { changes } = comparison();
	const retyped = ['acheteur', 'prix'].map((name) => ({
		name,
		before: 'identifier',
		after: 'text'
	}));
	const told = comparison({ changes: { ...changes, retyped } });
	const join = { key: null, mode: 'add' } as const;
	const columns = (keyless: readonly string[]) =>
		concernsOf(told, join, keyless).flatMap((each) =>
			each.code === 'retyped' ? [each.column] : []
		);
	expect(columns([])).toEqual(['acheteur', 'prix']);
	expect(columns(['acheteur'])).toEqual(['prix']);
});

test('a file is of the family by the columns that both have', () => {
	const { changes } = comparison();
	const kinship = (columns: number, added: number, removed: number) =>
		kinshipOf(
			comparison({
				changes: {
					...changes,
					added: Array.from({ length: added }, (_, i) => `a${i}`),
					removed: Array.from({ length: removed }, (_, i) => `r${i}`)
				}
			}),
			columns
		);
	expect(kinship(3, 3, 5)).toBe('none');
	expect(kinship(5, 4, 4)).toBe('few');
	expect(kinship(4, 2, 6)).toBe('enough');
	// More columns than before, or a part of them, is the same table still.
	expect(kinship(20, 15, 0)).toBe('enough');
	expect(kinship(2, 0, 18)).toBe('enough');
});
