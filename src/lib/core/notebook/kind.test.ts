import { describe, expect, it } from 'vitest';
import { kindOf } from '../analysis/kind-of.ts';
import { kindOfDraft } from './kind.ts';

describe('the kind that the beginning of a source shows', () => {
	it.each([
		['x.filter(d => d.a', 'transform'],
		['// filtre\n/* a */ const y = await x . filter (', 'transform'],
		['x.A().filter(', 'transform'],
		['x.A(b(c), ")").B() .filter(', 'transform'],
		['x.A(1).objects().filter(', 'code'],
		['x.objects().filter(', 'code'],
		['été.derive(', 'transform'],
		['FileAttachment("a@1.arrow")', 'data'],
		['const f = await FileAttachment("a@1.arrow")', 'data'],
		['view( Inputs.range(', 'control'],
		['display(Plot.plot({', 'chart'],
		['/* x.filter( */', 'code'],
		['/* x.filter(', 'code'],
		['', 'code']
	])('%s', (source, kind) => {
		expect(kindOfDraft(source)).toBe(kind);
	});

	// Everyone who opens the notebook asks it of each cell, and so does the server of one that is published.
	it('is told of any source: of one that tries to be read in every way it would take minutes', () => {
		const chain = `x${'.A()'.repeat(30)}!`;
		expect([kindOfDraft(chain), kindOf(chain, 'js')]).toEqual(['code', 'code']);
		for (const source of [
			`x${'.A()'.repeat(200_000)}!`,
			`x.A(${') .a '.repeat(150_000)}`,
			`x.A(${')'.repeat(900_000)}`,
			'/**/'.repeat(250_000),
			`/*${'*/ /*'.repeat(150_000)}`
		])
			expect(kindOfDraft(source)).toBe('code');
		expect(kindOfDraft(`${' '.repeat(900_000)}x.filter(`)).toBe('transform');
	});
});
