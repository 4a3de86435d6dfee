import { describe, expect, it } from 'vitest';
import { analyseCell } from './cell.ts';

const detailsOf = (source: string, mode: 'js' | 'md' = 'js') => analyseCell(source, mode).problem;

describe('why a cell cannot be read', () => {
	it.each([
		['t.groupby("a"', { reason: 'unclosed', name: '(', expected: ')', line: 1 }],
		[
			't\n  .filter(d => d.x > 2\n  .count();',
			{ reason: 'unclosed', name: '(', expected: ')', line: 2 }
		],
		['const a = [1, 2', { reason: 'unclosed', name: '[', expected: ']', line: 1 }],
		['a => {', { reason: 'unclosed', name: '{', expected: '}', line: 1 }],
		['if (x { y }', { reason: 'unclosed', name: '(', expected: ')', line: 1 }],
		['`a ${b', { reason: 'unclosed', name: '${', expected: '}', line: 1 }],
		['f(1, 2]', { reason: 'mismatched', name: ']', open: '(', expected: ')', line: 1 }],
		['f(a))', { reason: 'extra', name: ')' }],
		['t.groupby("a)', { reason: 'string' }],
		["'l'été'", { reason: 'token', name: 'été' }],
		['`abc', { reason: 'template' }],
		['/* a', { reason: 'comment' }],
		['x = /ab', { reason: 'pattern_open' }],
		['x = /(/', { reason: 'pattern' }],
		['t.filter(d => d.x > “2”)', { reason: 'quotes', name: '“' }],
		['« a »', { reason: 'quotes', name: '«' }],
		['@a', { reason: 'character', name: '@' }],
		['const class = 1', { reason: 'reserved', name: 'class' }],
		['enum = 3', { reason: 'reserved', name: 'enum' }],
		['const a = 1; const a = 2;', { reason: 'declared', name: 'a' }],
		['1a', { reason: 'number' }],
		['3 = x', { reason: 'assign' }],
		['const f = () => { await g(); };', { reason: 'await' }],
		['return 3', { reason: 'return' }],
		['export const a = 1', { reason: 'export' }],
		['a b', { reason: 'token', name: 'b' }],
		['f(a b)', { reason: 'token', name: 'b' }],
		['const b = ;', { reason: 'token', name: ';' }],
		['a ?', { reason: 'end' }],
		['const x', { reason: 'end' }],
		['x = "\\u{zz}"', { reason: 'other' }]
	])('%s', (source, details) => {
		expect(detailsOf(source)).toMatchObject({ code: 'syntax', details });
		expect(detailsOf(source)?.details).toEqual(details);
	});

	it('says so of an interpolation in a text', () => {
		expect(detailsOf('Voici ${a + } ici', 'md')?.details).toEqual({ reason: 'token', name: '}' });
	});
});
