import { afterEach, expect, it } from 'vitest';
import type { VersionChanges } from '$lib/core/dataset/compare-versions';
import { overwriteGetLocale } from '$lib/paraglide/runtime';
import { changeWords } from './pinned-words';

const changes = (rows: [number, number], more: Partial<VersionChanges> = {}): VersionChanges => ({
	rows: { before: rows[0], after: rows[1] },
	...{ added: [], removed: [], retyped: [], categories: [], overlap: null, sameShape: true },
	...more
});
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

afterEach(() => overwriteGetLocale(() => 'fr'));

it('tells rows and columns, each way, with their counts', () => {
	overwriteGetLocale(() => 'fr');
	expect(plain(changeWords(changes([10, 1_214], { added: ['a'] })))).toBe(
		'1 204 lignes de plus, 1 colonne de plus'
	);
	expect(plain(changeWords(changes([2, 1], { added: ['a', 'b'], removed: ['c'] })))).toBe(
		'1 ligne de moins, 2 colonnes de plus, 1 colonne de moins'
	);
	expect(
		changeWords(changes([2, 2], { retyped: [{ name: 'a', before: 'text', after: 'date' }] }))
	).toBe('autant de lignes, 1 colonne d’un autre type');
	overwriteGetLocale(() => 'en');
	expect(changeWords(changes([1, 2]))).toBe('1 more row');
	expect(changeWords(changes([5_000, 2]))).toBe('4,998 fewer rows');
});
