import { describe, expect, it } from 'vitest';
import { seeded } from '../../../../tests/support/seeded.ts';
import { lineDiff, textEdits, type TextEdit } from './line-diff.ts';

const apply = (text: string, edits: readonly TextEdit[]): string =>
	edits.reduce(
		(made, { at, length, insert }) => made.slice(0, at) + insert + made.slice(at + length),
		text
	);
const side = (runs: ReturnType<typeof lineDiff>, left: 'removed' | 'added'): string =>
	runs.flatMap(({ kind, lines }) => (kind === 'same' || kind === left ? lines : [])).join('');

describe('lines', () => {
	it('that stayed are told from those that went and came', () => {
		expect(lineDiff('a\nb\nc\nd', 'a\nx\nc\nd')).toEqual([
			{ kind: 'same', lines: ['a\n'] },
			{ kind: 'removed', lines: ['b\n'] },
			{ kind: 'added', lines: ['x\n'] },
			{ kind: 'same', lines: ['c\n', 'd'] }
		]);
		expect(lineDiff('', '')).toEqual([]);
		expect(lineDiff('a', 'a')).toEqual([{ kind: 'same', lines: ['a'] }]);
	});
	it('of texts too long to be paired are one change', () => {
		const many = (word: string): string => Array.from({ length: 1001 }, () => word).join('\n');
		expect(lineDiff(many('a'), many('b')).map(({ kind }) => kind)).toEqual(['removed', 'added']);
	});
});

describe('edits', () => {
	it('touch only what differs', () => {
		expect(textEdits('un\ndeux\ntrois\nquatre\ncinq', 'un\ndEux\ntrois\nquatre\ncinq!')).toEqual([
			{ at: 25, length: 0, insert: '!' },
			{ at: 4, length: 1, insert: 'E' }
		]);
		expect(textEdits('pareil', 'pareil')).toEqual([]);
	});
	it('never cut a character in two', () => {
		// The two share their first code unit, or their last.
		for (const [from, to] of [
			['🎭', '🎬'],
			['\u{1f3ad}', '\u{1f7ad}'],
			['a🎭b', 'a🎬b']
		] as const)
			for (const { at, length, insert } of textEdits(from, to)) {
				expect(from.slice(at, at + length)).toMatch(/^\p{L}?\p{Extended_Pictographic}|^.$/u);
				expect(insert.isWellFormed()).toBe(true);
				expect(from.slice(at, at + length).isWellFormed()).toBe(true);
			}
	});
	it('make the one text of the other, and the diff holds both', () => {
		const random = seeded(7);
		const word = (): string =>
			['a', 'b', 'é\n', '\n', '🎭', '🎬', 'x\n', '\r\n'][Math.floor(random() * 8)] ?? '';
		for (let round = 0; round < 400; round++) {
			const from = Array.from({ length: Math.floor(random() * 30) }, word).join('');
			const to =
				random() < 0.5
					? Array.from({ length: Math.floor(random() * 30) }, word).join('')
					: from.replace(word(), word()) + word();
			expect(apply(from, textEdits(from, to))).toBe(to);
			for (const { at, length, insert } of textEdits(from, to)) {
				expect(insert.isWellFormed()).toBe(true);
				expect(from.slice(0, at).isWellFormed()).toBe(true);
				expect(from.slice(at + length).isWellFormed()).toBe(true);
			}
			expect(side(lineDiff(from, to), 'removed')).toBe(from);
			expect(side(lineDiff(from, to), 'added')).toBe(to);
		}
	});
});
