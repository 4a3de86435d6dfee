/** The demo's notebooks run to the end, and what they say of their data is so. */
import { afterAll, describe, expect, test } from 'vitest';
import { newcomersNotebook } from '../../src/lib/server/demo/notebooks/newcomers.ts';
import { seatsNotebook } from '../../src/lib/server/demo/notebooks/seats.ts';
import { runNotebook, type RunNotebook } from '../support/run-notebook.ts';

const PERFORMANCES = 'representations-demo@1.arrow';
const FILES = { tickets: 'billetterie-demo@1.arrow', web: 'audience-web-demo@1.arrow' };

describe.each([
	['seats, fr', seatsNotebook('fr', PERFORMANCES)],
	['seats, en', seatsNotebook('en', PERFORMANCES)],
	['newcomers, fr', newcomersNotebook('fr', FILES)],
	['newcomers, en', newcomersNotebook('en', FILES)]
])('%s', (_name, notebook) => {
	let run: RunNotebook | undefined;
	const ran = async () => (run ??= await runNotebook(notebook));
	afterAll(() => run?.host.close());

	test('every cell ends well', async () => {
		const { host, cells } = await ran();
		for (const { id } of cells)
			expect([id, host.state(id), host.error(id)]).toEqual([id, 'done', null]);
		// A declaration defines and shows nothing; texts, charts and controls show.
		for (const { id, kind, outputs } of cells)
			if (kind === 'text' || kind === 'chart' || kind === 'control')
				expect(outputs, id).not.toEqual([]);
	});
	test('charts have a title, a description and data, and few marks', async () => {
		const { cells } = await ran();
		const charts = cells.filter(({ kind }) => kind === 'chart');
		expect(charts).toHaveLength(2);
		for (const { outputs } of charts)
			for (const output of outputs) {
				if (output.kind !== 'picture') throw new Error(output.kind);
				expect(output.picture.title).not.toBe('');
				expect(output.picture.description).not.toBe('');
				expect(output.picture.data.length).toBeGreaterThan(0);
				expect(output.picture.marks).toBeLessThan(200);
				expect(output.lineage?.sources[0]?.synthetic).toBe(true);
			}
	});
});

test('February is the low month, and the gap between towns is smaller than between months', async () => {
	const run = await runNotebook(seatsNotebook('fr', PERFORMANCES));
	const months = (await run.tableOf('parMois')).rows.map((row) => Number(row.occupation));
	const towns = (await run.tableOf('parVille')).rows.map((row) => Number(row.occupation));
	run.host.close();
	expect(months).toHaveLength(12);
	expect(months.indexOf(Math.min(...months))).toBe(1);
	const gap = (all: number[]): number => Math.max(...all) - Math.min(...all);
	expect(towns).toHaveLength(5);
	expect(gap(towns)).toBeLessThan(gap(months));
});

test('first visits come by resellers and mobiles; the newsletter converts best', async () => {
	const run = await runNotebook(newcomersNotebook('fr', FILES));
	const channels = (await run.tableOf('parCanal')).rows.map((row) => row.canal_vente);
	const sources = (await run.tableOf('parSource')).rows.map((row) => row.source_support);
	expect(channels.slice(0, 2).sort()).toEqual(['Mobile', 'Revendeur']);
	expect(channels.slice(-2).sort()).toEqual(['Guichet', 'Téléphone']);
	expect(sources[0]).toBe('infolettre / email');
	// The control reaches what depends on it, and nothing else.
	const before = run.host.runs('par-source');
	const control = run.host.outputs.get('delai-max')?.[0];
	if (control?.kind !== 'control') throw new Error('no control');
	const all = (await run.tableOf('retenues')).total;
	run.host.send({ type: 'input', control: control.control, value: 7 });
	await run.host.settled();
	const late = (await run.tableOf('retenues')).total;
	expect(run.host.runs('par-source')).toBe(before);
	expect(late).toBeGreaterThan(0);
	expect(late).toBeLessThan(all / 2);
	run.host.close();
});
