import { describe, expect, it } from 'vitest';
import type { Anchor, KeyValue } from '$lib/core/annotation/anchor';
import type { InspectNode, Output, TipLayer } from '$lib/core/protocol/messages';
import type { RowPlace } from '$lib/core/protocol/row-anchors';
import { commentOutcome } from './comment-outcome';
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
async function tell(
	thread: DataThread,
	outputs: readonly Output[],
	answer?: RowPlace,
	digest?: string
) {
	const told = await tellAnchors([thread], outputs, {
		locate: (_, wanted) =>
			answer ? Promise.resolve(wanted.map(() => answer)) : Promise.reject(new Error('gone')),
		digest: () => (digest ? Promise.resolve(digest) : Promise.reject(new Error('gone'))),
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

	const reading = '9 × 1: a';
	const digest = '0123456789abcdef';

	it('has changed where a table’s values alone did; one that was anchored before is known by its size and columns', async () => {
		const known = about({ kind: 'outcome', reading, digest });
		expect((await tell(known, [table('a')], undefined, digest)).standing).toBe('here');
		expect((await tell(known, [table('a')], undefined, 'f'.repeat(16))).standing).toBe('changed');
		const before = about({ kind: 'outcome', reading });
		expect((await tell(before, [table('a')], undefined, digest)).standing).toBe('here');
		expect((await tell(before, [table('b')], undefined, digest)).standing).toBe('changed');
		// Nothing needs to be asked to tell that.
		expect((await tell(known, [table('b')])).standing).toBe('changed');
	});

	it('is not told where the worker does not say what the values are', async () => {
		const known = about({ kind: 'outcome', reading, digest });
		expect((await tell(known, [table('a')])).standing).toBe('unknown');
	});

	it('is known by all its tables, asked once for all discussions of it', async () => {
		let asked = 0;
		const of = (text: string) =>
			({
				...about({ kind: 'outcome', reading: `${reading} · 9 × 1: b`, digest: text }),
				id: text
			}) as DataThread;
		const both = `${digest}-${'f'.repeat(16)}`;
		const { standings } = await tellAnchors([of(both), of(digest)], [table('a'), table('b')], {
			locate: () => Promise.reject(new Error('gone')),
			digest: ({ columns }) => {
				asked++;
				return Promise.resolve(columns[0]?.name === 'a' ? digest : 'f'.repeat(16));
			},
			words: () => '',
			valueText: String
		});
		expect([...standings]).toEqual([
			[both, 'here'],
			[digest, 'changed']
		]);
		expect(asked).toBe(2);
	});

	it('is anchored with what tells its values apart, or without it where that cannot be told', async () => {
		const anchorsOf = async (look: () => Promise<string>, outputs: readonly Output[]) => {
			const anchors: Anchor[] = [];
			const annotate = (anchor: Anchor) => void anchors.push(anchor);
			await commentOutcome({ id: 'c', outputs }, { annotate }, () => ({ digest: look }));
			return anchors;
		};
		const kept = { kind: 'outcome', cell: 'c', reading };
		expect(await anchorsOf(() => Promise.resolve(digest), [table('a')])).toEqual([
			{ ...kept, digest }
		]);
		expect(await anchorsOf(() => Promise.reject(new Error('late')), [table('a')])).toEqual([kept]);
		expect(await anchorsOf(() => Promise.resolve(digest), shown('42'))).toEqual([
			{ ...kept, reading: '42' }
		]);
	});
});

it('tells discussions of data from those of words', () => {
	const kinds: Anchor['kind'][] = ['cell', 'text', 'step', 'mark', 'row', 'value', 'outcome'];
	expect(kinds.filter((kind) => isOfData({ anchor: { kind } as Anchor }))).toEqual([
		...['mark', 'row', 'value', 'outcome']
	]);
});
