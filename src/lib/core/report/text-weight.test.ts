import { describe, expect, it } from 'vitest';
import { TEXT_LIMITS, isHeavy, textWeight } from './text-weight.ts';

/** 3 KB of a table of a thousand columns whose rows are one letter each. */
const BOMB = `${'|'.repeat(1000)}\n${'|-'.repeat(999)}|\n${'a\n'.repeat(70)}`;

describe('what a text weighs once it is a page', () => {
	it('is about its length where nothing grows (positive control)', () => {
		const text = '# Un titre\n\nDes mots, [un lien](https://exemple.org), **gras**.\n\n'.repeat(
			500
		);
		expect(textWeight(text)).toBe(text.length);
		expect(isHeavy(text)).toBe(false);
	});
	it('counts the cells of an honest table, and lets it be', () => {
		const text = `| a | b |\n| - | - |\n${'| 1 | 2 |\n'.repeat(300)}`;
		expect(textWeight(text)).toBeGreaterThan(text.length);
		expect(isHeavy(text)).toBe(false);
	});
	it.each([
		['a table', BOMB],
		['a quoted table', BOMB.replace(/^/gm, '> ')],
		['a table of a list', `- x\n${BOMB.replace(/^/gm, '  ')}`],
		['many tables', `| a | b |\n|-|-|\n${'x\n'.repeat(100)}\n`.repeat(200)],
		['one long address, named many times', `[a]: /${'x'.repeat(20_000)}\n\n${'[a] '.repeat(5_000)}`]
	])('%s that would grow is heavy', (_what, text) => {
		expect(isHeavy(text)).toBe(true);
		expect(textWeight(text)).toBeGreaterThan(5 * text.length);
	});
	it('reads a long text once', () => {
		const started = performance.now();
		for (const one of ['- ', '> ', '|', '-', '[', ' ', '1. ', '[a]: ']) {
			textWeight(one.repeat(500_000 / one.length));
			textWeight(`${one}\n`.repeat(100_000));
		}
		expect(performance.now() - started).toBeLessThan(2_000);
		expect(TEXT_LIMITS.columns).toBeGreaterThan(50);
	});
});
