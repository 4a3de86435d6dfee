/** Charts made without code: drawn from their spec, and by running the source that they print. */
import * as aq from 'arquero';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { conductOf } from '../../core/analysis/conduct.ts';
import { fitChart } from '../../core/chart/chart-kinds.ts';
import { mulberry32, randomChart, sampleColumns } from '../../core/chart/chart-samples.ts';
import { channelOf, CHART_KINDS, newChart, type ChartSpec } from '../../core/chart/chart-spec.ts';
import { describeChart } from '../../core/chart/describe-chart.ts';
import { drawChart } from '../../core/chart/draw-chart.ts';
import { printChart } from '../../core/chart/print-chart.ts';
import { makePlot, toPicture } from './plot.ts';
import { TestHost } from './test-host.ts';

const Plot = makePlot('fr');

/** A picture, or the message of what drawing it threw. */
function drawn(make: () => unknown): unknown {
	try {
		const picture = toPicture(make());
		if (!picture) throw new Error('not a picture');
		return picture;
	} catch (error) {
		return String(error);
	}
}
/** Plot numbers the clip paths of a worker's charts one after the other. */
const steady = (picture: unknown): string =>
	JSON.stringify(picture).replace(/plot-(clip|marker)-\d+/g, 'plot-$1');

describe('a chart drawn from its spec is the one that its source draws', () => {
	it.each(CHART_KINDS)('%s', (kind) => {
		const random = mulberry32(kind.length * 31 + 5);
		const failures: string[] = [];
		for (let n = 0; n < 24; n++) {
			const spec = fitChart(randomChart(random, kind));
			const rows = [0, 1, 40, 40][n % 4] ?? 40;
			const table = aq.table(sampleColumns(random, rows, n % 3 ? 0.15 : 0));
			const source = printChart(spec, 'fr');
			const run = globalThis.eval(`(Plot, ventes) => ${source}`) as (...args: unknown[]) => unknown;
			const one = drawn(() => drawChart(Plot, spec, table, 'fr'));
			const other = drawn(() => run(Plot, table));
			expect(steady(one), source).toBe(steady(other));
			if (typeof one === 'string') failures.push(`${one}\n${source}`);
			for (const lang of ['fr', 'en'] as const)
				expect(describeChart(spec, table, lang), source).not.toMatch(/undefined|NaN|null|Invalid/);
		}
		expect(failures).toEqual([]);
	});
});

it('a chart of too many marks is refused with what to do, though it is Plot that gives up', async () => {
	const host = new TestHost({ make: makePlot, picture: toPicture });
	await host.cells({ a: 'Plot.dotX(Array.from({length: 70000}, (_, i) => i)).plot()' });
	expect(host.error('a')).toMatchObject({ code: 'output_too_large', details: { what: 'marks' } });
	host.close();
});

describe('a published chart', () => {
	const c = channelOf;
	const count = c(null, { aggregate: 'count' });
	const mean = c('prix', { aggregate: 'mean' });
	const ville = c('ville');
	/** As plain as each kind is, with what is drawn beside the data. */
	const CHARTS: Readonly<Record<ChartSpec['kind'], ChartSpec>> = {
		bars: newChart(
			'billets',
			'bars',
			{ x: ville, y: count },
			{ values: true, reference: { value: 14, text: 'Cible' } }
		),
		lines: newChart('billets', 'lines', { x: ville, y: mean }),
		areas: newChart('billets', 'areas', { x: ville, y: mean }),
		dots: newChart('billets', 'dots', { x: c('prix'), y: c('prix') }),
		histogram: newChart('billets', 'histogram', {
			x: c('prix', { bins: [0, 10, 20, 30] }),
			y: count
		}),
		box: newChart('billets', 'box', { x: ville, y: c('prix') }),
		heatmap: newChart(
			'billets',
			'heatmap',
			{ x: ville, y: c('tarif'), colour: mean },
			{ values: true }
		),
		'ranked-dots': newChart('billets', 'ranked-dots', { x: ville, y: mean }, { values: true }),
		slope: newChart(
			'billets',
			'slope',
			{ x: c('tarif'), y: count, colour: ville },
			{ highlight: { values: ['A'], text: 'Voir A' } }
		),
		dumbbell: newChart('billets', 'dumbbell', {
			x: ville,
			y: mean,
			y2: c('jours', { aggregate: 'mean' })
		}),
		funnel: newChart('billets', 'funnel', { x: ville, y: count }, { values: true }),
		waterfall: newChart(
			'billets',
			'waterfall',
			{ x: ville, y: mean },
			{ order: { by: 'list', values: ['A', 'B', 'C'] } }
		),
		ageing: newChart(
			'billets',
			'ageing',
			{ x: c('jours', { bins: [10, 20] }), y: count },
			{ values: true }
		),
		'region-tiles': newChart(
			'billets',
			'region-tiles',
			{ x: c('region'), colour: count },
			{ values: true }
		)
	};
	const rows = [...'A'.repeat(16), ...'B'.repeat(12), ...'C'.repeat(2)];
	let host: TestHost;
	beforeEach(() => {
		host = new TestHost({ make: makePlot, picture: toPicture });
		host.addFile(
			'billets@1.arrow',
			{
				ville: rows,
				tarif: rows.map((_, i) => (i % 2 ? 'plein' : 'réduit')),
				prix: rows.map((_, i) => i),
				jours: rows.map((_, i) => i),
				region: rows.map((town) => (town === 'A' ? 'Montréal' : town === 'B' ? 'Laval' : 'Estrie'))
			},
			{ publication: 'aggregates', minimumGroup: 10 }
		);
	});
	afterEach(() => host.close());

	it.each(CHART_KINDS)(
		'lets nothing out, and says how many rows each mark stands for: %s',
		async (kind) => {
			const source = printChart(CHARTS[kind], 'fr');
			const conduct = conductOf(source, 'js');
			expect(conduct).toMatchObject({ leaks: false, readable: true });
			const used = [...(conduct?.shown.bare ?? []), ...(conduct?.shown.loose ?? [])];
			expect(used.filter((name) => name !== 'Plot' && name !== 'Math')).toEqual(['billets']);
			await host.cells({
				a: 'const billets = FileAttachment("billets@1.arrow").arquero();',
				b: source
			});
			expect(host.error('b')).toBeNull();
			const [output] = host.outputs.get('b') ?? [];
			if (!output || !('groups' in output)) throw new Error('no groups');
			const [claim] = output.groups ?? [];
			expect(claim?.told, source).toBe(true);
			expect(claim?.sizes.length, source).toBeGreaterThan(0);
		}
	);
});
