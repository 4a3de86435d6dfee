import * as aq from 'arquero';
import { describe, expect, it } from 'vitest';
import { makePlot, toPicture } from '../../sandbox/worker/plot.ts';
import { channelOf as c, newChart, type ChartSpec } from './chart-spec.ts';
import { clearPicture } from './clear.ts';
import { drawChart } from './draw-chart.ts';
import { parseChart } from './parse-chart.ts';
import { printPicture } from './print.ts';
import { printChart } from './print-chart.ts';
import { slopeClash } from './slope-labels.ts';

const clash = (ends: readonly number[], more: Partial<ChartSpec> = {}) => {
	const names = ends.map((_, at) => `s${at}`);
	const table = aq.table({
		an: [...ends.map(() => 2024), ...ends.map(() => 2025)],
		nom: [...names, ...names],
		n: [...ends.map((_, at) => at * 20), ...ends]
	});
	const spec = newChart(
		't',
		'slope',
		{ x: c('an'), y: c('n', { aggregate: 'sum' }), colour: c('nom') },
		more
	);
	return slopeClash(spec, table);
};

describe('names at the end of slopes', () => {
	it('stand apart, or are few', () => {
		expect(clash([0, 50, 100])).toBeNull();
		expect(clash([10])).toBeNull();
		expect(clash([0, 1, 100], { kind: 'lines' })).toBeNull();
	});
	it('run into one another: a height that parts them, or none', () => {
		// 13 pixels for 3 of 100, and 50 around.
		expect(clash([0, 3, 100])).toEqual({ height: 484 });
		expect(clash([0, 3, 100], { height: 484 })).toBeNull();
		expect(clash([0, 1, 100])).toEqual({ height: null });
		expect(clash([5, 5, 100])).toEqual({ height: null });
	});
	it('are at the end that is drawn last', () => {
		const back: ChartSpec['order'] = { by: 'list', values: [2025, 2024] };
		expect(clash([0, 3, 100], { order: back })).toBeNull();
		expect(clash([0, 3, 100], { order: { by: 'data' } })).toEqual({ height: 484 });
	});
	it('take the room that an axis from zero leaves them', () => {
		const far = [1000, 1030, 1100];
		expect(clash(far, { zero: true, height: 500 })).toEqual({ height: 527 });
	});
});

it('lines join their points in the order of a list, and are named at its end', () => {
	const spec = newChart(
		't',
		'slope',
		{ x: c('an'), y: c('n', { aggregate: 'sum' }), colour: c('nom') },
		{ order: { by: 'list', values: ['après', 'avant'] } }
	);
	const table = aq.table({
		an: ['avant', 'après', 'ailleurs'],
		nom: ['a', 'a', 'a'],
		n: [10, 30, 90]
	});
	const picture = toPicture(drawChart(makePlot('fr'), spec, table, 'fr'));
	if (!picture) throw new Error('not a picture');
	const svg = printPicture(clearPicture(picture.tree, 'g'));
	// The name of the series is where « avant » is, at the right.
	expect(svg).toMatch(/<text[^>]*transform="translate\([4-9]\d\d[^>]*>a</);
	expect(parseChart(printChart(spec, 'fr'))?.kept).toEqual([]);
});
