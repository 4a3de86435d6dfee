import { expect, it } from 'vitest';
import {
	cellOfHash,
	cellsUnder,
	foldedAbove,
	hiddenCells,
	leadingHeading,
	lineHeadings,
	parts,
	type SectionCell
} from './sections';

const md = (id: string, source: string): SectionCell => ({ id, mode: 'md', source });
const js = (id: string): SectionCell => ({ id, mode: 'js', source: '# no' });
const CELLS = [
	md('a', '# Un\nTexte'),
	js('b'),
	md('c', '\n## Un **point** un'),
	js('d'),
	md('e', 'Du texte\n# Pas au début'),
	md('f', '# Deux'),
	js('g')
];

it('reads the headings of a text, and of nothing else', () => {
	expect(lineHeadings(md('', '# A #\ntexte\n```js\n# code\n```\n### [B](x) `c`\n#d'))).toEqual([
		{ level: 1, text: 'A' },
		{ level: 3, text: 'B c' }
	]);
	expect(lineHeadings(js('x'))).toEqual([]);
	expect(leadingHeading(md('', '\n\n## C\nt'))).toEqual({ level: 2, text: 'C' });
	expect(leadingHeading(md('', 'Texte\n# D'))).toBeNull();
	expect(leadingHeading(md('', ''))).toBeNull();
	// As a page's cells are: what they say comes from their class.
	class Seen {
		get mode(): 'md' {
			return 'md';
		}
		get source(): string {
			return '# E';
		}
	}
	expect(leadingHeading(new Seen())).toEqual({ level: 1, text: 'E' });
});

it('a section goes to the next heading of its level or above', () => {
	expect(cellsUnder(CELLS, 0)).toEqual(['b', 'c', 'd', 'e']);
	expect(cellsUnder(CELLS, 2)).toEqual(['d', 'e']);
	expect(cellsUnder(CELLS, 5)).toEqual(['g']);
	expect(cellsUnder(CELLS, 1)).toEqual([]);
	expect(cellsUnder(CELLS, 9)).toEqual([]);
});

it('folded sections hide what is under them, and say what to unfold', () => {
	const folded = (id: string): boolean => id === 'a' || id === 'c' || id === 'b';
	expect([...hiddenCells(CELLS, folded)]).toEqual(['b', 'c', 'd', 'e']);
	expect([...hiddenCells(CELLS, (id) => id === 'c')]).toEqual(['d', 'e']);
	expect(foldedAbove(CELLS, 'd', folded)).toEqual(['a', 'c']);
	expect(foldedAbove(CELLS, 'g', folded)).toEqual([]);
});

it('a presentation goes by the first two levels', () => {
	expect(parts(CELLS).map((part) => part.map(({ id }) => id).join(''))).toEqual([
		'ab',
		'cde',
		'fg'
	]);
	expect(parts([js('z'), ...CELLS]).map((part) => part.length)).toEqual([1, 2, 3, 2]);
	expect(parts([])).toEqual([]);
});

it('an address leads to a cell, or to a heading of one', () => {
	const at = (hash: string): string | undefined => cellOfHash(CELLS, hash)?.id;
	expect(
		['#cellule-c', '#cellule-c-1', '#cellule-', '#cellule-zz', '', '#cellule-c-x'].map(at)
	).toEqual(['c', 'c', undefined, undefined, undefined, undefined]);
});

// The page of everyone who opens the notebook reads them, often: what would be slow here is slow by minutes.
it('a heading is read however long its line is, by its beginning', () => {
	const headings = (source: string) => lineHeadings({ mode: 'md', source });
	expect(headings(`# Titre${' '.repeat(300_000)}x`)).toEqual([{ level: 1, text: 'Titre' }]);
	expect(headings(`## ${'['.repeat(300_000)}`)[0]?.text).toMatch(/^\[{290,300}$/);
	expect(headings(`# ${'*a '.repeat(100_000)}`)).toHaveLength(1);
	expect(headings(`# A\n${'# b ##\n'.repeat(3)}`).map(({ text }) => text)).toEqual([
		...['A', 'b', 'b', 'b']
	]);
});
