import { table } from 'arquero';
import { expect, test } from 'vitest';
import { reconcileStep } from '../../core/pipeline/match-key.ts';
import { matchKeys } from './match-keys.ts';
import { runSteps } from './run-steps.ts';

const on = (folded = false) => [{ left: 'salle', right: 'lieu', folded }];
const shows = table({
	salle: [
		'Théâtre Denise-Pelletier',
		'theatre denise pelletier',
		'Usine C',
		'Usin C',
		'Usin C',
		null,
		'Gesù',
		'Ø'
	],
	n: [1, 2, 3, 4, 5, 6, 7, 8]
});
const places = table({
	lieu: ['Théâtre Denise-Pelletier', 'Usine C', 'Usine C', 'Gesù ', 'Place des Arts', undefined]
});

test('counts what matches, what does not, and what a join repeats', () => {
	const found = matchKeys(shows, places, on());
	expect(found.left).toMatchObject({ rows: 8, matched: 2, missing: 1, unmatched: 4 });
	expect(found.right).toMatchObject({ rows: 6, matched: 3, missing: 1, unmatched: 2 });
	expect(found).toMatchObject({ repeated: 1, joined: 3, leftJoined: 9, unlike: [] });
	expect(found.right.listed.map(({ values }) => values)).toEqual([['Gesù '], ['Place des Arts']]);
});

test('offers what a value may have meant, those of most rows first', () => {
	expect(matchKeys(shows, places, on()).left.listed).toEqual([
		{ values: ['Usin C'], rows: 2, near: [{ value: 'Usine C', reason: 'slips' }] },
		{
			values: ['theatre denise pelletier'],
			rows: 1,
			near: [{ value: 'Théâtre Denise-Pelletier', reason: 'folded' }]
		},
		{ values: ['Gesù'], rows: 1, near: [{ value: 'Gesù ', reason: 'folded' }] },
		{ values: ['Ø'], rows: 1, near: [] }
	]);
});

test('folded, spellings of one name match', () => {
	expect(matchKeys(shows, places, on(true)).left).toMatchObject({ matched: 4, unmatched: 2 });
});

test('the counts are those of the joins', () => {
	for (const folded of [false, true]) {
		const { joined, leftJoined } = matchKeys(shows, places, on(folded));
		const rows = (join: 'inner' | 'left'): number | undefined =>
			runSteps(shows, [{ kind: 'join', join, table: 'lieux', on: on(folded) }], {
				tables: new Map([['lieux', places]]),
				params: new Map()
			}).stages[0]?.numRows();
		expect([joined, leftJoined]).toEqual([rows('inner'), rows('left')]);
	}
});

test('what is read as another value matches, and stays as it is', () => {
	const read = [
		{ left: 'salle', right: 'lieu', folded: false, readAs: [['Usin C', 'Usine C']] }
	] as const;
	expect(matchKeys(shows, places, read).left.matched).toBe(4);
	const joined = runSteps(shows, [{ kind: 'join', join: 'left', table: 'lieux', on: read }], {
		tables: new Map([['lieux', places]]),
		params: new Map()
	}).stages[0];
	expect(joined?.array('salle')).toContain('Usin C');
});

test('what is accepted may become a step, after which it matches', () => {
	const step = reconcileStep('salle', [['Usin C', 'Usine C']]);
	const [mended] = runSteps(shows, [step], { tables: new Map(), params: new Map() }).stages;
	expect(mended && matchKeys(mended, places, on()).left.matched).toBe(4);
});

test('says that numbers and texts never match', () => {
	const coded = table({ code: ['1', '2'] });
	const found = matchKeys(table({ code: [1, 2] }), coded, [
		{ left: 'code', right: 'code', folded: false }
	]);
	expect(found).toMatchObject({ unlike: [0], joined: 0 });
	expect(found.left.listed[0]?.near).toEqual([]);
});

test('lists 200 values at most, of two columns together too', () => {
	const many = table({
		a: Array.from({ length: 500 }, (_, i) => `v${i}`),
		b: Array.from({ length: 500 }, () => 1)
	});
	const found = matchKeys(many, table({ a: ['v1'], b: [2] }), [
		{ left: 'a', right: 'a', folded: false },
		{ left: 'b', right: 'b', folded: false }
	]);
	expect(found.left.unmatched).toBe(500);
	expect(found.left.listed).toHaveLength(200);
	expect(found.left.listed[0]).toEqual({ values: ['v0', 1], rows: 1, near: [] });
});

test('refuses to match nothing, and columns that are not there', () => {
	expect(() => matchKeys(shows, places, [])).toThrow('step_arguments');
	expect(() => matchKeys(shows, places, [{ left: 'rien', right: 'lieu', folded: false }])).toThrow(
		'step_column_unknown'
	);
});
