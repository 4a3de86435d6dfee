import { expect, it } from 'vitest';
import { toCell } from '../notebook/notebook.ts';
import { neededCells, takingCells } from './needed-cells.ts';

const CELLS = [
	toCell({ id: 'texte', mode: 'md', source: 'Il y en a ${total}.' }),
	toCell({ id: 'total', source: 'const total = grands.numRows()' }),
	toCell({ id: 'grands', source: 'const grands = billets.filter(d => d.prix > seuil)' }),
	toCell({ id: 'billets', source: 'const billets = aq.table({prix: [1, 2]})' }),
	toCell({ id: 'seuil', source: 'const seuil = view(Inputs.range([0, 10]))' }),
	toCell({ id: 'autre', source: 'const autre = billets.numRows()' })
];
const needed = (...wanted: string[]): string =>
	[...neededCells(CELLS, wanted)].toSorted().join(' ');

it('a cell, and what it takes from, however far', () => {
	expect(needed('texte')).toBe('billets grands seuil texte total');
	expect(needed('autre')).toBe('autre billets');
	expect(needed('autre', 'seuil')).toBe('autre billets seuil');
	expect(needed('disparue')).toBe('');
});

it('each cell that defines a name twice defined; a circle ends', () => {
	const twice = [...CELLS, toCell({ id: 'double', source: 'const billets = 1' })];
	expect([...neededCells(twice, ['autre'])].toSorted()).toEqual(['autre', 'billets', 'double']);
	const circle = [
		toCell({ id: 'a', source: 'const a = b' }),
		toCell({ id: 'b', source: 'const b = a' })
	];
	expect([...neededCells(circle, ['a'])].toSorted()).toEqual(['a', 'b']);
});

it('the cells that take from what changed, however far, without those that changed', () => {
	const taking = (...changed: string[]): string =>
		[...takingCells(CELLS, changed)].toSorted().join(' ');
	expect(taking('billets')).toBe('autre grands texte total');
	expect(taking('seuil')).toBe('grands texte total');
	expect(taking('grands', 'total')).toBe('texte');
	expect(taking('texte')).toBe('');
	expect(taking('disparue')).toBe('');
	const circle = [
		toCell({ id: 'a', source: 'const a = b' }),
		toCell({ id: 'b', source: 'const b = a' })
	];
	expect([...takingCells(circle, ['a'])]).toEqual(['b']);
});
