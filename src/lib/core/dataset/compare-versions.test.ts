import { describe, expect, it } from 'vitest';
import { compareVersions, type VersionSummary } from './compare-versions.ts';

const before: VersionSummary = {
	rows: 10,
	columns: [
		{ name: 'date', type: 'date' },
		{ name: 'ville', type: 'category', categories: ['Laval', 'Québec'] },
		{ name: 'billets', type: 'integer' },
		{ name: '__proto__', type: 'text', categories: null }
	]
};

describe('two versions', () => {
	it('are the same', () => {
		expect(compareVersions(before, { ...before, rows: 12 })).toEqual({
			rows: { before: 10, after: 12 },
			added: [],
			removed: [],
			retyped: [],
			categories: [],
			overlap: null,
			sameShape: true
		});
	});
	it('differ by columns, types and categories', () => {
		const overlap = { key: ['date'], common: 3, onlyBefore: 7, onlyAfter: 1 };
		const after: VersionSummary = {
			rows: 4,
			columns: [
				{ name: 'prix', type: 'money' },
				{ name: 'ville', type: 'category', categories: ['Québec', 'Montréal', 'Montréal'] },
				{ name: 'billets', type: 'number' },
				{ name: '__proto__', type: 'text', categories: ['a'] }
			]
		};
		expect(compareVersions(before, after, overlap)).toEqual({
			rows: { before: 10, after: 4 },
			added: ['prix'],
			removed: ['date'],
			retyped: [{ name: 'billets', before: 'integer', after: 'number' }],
			categories: [{ name: 'ville', added: ['Montréal'], removed: ['Laval'] }],
			overlap,
			sameShape: false
		});
	});
	it('have another order: no change', () => {
		const turned = { ...before, columns: [...before.columns].reverse() };
		expect(compareVersions(before, turned).sameShape).toBe(true);
	});
});
