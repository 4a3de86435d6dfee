import { describe, expect, it } from 'vitest';
import { applyEdits } from '../pipeline/edit-pipeline.ts';
import { doubtsOf } from './doubts.ts';
import { mayDoubt } from '../notebook/may-doubt.ts';

const COLUMNS = [
	{ name: 'code', type: 'text' as const },
	{ name: 'annee', type: 'text' as const },
	{ name: 'prix', type: 'integer' as const },
	{ name: 'jour', type: 'date' as const }
];
const columnsOf = (table: string) => (table === 't' ? COLUMNS : null);
const told = (source: string) =>
	doubtsOf(source, columnsOf).map(({ kind, name, mends }) => [
		kind,
		name,
		...mends.map(({ edits }) => applyEdits(source, edits))
	]);

describe('a decimal comma', () => {
	it.each([
		['t.filter(d => d.prix > 0,5)', '0,5', 't.filter(d => d.prix > 0.5)'],
		['const a = (12,50);', '12,50', 'const a = (12.50);'],
		['x = 2 * 0,5 + 1', '0,5', 'x = 2 * 0.5 + 1'],
		['t.derive({a: d => (0,5 * d.prix)})', '0,5', 't.derive({a: d => (0.5 * d.prix)})']
	])('%s', (source, name, mended) => {
		expect(told(source)).toEqual([['comma', name, mended]]);
	});

	it.each([
		...['f(1,5)', '[0,5]', 't.slice(0,5)', '(a, 5)', '(0, 5)', '"0,5"', '/a{1,5}/', '// 0,5\n1'],
		...[
			't.filter(d => d.prix > 0, 5)',
			'(1.5,5)',
			'(a1,5)',
			'(1,5.2)',
			'f((0, 5), "1,5")',
			'const a = 0,5;',
			'x = 1_0,5'
		]
	])('is none in %s', (source) => expect(told(source)).toEqual([]));
});

describe('a comparison of unlike things', () => {
	it.each([
		[
			't.filter(d => d.code === 5)',
			...['text_number', 'code'],
			...['t.filter(d => d.code === "5")', 't.filter(d => op.parse_float(d.code) === 5)']
		],
		[
			'const a = t.filter(d => 5 !== d.code)',
			...['text_number', 'code'],
			'const a = t.filter(d => "5" !== d.code)',
			'const a = t.filter(d => 5 !== op.parse_float(d.code))'
		],
		[
			"t.filter(d => d.annee > '2000')",
			...['order', 'annee', 't.filter(d => op.parse_float(d.annee) > 2000)']
		],
		["t.filter(d => d.prix === '20')", ...['number_text', 'prix', 't.filter(d => d.prix === 20)']],
		[
			'const a = t\n  .orderby("prix")\n  .filter(d => d.jour >= "2024-01-01"); // depuis',
			...['date', 'jour'],
			'const a = t\n  .orderby("prix")\n  .filter(d => d.jour >= op.parse_date("2024-01-01")); // depuis'
		],
		// Of a column that a step made.
		[
			't.derive({b: d => op.upper(d.code)}).filter(d => d.b === 5)',
			...['text_number', 'b'],
			't.derive({b: d => op.upper(d.code)}).filter(d => d.b === "5")',
			't.derive({b: d => op.upper(d.code)}).filter(d => op.parse_float(d.b) === 5)'
		]
	])('%s', (source, ...said) => expect(told(source)).toEqual([said]));

	it.each([
		...[
			't.filter(d => d.code === "5")',
			't.filter(d => d.prix > 5)',
			't.filter(d => d.prix > "5")'
		],
		...[
			't.filter(d => d.code == 5)',
			't.filter(d => d.code > "m")',
			't.filter(d => d.prix === "a")'
		],
		...[
			'u.filter(d => d.code === 5)',
			't.filter(d => d.zzz === 5)',
			't.count().filter(d => d.code === 5)'
		],
		...[
			't.orderby("prix") /*off .filter(d => d.code === 5) */',
			't.filter(d => d.code === 5',
			'"d.code === 5"'
		]
	])('is none in %s', (source) => expect(told(source)).toEqual([]));

	it('is looked for in few texts', () => {
		expect(mayDoubt('t.groupby("ville").count().orderby(aq.desc("count"))')).toBe(false);
		expect(mayDoubt('t.filter((d, $) => d.prix >= $.minimum)')).toBe(false);
	});
});
