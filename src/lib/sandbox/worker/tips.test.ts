import * as aq from 'arquero';
import { describe, expect, it } from 'vitest';
import type { PictureNode } from '../../core/chart/picture.ts';
import { readMessage } from '../../core/protocol/guards.ts';
import { LIMITS, type PictureTips } from '../../core/protocol/messages.ts';
import { makePlot, toPicture } from './plot.ts';

type Make = (...args: unknown[]) => unknown;
type Plotter = (plot: Record<string, Make>) => unknown;
const NBSP = '\u00a0';

function picture(marks: Plotter, lang: 'fr' | 'en' = 'fr', options: object = {}) {
	const Plot = makePlot(lang) as Record<string, Make>;
	const made = toPicture(Plot.plot?.({ ...options, marks: marks(Plot) }));
	if (!made) throw new Error('not a picture');
	const sent = { kind: 'picture', picture: made, lineage: null };
	const { message } = readMessage({ type: 'outputs', cell: 'a', run: 1, outputs: [sent] });
	// What is sent is what the page reads: it may refuse none of it.
	expect(message).toMatchObject({ outputs: [sent] });
	return made;
}
function tips(...args: Parameters<typeof picture>): PictureTips {
	const found = picture(...args).tips;
	if (!found) throw new Error('no tips');
	return found;
}
/** A point in words, as the page would say it. */
const said = ({ layers }: PictureTips, at: number, layer = 0): string[] =>
	(layers[layer]?.lines ?? []).map(({ label, texts }) => `${label}: ${texts[at]}`);
const layer = (found: PictureTips, at = 0) => {
	const one = found.layers[at];
	if (!one) throw new Error('no such layer');
	return one;
};
function elements(node: PictureNode, tag: string): Record<string, string>[] {
	if (typeof node === 'string') return [];
	const [name, attributes, ...children] = node;
	return [
		...(name === tag ? [{ ...attributes }] : []),
		...children.flatMap((child) => elements(child, tag))
	];
}

const ventes = aq.table({
	mois: [new Date('2024-01-01'), new Date('2024-02-01'), new Date('2024-03-01')],
	ventes: [1200.5, 3400, 2500],
	salle: ['A', 'B', 'A']
});
const rooms = aq.table({ salle: ['A', 'B', 'C'], ventes: [1200.5, 3400, 2500] });
const bars: Plotter = (Plot) => [
	Plot.barY?.(rooms, { x: 'salle', y: 'ventes' }),
	Plot.ruleY?.([0])
];

describe('tips of marks whose author asked for none', () => {
	it('stand where the marks are, and say their channels in the language of the chart', () => {
		const made = picture(bars);
		const { layers } = made.tips ?? { layers: [] };
		expect(layers).toHaveLength(1);
		expect(made.tips).toMatchObject({ part: 0, width: 640, height: 400, left: 0 });
		const [first] = layers;
		expect(first).toMatchObject({ mark: 'bar', by: 'x' });
		const rects = elements(made.tree, 'rect').map(({ x, y, width, height }) =>
			[x, y, width, height].map(Number)
		);
		for (const [i, x] of (first?.x ?? []).entries()) {
			const [w, h, y] = [first?.w[i] ?? 0, first?.h[i] ?? 0, first?.y[i] ?? 0];
			const near = rects.some((rect) =>
				[x - w / 2, y - h / 2, w, h].every((side, k) => Math.abs(side - (rect[k] ?? NaN)) < 0.2)
			);
			expect(near, `bar ${i}`).toBe(true);
		}
		if (!made.tips) throw new Error('no tips');
		expect(said(made.tips, 0)).toContain(`ventes: 1${NBSP}200,5`);
		expect(said(made.tips, 0)[0]).toBe('salle: A');
		expect(said(tips(bars, 'en'), 0)).toContain('ventes: 1,200.5');
	});

	it('say numbers that name things, and years, figure by figure', () => {
		const museums = aq.table({
			'N° du musée': [8_000_001, 8_000_002],
			Année: [2019, 2020],
			Entrées: [12_000, 15_000],
			ans: [12_000, 3.5]
		});
		const shown = tips((Plot) => [
			Plot.dot?.(museums, { x: 'Année', y: 'N° du musée', fill: 'Entrées', r: 'ans' })
		]);
		expect(said(shown, 0)).toEqual([
			'Année: 2019',
			'N° du musée: 8000001',
			`Entrées: 12${NBSP}000`,
			`ans: 12${NBSP}000`
		]);
	});

	it('say months as months and days as days, and what a bin is counted by', () => {
		const months = tips((Plot) => [Plot.lineY?.(ventes, { x: 'mois', y: 'ventes' })]);
		expect(said(months, 1)).toEqual(['mois: février 2024', `ventes: 3${NBSP}400`]);
		const days = ventes.derive({
			mois: aq.escape((d: { mois: Date }) => new Date(+d.mois + 864e5))
		});
		expect(
			said(
				tips((Plot) => [Plot.dot?.(days, { x: 'mois', y: 'ventes' })]),
				0
			)[0]
		).toBe('mois: 2 janvier 2024');
		const years = tips((Plot) => [
			Plot.rectY?.(ventes, Plot.binX?.({ y: 'count' }, { x: 'mois', interval: 'year' }))
		]);
		expect(said(years, 0)).toEqual(['mois: 2024', 'Fréquence: 3']);
	});

	it('are read series by series, each along its axis, facet by facet', () => {
		const data = ['B', 'A'].flatMap((s) =>
			[3, 1, 2].flatMap((x) => ['p', 'q'].map((f) => ({ s, x, f, y: x * 2 })))
		);
		const found = layer(
			tips((Plot) => [Plot.dot?.(data, { x: 'x', y: 'y', stroke: 's', fx: 'f' })])
		);
		expect(found.starts).toEqual([0, 3, 6, 9]);
		const words = (label: string) => found.lines.find((line) => line.label === label)?.texts;
		expect(words('s')?.join('')).toBe('BBBAAABBBAAA');
		expect(words('x')?.join('')).toBe('123123123123');
		expect(words('f')?.join('')).toBe('ppppppqqqqqq');
		expect(Math.min(...found.x.slice(6))).toBeGreaterThan(Math.max(...found.x.slice(0, 6)));
		expect(new Set(found.lines.find(({ label }) => label === 's')?.colors).size).toBe(2);
	});

	it('name a series once, by the name of its colour', () => {
		const found = tips(
			(Plot) => [Plot.lineY?.(ventes, { x: 'mois', y: 'ventes', stroke: 'salle' })],
			'fr',
			{ color: { label: 'Salle' } }
		);
		expect(said(found, 0)).toContain('Salle: A');
		expect(layer(found).lines).toHaveLength(3);
	});

	it('are not said twice where a line has dots or an area an edge', () => {
		const marks: Plotter = (Plot) => [
			Plot.areaY?.(ventes, { x: 'mois', y: 'ventes' }),
			Plot.lineY?.(ventes, { x: 'mois', y: 'ventes' }),
			Plot.dot?.(ventes, { x: 'mois', y: 'ventes', r: 'ventes' })
		];
		expect(tips(marks).layers.map(({ mark }) => mark)).toEqual(['dot']);
	});

	it('follow the direction of the mark', () => {
		const by = (mark: Plotter) => layer(tips((Plot) => [mark(Plot)])).by;
		expect(by((Plot) => Plot.barX?.(ventes, { y: 'salle', x: 'ventes' }))).toBe('y');
		expect(by((Plot) => Plot.lineX?.(ventes, { y: 'mois', x: 'ventes' }))).toBe('y');
		expect(by((Plot) => Plot.areaX?.(ventes, { y: 'mois', x: 'ventes' }))).toBe('y');
		expect(by((Plot) => Plot.rectY?.(ventes, Plot.binX?.({ y: 'count' }, { x: 'ventes' })))).toBe(
			'x'
		);
		expect(by((Plot) => Plot.cell?.(ventes, { x: 'salle', y: 'mois' }))).toBe('xy');
	});

	it('are none where the author refused, and where nothing is read', () => {
		expect(
			picture((Plot) => [Plot.dot?.(ventes, { x: 'mois', y: 'ventes', tip: false })]).tips
		).toBeNull();
		expect(picture((Plot) => [Plot.ruleY?.([0]), Plot.text?.(['a'])]).tips).toBeNull();
		expect(picture((Plot) => [Plot.frame?.(), () => null]).tips).toBeNull();
	});

	it('point at the drawing beside its legend', () => {
		const found = picture(
			(Plot) => [Plot.dot?.(ventes, { x: 'mois', y: 'ventes', fill: 'salle' })],
			'fr',
			{ color: { legend: true }, title: 'Ventes', width: 300 }
		);
		expect(found.tips).toMatchObject({ part: 1, width: 300 });
		expect((found.tree[3] as PictureNode)[0]).toBe('svg');
	});
});

describe('tips that the author asked for', () => {
	it('take the place of ours, in the author’s words', () => {
		const found = tips((Plot) => [
			Plot.dot?.(ventes, { x: 'mois', y: 'ventes' }),
			Plot.lineY?.(ventes, {
				...{ x: 'mois', y: 'ventes' },
				channels: { Salle: 'salle' },
				tip: { format: { x: '%Y-%m', y: (d: number) => `${Math.round(d)} $` } }
			})
		]);
		expect(found.layers).toHaveLength(1);
		expect(layer(found)).toMatchObject({ mark: 'line', by: 'x' });
		expect(said(found, 1)).toEqual(['mois: 2024-02', 'ventes: 3400 $', 'Salle: B']);
	});

	it('may be a text of several lines, long ones too', () => {
		const long = 'mot '.repeat(60).trim();
		const found = tips((Plot) => [
			Plot.dot?.(ventes, { x: 'mois', y: 'ventes', title: () => `un\n${long}`, tip: 'y' })
		]);
		expect(layer(found).by).toBe('y');
		expect(said(found, 0)).toEqual([`: un\n${long}`]);
	});

	it('may be marks of their own, which a pointer moves', () => {
		const found = tips((Plot) => [
			Plot.lineY?.(ventes, { x: 'mois', y: 'ventes' }),
			Plot.tip?.(ventes, Plot.pointerX?.({ x: 'mois', y: 'ventes', fy: 'salle' }))
		]);
		expect(found.layers.map(({ mark }) => mark)).toEqual(['tip']);
		expect(layer(found).starts).toHaveLength(2);
		expect(layer(found).x).toHaveLength(3);
	});
});

describe('limits of tips', () => {
	const many =
		(count: number): Plotter =>
		(Plot) => [
			Plot.dot?.(
				Array.from({ length: count }, (_, i) => i),
				{ x: (d: number) => d, y: (d: number) => (d * 7) % 100 }
			)
		];

	it('leave out all points of a mark that has too many, and say how many', () => {
		expect(layer(tips(many(LIMITS.tipPoints))).x).toHaveLength(LIMITS.tipPoints);
		expect(tips(many(LIMITS.tipPoints + 1))).toMatchObject({
			layers: [],
			left: LIMITS.tipPoints + 1
		});
		const both = tips((Plot) => [
			...(many(9_000)(Plot) as unknown[]),
			Plot.rectY?.([1, 2], { x1: 1, x2: 2, y: (d: number) => d })
		]);
		expect(both).toMatchObject({ left: 9_000 });
		const facets = Array.from({ length: 9_000 }, (_, i) => ({ f: i % 9, x: i }));
		expect(tips((Plot) => [Plot.dotX?.(facets, { x: 'x', fy: 'f' })])).toMatchObject({
			layers: [],
			left: 9_000
		});
	});

	it('leave out what would weigh too much', () => {
		const data = Array.from({ length: 2_500 }, (_, i) => ({ x: i, t: `${i}`.repeat(200) }));
		const found = tips((Plot) => [Plot.dotX?.(data, { x: 'x', title: 't' })]);
		expect(found).toMatchObject({ layers: [], left: 2_500 });
	});

	it('take positions inside the drawing only', () => {
		const found = tips(
			(Plot) => [Plot.dot?.([0, 5, 500], { x: (d: number) => d, y: (d: number) => d })],
			'fr',
			{ x: { domain: [0, 10] }, y: { domain: [0, 10] } }
		);
		expect(layer(found).x).toHaveLength(2);
	});
});

describe('what the points of a chart are', () => {
	const keysOf = (found: PictureTips, at = 0) =>
		(layer(found, at).keys ?? []).map(({ column, values, codes }) => [
			column,
			codes.map((code) => values[code])
		]);

	it('is told by the names of columns: what is measured is no key', () => {
		expect(keysOf(tips(bars))).toEqual([['salle', ['A', 'B', 'C']]]);
		const line = tips((Plot) => [Plot.lineY?.(ventes, { x: 'mois', y: 'ventes' })]);
		expect(keysOf(line)).toEqual([
			['mois', ['2024-01-01', '2024-02-01', '2024-03-01'].map((date) => ({ date }))]
		]);
		const sideways = tips((Plot) => [Plot.barX?.(rooms, { y: 'salle', x: 'ventes' })]);
		expect(keysOf(sideways)).toEqual([['salle', ['A', 'B', 'C']]]);
	});

	it('holds colours that name and facets, and the same for a line of numbers', () => {
		const data = ['p', 'q'].flatMap((f) =>
			['s', 't'].flatMap((s) => [1, 2].map((x) => ({ f, s, x, y: x * 2.5 })))
		);
		const made = tips((Plot) => [Plot.lineY?.(data, { x: 'x', y: 'y', stroke: 's', fx: 'f' })]);
		const keys = layer(made).keys ?? [];
		expect(keys.map(({ column }) => column).sort()).toEqual(['f', 's', 'x']);
		const each = new Set(
			layer(made).x.map((_, at) => JSON.stringify(keys.map(({ codes }) => codes[at])))
		);
		expect(each.size).toBe(8);
	});

	it('are the bins of a histogram by where they begin', () => {
		const made = tips((Plot) => [
			Plot.rectY?.(
				ventes,
				Plot.binX?.({ y: 'count' }, { x: 'ventes', thresholds: [1000, 2000, 3000, 4000] })
			)
		]);
		expect(keysOf(made)).toEqual([['ventes', [1000, 2000, 3000]]]);
	});

	it('is told by what is measured where nothing else tells points apart', () => {
		const found = tips((Plot) => [
			Plot.dot?.(rooms.derive({ prix: aq.escape(() => 12) }), { x: 'ventes', y: 'prix' })
		]);
		expect(keysOf(found)).toEqual([['ventes', [1200.5, 2500, 3400]]]);
		const twice = aq.table({ salle: ['A', 'A'], ventes: [1, 2] });
		const stacked = tips((Plot) => [Plot.barY?.(twice, { x: 'salle', y: 'ventes' })]);
		expect(keysOf(stacked)).toEqual([
			['salle', ['A', 'A']],
			['ventes', [2, 1]]
		]);
	});

	it('is the same for a line as for bars of the same columns, in another order', () => {
		const other = tips((Plot) => [
			Plot.line?.(rooms.orderby(aq.desc('ventes')), { x: 'salle', y: 'ventes', sort: 'salle' })
		]);
		expect(keysOf(other)).toEqual(keysOf(tips(bars)));
	});

	it('names things and years by their figures', () => {
		const museums = aq.table({
			'N° du musée': [8, 9],
			Année: [2019, 2019],
			Entrées: [12_000, 15_000]
		});
		const found = tips((Plot) => [
			Plot.dot?.(museums, { x: 'Entrées', y: 'Année', fill: 'N° du musée' })
		]);
		expect(keysOf(found).map(([column]) => column)).toEqual(['Année', 'N° du musée']);
	});

	it('is left out where its texts would be too many', () => {
		const long = Array.from({ length: 2_400 }, (_, i) => ({ nom: `${i} `.padEnd(480, 'x'), n: i }));
		const made = picture((Plot) => [Plot.dot?.(long, { x: 'n', y: 'n', fill: 'nom', tip: false })]);
		expect(made.tips).toBeNull();
		const drawn = picture(
			(Plot) => [
				Plot.dot?.(long, {
					...{ x: 'n', y: 'n', channels: { nom: 'nom' } },
					tip: { format: { nom: () => 'court', x: true, y: true } }
				})
			],
			'fr'
		);
		expect(drawn.tips?.layers[0]?.x).toHaveLength(2_400);
		expect(drawn.tips?.layers[0]).not.toHaveProperty('keys');
	});
});
