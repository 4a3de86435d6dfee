import { describe, expect, it } from 'vitest';
import { repinEdits } from './repin.ts';

const apply = (source: string, from: string, to: string): string =>
	repinEdits(source, from, to).reduce(
		(text, { at, length, insert }) => text.slice(0, at) + insert + text.slice(at + length),
		source
	);

describe('a source that goes to another version', () => {
	it('changes every place that names it, and nothing else', () => {
		expect(apply('f("b@9.arrow"); // b@9.arrow', 'b@9.arrow', 'b@10.arrow')).toBe(
			'f("b@10.arrow"); // b@10.arrow'
		);
		expect(apply('f("b@1.arrow")', 'b@1.arrow', 'b@11.arrow')).toBe('f("b@11.arrow")');
		expect(apply('f("b@11.arrow")', 'b@11.arrow', 'b@1.arrow')).toBe('f("b@1.arrow")');
	});

	it('leaves names that only contain it', () => {
		for (const source of ['f("ab@1.arrow")', 'f("a-b@1.arrow")', 'f("b@11.arrow")', 'f("b@1")'])
			expect(repinEdits(source, 'b@1.arrow', 'b@2.arrow')).toEqual([]);
	});

	it('replaces no more than what differs', () => {
		expect(repinEdits('"b@13.arrow"', 'b@13.arrow', 'b@14.arrow')).toEqual([
			{ at: 4, length: 1, insert: '4' }
		]);
		expect(repinEdits('"b@1.arrow"', 'b@1.arrow', 'b@1.arrow')).toEqual([]);
	});
});
