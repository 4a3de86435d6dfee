import { describe, expect, it } from 'vitest';
import { fitChart, missingChannels } from './chart-kinds.ts';
import { marksOf } from './chart-marks.ts';
import { channelOf, newChart, type ChartColumn } from './chart-spec.ts';
import { describeCell, describeChart, sayChart } from './describe-chart.ts';
import { parseChart } from './parse-chart.ts';
import { printChart } from './print-chart.ts';
import { suggestChart } from './suggest-chart.ts';

const column = (
	name: string,
	type: ChartColumn['type'],
	more: Partial<ChartColumn> = {}
): ChartColumn => ({
	name,
	type,
	missing: 0,
	distinct: 12,
	min: null,
	max: null,
	top: [],
	...more
});
const DATE = column('date', 'date', {
	distinct: 400,
	min: Date.UTC(2024, 0, 1),
	max: Date.UTC(2025, 5, 1)
});
const MONEY = column('recette', 'number', {
	distinct: null,
	valueType: 'money',
	min: 0,
	max: 9_000
});
const COUNT = column('billets', 'integer', { distinct: 90, min: 0, max: 90 });
const TOWN = column('ville', 'text', { top: ['Trois-Rivières'] });
const CHANNEL = column('canal', 'text', { distinct: 3, top: ['Web'] });
const REGION = column('région', 'text', { valueType: 'region', distinct: 17 });
const ID = column('no', 'text', { valueType: 'identifier', distinct: null });

describe('charts that are proposed', () => {
	it.each<[string, readonly ChartColumn[], string]>([
		['a date and a number', [DATE, MONEY], 'lines'],
		['a category and a number', [TOWN, MONEY], 'bars'],
		['two numbers', [MONEY, COUNT], 'dots'],
		['one number', [MONEY], 'histogram'],
		['a region', [REGION, MONEY], 'region-tiles'],
		['a date alone', [DATE], 'lines'],
		['one category', [TOWN, ID], 'bars']
	])('%s', (_, columns, kind) => {
		const [first] = suggestChart({ rows: 5_000, columns }, 'ventes');
		expect(first?.spec.kind).toBe(kind);
	});
	it('two categories meet on a heat map', () => {
		const kinds = suggestChart({ rows: 500, columns: [TOWN, CHANNEL] }, 't').map(
			({ spec }) => spec.kind
		);
		expect(kinds).toContain('heatmap');
	});
	it('are complete, printable and told in both languages', () => {
		const columns = [ID, DATE, REGION, TOWN, CHANNEL, MONEY, COUNT];
		const all = suggestChart({ rows: 5_000, columns }, 'ventes');
		expect(all.length).toBeGreaterThan(5);
		for (const { spec, reason } of all) {
			expect(missingChannels(spec)).toEqual([]);
			expect(parseChart(printChart(spec, 'fr'))?.spec).toEqual(fitChart(spec));
			expect(reason.fr).not.toBe(reason.en);
			expect(reason.fr).not.toMatch(/«[^\u00a0]|[^\u00a0]»/);
		}
	});
	it('are none where nothing can be drawn', () => {
		expect(suggestChart({ rows: 9, columns: [ID] }, 't')).toEqual([]);
		expect(suggestChart({ rows: 0, columns: [] }, 't')).toEqual([]);
	});
});

describe('marks, counted before they are drawn', () => {
	const dots = newChart('t', 'dots', { x: channelOf('recette'), y: channelOf('billets') });
	const at = (rows: number) => marksOf(dots, { rows, columns: [MONEY, COUNT] });
	it.each([
		[9_999, 'fine'],
		[10_000, 'many'],
		[60_000, 'many'],
		[60_001, 'too-many']
	])('%i dots: %s', (rows, verdict) => {
		expect(at(rows)).toMatchObject({ marks: rows, verdict });
	});
	it('comes with charts of fewer marks', () => {
		const { remedies } = at(80_000);
		expect(remedies.map(({ kind }) => kind)).toEqual(['bin', 'bin']);
		for (const { spec, marks } of remedies) {
			expect(marks).toBeLessThan(100);
			expect(missingChannels(spec)).toEqual([]);
		}
		const line = newChart('t', 'lines', { x: channelOf('date'), y: channelOf('recette') });
		const offered = marksOf(line, { rows: 80_000, columns: [DATE, MONEY] }).remedies;
		expect(offered.map(({ kind }) => kind)).toEqual([
			'aggregate',
			'interval',
			'interval',
			'interval'
		]);
		const bars = newChart('t', 'bars', { x: channelOf('ville'), y: channelOf('recette') });
		const few = marksOf(bars, { rows: 80_000, columns: [TOWN, MONEY] }).remedies;
		expect(few.at(-1)?.marks).toBe(12);
	});
});

/** A table as Arquero has one. */
const tableOf = (columns: Readonly<Record<string, readonly unknown[]>>) => ({
	numRows: () => Object.values(columns)[0]?.length ?? 0,
	columnNames: () => Object.keys(columns),
	array: (name: string) => columns[name] ?? []
});

describe('a chart in words', () => {
	const sum = channelOf('n', { aggregate: 'sum' });
	const bars = newChart(
		't',
		'bars',
		{ x: channelOf('ville'), y: sum },
		{ y: { label: 'Recettes', unit: '$', format: null, grid: false } }
	);
	const sales = tableOf({ ville: ['A', 'B', 'A', null], n: [1000.25, 20, 500, 9] });
	it('says what is shown, and the highest and the lowest', () => {
		expect(describeChart(bars, sales, 'fr')).toBe(
			'Diagramme à barres\u00a0: somme de «\u00a0n\u00a0» par «\u00a0ville\u00a0». 2 valeurs comparées. Le plus élevé\u00a0: A (1\u00a0500,3\u00a0$). Le plus bas\u00a0: B (20\u00a0$).'
		);
		expect(describeChart(bars, sales, 'en')).toBe(
			'Bar chart: sum of “n” by “ville”. 2 values compared. Highest: A ($1,500.3). Lowest: B ($20).'
		);
	});
	it('says where a line goes', () => {
		const dates = ['2024-01-10', '2024-01-20', '2024-03-01'].map((day) => new Date(day));
		const line = newChart('t', 'lines', { x: channelOf('d', { interval: 'month' }), y: sum });
		expect(describeChart(line, tableOf({ d: dates, n: [5, 5, 20] }), 'fr')).toContain(
			'En hausse\u00a0: de 10 (janvier 2024) à 20 (mars 2024).'
		);
		expect(describeChart(line, tableOf({ d: dates, n: [5, 5, 10.2] }), 'en')).toContain(
			'Steady: from 10 (January 2024)'
		);
		expect(describeChart(line, tableOf({ d: dates, n: [5, 5, 1] }), 'en')).toContain('Falling');
	});
	it('says that there is nothing, or one thing', () => {
		expect(describeChart(bars, tableOf({ ville: [], n: [] }), 'fr')).toContain('Aucune donnée.');
		expect(describeChart(bars, tableOf({ ville: [null], n: [null] }), 'en')).toContain('No data.');
		expect(describeChart(bars, tableOf({ ville: ['A'], n: [3] }), 'en')).toContain(
			'A single value: A ($3).'
		);
		expect(describeChart(bars, tableOf({ autre: [1] }), 'en')).toBe('Bar chart.');
	});
	it('says what is drawn only, cell by cell on a heat map, and quarters as such', () => {
		const first = { ...bars, order: { by: 'value', descending: true } as const, limit: 1 };
		expect(describeChart(first, sales, 'en')).toContain('A single value: A ($1,500.3).');
		const listed = { ...bars, order: { by: 'list', values: ['B'] } as const };
		expect(describeChart(listed, sales, 'en')).toContain('A single value: B ($20).');
		const cells = newChart('t', 'heatmap', {
			x: channelOf('x'),
			y: channelOf('ville'),
			colour: sum
		});
		expect(
			describeChart(cells, tableOf({ x: ['a', 'b'], ville: ['A', 'B'], n: [1, 2] }), 'en')
		).toContain('Highest: B, b (2).');
		const quarters = newChart('t', 'lines', { x: channelOf('d', { interval: 'quarter' }), y: sum });
		const days = ['2024-02-10', '2024-05-20'].map((day) => new Date(day));
		expect(describeChart(quarters, tableOf({ d: days, n: [1, 2] }), 'fr')).toContain('T1 2024');
	});
	it('is of a cell whose author wrote none', () => {
		const source = printChart(bars, 'fr');
		const tables = (name: string) => (name === 't' ? sales : null);
		expect(describeCell(source, tables, 'en')).toBe(describeChart(bars, sales, 'en'));
		expect(
			describeCell(printChart({ ...bars, alternative: 'Mot' }, 'fr'), tables, 'en')
		).toBeNull();
		expect(describeCell(source.replace(/\bt\b/g, 'u'), tables, 'en')).toBe(sayChart(bars, 'en'));
		expect(describeCell('1 + 1', tables, 'en')).toBeNull();
	});
	it.each([
		['code beside it', (source: string) => `const u = 1;\n${source}`],
		[
			'a filter that the panel does not know',
			(source: string) => source.replace('sort:', 'filter: (d) => d.n > 15, sort:')
		],
		['a domain', (source: string) => source.replace('y: {', 'y: {domain: ["A"], ')]
	])('says no figure where %s may change what is drawn', (_, change) => {
		const source = printChart({ ...bars, order: { by: 'value', descending: true } }, 'fr');
		const tables = () => sales;
		expect(describeCell(source, tables, 'en')).toMatch(/[0-9]/);
		expect(change(source)).not.toBe(source);
		expect(describeCell(change(source), tables, 'en')).toBe(sayChart(bars, 'en'));
	});
	it('says no figure of series side by side, nor of panels', () => {
		const by = (more: object) =>
			describeCell(
				printChart(fitChart({ ...bars, ...more }), 'fr'),
				() => tableOf({ ville: ['A', 'A'], n: [1, 2], s: ['x', 'y'] }),
				'en'
			);
		const channels = { ...bars.channels, colour: channelOf('s') };
		expect(by({ channels, layout: 'stacked' })).toMatch(/[0-9]/);
		expect(by({ channels, layout: 'grouped' })).not.toMatch(/[0-9]/);
		expect(by({ channels: { ...bars.channels, facetX: channelOf('s') } })).not.toMatch(/[0-9]/);
	});
	it('says between what and what dots lie', () => {
		const dots = newChart('t', 'dots', { x: channelOf('a'), y: channelOf('b') });
		expect(describeChart(dots, tableOf({ a: [1, 9, 3], b: [-2, null, 4] }), 'en')).toBe(
			'Scatterplot: “b” against “a”. “a” goes from 1 to 9; the median is 3. “b” goes from -2 to 4; the median is 1.'
		);
	});
});
