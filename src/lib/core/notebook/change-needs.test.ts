import { describe, expect, it } from 'vitest';
import type { NotebookChange } from './change.ts';
import { changeNeeds } from './change-needs.ts';
import { toCell, type CellSpec } from './notebook.ts';

const changed = (id: string, from: string, to: string, more: Partial<CellSpec> = {}) =>
	({
		...({ kind: 'changed', id: `changed:${id}` } as const),
		from: toCell({ id, source: from, ...more }),
		to: toCell({ id, source: to, ...more })
	}) satisfies NotebookChange;
const added = (id: string, source: string, more: Partial<CellSpec> = {}) =>
	({
		...({ kind: 'added', id: `added:${id}`, after: null } as const),
		cell: toCell({ id, source, ...more })
	}) satisfies NotebookChange;

/** Of each change that needs others, their ids with the names. */
const needs = (...changes: NotebookChange[]) =>
	Object.fromEntries(
		[...changeNeeds(changes)]
			.filter(([, of]) => of.length > 0)
			.map(([id, of]) => [id, of.map(({ change, names }) => [change.id, ...names])])
	);

const GROUPED = changed(
	'sum',
	'const parCanal = billets.groupby("canal").count()',
	'const parCanal = billets.groupby("type_tarif").count()'
);
const CHART = changed(
	'chart',
	'Plot.barY(parCanal, { x: "canal" }).plot()',
	'Plot.barY(parCanal, { x: "type_tarif" }).plot()'
);

describe('what a change needs', () => {
	it('is the change of a name that it reads, wherever it stands', () => {
		const found = { 'changed:chart': [['changed:sum', 'parCanal']] };
		expect(needs(GROUPED, CHART)).toEqual(found);
		expect(needs(CHART, GROUPED)).toEqual(found);
	});

	it('is what an added cell brings, for texts and for added cells too', () => {
		expect(
			needs(
				added('n', 'const total = 3, autre = 4'),
				added('t', 'Il y en a ${total}, et ${autre}.', { mode: 'md' }),
				added('u', 'const double = total * 2'),
				changed('v', '1', 'double + autre')
			)
		).toEqual({
			'added:t': [['added:n', 'total', 'autre']],
			'added:u': [['added:n', 'total']],
			'changed:v': [
				['added:u', 'double'],
				['added:n', 'autre']
			]
		});
	});

	it('is nothing where no source is written: what moves, goes, or only shows its code', () => {
		const [sum, chart] = [GROUPED.to, CHART.to];
		const shown: NotebookChange = {
			...({ kind: 'changed', id: 'changed:chart' } as const),
			...{ from: chart, to: { ...chart, pinned: !chart.pinned } }
		};
		expect(needs(GROUPED, shown)).toEqual({});
		expect(needs(GROUPED, { kind: 'moved', id: 'moved:chart', cell: chart, after: 'sum' })).toEqual(
			{}
		);
		expect(needs({ kind: 'removed', id: 'removed:sum', cell: sum }, CHART)).toEqual({});
		expect(needs({ kind: 'moved', id: 'moved:sum', cell: sum, after: null }, CHART)).toEqual({});
	});

	it('is never itself, nor found in what cannot be read', () => {
		expect(needs(changed('f', '1', 'const f = (n) => (n ? f(n - 1) : 0)'))).toEqual({});
		expect(needs(GROUPED, changed('chart', '1', 'Plot.barY(parCanal, {'))).toEqual({});
	});

	it('is the first of two that bring one name, and each of two that need one another', () => {
		expect(needs(added('a', 'const x = 1'), added('b', 'const x = 2'), added('c', 'x'))).toEqual({
			'added:c': [['added:a', 'x']]
		});
		expect(needs(added('a', 'const x = y'), added('b', 'const y = x'))).toEqual({
			'added:a': [['added:b', 'y']],
			'added:b': [['added:a', 'x']]
		});
	});
});
