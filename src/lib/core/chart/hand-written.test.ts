/** Sources as people type them, and what the panel may do to them. */
import { describe, expect, it } from 'vitest';
import { eachChild, parseSource, type Tree } from '../analysis/syntax.ts';
import { channelOf, type ChartKind, type ChartSpec } from './chart-spec.ts';
import { editChart } from './edit-chart.ts';
import { parseChart } from './parse-chart.ts';
import { applyEdits, SourceEdits } from './source-edits.ts';

const WRITTEN: readonly (readonly [ChartKind, string])[] = [
	['bars', 'Plot.barY(t, {x: "a", y: "b"}).plot()'],
	['bars', 'Plot.barX(t, Plot.groupY({x: "count"}, {y: "Sale"})).plot()'],
	[
		'bars',
		'Plot.barX(t, {y: "a", x: "b", sort: {y: "x", reverse: true, limit: 12}, tip: true}).plot({marginLeft: 120})'
	],
	[
		'bars',
		'Plot.plot({marks: [Plot.barY(parMois)]})'.replace(
			'parMois)',
			'parMois, {x: "mois", y: d => d.n, filter: d => d.n > 0})'
		)
	],
	['bars', "Plot.plot({ title: 'Ventes', marks: [ Plot.barY( t , { x : 'a' , y : 'b' } ) , ] })"],
	[
		'bars',
		'Plot.plot({\n\ttitle: "Ventes", // à revoir\n\tmarks: [\n\t\tPlot.barX(t, {x: "a", y: "b"}), // les barres\n\t\tPlot.ruleX([0])\n\t]\n})'
	],
	[
		'bars',
		'Plot.plot({\n  // des barres\n  marks: [Plot.ruleY([0]), Plot.barY(t, {x: "a", y: "b", fill: "steelblue"})]\n})'
	],
	[
		'bars',
		'Plot.plot({title: `Ventes`, y: {grid: true, percent: true}, marks: [Plot.barY(t, {x: "a", y: "b", fill: "c"})]})'
	],
	['bars', 'Plot.plot({width, x: {type: "band"}, marks: [Plot.barY(t, {x: "a", y: "b"})]})'],
	['bars', 'Plot.plot({...commun, marks: [Plot.barY(t, {x: "a", y: "b", ...options})]})'],
	['bars', 'Plot.plot({y: axe, marks: [Plot.barY(t, {x: "a", y: "b"})]})'],
	['bars', 'Plot.plot({marks: [Plot.barY([{x: "A", y: 3}, {x: "B", y: 5}], {x: "x", y: "y"})]})'],
	['bars', 'Plot.plot({marks: [Plot.barY(t.filter(d => d.n > 1), {x: "a", y: "n"})]})'],
	[
		'bars',
		'Plot.plot({x: {axis: null}, marks: [Plot.barY(t, {fx: "an", x: "s", y: "n", fill: "s"})]})'
	],
	[
		'bars',
		'Plot.plot({marks: [Plot.barY(t, Plot.stackY({offset: "normalize"}, {x: "a", y: "n", fill: "s"}))]})'
	],
	['bars', 'Plot.plot({marks: [Plot.rectY(t, {x: "date", y: "n", interval: "month"})]})'],
	[
		'bars',
		'Plot.plot({marks: [Plot.barY(t, {x: "a", y: "n"}), Plot.text(t, {x: "a", y: "n", text: d => d.n + " $", dy: -6})]})'
	],
	['bars', 'Plot.plot({"title": "x", "marks": [Plot.barY(t, {"x": "a", "y": "n"})]})'],
	[
		'bars',
		'Plot.plot({title: "", marks: [show && Plot.ruleX([3]), Plot.barX(t, {x: "n", y: "a"})]})'
	],
	['lines', 'Plot.lineY(t, {x: "date", y: "n"}).plot()'],
	['lines', 'Plot.line(t, {x: "date", y: "n", stroke: "s"}).plot({y: {grid: true}})'],
	[
		'lines',
		'Plot.plot({marks: [Plot.ruleY([0]), Plot.lineY(t, {x: "date", y: "n", curve: "step", tip: "x"})]})'
	],
	[
		'lines',
		'Plot.plot({color: {legend: true}, marks: [Plot.lineY(t, {x: "date", y: "n", z: "s", marker: "circle"})]})'
	],
	['lines', 'Plot.plot({marks: [Plot.lineY(t, Plot.windowY(7, {x: "date", y: "n"}))]})'],
	[
		'lines',
		'Plot.plot({marks: [Plot.lineY(t, Plot.binX({y: "sum"}, {x: "date", y: "n", interval: "month"}))]})'
	],
	[
		'lines',
		'Plot.plot({marks: [Plot.areaY(t, {x: "d", y1: "a", y2: "b"}), Plot.lineY(t, {x: "d", y: "m"})]})'.replace(
			'areaY(t, {x: "d", y1: "a", y2: "b"})',
			'frame()'
		)
	],
	[
		'lines',
		'Plot.plot({marks: [Plot.lineY(t, {x: "d", y: "m"}), Plot.dot(t, {x: "d", y: "m"}), Plot.crosshair(t, {x: "d", y: "m"})]})'
	],
	[
		'lines',
		'Plot.plot({y: {domain: [0, 100], label: "Taux (%)"}, marks: [Plot.lineY(t, {x: "d", y: "m"}), Plot.ruleY([80])]})'
	],
	['areas', 'Plot.areaY(t, {x: "date", y: "n", fill: "s"}).plot()'],
	[
		'areas',
		'Plot.plot({marks: [Plot.areaY(t, {x: "date", y: "n", fillOpacity: 0.3}), Plot.lineY(t, {x: "date", y: "n"})]})'
	],
	[
		'areas',
		'Plot.plot({marks: [Plot.areaY(t, {x: "date", y: "n", fill: "s", offset: "wiggle"})]})'
	],
	['dots', 'Plot.dot(t, {x: "a", y: "b"}).plot()'],
	[
		'dots',
		'Plot.plot({grid: true, marks: [Plot.dot(t, {x: "a", y: "b", stroke: "c", r: "d", symbol: "c"})]})'
	],
	[
		'dots',
		'Plot.plot({x: {type: "log"}, marks: [Plot.linearRegressionY(t, {x: "a", y: "b"}), Plot.dot(t, {x: "a", y: "b"})]})'
	],
	[
		'dots',
		'Plot.plot({marks: [Plot.ruleX(t, Plot.groupZ({x: "median"}, {x: "o"})), Plot.dot(t, {x: "o", y: "v", sort: {y: "-x"}})]})'
	],
	[
		'dots',
		'Plot.plot({marks: [Plot.dot(t, {x: "a", y: "b"}), Plot.text(t, {x: "a", y: "b", text: "nom", dx: 4})]})'
	],
	['histogram', 'Plot.rectY(t, Plot.binX({y: "count"}, {x: "prix"})).plot()'],
	[
		'histogram',
		'Plot.plot({marks: [Plot.rectY(t, Plot.binX({y: "count"}, {x: "prix", thresholds: 40, fill: "s"})), Plot.ruleY([0])]})'
	],
	[
		'histogram',
		'Plot.plot({marks: [Plot.rectX(t, Plot.binY({x: "proportion"}, {y: "age", thresholds: [0, 18, 65, 100]}))]})'
	],
	['box', 'Plot.boxX(t, {x: "prix"}).plot()'],
	[
		'box',
		'Plot.plot({marginLeft: 90, marks: [Plot.boxX(t, {x: "prix", y: "salle", fill: "#ccc"})]})'
	],
	[
		'heatmap',
		'Plot.cell(t, {x: "jour", y: "heure", fill: "n"}).plot({color: {scheme: "YlGnBu", legend: true}})'
	],
	[
		'heatmap',
		'Plot.plot({color: {scheme: "blues"}, marks: [Plot.cell(t, Plot.group({fill: "mean"}, {x: "a", y: "b", fill: "n", inset: 0.5}))]})'
	],
	[
		'ranked-dots',
		'Plot.plot({marks: [Plot.ruleY(t, {x: "n", y: "v"}), Plot.dot(t, {x: "n", y: "v", fill: "black"})]})'
	],
	['ranked-dots', 'Plot.plot({marks: [Plot.dot(t, Plot.groupY({x: "mean"}, {x: "n", y: "v"}))]})'],
	[
		'dumbbell',
		'Plot.plot({marks: [Plot.ruleY(t, {y: "v", x1: "a", x2: "b"}), Plot.dot(t, {y: "v", x: "a"}), Plot.dot(t, {y: "v", x: "b", fill: "red"})]})'
	],
	[
		'slope',
		'Plot.plot({x: {type: "point"}, marks: [Plot.line(t, {x: "an", y: "n", stroke: "v"}), Plot.text(t, Plot.selectLast({x: "an", y: "n", z: "v", text: "v"}))]})'
	],
	['funnel', 'Plot.plot({marks: [Plot.barX(t, {y: "étape", x: "n", offset: "center"})]})']
];
const WRAPS: readonly ((source: string) => string)[] = [
	(source) => source,
	(source) => `display(${source});`,
	(source) => `// un dessin\nconst dessin = ${source};\n`,
	(source) => `{\n  const seuil = 3;\n  display(${source});\n}`
];

const CASES = WRITTEN.flatMap(([kind, source]) =>
	WRAPS.map((wrap) => [kind, wrap(source)] as const)
);

describe('a source written by hand', () => {
	it.each(CASES)('%s: %s', (kind, source) => {
		const chart = parseChart(source);
		if (!chart) throw new Error('no chart');
		expect(chart.spec.kind).toBe(kind);
		expect(editChart(source, chart, chart.spec, 'fr')).toEqual([]);

		const edits = editChart(source, chart, { ...chart.spec, title: 'Neuf' }, 'fr');
		const [edit, ...more] = edits;
		expect(more).toEqual([]);
		// What goes is the old title's text, or nothing.
		const gone = source.slice(edit?.at ?? 0, (edit?.at ?? 0) + (edit?.length ?? 0));
		expect(['', '"Ventes"', "'Ventes'", '`Ventes`', '"x"', '""']).toContain(gone);
		const edited = applyEdits(source, edits);
		const after = parseChart(edited);
		expect(after?.spec).toEqual({ ...chart.spec, title: 'Neuf' });
		const known = (all: typeof chart.kept) => all.map(({ text }) => text).join('\n');
		if (!chart.kept.some(({ text }) => text.includes('title')))
			expect(known(after?.kept ?? [])).toBe(known(chart.kept));
		expect(edited).toContain('Neuf');
	});
	it.each([
		'1 + 1',
		'',
		'Plot.plot(',
		'Plot.plot(options)',
		'Plot.plot({marks: []})',
		'Plot.plot({marks: [Plot.geo(monde)]})',
		'Plot.plot({marks: [Plot.barY(t, {x: "a", y: "b"})]}); Plot.plot({marks: [Plot.dot(t, {x: "a", y: "b"})]})',
		'billets.groupby("ville").count()',
		'plot({marks: [Plot.barY(t, {x: "a", y: "b"})]})'
	])('is no chart of the panel’s: %s', (source) => {
		expect(parseChart(source)).toBeNull();
	});
});

/** What becomes of a source when its spec changes so. */
function changed(source: string, change: (spec: ChartSpec) => Partial<ChartSpec>): string {
	const chart = parseChart(source);
	if (!chart) throw new Error(source);
	return applyEdits(
		source,
		editChart(source, chart, { ...chart.spec, ...change(chart.spec) }, 'fr')
	);
}
const axis = { label: null, unit: null, format: null, grid: false };

describe('only what changes is touched', () => {
	it.each<[string, string, (spec: ChartSpec) => Partial<ChartSpec>, string]>([
		[
			'an option beside others and a comment',
			'Plot.plot({\n  title: "A", // titre\n  grid: true,\n  marks: [Plot.barY(t, {x: "a", y: "b"})]\n})',
			() => ({ title: null }),
			'Plot.plot({\n  // titre\n  grid: true,\n  marks: [Plot.barY(t, {x: "a", y: "b"})]\n})'
		],
		[
			'an axis that says other things',
			'Plot.plot({y: {domain: [0, 9], label: "n"}, marks: [Plot.lineY(t, {x: "a", y: "b"})]})',
			() => ({ y: axis }),
			'Plot.plot({y: {domain: [0, 9]}, marks: [Plot.lineY(t, {x: "a", y: "b"})]})'
		],
		[
			'an axis that code makes',
			'Plot.plot({y: axe, marks: [Plot.lineY(t, {x: "a", y: "b"})]})',
			() => ({ y: { ...axis, label: 'n' } }),
			'Plot.plot({y: {...axe, label: "n"}, marks: [Plot.lineY(t, {x: "a", y: "b"})]})'
		],
		[
			'rows brought together',
			'Plot.plot({marks: [Plot.barY(t, { x: "a", y: "b", tip: true })]})',
			({ channels }) => ({ channels: { ...channels, y: channelOf('b', { aggregate: 'sum' }) } }),
			'Plot.plot({marks: [Plot.barY(t, Plot.groupX({y: "sum"}, { x: "a", y: "b", tip: true }))]})'
		],
		[
			'and taken apart again',
			'Plot.plot({marks: [Plot.barY(t, Plot.groupX({y: "sum"}, {x: "a", y: "b", tip: true}))]})',
			({ channels }) => ({ channels: { ...channels, y: channelOf('b') } }),
			'Plot.plot({marks: [Plot.barY(t, {x: "a", y: "b", tip: true})]})'
		],
		[
			'a sort said another way',
			'Plot.plot({marks: [Plot.barX(t, {x: "n", y: "a", sort: {y: "x", reverse: true}})]})',
			() => ({ order: { by: 'value', descending: false } }),
			'Plot.plot({marks: [Plot.barX(t, {x: "n", y: "a", sort: {y: "x"}})]})'
		],
		[
			'another kind',
			'Plot.plot({marks: [Plot.lineY(t, {x: "a", y: "b", tip: true}), Plot.frame()]})',
			() => ({ kind: 'areas' }),
			'Plot.plot({marks: [Plot.areaY(t, {x: "a", y: "b", tip: true}), Plot.ruleY([0]), Plot.frame()]})'
		],
		[
			'a chart in a chain gets a rule',
			'Plot.barY(t, {x: "a", y: "b"}).plot()',
			() => ({ reference: { value: 3, text: null } }),
			'Plot.barY(t, {x: "a", y: "b"}).plot({marks: [Plot.ruleY([3], {strokeDasharray: "4 3"})]})'
		]
	])('%s', (_, source, change, expected) => {
		expect(changed(source, change)).toBe(expected);
	});
});

it.each([
	['{a: 1, b: 2, c: 3}', ['b', 'c'], '{a: 1}'],
	['{a: 1, b: 2, c: 3}', ['a', 'c'], '{b: 2}'],
	['{a: 1, b: 2, c: 3,}', ['b', 'c'], '{a: 1, }'],
	['{\n  a: 1,\n  b: 2, // à garder\n  c: 3\n}', ['b', 'c'], null]
])('takes the last entries out of %j without a comma left behind', (source, names, expected) => {
	const node = parseSource(`(${source})`).root as unknown as Tree;
	const entries: Tree[] = [];
	const look = (tree: Tree) => {
		if (tree.type === 'Property') entries.push(tree);
		eachChild(tree, look);
	};
	look(node);
	const gone = new Set(entries.filter((entry) => names.includes(String((entry.key as Tree).name))));
	const edits = new SourceEdits(`(${source})`);
	edits.remove(entries, gone);
	const text = applyEdits(`(${source})`, edits.list());
	if (expected !== null) expect(text).toBe(`(${expected})`);
	expect(() => parseSource(text)).not.toThrow();
	expect(text.includes('à garder')).toBe(source.includes('à garder'));
});
