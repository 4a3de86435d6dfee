import * as aq from 'arquero';
import { describe, expect, it } from 'vitest';
import type { PictureNode } from '../../core/chart/picture.ts';
import { readMessage } from '../../core/protocol/guards.ts';
import type { Picture } from '../../core/protocol/messages.ts';
import { makePlot, MissingColumn, PictureTooLarge, toPicture } from './plot.ts';

type Make = (...args: unknown[]) => unknown;
const P = (lang: 'fr' | 'en' = 'fr') => makePlot(lang) as Record<string, Make>;

function draw(make: (plot: Record<string, Make>) => unknown, lang: 'fr' | 'en' = 'fr'): Picture {
	const picture = toPicture(make(P(lang)));
	if (!picture) throw new Error('not a picture');
	// Whatever is drawn passes the guard of the page.
	readMessage({
		type: 'outputs',
		cell: 'a',
		run: 1,
		outputs: [{ kind: 'picture', picture, lineage: null }]
	});
	return picture;
}
function textsOf(node: PictureNode): string[] {
	if (typeof node === 'string') return [node];
	const [, , ...children] = node;
	return children.flatMap(textsOf);
}
function count(node: PictureNode, tag: string): number {
	if (typeof node === 'string') return 0;
	const [name, , ...children] = node;
	return (
		(name === tag ? 1 : 0) + children.reduce((sum: number, child) => sum + count(child, tag), 0)
	);
}

const ventes = aq.table({
	mois: ['janvier', 'février', 'mars'],
	ventes: [1200.5, 3400, 2500],
	salle: ['A', 'B', 'A']
});

describe('Plot in the worker', () => {
	it('draws a table column by column, with its texts and its data', () => {
		const picture = draw((Plot) =>
			Plot.plot?.({
				title: 'Ventes',
				subtitle: 'par mois',
				caption: 'Données synthétiques',
				ariaDescription: 'Trois barres',
				marks: [Plot.barY?.(ventes, { x: 'mois', y: 'ventes' }), Plot.ruleY?.([0])]
			})
		);
		expect(picture).toMatchObject({
			title: 'Ventes',
			subtitle: 'par mois',
			caption: 'Données synthétiques',
			description: 'Trois barres'
		});
		expect(picture.data).toEqual([
			{
				mark: 'bar',
				columns: ['mois', 'ventes'],
				rows: [
					['janvier', 1200.5],
					['février', 3400],
					['mars', 2500]
				],
				total: 3
			}
		]);
		expect(count(picture.tree, 'rect')).toBe(3);
		expect(count(picture.tree, 'style')).toBe(0);
		expect(JSON.stringify(picture.tree)).not.toContain('aria-description');
	});

	it('writes numbers and dates in the language asked for', () => {
		const chart = (Plot: Record<string, Make>) =>
			Plot.plot?.({
				marks: [
					Plot.lineY?.([new Date('2024-02-01'), new Date('2024-08-01')], {
						x: (d: Date) => d,
						y: [1000, 2500.5]
					}),
					Plot.text?.([1234.5], { frameAnchor: 'top', text: (d: number) => d })
				]
			});
		const french = textsOf(draw(chart).tree);
		expect(french).toContain('1\u00a0234,5');
		expect(french).toContain('1\u00a0400');
		expect(french.some((text) => text.startsWith('juin'))).toBe(true);
		const english = textsOf(draw(chart, 'en').tree);
		expect(english).toContain('1,234.5');
		expect(english).toContain('1,400');
		expect(english.some((text) => /^Jun/.test(text))).toBe(true);
		expect(new Intl.NumberFormat('en-US').resolvedOptions().locale).toBe('en-US');
	});

	it('draws facets, groups, bins, stacks and both kinds of legend', () => {
		const facets = draw((Plot) =>
			Plot.plot?.({ marks: [Plot.barY?.(ventes, { fx: 'salle', x: 'mois', y: 'ventes' })] })
		);
		expect(facets.data[0]?.columns).toEqual(['salle', 'mois', 'ventes']);
		expect(facets.data[0]?.rows).toContainEqual(['B', 'février', 3400]);

		const histogram = draw((Plot) =>
			Plot.plot?.({
				marks: [Plot.rectY?.(ventes, Plot.binX?.({ y: 'count' }, { x: 'ventes' }) as object)]
			})
		);
		expect(histogram.data[0]?.rows.reduce((sum, row) => sum + Number(row.at(-1)), 0)).toBe(3);
		expect(textsOf(histogram.tree).some((text) => text.includes('Fréquence'))).toBe(true);

		const groups = draw((Plot) =>
			Plot.plot?.({
				color: { legend: true },
				marks: [
					Plot.barY?.(
						ventes,
						Plot.groupX?.({ y: 'sum' }, { x: 'salle', y: 'ventes', fill: 'mois' }) as object
					)
				]
			})
		);
		expect(textsOf(groups.tree)).toContain('février');
		expect(groups.data[0]?.rows).toContainEqual(['A', 2500, 'mars']);

		const ramp = draw((Plot) =>
			Plot.plot?.({
				color: { legend: true },
				marks: [Plot.dot?.(ventes, { x: 'mois', y: 'ventes', fill: 'ventes' })]
			})
		);
		expect(JSON.stringify(ramp.tree)).toContain('data:image/png;base64,iVBORw0KGgo');
	});

	it('takes functions, plain rows and the chained form', () => {
		const picture = draw((Plot) =>
			(
				Plot.dot?.(ventes, { x: (d: { mois: string }) => d.mois.slice(0, 3), y: 'ventes' }) as {
					plot: Make;
				}
			).plot({ grid: true })
		);
		expect(picture.data[0]?.rows[1]?.[0]).toBe('fév');
		expect(
			draw((Plot) => Plot.plot?.({ marks: [Plot.lineY?.([1, 3, 2], { tip: true })] })).marks
		).toBe(3);
	});

	it('draws static tips, hexagons, waffles, arrows, regressions and crosshairs', async () => {
		const data = Array.from({ length: 30 }, (_, i) => ({ a: i, b: (i * 7) % 13, c: `${i % 3}` }));
		for (const make of [
			(Plot) => Plot.plot?.({ marks: [Plot.tip?.(['Sommet'], { x: [1], y: [2] })] }),
			(Plot) =>
				Plot.plot?.({
					marks: [Plot.dot?.(data, Plot.hexbin?.({ r: 'count' }, { x: 'a', y: 'b' }) as object)]
				}),
			(Plot) =>
				Plot.plot?.({ marks: [Plot.waffleY?.(data, Plot.groupX?.({ y: 'count' }, { x: 'c' }))] }),
			(Plot) => Plot.plot?.({ marks: [Plot.linearRegressionY?.(data, { x: 'a', y: 'b' })] }),
			(Plot) =>
				Plot.plot?.({
					marks: [
						Plot.line?.(data, { x: 'a', y: 'b', marker: 'arrow', clip: true }),
						Plot.crosshair?.(data, { x: 'a', y: 'b' })
					]
				}),
			(Plot) => Plot.plot?.({ marks: [Plot.boxX?.(data, { x: 'b', y: 'c' })] }),
			(Plot) => Plot.plot?.({ marks: [Plot.raster?.(data, { x: 'a', y: 'b', fill: 'a' })] }),
			(Plot) => Plot.plot?.({ marks: [Plot.density?.(data, { x: 'a', y: 'b' })] }),
			(Plot) => Plot.legend?.({ color: { type: 'linear', domain: [0, 1000] } })
		] satisfies ((Plot: Record<string, Make>) => unknown)[]) {
			const chart = make(P());
			await Promise.resolve();
			expect(draw(() => chart).tree).toBeTruthy();
		}
	});

	it('names the column that a table lacks', () => {
		expect(() =>
			draw((Plot) => Plot.plot?.({ marks: [Plot.barY?.(ventes, { x: 'moi', y: 'ventes' })] }))
		).toThrow(MissingColumn);
	});

	it('refuses more marks than a page can show, and cuts the data at a thousand rows', () => {
		const many = (n: number) => (Plot: Record<string, Make>) =>
			Plot.plot?.({ marks: [Plot.dotX?.(Array.from({ length: n }, (_, i) => i))] });
		expect(() => draw(many(70_000))).toThrow(PictureTooLarge);
		const picture = draw(many(5_000));
		expect(picture.marks).toBe(5_000);
		expect(picture.data[0]).toMatchObject({ total: 5_000 });
		expect(picture.data[0]?.rows.length).toBe(1_000);
	});

	it('takes nothing else for a chart', () => {
		for (const value of [null, 1, 'svg', {}, [], { tagName: 'svg' }])
			expect(toPicture(value)).toBeNull();
	});
});
