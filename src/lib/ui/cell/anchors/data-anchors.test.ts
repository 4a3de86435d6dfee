import { describe, expect, it } from 'vitest';
import type { Anchor, KeyValue } from '$lib/core/annotation/anchor';
import type { InspectNode, Output, TipLayer } from '$lib/core/protocol/messages';
import type { RowPlace } from '$lib/core/protocol/row-anchors';
import { isOfData, tellAnchors, type DataThread } from './data-anchors';

const lineage = { sources: [], steps: [] };
const chart = (
	mark: string,
	values: Readonly<Record<string, number>>,
	{ left = 0, regions = Object.keys(values) } = {}
): Output => {
	const each = Object.values(values);
	const layer: TipLayer = {
		...{ mark, by: 'x', starts: [0], w: [], h: [] },
		...{ x: each.map((_, i) => i), y: each.map(() => 1) },
		lines: [{ label: 'ventes', texts: each.map(String), colors: [] }],
		keys: [
			{
				column: 'région',
				values: [...new Set(regions)],
				codes: regions.map((region) => [...new Set(regions)].indexOf(region))
			}
		]
	};
	const layers = each.length ? [layer] : [];
	return {
		...{ kind: 'picture', lineage: null },
		picture: {
			...{ tree: ['div', {}], title: 'Ventes', subtitle: '', caption: '', description: '' },
			...{ data: [], marks: each.length },
			tips: { part: 0, width: 9, height: 9, left, layers }
		}
	};
};
const table = (...names: string[]): Output => ({
	...{ kind: 'table', table: `t-${names.join('')}`, named: null, rows: 9, lineage },
	columns: names.map((name) => ({ name, type: 'text' }))
});
const keys = [{ column: 'région', value: 'Estrie' }];
const about = (anchor: object, excerpt = ''): DataThread =>
	({ id: 'd', excerpt, anchor: { cell: 'c', ...anchor } }) as DataThread;
const bar = about({ kind: 'mark', mark: 'bar', keys }, '1 234');
const value = (was: KeyValue) => about({ kind: 'value', keys, column: 'ventes', value: was });

const at = (place: Partial<RowPlace>): RowPlace => ({
	...{ row: 2, several: false, value: null },
	...place
});
async function tell(thread: DataThread, outputs: readonly Output[], answer?: RowPlace) {
	const told = await tellAnchors([thread], outputs, {
		locate: (_, wanted) =>
			answer ? Promise.resolve(wanted.map(() => answer)) : Promise.reject(new Error('gone')),
		words: ({ lines }) => lines.map(({ text }) => text).join(', '),
		valueText: String
	});
	return { standing: told.standings.get('d'), places: [...told.marks, ...told.rows] };
}

describe('what became of a point', () => {
	it('is here, in any order, whatever the language of its figures', async () => {
		const { standing, places } = await tell(bar, [
			table('a'),
			chart('bar', { Laval: 3, Estrie: 1234 })
		]);
		expect(standing).toBe('here');
		expect(places).toEqual([{ thread: 'd', output: 1, layer: 0, at: 1 }]);
	});

	it('has changed where it reads otherwise, or is one of several; not where it is drawn otherwise', async () => {
		expect((await tell(bar, [chart('bar', { Estrie: 1235 })])).standing).toBe('changed');
		expect((await tell(bar, [chart('line', { Estrie: 1235 })])).standing).toBe('here');
		const twice = chart('bar', { a: 1234, b: 1234 }, { regions: ['Estrie', 'Estrie'] });
		expect((await tell(bar, [twice])).standing).toBe('changed');
	});

	it('is gone where no shape has its keys, and unknown where too many are not told', async () => {
		expect(await tell(bar, [chart('bar', { Laval: 1 })])).toEqual({ standing: 'gone', places: [] });
		expect((await tell(bar, [])).standing).toBe('gone');
		expect((await tell(bar, [chart('dot', {}, { left: 5_000 })])).standing).toBe('unknown');
	});
});

describe('what became of a row or a value', () => {
	const both = [table('région', 'ventes')];

	it('is here as it was, or changed with how it read', async () => {
		expect(await tell(value('780'), both, at({ value: 780 }))).toEqual({
			standing: 'here',
			places: [{ thread: 'd', table: 't-régionventes', row: 2, column: 'ventes', before: null }]
		});
		const changed = await tell(value(780), both, at({ value: 790 }));
		expect(changed.standing).toBe('changed');
		expect(changed.places).toMatchObject([{ before: '780' }]);
		const row = about({ kind: 'row', keys });
		expect((await tell(row, both, at({}))).standing).toBe('here');
		expect((await tell(row, both, at({ several: true }))).standing).toBe('changed');
	});

	it('is looked for in tables that have its columns, and is gone from others', async () => {
		expect((await tell(value(1), [table('région')], at({}))).standing).toBe('gone');
		expect((await tell(value(1), both, at({ row: null }))).standing).toBe('gone');
		expect((await tell(value(1), [table('a'), ...both], at({ value: 1 }))).standing).toBe('here');
	});

	it('is unknown where the worker does not answer', async () => {
		expect(await tell(value(1), both)).toEqual({ standing: 'unknown', places: [] });
	});
});

describe('what became of a result', () => {
	const node: InspectNode = {
		...{ type: 'number', text: '42', number: 42, size: null, handle: null, entries: [] }
	};
	const outcome = about({ kind: 'outcome', reading: '42' });
	const shown = (text: string): Output[] => [
		{ kind: 'value', value: { ...node, text }, lineage: null }
	];

	it('is here, changed, or gone where the cell gives nothing', async () => {
		expect((await tell(outcome, shown('42'))).standing).toBe('here');
		expect((await tell(outcome, shown('43'))).standing).toBe('changed');
		expect((await tell(outcome, [])).standing).toBe('gone');
	});
});

it('tells discussions of data from those of words', () => {
	const kinds: Anchor['kind'][] = ['cell', 'text', 'step', 'mark', 'row', 'value', 'outcome'];
	expect(kinds.filter((kind) => isOfData({ anchor: { kind } as Anchor }))).toEqual([
		...['mark', 'row', 'value', 'outcome']
	]);
});
