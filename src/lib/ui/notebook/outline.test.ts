import { expect, it } from 'vitest';
import { outlineOf } from './outline';

type Cells = Parameters<typeof outlineOf>[0];
const cell = (id: string, more: object): Cells[number] =>
	({
		id,
		kind: 'code',
		mode: 'js',
		source: '',
		shown: 'done',
		outputs: [],
		facts: null,
		...more
	}) as Cells[number];

it('holds headings, and what cells make by its title, its label or its name', () => {
	const entries = outlineOf([
		cell('z', { facts: { defines: ['avant'] } }),
		cell('a', { kind: 'text', mode: 'md', source: '# Un\n\n## Deux' }),
		cell('b', { kind: 'chart', outputs: [{ kind: 'picture', picture: { title: 'Ventes' } }] }),
		cell('c', { kind: 'control', outputs: [{ kind: 'control', description: { label: 'Seuil' } }] }),
		cell('d', { facts: { defines: ['x', 'y'] }, shown: 'error' }),
		cell('e', { facts: { defines: [] } }),
		cell('f', { kind: 'text', mode: 'md', source: 'Sans titre' })
	]);
	expect(entries.map(({ key, name, depth, state }) => [key, name, depth, state])).toEqual([
		['z', 'avant', 0, 'done'],
		['a-0', 'Un', 0, 'done'],
		['a-1', 'Deux', 1, 'done'],
		['b', 'Ventes', 2, 'done'],
		['c', 'Seuil', 2, 'done'],
		['d', 'x, y', 2, 'error']
	]);
});

it('holds what fails and has nothing to show, by the title that is written or by its kind', () => {
	const failed = { kind: 'chart', shown: 'error', facts: { defines: [] } };
	const entries = outlineOf([
		cell('a', { ...failed, source: 'Plot.plot({\n  title: "Part des « 30 ans »",\n})' }),
		cell('b', { ...failed, source: 'Plot.plot({title: titre})' }),
		cell('c', { ...failed, source: 'Plot.plot({title: "à suivre})', shown: 'blocked' }),
		cell('d', { ...failed, shown: 'done' })
	]);
	expect(entries.map(({ cell, name, state }) => [cell, name, state])).toEqual([
		['a', 'Part des « 30 ans »', 'error'],
		['b', 'Graphique', 'error'],
		['c', 'Graphique', 'blocked']
	]);
});
