import { expect, it } from 'vitest';
import { compareNotebooks } from './compare-notebooks.ts';
import { toNotebook } from './notebook.ts';

const notebook = (title: string, ...cells: [string, string][]) =>
	toNotebook({ title, cells: cells.map(([id, source]) => ({ id, source })) });

it('tells what went, came, changed and stayed, in the order of the version', () => {
	const then = notebook('A', ['a', '1'], ['b', '2'], ['c', '3']);
	const now = notebook('B', ['x', '0'], ['a', '1'], ['y', '9'], ['c', '33']);
	const { cells, titleChanged, moved } = compareNotebooks(then, now);
	expect(cells.map(({ id, fate }) => `${id} ${fate}`)).toEqual([
		'x added',
		'a same',
		'y added',
		'b removed',
		'c changed'
	]);
	expect([titleChanged, moved]).toEqual([true, false]);
});

it('sees a move, and a cell whose code was hidden', () => {
	const then = notebook('A', ['a', '1'], ['b', '2']);
	expect(compareNotebooks(then, notebook('A', ['b', '2'], ['a', '1'])).moved).toBe(true);
	const hidden = toNotebook({
		title: 'A',
		cells: [
			{ id: 'a', source: '1', pinned: false },
			{ id: 'b', source: '2' }
		]
	});
	expect(compareNotebooks(then, hidden).cells.map(({ fate }) => fate)).toEqual(['changed', 'same']);
});
