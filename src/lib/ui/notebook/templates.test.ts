import { expect, it } from 'vitest';
import { makePlot, toPicture } from '../../sandbox/worker/plot';
import { TestHost } from '../../sandbox/worker/test-host';
import type { TableSummary } from '$lib/core/protocol/messages';
import { knownTables } from './known-tables';
import { lackText, templateCells } from './templates';
import { TEMPLATES, type TemplateId } from './template-list';

/** 120 sales of 14 shows in 3 regions, over 4 months. */
const SALES = `const ventes = aq.table({
	no_vente: Array.from({length: 120}, (_, i) => i),
	date: Array.from({length: 120}, (_, i) => new Date(Date.UTC(2025, 0, i + 1))),
	spectacle: Array.from({length: 120}, (_, i) => "Spectacle " + (i % 14)),
	"Région": Array.from({length: 120}, (_, i) => ["Estrie", "Montréal", "Mauricie"][i % 3]),
	billets: Array.from({length: 120}, (_, i) => 1 + i % 5)
});`;

async function run(template: TemplateId, sources: Record<string, string>) {
	const host = new TestHost({ make: makePlot, picture: toPicture });
	await host.cells(sources);
	const cells = host.facts.map((facts) => ({ facts, outputs: host.outputs.get(facts.id) ?? [] }));
	const tables = await knownTables(
		cells,
		(table) => host.ask({ type: 'summary', table }) as Promise<TableSummary>
	);
	const names = host.facts.flatMap(({ defines }) => defines);
	const made = templateCells(template, { names, tables });
	if (typeof made === 'string') return { made, host, last: '' };
	const more = Object.fromEntries(made.map(({ source }, i) => [`t${i}`, source]));
	await host.cells({ ...sources, ...more });
	for (const id of Object.keys(more)) expect(host.states.get(id)?.error, more[id]).toBeNull();
	return { made, host, last: `t${made.length - 1}` };
}

it.each(TEMPLATES.map(({ id }) => id))(
	'« %s » runs and draws, whatever stands already',
	async (id) => {
		const first = await run(id, { a: SALES });
		expect(typeof first.made).not.toBe('string');
		const outputs = first.host.outputs.get(first.last) ?? [];
		const picture = outputs.find((output) => output.kind === 'picture');
		expect(picture?.kind === 'picture' && picture.picture.marks).toBeGreaterThan(0);
		// Twice in one notebook: names do not collide.
		const made = typeof first.made === 'string' ? [] : first.made;
		await run(id, {
			a: SALES,
			...Object.fromEntries(made.map(({ source }, i) => [`x${i}`, source]))
		});
	}
);

it('chooses the columns that answer the question', async () => {
	const sources = async (id: TemplateId): Promise<string> => {
		const { made } = await run(id, { a: SALES });
		return typeof made === 'string' ? made : made.map(({ source }) => source).join('\n');
	};
	expect(await sources('trend')).toContain('{x: "date", y: "billets", interval: "month"}');
	expect(await sources('regions')).toContain('.groupby("Région")');
	expect(await sources('top')).toContain('.groupby("spectacle")');
	expect(await sources('top')).toContain('.slice(0, 10)');
	expect(await sources('share')).toContain('.groupby("Région")');
	expect(await sources('spread')).toContain('{x: "billets"}');
});

it('takes the last table that has what it takes, and says what none has', async () => {
	const words = 'const mots = aq.table({mot: ["a", "b", "a"]});';
	const { made } = await run('trend', { a: SALES, b: words });
	expect(typeof made !== 'string' && made[0]?.source).toContain('Plot.lineY(ventes');
	for (const [id, lack] of [
		['trend', 'date'],
		['regions', 'region'],
		['spread', 'number']
	] as const)
		expect((await run(id, { b: words })).made).toBe(lack);
	expect((await run('share', { a: 'const n = aq.table({x: [1, 2]});' })).made).toBe('category');
	expect((await run('top', { a: '1 + 1' })).made).toBe('table');
	expect(lackText('date')).toMatch(/\S/);
});
