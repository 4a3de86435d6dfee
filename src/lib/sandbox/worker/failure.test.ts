import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makePlot, toPicture } from './plot.ts';
import { TestHost } from './test-host.ts';

let host: TestHost;
beforeEach(() => {
	host = new TestHost({ make: makePlot, picture: toPicture });
});
afterEach(() => host.close());

const TABLE =
	'const t = aq.table({Salle: ["a", "b"], entrees: [1, 2], "l’été": [3, 4], Été: [5, 6], "a \\"b\\"": [7, 8]});';

async function errorOf(source: string): Promise<unknown> {
	await host.cells({ t: TABLE, c: source });
	const error = host.error('c');
	return error && [error.code, error.details];
}
const missing = (name: string, suggestion: string) => ['missing_column', { name, suggestion }];

describe('a column that a table does not have', () => {
	it.each([
		['t.groupby("Sale").count()', 'Sale', 'Salle'],
		['t.groupby("Salle", "entres").count()', 'entres', 'entrees'],
		['t.orderby("entres")', 'entres', 'entrees'],
		['t.orderby("Salle", aq.desc("entres"))', 'entres', 'entrees'],
		['t.orderby(aq.desc(d => d.entres))', 'entres', 'entrees'],
		['t.groupby("l’éte").count()', 'l’éte', 'l’été'],
		['t.groupby("Eté").count()', 'Eté', 'Été'],
		['t.groupby("a \\"c\\"").count()', 'a "c"', 'a "b"'],
		['t.groupby("n’importe quoi").count()', 'n’importe quoi', ''],
		['t.fold(["entres"])', 'entres', 'entrees'],
		['t.groupby("Salle").pivot("Sale", "entrees")', 'Sale', 'Salle'],
		['t.dedupe("Sale")', 'Sale', 'Salle'],
		['t.join(t, ["Sale", "Salle"])', 'Sale', 'Salle'],
		['t.impute({entres: () => 0})', 'entres', 'entrees'],
		['t.rollup({n: d => op.sum(d.entres)})', 'entres', 'entrees'],
		['t.rollup({n: op.sum("entres")})', 'entres', 'entrees'],
		['t.derive({n: ({Sale}) => Sale})', 'Sale', 'Salle'],
		['t.filter(d => d["Sale"] === "a")', 'Sale', 'Salle'],
		['t.select("Sale")', 'Sale', 'Salle']
	])('%s', async (source, name, suggestion) => {
		expect(await errorOf(source)).toEqual(missing(name, suggestion));
	});

	it.each([
		['Plot.plot({marks: [Plot.barY(t, {x: "Sale", y: "entrees"})]})', 'Sale', 'Salle'],
		['Plot.barX(t, Plot.groupY({x: "count"}, {y: "Sale"})).plot()', 'Sale', 'Salle'],
		['Plot.dot(t, {x: "entrees", y: "entres", fx: "Salle"}).plot()', 'entres', 'entrees'],
		['Plot.dot(t, {x: "entrees", y: "spectateurs"}).plot()', 'spectateurs', '']
	])('of a chart: %s', async (source, name, suggestion) => {
		expect(await errorOf(source)).toEqual(missing(name, suggestion));
	});
});

describe('a file that is not there', () => {
	it('is unknown, or is told closed with what is known of it', async () => {
		const source = 'FileAttachment("ventes@1.arrow").arquero()';
		await host.cells({ c: source });
		expect(host.error('c')).toMatchObject({
			code: 'unknown_file',
			details: { name: 'ventes@1.arrow' }
		});
		// What the host says takes the place of none of the worker's own words.
		const details = { title: 'Billets', organisation: 'Théâtre', name: 'x', why: 'y' };
		host.missing = { code: 'dataset_withdrawn', details };
		await host.cells({ c: `await ${source}` });
		expect(host.error('c')).toMatchObject({
			code: 'file_unreadable',
			details: { ...details, name: 'ventes@1.arrow', why: 'dataset_withdrawn' }
		});
	});
});
