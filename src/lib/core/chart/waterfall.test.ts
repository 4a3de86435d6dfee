/** Each step of a waterfall begins where the one drawn before it ends, whatever the order. */
import * as aq from 'arquero';
import { expect, it } from 'vitest';
import { clearPicture } from './clear.ts';
import { makePlot, toPicture } from '../../sandbox/worker/plot.ts';
import { channelOf as c, newChart, type Aggregate, type CategoryOrder } from './chart-spec.ts';
import { drawChart } from './draw-chart.ts';
import { editChart } from './edit-chart.ts';
import { parseChart } from './parse-chart.ts';
import { printPicture } from './print.ts';
import { printChart } from './print-chart.ts';
import { applyEdits } from './source-edits.ts';

const BUDGET = aq.table({
	poste: ['subventions', 'salaires', 'billets', 'loyer', 'dons', 'salaires'],
	montant: [400, -300, 250, -80, 60, -40]
});
const chart = (order: CategoryOrder, aggregate: Aggregate | null = 'sum') =>
	newChart('budget', 'waterfall', { x: c('poste'), y: c('montant', { aggregate }) }, { order });
const LIST: CategoryOrder = { by: 'list', values: ['billets', 'dons', 'salaires'] };

/** From left to right: where each bar begins and ends on the vertical. */
function bars(spec: ReturnType<typeof chart>): { from: number; to: number }[] {
	const picture = toPicture(drawChart(makePlot('fr'), spec, BUDGET, 'fr'));
	if (!picture) throw new Error('not a picture');
	const found = [...printPicture(clearPicture(picture.tree, 'g')).matchAll(/<rect([^>]*)>/g)].map(
		([, text = '']) => {
			const of = (name: string) => Number(new RegExp(` ${name}="([^"]*)"`).exec(text)?.[1]);
			return { x: of('x'), from: of('y'), to: of('y') + of('height') };
		}
	);
	return found.sort((a, b) => a.x - b.x);
}
const touch = (a: { from: number; to: number }, b: { from: number; to: number }) =>
	[a.from, a.to].some((end) => [b.from, b.to].some((start) => Math.abs(end - start) < 0.01));

it.each<[string, CategoryOrder, number]>([
	['name', { by: 'name', descending: false }, 5],
	['data', { by: 'data' }, 5],
	['a list', LIST, 4]
])('is a staircase in the order of %s', (_, order, count) => {
	const steps = bars(chart(order));
	expect(steps).toHaveLength(count);
	for (const [at, step] of steps.slice(1).entries())
		expect(touch(steps[at] ?? step, step), `step ${at + 1}`).toBe(true);
});

it('is read back as it was written, and sources without an order of rows are read too', () => {
	const spec = chart(LIST);
	const source = printChart(spec, 'fr');
	expect(parseChart(source)?.spec.order).toEqual(LIST);
	expect(parseChart(source)?.kept).toEqual([]);
	const old = source
		.replace(/,\s+filter: d => .*?\.includes\(d\.poste\)/g, '')
		.replace(/,\s+sort: d => .*?\.indexOf\(d\.poste\)/, '');
	expect(old).not.toContain('d =>');
	const read = parseChart(old);
	expect(read?.spec.order).toEqual(LIST);
	expect(read?.kept).toEqual([]);
	const next = read && applyEdits(old, editChart(old, read, chart({ by: 'data' }), 'fr'));
	expect(next && parseChart(next)?.spec.order).toEqual({ by: 'data' });
});
