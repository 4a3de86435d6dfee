import * as aq from 'arquero';
import { expect, test } from 'vitest';
import { REPLIES } from '../../core/protocol/guards.ts';
import { LIMITS } from '../../core/protocol/messages.ts';
import { joinMatches } from './join-matches.ts';

const SALES = aq.table({
	ville: ['Gaspé', 'Trois-Rivières', 'Alma', 'Gaspé', null, 'Québecc', 'Paris'],
	n: [1, 2, 3, 4, 5, 6, 7]
});
const PLACES = aq.table({
	nom: ['gaspe', 'trois rivieres', 'Alma', 'Alma', 'Québec', null],
	region: ['11', '04', '02', '02', '03', 'x']
});
const on = (folded: boolean) => [{ left: 'ville', right: 'nom', folded }];

test('says which rows match, which do not, and what is near them', () => {
	const found = joinMatches(SALES, PLACES, on(false));
	expect(found).toEqual({
		...{ rows: 7, matched: 1, missing: 1, several: 1, otherRows: 6, otherMatched: 2 },
		...{ made: 8, unlike: [] },
		unmatchedKeys: 4,
		unmatched: [
			{ values: ['Gaspé'], rows: 2, near: 'gaspe' },
			{ values: ['Trois-Rivières'], rows: 1, near: 'trois rivieres' },
			{ values: ['Québecc'], rows: 1, near: 'Québec' },
			{ values: ['Paris'], rows: 1, near: null }
		]
	});
	// The page reads it.
	expect(REPLIES.matches(structuredClone(found), 1, 7)).toEqual(found);
	const folded = joinMatches(SALES, PLACES, on(true));
	expect(folded).toMatchObject({ matched: 4, unmatchedKeys: 2, otherMatched: 4 });
});

test('counts what Arquero’s own join finds, whatever is filtered and in which order', () => {
	const left = SALES.filter((d: { n: number }) => d.n < 5).orderby(aq.desc('n'));
	const { rows, matched, several, made } = joinMatches(left, PLACES, on(false));
	expect(rows).toBe(left.numRows());
	expect(matched).toBe(left.semijoin(PLACES, ['ville', 'nom']).numRows());
	const joined = left.join(PLACES, ['ville', 'nom']).numRows();
	expect(several).toBe(joined - matched);
	expect(made).toBe(left.join_left(PLACES, ['ville', 'nom']).numRows());
});

test('of several columns, all have to match; near ones are not guessed', () => {
	const days = aq.table({
		jour: [new Date(0), new Date(86_400_000), new Date(NaN)],
		salle: ['A', 'B', 'C'],
		n: [1, NaN, 3]
	});
	const other = aq.table({ jour: [new Date(0), new Date(0)], salle: ['A', 'b'], n: [1, 1] });
	const pairs = ['salle', 'jour'].map((name) => ({ left: name, right: name, folded: false }));
	const found = joinMatches(days, other, pairs);
	// As in Arquero's own join, a date that is none is a value among several columns.
	expect(found).toMatchObject({
		...{ matched: 1, missing: 0, unmatchedKeys: 2 },
		unmatched: [
			{ values: ['B', 86_400_000], near: null },
			{ values: ['C', NaN], near: null }
		]
	});
	expect(REPLIES.matches(structuredClone(found), 2, 3)).toEqual(found);
	const broken = aq.table({ jour: [new Date(NaN)], salle: ['C'] });
	const names = ['salle', 'jour'];
	const joined = days.semijoin(broken, [names, names]).numRows();
	expect(joinMatches(days, broken, pairs).matched).toBe(joined);
	const numbers = [{ left: 'n', right: 'n', folded: false }];
	expect(joinMatches(days, other, numbers)).toMatchObject({ matched: 1, missing: 1, several: 1 });
});

test('lists only so many, and refuses a column that is not there', () => {
	const many = aq.table({ ville: Array.from({ length: 200 }, (_, i) => `ville ${i}`) });
	const found = joinMatches(many, PLACES, on(false));
	expect(found.unmatchedKeys).toBe(200);
	expect(found.unmatched).toHaveLength(LIMITS.unmatchedKeys);
	expect(() => joinMatches(many, PLACES, [{ left: 'x', right: 'nom', folded: false }])).toThrow(
		'x'
	);
});

test('says which columns can never match, one being numbers and the other texts', () => {
	const numbers = aq.table({ ville: ['11', '04'], code: [11, 4] });
	const texts = aq.table({ ville: ['11', '04'], code: ['11', '04'] });
	const pairs = ['ville', 'code'].map((name) => ({ left: name, right: name, folded: false }));
	const found = joinMatches(numbers, texts, pairs);
	expect(found).toMatchObject({ matched: 0, unlike: [1] });
	expect(REPLIES.matches(structuredClone(found), 2, 2)).toEqual(found);
});
