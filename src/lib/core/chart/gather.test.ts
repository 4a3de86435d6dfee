import { describe, expect, it } from 'vitest';
import { fitChart } from './chart-kinds.ts';
import { channelOf, newChart, type ChartTable } from './chart-spec.ts';
import { editChart } from './edit-chart.ts';
import { gatheredOf, gatherInto, rankCategories, type GatheredChannel } from './gather.ts';
import { describeChart } from './describe-chart.ts';
import { marksOf } from './chart-marks.ts';
import { parseChart } from './parse-chart.ts';
import { printChart } from './print-chart.ts';
import { applyEdits } from './source-edits.ts';

const COLUMNS: Readonly<Record<string, readonly unknown[]>> = {
	canal: ['web', 'web', 'web', 'poste', 'guichet', null, 'fax'],
	recette: [1, 1, 1, 9, 5, 100, 2]
};
const TABLE: ChartTable = {
	numRows: () => 7,
	columnNames: () => Object.keys(COLUMNS),
	array: (name) => COLUMNS[name] ?? []
};
const sum = channelOf('recette', { aggregate: 'sum' });
const BARS = newChart(
	'ventes',
	'bars',
	{ x: channelOf('canal'), y: sum },
	{ order: { by: 'value', descending: true }, limit: 3 }
);
const SERIES = newChart('ventes', 'lines', {
	x: channelOf('date', { interval: 'month' }),
	y: channelOf('recette'),
	colour: channelOf('canal')
});
const ranked = (name: GatheredChannel, spec = BARS) => rankCategories(spec, name, TABLE);

describe('the largest categories', () => {
	it('are those of which most is measured', () => {
		expect(ranked('x')).toEqual(['poste', 'guichet', 'web', 'fax']);
		expect(ranked('colour', SERIES)).toEqual(['poste', 'guichet', 'web', 'fax']);
	});
	it('are those with most rows, where that is no sum', () => {
		const mean = { ...BARS.channels, y: channelOf('recette', { aggregate: 'mean' }) };
		const count = { ...BARS.channels, y: channelOf(null, { aggregate: 'count' }) };
		const byRows = ['web', 'poste', 'guichet', 'fax'];
		expect(ranked('x', { ...BARS, channels: mean })).toEqual(byRows);
		expect(ranked('x', { ...BARS, channels: count })).toEqual(byRows);
		expect(ranked('colour')).toEqual([]);
	});
});

describe('the smallest categories', () => {
	const two = fitChart(gatherInto(BARS, 'x', ranked('x'), 2, 'Autres'));
	it('become one, which stands last', () => {
		expect(two.channels.x?.gather).toEqual({ keep: ['poste', 'guichet'], rest: 'Autres' });
		expect(two.order).toEqual({ by: 'list', values: ['poste', 'guichet', 'Autres'] });
		expect(two.limit).toBeNull();
		expect(gatheredOf(channelOf('canal', two.channels.x ?? {}), 4)).toBe(2);
		const source = printChart(two, 'fr');
		expect(source).toContain(
			'd => d.canal == null || ["poste", "guichet"].includes(d.canal) ? d.canal : "Autres"'
		);
		expect(source).toContain('domain: ["poste", "guichet", "Autres"]');
		expect(parseChart(source)).toMatchObject({ spec: two, kept: [] });
	});
	it('are themselves again', () => {
		const three = gatherInto(two, 'x', ranked('x'), 3, 'Autres');
		expect(three.order).toMatchObject({ values: ['poste', 'guichet', 'web', 'Autres'] });
		const none = gatherInto(three, 'x', [], null, 'Autres');
		expect(none.channels.x?.gather).toBeNull();
		expect(none.order).toEqual({ by: 'value', descending: true });
	});
	it('leave an order of their author’s as it is', () => {
		const order = { by: 'list', values: ['web', 'Autres'] } as const;
		const spec = { ...BARS, order };
		expect(gatherInto(spec, 'x', ['web'], 1, 'Autres').order).toBe(order);
		expect(gatherInto(spec, 'x', [], null, 'Autres').order).toBe(order);
	});
	it('are called like a category that is one of them', () => {
		expect(gatherInto(BARS, 'x', ['poste', 'web', 'fax'], 2, 'web').channels.x?.gather).toEqual({
			keep: ['poste', 'fax'],
			rest: 'web'
		});
		expect(gatherInto(BARS, 'x', ['web'], 2, 'web').channels.x?.gather).toBeNull();
	});
	it('are summed up, and grey beside a palette', () => {
		const spec = fitChart({
			...gatherInto(SERIES, 'colour', ranked('colour', SERIES), 2, 'Autres'),
			palette: 'carnet',
			legend: true
		});
		expect(spec.channels.y?.aggregate).toBe('sum');
		const source = printChart(spec, 'fr');
		expect(source).toContain('range: ["#23869a", "#d1602f", "#8a8f8c"]');
		expect(source).toContain('label: "canal"');
		expect(parseChart(source)).toMatchObject({ spec, kept: [] });
	});
	it('are said and counted as one', () => {
		const bars = { ...two, order: { by: 'name', descending: false } as const };
		expect(describeChart(bars, TABLE, 'fr')).toContain(
			'2 valeurs comparées. Le plus élevé\u00a0: poste (9). Le plus bas\u00a0: guichet (5). Toutes les autres ensemble\u00a0: 5.'
		);
		const one = gatherInto(bars, 'x', ['poste'], 1, 'Others');
		expect(describeChart(one, TABLE, 'en')).toContain(
			'A single value: poste (9). All others together: 10.'
		);
		const about = { type: 'text', missing: 0, min: null, max: null, top: [] } as const;
		const columns = [
			{ name: 'canal', distinct: 40_000, ...about },
			{ name: 'recette', distinct: null, ...about }
		];
		expect(marksOf(bars, { rows: 50_000, columns }).marks).toBe(3);
	});
	it('are gathered in a source that people typed, which stays theirs', () => {
		const typed = 'Plot.plot({marks: [Plot.barX(ventes, {y: "canal", x: "recette", tip: true})]})';
		const chart = parseChart(typed);
		if (!chart) throw new Error(typed);
		const next = gatherInto(chart.spec, 'x', ['poste', 'web'], 1, 'Autres');
		const edited = applyEdits(typed, editChart(typed, chart, fitChart(next), 'fr'));
		expect(edited).toContain('tip: true');
		expect(parseChart(edited)?.spec.channels.x?.gather).toEqual({
			keep: ['poste'],
			rest: 'Autres'
		});
	});
	it.each([
		'd => ["a"].includes(d.canal) ? d.canal : "Autres"',
		'd => d.canal == null && ["a"].includes(d.canal) ? d.canal : "Autres"',
		'd => d.canal == null || ["a"].includes(d.lieu) ? d.canal : "Autres"',
		'd => d.canal == null || ["a"].includes(d.canal, 1) ? d.canal : "Autres"',
		'd => d.canal == null || ["a", b].includes(d.canal) ? d.canal : "Autres"',
		'd => d.canal == null || [].includes(d.canal) ? d.canal : "Autres"',
		'd => d.canal == null || ["a"].indexOf(d.canal) ? d.canal : "Autres"',
		'd => d.canal == null || ["a"].includes(d.canal) ? d.lieu : "Autres"',
		'd => d.canal == 0 || ["a"].includes(d.canal) ? d.canal : "Autres"',
		'd => d.lieu == null || ["a"].includes(d.canal) ? d.canal : "Autres"',
		'd => d.canal == null || ["a"].includes(d.canal) ? d.canal : autres'
	])('are not read in other code: %s', (code) => {
		const source = `Plot.plot({marks: [Plot.barX(ventes, {x: "recette", y: "ville", fill: ${code}})]})`;
		const chart = parseChart(source);
		expect(chart?.spec.channels.colour).toBeNull();
		expect(chart?.kept.map(({ text }) => text)).toContain(`fill: ${code}`);
	});
});
