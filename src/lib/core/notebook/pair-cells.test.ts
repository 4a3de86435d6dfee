import { expect, it } from 'vitest';
import { changesBetween } from './changes-between.ts';
import { toNotebook, type Notebook } from './notebook.ts';
import { isSame, pairCells } from './pair-cells.ts';

const notebook = (...cells: string[]): Notebook =>
	toNotebook({
		cells: cells.map((cell) => {
			const [id = '', source = id] = cell.split('=');
			return { id, source };
		})
	});
const pairs = (before: Notebook, after: Notebook): string =>
	pairCells(before, after, changesBetween(before, after))
		.map((pair) => {
			const signs = { added: '+', removed: '-', moved: '^', changed: '~' } as const;
			const told = Object.entries(signs).flatMap(([key, sign]) =>
				pair[key as keyof typeof signs] ? [sign] : []
			);
			return `${pair.id}${told.join('')}`;
		})
		.join(' ');

it('stands in the order of the later state; what went stands where it stood', () => {
	expect(pairs(notebook('a', 'b', 'c'), notebook('a', 'd', 'c=x'))).toBe('a b- d+ c~');
	expect(pairs(notebook('x', 'y', 'a'), notebook('a'))).toBe('x- y- a');
	expect(pairs(notebook(), notebook('a'))).toBe('a+');
});

it('one that moved takes along nothing of what went', () => {
	expect(pairs(notebook('a', 'b', 'c', 'd'), notebook('b', 'd', 'a=x'))).toBe('b c- d a^~');
	const moved = pairs(notebook('a', 'm', 'g', 'y', 'z'), notebook('a', 'y', 'z', 'm'));
	expect(moved).toBe('a g- y z m^');
});

it('each cell of either once, and what did not change is the same', () => {
	const before = notebook('a', 'b', 'c', 'd', 'e');
	const after = notebook('e', 'b=2', 'f', 'a');
	const list = pairCells(before, after, changesBetween(before, after));
	expect(list.map(({ id }) => id).toSorted()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
	for (const pair of list)
		expect(isSame(pair)).toBe(
			!pair.moved && pair.before !== null && pair.before.source === pair.after?.source
		);
});
