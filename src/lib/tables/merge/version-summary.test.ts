import { expect, it } from 'vitest';
import { compareVersions } from '../../core/dataset/compare-versions.ts';
import { integerColumn, textColumn } from '../column-of.ts';
import type { Column } from '../column.ts';
import { mergeByKey } from './merge-by-key.ts';
import { MOST_CATEGORIES, versionSummary } from './version-summary.ts';

const category = (name: string, values: readonly (string | null)[]): Column => ({
	...textColumn(name, values),
	valueType: 'category'
});

it('tells the categories that rows have, and those of categories alone', () => {
	const column = category('ville', ['Laval', null, 'Alma']);
	if (column.type !== 'text') throw new Error('no text');
	// A text that no row uses any more.
	const unused = { ...column, codes: Int32Array.of(0, 0, 0) };
	expect(versionSummary([column, unused, textColumn('nom', ['x', 'y', 'z'])])).toEqual({
		rows: 3,
		columns: [
			{ name: 'ville', type: 'category', categories: ['Laval', 'Alma'] },
			{ name: 'ville', type: 'category', categories: ['Laval'] },
			{ name: 'nom', type: 'text', categories: null }
		]
	});
	expect(versionSummary([])).toEqual({ rows: 0, columns: [] });
});

it('tells no categories where there are too many', () => {
	const of = (count: number) =>
		versionSummary([
			category(
				'a',
				Array.from({ length: count }, (_, i) => `c${i}`)
			)
		]).columns[0]?.categories?.length;
	expect(of(MOST_CATEGORIES)).toBe(MOST_CATEGORIES);
	expect(of(MOST_CATEGORIES + 1)).toBeUndefined();
});

it('is what two versions are compared by, with how their keys meet', () => {
	const before = [integerColumn('no', [1, 2]), category('ville', ['Laval', 'Alma'])];
	const after = [integerColumn('no', [2, 3, 4]), category('ville', ['Alma', 'Gaspé', 'Alma'])];
	const { counts } = mergeByKey(before, after, ['no'], 'replace');
	expect(compareVersions(versionSummary(before), versionSummary(after), counts.overlap)).toEqual({
		rows: { before: 2, after: 3 },
		added: [],
		removed: [],
		retyped: [],
		categories: [{ name: 'ville', added: ['Gaspé'], removed: ['Laval'] }],
		overlap: { key: ['no'], common: 1, onlyBefore: 1, onlyAfter: 2 },
		sameShape: false
	});
});
