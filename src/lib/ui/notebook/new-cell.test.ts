import { expect, it } from 'vitest';
import { parseChart } from '../../core/chart/parse-chart';
import { makePlot, toPicture } from '../../sandbox/worker/plot';
import { TestHost } from '../../sandbox/worker/test-host';
import type { TableSummary } from '$lib/core/protocol/messages';
import { beginCell } from './begin-cell';
import { knownTables } from './known-tables';
import { categoryOf, measureOf, type KnownTable } from './new-cell';
import { chartSource } from './new-chart';

const table = (name: string, columns: string[]): KnownTable => ({
	name,
	rows: null,
	columns: columns.map((column) => ({ name: column, type: null, distinct: null, top: [] }))
});

it('chooses a category by its name where types are not known', () => {
	const chosen = (...columns: string[]): string => categoryOf(table('t', columns));
	expect(chosen('id', 'date', 'salle', 'billets')).toBe('salle');
	expect(chosen('date', 'Région', 'revenus')).toBe('Région');
	expect(chosen('no_vente', 'titre', 'discipline', 'prix_moyen')).toBe('discipline');
	expect(chosen('count', 'quoi')).toBe('quoi');
	expect(chosen('id')).toBe('id');
	expect(chosen()).toBe('x');
});

/** A notebook in a worker, and what a new cell of a kind would begin with, over its tables. */
async function begin(
	sources: Record<string, string>
): Promise<{ host: TestHost; make: (kind: 'transform' | 'chart') => Promise<string> }> {
	const host = new TestHost({ make: makePlot, picture: toPicture });
	await host.cells(sources);
	const make = async (kind: 'transform' | 'chart'): Promise<string> => {
		const cells = host.facts.map((facts) => ({
			facts,
			outputs: host.outputs.get(facts.id) ?? []
		}));
		const tables = await knownTables(
			cells,
			(name) => host.ask({ type: 'summary', table: name }) as Promise<TableSummary>
		);
		const { source } = await beginCell(kind, {
			names: host.facts.flatMap((f) => f.defines),
			tables
		});
		return source;
	};
	return { host, make };
}

const SALES = `const ventes = aq.table({
	id: [1, 2, 3, 4, 5, 6],
	date: Array.from({length: 6}, (_, i) => new Date(2025, 0, i + 1)),
	spectacle: ["a", "b", "c", "d", "e", "f"],
	lieu: ["Grande salle", "Studio", "Studio", "Studio", "Grande salle", "Studio"],
	billets: [1, 2, 3, 4, 5, 6]
});`;

it('begins with a table and no step, then draws what is counted, in words and in colour', async () => {
	const { host, make } = await begin({ a: SALES });
	expect(await make('transform')).toBe('const resultat = ventes;');
	const transform =
		'const resultat = ventes.groupby("lieu").count({as: "nombre"}).orderby(aq.desc("nombre"));';
	const direct = await make('chart');
	// Numbers that name rows are not added up.
	expect(direct).toContain('title: "Somme de billets selon date (par jour)"');
	expect(direct).toContain('Plot.lineY(ventes');
	await host.cells({ a: SALES, b: transform });
	const chart = await make('chart');
	expect(chart).toContain('title: "Somme de nombre selon lieu"');
	expect(chart).toContain('Plot.barX(resultat, ');
	expect(chart).toContain('fill: "#23869a", sort: {y: "-x"}');
	expect(parseChart(chart)?.kept).toEqual([]);
	expect(await make('transform')).toBe('const resultat2 = ventes;');
	await host.cells({ a: SALES, b: transform, c: chart, d: direct });
	expect(['c', 'd'].map((id) => host.error(id))).toEqual([null, null]);
	const [output] = host.outputs.get('c') ?? [];
	expect(output?.kind === 'picture' && output.picture.data[0]?.rows.flat()).toContain(4);
	host.close();
});

it('knows what is counted by its name, in either language', () => {
	for (const name of ['nombre', 'count'])
		expect(measureOf(table('t', ['salle', 'prix', name]))).toBe(name);
});

it('draws a table whose values are not known yet', async () => {
	const { source } = await beginCell('chart', {
		names: ['t'],
		tables: [table('t', ['no', 'salle', 'prix'])]
	});
	expect(source).toContain('title: "Nombre de lignes selon salle"');
	expect(source).toContain('Plot.groupY({x: "count"}, {y: "salle"');
});

it('draws numbers by a text whose values are not counted yet, and not how they are spread', () => {
	const counted = (distinct: number | null): KnownTable => ({
		...{ name: 't', rows: 4 },
		columns: [
			{ name: 'ville', type: 'text', distinct, top: [] },
			{ name: 'nombre', type: 'integer', distinct: 4, top: [], missing: 0, min: 24, max: 52 }
		]
	});
	for (const distinct of [null, 4]) expect(chartSource(counted(distinct))).toContain('y: "ville"');
});

it.each([
	['one number', 'const t = aq.table({x: [1, 2]});'],
	['no row', 'const t = aq.table({a: [], b: []});'],
	['missing values', 'const t = aq.table({a: [null, null], b: [undefined, 1]});'],
	['odd names', 'const t = aq.table({\'l’"été" d\\\\\': ["a", "b"], "count": [1, 2]});'],
	['long texts', 'const t = aq.table({note: ["x".repeat(400), "y"], n: [1, 2]});'],
	['truths', 'const t = aq.table({vrai: [true, false, true]});']
])('runs as it is over a table of %s', async (_, source) => {
	const { host, make } = await begin({ a: source });
	const transform = await make('transform');
	const chart = await make('chart');
	await host.cells({ a: source, b: transform, c: chart });
	const counted = await make('chart');
	await host.cells({ a: source, b: transform, c: chart, d: counted });
	expect(['a', 'b', 'c', 'd'].map((id) => host.error(id))).toEqual([null, null, null, null]);
	host.close();
});
