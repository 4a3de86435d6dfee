import { describe, expect, it } from 'vitest';
import { REPLIES } from './guards.ts';
import type { ColumnInfo } from './messages.ts';
import { Malformed } from './reader.ts';
import type { Arranged, ColumnProfile, ColumnValues, TableQuery } from './table-query.ts';

const QUERY: TableQuery = {
	sort: [],
	filters: [],
	search: { text: 'gaspe', columns: ['ville', 'prix'], only: false },
	writing: { yes: 'Oui', no: 'Non', decimal: ',' }
};
const TOWN: ColumnInfo = { name: 'ville', type: 'text' };
const PRICE: ColumnInfo = { name: 'prix', type: 'number', valueType: 'money' };
const ONLINE: ColumnInfo = { name: 'en ligne', type: 'boolean' };

const ARRANGED: Arranged = { rows: 8, found: 2 };
const SPREAD = {
	...{ min: 1, firstQuartile: 2, median: 3, thirdQuartile: 4, max: 5, mean: 3 },
	bins: [1, 2, 3]
};
const PROFILE: ColumnProfile = {
	...PRICE,
	...{ rows: 10, missing: 2, distinct: 5, spread: SPREAD },
	top: [
		{ value: 12.5, count: 3 },
		{ value: -1, count: 1 }
	]
};
const VALUES: ColumnValues = {
	values: [
		{ value: 'Gaspé', count: 3 },
		{ value: '', count: 1 }
	],
	...{ matching: 2, missing: 1 }
};
const arranged = (value: unknown, query = QUERY) => REPLIES.arranged(value, query, 10);
const profile = (value: unknown, column = PRICE) => REPLIES.profile(value, column, 10);
const values = (value: unknown, column = TOWN) => REPLIES.values(value, column, 10);
const match = (value: unknown) => REPLIES.match(value, ['ville', 'prix'], 8);
const window = (value: unknown) => REPLIES.window(value, 1, 2, 10);

/** Each field in turn, taken away and replaced by what it cannot be. */
const WRONG = [undefined, {}, [], '1', -1, 0.5, NaN, 1e9, 2 ** 53, true, () => {}, Symbol('x')];
function* spoiled(honest: object): Generator<[string, unknown]> {
	for (const [key, value] of Object.entries(honest))
		for (const wrong of [...WRONG, null]) {
			if (wrong === value) continue;
			yield [`${key}: ${String(wrong)}`, { ...honest, [key]: wrong }];
		}
}

describe('what a worker answers of a view', () => {
	it('is read as it was sent, without fields of its own', () => {
		expect(arranged({ ...ARRANGED, more: 1 })).toEqual(ARRANGED);
		expect(arranged({ rows: 10, found: null }, { ...QUERY, search: null })).toEqual({
			...{ rows: 10, found: null }
		});
		expect(profile({ ...PROFILE, html: '<b>' })).toEqual(PROFILE);
		expect(values({ ...VALUES, more: 1 })).toEqual(VALUES);
		expect(match({ row: 7, column: 'prix', more: 1 })).toEqual({ row: 7, column: 'prix' });
		const arrangedWindow = { offset: 4, columns: [['a', null]], rows: [9, 0], hits: [[1]] };
		expect(window({ ...arrangedWindow, more: 1 })).toEqual(arrangedWindow);
		for (const read of [arranged, profile, values, match]) expect(read(null)).toBeNull();
	});

	it('says what the page knows of a column, whatever the worker says', () => {
		const said = { ...PROFILE, name: 'autre', type: 'text', valueType: 'percent' };
		expect(profile(said)).toMatchObject(PRICE);
	});

	it('is refused when a field is of another kind', () => {
		for (const [what, value] of spoiled(ARRANGED))
			expect(() => arranged(value), what).toThrow(Malformed);
		for (const [what, value] of spoiled({ row: 7, column: 'prix' }))
			expect(() => match(value), what).toThrow(Malformed);
		const { rows, missing, distinct, top } = PROFILE;
		for (const [what, value] of spoiled({ rows, missing, distinct, top })) {
			// A list without a value is a list.
			if (what.startsWith('top: ') && Array.isArray((value as ColumnProfile).top)) continue;
			expect(() => profile({ ...PROFILE, ...(value as object) }), what).toThrow(Malformed);
		}
		for (const [what, value] of spoiled(VALUES)) {
			if (Array.isArray((value as ColumnValues).values) && what.startsWith('values')) continue;
			expect(() => values(value), what).toThrow(Malformed);
		}
		for (const wrong of [{}, [], '3', true])
			for (const key of Object.keys(SPREAD))
				if (key !== 'bins' || !Array.isArray(wrong))
					expect(() => profile({ ...PROFILE, spread: { ...SPREAD, [key]: wrong } })).toThrow(
						Malformed
					);
	});

	it.each<[string, () => unknown]>([
		['more rows than the table has', () => arranged({ rows: 11, found: 1 })],
		['more rows found than are shown', () => arranged({ rows: 3, found: 4 })],
		['nothing of a search', () => arranged({ rows: 3, found: null })],
		['a search of nothing', () => arranged({ rows: 3, found: 1 }, { ...QUERY, search: null })],
		['more rows counted than there are', () => profile({ ...PROFILE, rows: 11 })],
		['more missing than rows', () => profile({ ...PROFILE, missing: 11 })],
		['more distinct values than values', () => profile({ ...PROFILE, distinct: 9 })],
		[
			'more bins than are drawn',
			() =>
				profile({ ...PROFILE, spread: { ...SPREAD, bins: Array.from({ length: 201 }, () => 0) } })
		],
		['a bin of a fraction', () => profile({ ...PROFILE, spread: { ...SPREAD, bins: [0.5] } })],
		['a text among numbers', () => profile({ ...PROFILE, top: [{ value: 'a', count: 1 }] })],
		['a number among texts', () => values({ ...VALUES, values: [{ value: 1, count: 1 }] })],
		['a text for yes', () => values({ ...VALUES, values: [{ value: 'true', count: 1 }] }, ONLINE)],
		['a value that is missing', () => values({ ...VALUES, values: [{ value: null, count: 1 }] })],
		['a value listed twice', () => profile({ ...PROFILE, top: [...PROFILE.top, ...PROFILE.top] })],
		[
			'more values than were asked for',
			() =>
				profile({ ...PROFILE, top: Array.from({ length: 11 }, (_, i) => ({ value: i, count: 1 })) })
		],
		[
			'values without end',
			() => {
				const listed = Array.from({ length: 201 }, (_, i) => ({ value: `${i}`, count: 1 }));
				return REPLIES.values({ values: listed, matching: 201, missing: 0 }, TOWN, 1_000);
			}
		],
		['more listed than match', () => values({ ...VALUES, matching: 1 })],
		[
			'a value in more rows than there are',
			() => values({ ...VALUES, values: [{ value: 'a', count: 11 }] })
		],
		['a row that is not shown', () => match({ row: 8, column: 'prix' })],
		['a column that was not looked in', () => match({ row: 0, column: 'jour' })],
		['a row of no table', () => window({ offset: 0, columns: [['a']], rows: [10] })],
		['more rows than were asked for', () => window({ offset: 0, columns: [[]], rows: [1, 2, 3] })],
		['rows that are texts', () => window({ offset: 0, columns: [[]], rows: ['1'] })],
		['a cell beyond the window', () => window({ offset: 0, columns: [[]], hits: [[2]] })],
		['cells of more columns', () => window({ offset: 0, columns: [[]], hits: [[], []] })],
		['cells that are no list', () => window({ offset: 0, columns: [[]], hits: [{}] })]
	])('is refused when it is %s', (_, read) => {
		expect(read).toThrow(Malformed);
	});
});
