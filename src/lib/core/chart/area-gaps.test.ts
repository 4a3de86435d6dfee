/** Series without a value at some date, stacked on others. */
import * as aq from 'arquero';
import { describe, expect, it } from 'vitest';
import { makePlot, toPicture } from '../../sandbox/worker/plot.ts';
import { seriesWithGaps } from './area-gaps.ts';
import { channelOf as c, newChart, type ChartSpec } from './chart-spec.ts';
import { describeChart } from './describe-chart.ts';
import { drawChart } from './draw-chart.ts';
import { editChart } from './edit-chart.ts';
import { parseChart } from './parse-chart.ts';
import { printPicture } from './print.ts';
import { printChart } from './print-chart.ts';
import { applyEdits } from './source-edits.ts';

const at = (month: number) => new Date(Date.UTC(2025, month, 9));
/** In March, danse has no row; in May, nobody has. */
const SALES = aq.table({
	date: [0, 0, 1, 1, 2, 3, 3, 5, 5].map(at),
	genre: ['danse', 'cirque', 'cirque', 'danse', 'cirque', 'danse', 'cirque', 'cirque', 'danse'],
	billets: [10, 20, 20, 10, 20, 10, 20, 20, 10]
});
const sum = c('billets', { aggregate: 'sum' });
const MONTHLY = newChart('ventes', 'areas', {
	x: c('date', { interval: 'month' }),
	y: sum,
	colour: c('genre')
});
/** The outline of each area: the places of its points. */
const outlines = (spec: ChartSpec) => {
	const picture = toPicture(drawChart(makePlot('fr'), spec, SALES, 'fr'));
	if (!picture) throw new Error('not a picture');
	return [...printPicture(picture.tree).matchAll(/<path[^>]* d="(M[^"]*Z)"/g)].map(([, d = '']) =>
		[...d.matchAll(/([-\d.]+),([-\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const)
	);
};

describe.each(['stacked', 'share'] as const)('areas by interval (%s)', (layout) => {
	it('have a value of each series in each month, of which none overlaps another', () => {
		const [lower = [], upper = [], ...more] = outlines({ ...MONTHLY, layout });
		expect(more).toEqual([]);
		// Six months, there and back.
		expect([lower.length, upper.length]).toEqual([12, 12]);
		// The upper series stands on the lower one everywhere.
		const tops = lower.slice(0, 6);
		const bases = upper.slice(6).reverse();
		expect(bases).toEqual(tops);
	});
});

it('a stack is read back, drawn as it is written, and told with its empty months', () => {
	const source = printChart(MONTHLY, 'fr');
	expect(source).toContain('Plot.binX({y: "sum", filter: null}');
	expect(source).toContain('interval: "month"}');
	expect(parseChart(source)?.spec).toEqual(MONTHLY);
	expect(parseChart(source)?.kept).toEqual([]);
	expect(describeChart(MONTHLY, SALES, 'fr')).toContain('Le plus bas\u00a0: mai 2025 (0)');
	const mean = { ...MONTHLY.channels, y: c('billets', { aggregate: 'mean' as const }) };
	expect(describeChart({ ...MONTHLY, channels: mean }, SALES, 'fr')).not.toContain('mai 2025');
});

describe('a stack that was written before', () => {
	const OLD =
		'Plot.plot({\n  x: {interval: "month"},\n  marks: [\n' +
		'    Plot.areaY(ventes, Plot.groupX({y: "sum"}, {x: "date", y: "billets", fill: "genre", sort: "date", tip: true})),\n' +
		'    Plot.ruleY([0])\n  ]\n})';
	const chart = parseChart(OLD);
	const edited = (more: Partial<ChartSpec>) => {
		if (!chart) throw new Error('no chart');
		return applyEdits(OLD, editChart(OLD, chart, { ...chart.spec, ...more }, 'fr'));
	};
	it('is read whole', () => {
		expect(chart?.spec).toEqual(MONTHLY);
		expect(chart?.kept.map(({ text }) => text)).toEqual(['tip: true']);
		expect(edited({ title: 'Neuf' })).toContain('Plot.groupX({y: "sum"}');
	});
	it('becomes one without gaps when its data are changed', () => {
		const mean = { ...MONTHLY.channels, y: c('billets', { aggregate: 'mean' as const }) };
		const next = edited({ channels: mean });
		expect(next).toContain('Plot.binX({y: "mean", filter: null}');
		expect(next).toContain('tip: true');
		expect(parseChart(next)?.spec.channels).toEqual(mean);
		expect(parseChart(edited({ layout: 'share' }))?.spec.layout).toBe('share');
		const bare = { ...MONTHLY.channels, x: c('date') };
		expect(parseChart(edited({ channels: bare }))?.spec.channels).toEqual(bare);
	});
});

describe('series with gaps', () => {
	const of = (more: Partial<ChartSpec['channels']>, kind: ChartSpec['kind'] = 'areas') =>
		seriesWithGaps(
			newChart('t', kind, { x: c('date'), y: sum, colour: c('genre'), ...more }),
			SALES
		);
	it('are those without a row at some place', () => {
		expect(of({})).toBe(1);
		expect(of({ x: c('date', { interval: 'month' }), y: c('billets') })).toBe(1);
		expect(of({ x: c('date', { interval: 'quarter' }), y: c('billets') })).toBe(0);
		// Both are one.
		expect(of({ colour: c('genre', { gather: { keep: ['x'], rest: 'Autres' } }) })).toBe(0);
	});
	it('are none of other charts, of one series, or of intervals that are filled', () => {
		expect(of({}, 'lines')).toBe(0);
		expect(of({ colour: null })).toBe(0);
		expect(of({ x: c('date', { interval: 'month' }) })).toBe(0);
		// In its own panel, each has all that there is.
		expect(of({ facetX: c('genre') })).toBe(0);
	});
});
