import { describe, expect, it } from 'vitest';
import { analyseCell } from './cell.ts';
import { printNotebookFile } from '../notebook/print-notebook-file.ts';
import { toNotebook } from '../notebook/notebook.ts';
import { buildGraph, readCells } from './graph.ts';
import { kindOf } from './kind-of.ts';
import { MAX_PARTS } from './template.ts';

/** What reading a cell takes: characters looked at, names looked up. Counted, so that a slow machine says the same. */
function work(source: string, mode: 'js' | 'md'): number {
	let steps = 0;
	const counted = <T extends object, K extends keyof T>(owner: T, key: K): (() => void) => {
		const original = owner[key] as (...args: unknown[]) => unknown;
		owner[key] = function (this: unknown, ...args: unknown[]) {
			steps++;
			return Reflect.apply(original, this, args);
		} as T[K];
		return () => (owner[key] = original as T[K]);
	};
	const restore = [
		counted(String.prototype, 'charCodeAt'),
		counted(Map.prototype, 'get'),
		counted(Set.prototype, 'has')
	];
	try {
		analyseCell(source, mode);
	} finally {
		for (const undo of restore) undo();
	}
	return steps;
}

const many = (n: number, part: (i: number) => string): string =>
	Array.from({ length: n }, (_, i) => part(i)).join('');

describe('the work of an analysis', () => {
	const cells: Record<string, ['js' | 'md', (n: number) => string]> = {
		'a text of interpolations': ['md', (n) => '${a}'.repeat(n)],
		'a text of interpolations, one a line': ['md', (n) => '${a}\n'.repeat(n)],
		'a program of names': ['js', (n) => many(n, (i) => `let x${i} = 1;`)],
		'a sum of names': ['js', (n) => `${many(n, (i) => `y${i}+`)}0`],
		'names in blocks': ['js', (n) => `${'{let a=1;'.repeat(n / 4)}a${'}'.repeat(n / 4)}`]
	};
	for (const [what, [mode, make]] of Object.entries(cells))
		it(`grows with the cell's size: ${what}`, () => {
			expect(analyseCell(make(800), mode).problem).toBeNull();
			expect(work(make(800), mode) / work(make(200), mode)).toBeLessThan(6);
		});

	it('ends at a number of interpolations', () => {
		expect(analyseCell('${a}'.repeat(MAX_PARTS), 'md').problem).toBeNull();
		expect(analyseCell('${a}'.repeat(MAX_PARTS + 1), 'md').problem).toMatchObject({
			code: 'too_many_parts',
			details: { max: MAX_PARTS }
		});
	});
});

it('leaves the notebook’s other cells as they are when one is too deep', () => {
	const analyses = readCells(new Map(), [
		{ id: '1', mode: 'js', source: 'const a = 21 * 2;' },
		{ id: '2', mode: 'js', source: `a${'.b'.repeat(100_000)}` },
		{ id: '3', mode: 'js', source: 'a + 1' }
	]);
	expect([...analyses.values()].map(({ problem }) => problem?.code ?? null)).toEqual([
		null,
		'too_deep',
		null
	]);
	expect(buildGraph(analyses).order).toContain('3');
	expect(kindOf(`a${'.b'.repeat(100_000)}()`, 'js')).toBe('code');
	// Publication reads every cell: one that cannot be read may come from anything, and fails nothing.
	const notebook = toNotebook({
		cells: [...analyses.values()].map(({ source }, i) => ({ id: String(i), source }))
	});
	expect(() => printNotebookFile(notebook)).not.toThrow();
});

describe('a cell too deep to be walked', () => {
	for (const [what, source, mode] of [
		['a chain of properties', `a${'.b'.repeat(100_000)}`, 'js'],
		['a sum', `a${'+a'.repeat(100_000)}`, 'js'],
		['brackets', `${'['.repeat(20_000)}${']'.repeat(20_000)}`, 'js'],
		['a sum in a text', `\${a${'+a'.repeat(100_000)}}`, 'md']
	] as const)
		it(`has a problem of its own: ${what}`, () => {
			expect(analyseCell(source, mode)).toMatchObject({
				compiled: null,
				problem: { code: 'too_deep' }
			});
		});
});
