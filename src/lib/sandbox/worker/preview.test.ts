import { afterEach, beforeEach, expect, test } from 'vitest';
import { REPLIES } from '../../core/protocol/guards.ts';
import { LIMITS, type Picture, type TableWindow } from '../../core/protocol/messages.ts';
import { BESIDE, type Preview } from '../../core/protocol/preview.ts';
import { Previews } from './preview.ts';
import { TestHost } from './test-host.ts';

let host: TestHost;
beforeEach(() => {
	host = new TestHost();
});
afterEach(() => host.close());

const SALES = 'const ventes = aq.table({ville: ["Gaspé", "Alma", "Gaspé"], billets: [3, 1, 2]})';
const CELLS = { a: SALES, b: 'const gardees = ventes.filter(d => d.billets > 1)' };
const FILTER = '.filter(d => d.billets > 1)';
const SORT = '\n\t.orderby("billets")';

async function look(steps: string[], more: Partial<Record<'cell' | 'head', string>> = {}, id = 1) {
	const reply = await host.ask({
		...{ type: 'preview', preview: id, cell: 'b', head: 'ventes', steps },
		...more
	});
	// As the page reads it: what is sent passes the guard.
	return REPLIES.preview(structuredClone(reply), steps.length);
}
async function whole(steps: string[], id = 1): Promise<Preview> {
	const preview = await look(steps, {}, id);
	if (!preview) throw new Error('superseded');
	return preview;
}
const rowsOf = (preview: Preview | null): number[] => preview?.stages.map(({ rows }) => rows) ?? [];
const window = async (table: string, columns: string[]): Promise<TableWindow> =>
	(await host.ask({ type: 'window', table, offset: 0, count: 9, columns })) as TableWindow;
const held = () => host.session.previews.held;
/** Texts that were run: each begins with the word that it starts. */
const started = (): number => host.heard.filter(({ type }) => type === 'previewing').length;

test('each step says what it gives, and its table can be looked at', async () => {
	await host.cells(CELLS);
	const preview = await whole([FILTER, SORT]);
	expect(preview.end).toBe('whole');
	expect(rowsOf(preview)).toEqual([3, 2, 2]);
	expect(preview.stages[1]?.columns).toEqual([
		{ name: 'ville', type: 'text' },
		{ name: 'billets', type: 'integer' }
	]);
	const [all, kept, sorted] = preview.stages.map(({ table }) => table);
	expect((await window(all ?? '', ['billets'])).columns).toEqual([[3, 1, 2]]);
	expect((await window(kept ?? '', ['billets'])).columns).toEqual([[3, 2]]);
	expect((await window(sorted ?? '', ['billets'])).columns).toEqual([[2, 3]]);
	// A view of it, as of any table.
	const asked = await host.ask({
		...{ type: 'ask', table: kept ?? '', view: 7 },
		ask: { ask: 'values', column: 'ville', text: '' }
	});
	expect(asked).toMatchObject({ values: [{ value: 'Gaspé', count: 2 }] });
});

test('an edit runs what comes after it, and nothing before', async () => {
	await host.cells({
		...CELLS,
		c: 'const vus = {n: 0}',
		b: 'const gardees = ventes.derive({x: aq.escape(() => vus.n)})'
	});
	const COUNT = '.derive({x: aq.escape(() => (vus.n += 1))})';
	const first = await whole([COUNT, FILTER]);
	const second = await whole([COUNT, SORT]);
	expect(second.stages[1]).toEqual(first.stages[1]);
	expect(second.stages[2]?.table).not.toBe(first.stages[2]?.table);
	expect((await window(second.stages[1]?.table ?? '', ['x'])).columns).toEqual([[1, 2, 3]]);
	// What the first showed last is gone, what both begin with is not.
	await expect(window(first.stages[2]?.table ?? '', ['x'])).rejects.toThrow('gone');
	expect(held()).toEqual({ previews: 1, stages: 3 });
	// The same again runs nothing, and is not even said to start.
	const before = started();
	expect(await whole([COUNT, SORT])).toEqual(second);
	expect(started()).toBe(before);
});

test('two previews of a cell share what they begin with, until neither holds it', async () => {
	await host.cells(CELLS);
	const applied = await whole([FILTER, SORT], 1);
	const draft = await whole([FILTER, '.slice(0, 1)'], 2);
	expect(draft.stages.slice(0, 2)).toEqual(applied.stages.slice(0, 2));
	expect(held()).toEqual({ previews: 2, stages: 4 });
	host.send({ type: 'close-preview', preview: 1 });
	host.send({ type: 'close-preview', preview: 9 });
	await host.ask({ type: 'ping' });
	expect(held()).toEqual({ previews: 1, stages: 3 });
	expect((await window(draft.stages[1]?.table ?? '', ['billets'])).columns).toEqual([[3, 2]]);
	host.send({ type: 'close-preview', preview: 2 });
	await host.ask({ type: 'ping' });
	expect(held()).toEqual({ previews: 0, stages: 0 });
	// The cells' own tables are all that is left.
	expect(host.session.workbench.held.tables).toBe(2);
});

test('what a chain is given anew, it is run with anew', async () => {
	const cells = (seuil: number) => ({
		...CELLS,
		s: `const seuil = ${seuil}`,
		b: 'const gardees = ventes.params({seuil}).filter((d, $) => d.billets > $.seuil)'
	});
	const steps = ['.orderby("ville")', '.params({seuil}).filter((d, $) => d.billets > $.seuil)'];
	await host.cells(cells(1));
	const before = await whole(steps);
	expect(rowsOf(before)).toEqual([3, 3, 2]);
	await host.cells(cells(2));
	const after = await whole(steps);
	expect(rowsOf(after)).toEqual([3, 3, 1]);
	// The step that names nothing else stays.
	expect(after.stages[1]).toEqual(before.stages[1]);
	await host.cells({ ...cells(2), a: SALES.replace('[3, 1, 2]', '[3, 4, 5]') });
	expect(rowsOf(await whole(steps))).toEqual([3, 3, 3]);
});

test('says what fails, where, and what still stands before it', async () => {
	await host.cells(CELLS);
	const missing = await look([FILTER, '.groupby("vile").count()', SORT]);
	expect(missing).toMatchObject({
		end: 'failed',
		error: { code: 'missing_column', details: { name: 'vile', suggestion: 'ville' } }
	});
	expect(rowsOf(missing)).toEqual([3, 2]);
	expect(await look(['.filter(d => d.billets >)'])).toMatchObject({
		...{ end: 'failed', error: { code: 'syntax', line: 1, column: 25 } }
	});
	expect(await look(['.filter(d => d.billets > seuil)'])).toMatchObject({
		...{ end: 'failed', error: { code: 'unknown_name', details: { name: 'seuil' }, column: 26 } }
	});
	expect(await look([], { head: 'vente' })).toMatchObject({
		...{ stages: [], end: 'failed' },
		error: { code: 'unknown_name', details: { suggestion: 'ventes' } }
	});
	// A table that is made of this cell's would make a circle.
	await host.cells({ ...CELLS, c: 'const apres = gardees.count()' });
	expect(await look(['.concat(apres)'])).toMatchObject({
		...{ end: 'failed', error: { code: 'cycle' } }
	});
	for (const step of ['.objects()', '.numRows()', '.x', '.count(); Math.max(1)'])
		expect((await look([step]))?.end, step).toBe('no_table');
	expect(await look([], { head: '[1, 2]' })).toEqual({ stages: [], end: 'no_table', error: null });
	expect(await look([], { head: 'view(Inputs.range())' })).toMatchObject({ end: 'no_table' });
	expect(await look([], { head: 'display(ventes)' })).toMatchObject({ end: 'whole' });
	await expect(look([], { cell: 'absente' })).rejects.toThrow('gone');
});

test('runs nothing but an expression, and keeps nothing of what it would show', async () => {
	await host.cells({ ...CELLS, v: 'const vus = []; const lire = () => vus;' });
	const kept = host.session.workbench.held;
	expect((await look(['.count(); vus.push(1)']))?.end).toBe('no_table');
	expect((await look([], { head: 'display(ventes)' }))?.end).toBe('whole');
	host.send({ type: 'close-preview', preview: 1 });
	await host.cells({ ...CELLS, v: 'const vus = []; const lire = () => vus;', c: 'vus.length' });
	expect(host.shown('c')).toEqual(['0']);
	expect(host.session.workbench.held).toEqual(kept);
});

test('waits for what its cell waits for', async () => {
	await host.cells({ ...CELLS, a: 'const ventes = null.x' });
	expect(await look([FILTER])).toEqual({ stages: [], end: 'waiting', error: null });
	await host.cells({ ...CELLS, d: SALES });
	expect(await look([FILTER])).toEqual({ stages: [], end: 'waiting', error: null });
	await host.cells(CELLS, ['a']);
	expect(rowsOf(await look([FILTER]))).toEqual([]);
});

test('changes nothing in the notebook: no cell runs, nothing new is shown', async () => {
	await host.cells({ ...CELLS, c: 'gardees.numRows()' });
	const [outputs, facts, runs] = [host.outputs.get('b'), host.facts, host.runs('b')];
	const said = host.heard.length;
	await whole([FILTER, '.derive({x: aq.escape(() => display(1))})', SORT]);
	await host.settled();
	expect(host.heard.slice(said).map(({ type }) => type)).toEqual([
		...['previewing', 'reply', 'reply', 'reply']
	]);
	expect([host.outputs.get('b'), host.facts, host.runs('b')]).toEqual([outputs, facts, runs]);
	expect(host.shown('c')).toEqual(['2']);
});

test('a file is waited for, and what comes of it says so', async () => {
	const source = host.addFile('ventes@1.arrow', { ville: ['Gaspé', 'Alma'], n: [1, 2] });
	const head = 'FileAttachment("ventes@1.arrow").arquero()';
	await host.cells({ b: `const t = ${head}` });
	const preview = await look(['.filter(d => d.n > 1)'], { head });
	expect(rowsOf(preview)).toEqual([2, 1]);
	const [, kept] = preview?.stages ?? [];
	const lineage = await host.ask({ type: 'lineage', table: kept?.table ?? '' });
	expect(lineage).toMatchObject({
		sources: [source],
		steps: [{ verb: 'load' }, { verb: 'filter' }]
	});
	// What plain code makes comes from all that the chain was given until then.
	const made = await look(['.count()', '.derive({x: aq.escape(() => 1)})'], { head });
	expect(await host.ask({ type: 'lineage', table: made?.stages[2]?.table ?? '' })).toMatchObject({
		sources: [source]
	});
});

test('what a step puts into another cell’s object, that cell comes from', async () => {
	const source = host.addFile('ventes@1.arrow', { n: [1, 2] });
	const head = 'await FileAttachment("ventes@1.arrow").arquero()';
	const notebooks: Record<string, string>[] = [
		{ a: `const ventes = ${head}`, b: 'const t = ventes.count()' },
		{ b: `const t = (${head}).count()` }
	];
	for (const cells of notebooks) {
		const all = { ...cells, s: 'const magasin = []; const lire = () => magasin;' };
		await host.cells({});
		await host.cells(all);
		await look(['.filter(aq.escape(d => (magasin.push(d.n), true)))'], {
			head: 'a' in cells ? 'ventes' : head
		});
		await host.cells({ ...all, c: 'display(magasin.length)' });
		expect(host.outputs.get('c')).toMatchObject([
			{ value: { text: '2' }, lineage: { sources: [source] } }
		]);
	}
});

test('a later request takes the place of an older one, whatever that waits for', async () => {
	await host.cells(CELLS);
	const never = look(['.filter(d => true)'], { head: 'new Promise(() => {})' });
	await host.until(() => started() === 1);
	expect(rowsOf(await look([FILTER]))).toEqual([3, 2]);
	expect(await never).toBeNull();
	// What comes too late is let go.
	const late = look([], { head: 'new Promise((r) => setTimeout(r, 5, aq.table({n: [1]})))' });
	await host.until(() => started() === 3);
	host.send({ type: 'close-preview', preview: 1 });
	await expect(late).rejects.toThrow('gone');
	// One that comes after it.
	await look([], { head: 'new Promise((r) => setTimeout(r, 9, aq.table({n: [1]})))' }, 2);
	expect(held()).toEqual({ previews: 1, stages: 1 });
	expect(host.session.workbench.held.tables).toBe(3);
});

test('a join is told of before it is made', async () => {
	await host.cells({ ...CELLS, d: 'const lieux = aq.table({nom: ["Gaspé"]})' });
	const { stages } = await whole([FILTER]);
	const ask = (other: string, table = stages[1]?.table ?? '') =>
		host.ask({
			...{ type: 'match', table, other },
			on: [{ left: 'ville', right: 'nom', folded: false }]
		});
	expect(await ask('lieux')).toMatchObject({ rows: 2, matched: 2, otherMatched: 1 });
	await expect(ask('ailleurs')).rejects.toThrow('gone');
	await expect(ask('lieux', 't999')).rejects.toThrow('gone');
	await expect(ask('ventes')).rejects.toThrow('unexpected');
});

test('only so much is kept', async () => {
	await host.cells(CELLS);
	const { engine, workbench } = host.session;
	const platform = { now: () => 0, soon: (task: () => void) => void setImmediate(task) };
	const previews = new Previews(engine, workbench, platform, {
		...LIMITS,
		...{ previews: 1, previewSteps: 2, previewCells: 5 }
	});
	const ask = (steps: string[], preview = 1) =>
		previews.show({ preview, cell: 'b', head: 'ventes', steps }, () => {});
	const DERIVE = '.derive({x: d => d.billets})';
	expect(rowsOf(await ask([DERIVE, FILTER]))).toEqual([3, 3, 2]);
	await expect(ask([FILTER, FILTER, FILTER])).rejects.toThrow('table_views_full');
	await expect(ask([FILTER], 2)).rejects.toThrow('table_views_full');
	// Three cells more are held than there may be; what stands goes on standing.
	await expect(ask([DERIVE, DERIVE])).rejects.toThrow('table_views_full');
	expect(rowsOf(await ask([DERIVE, FILTER]))).toEqual([3, 3, 2]);
	previews.close(1);
	expect(rowsOf(await ask([DERIVE], 2))).toEqual([3, 3]);
});

test('an example beside the notebook is in no cell of it: any table can be taken', async () => {
	await host.cells({ a: SALES });
	const beside = await look([FILTER], { cell: BESIDE });
	expect(rowsOf(beside)).toEqual([3, 2]);
	// In the cell that defines it, the same is a circle; in none that there is, nothing.
	expect((await look([FILTER], { cell: 'a' }, 2))?.error?.code).toBe('cycle');
	await expect(look([FILTER], { cell: 'z' }, 3)).rejects.toThrow('gone');
	await host.cells({});
	const made = await look(['.count()'], { cell: BESIDE, head: 'aq.table({x: [1, 2]})' }, 4);
	expect(rowsOf(made)).toEqual([2, 1]);
	expect((await look([], { cell: BESIDE }, 5))?.error?.code).toBe('unknown_name');
});

test('a picture is shown, and nothing goes on from it', async () => {
	const picture = {
		...{ title: 't', subtitle: '', caption: '', description: 'd', data: [], marks: 1, tips: null },
		tree: ['svg', {}]
	} as unknown as Picture;
	const charts = new TestHost({
		make: () => ({ plot: () => 'drawn' }),
		picture: (value) => (value === 'drawn' ? picture : null)
	});
	try {
		await charts.cells({ a: SALES });
		const ask = async (head: string, steps: string[] = []) =>
			REPLIES.preview(
				structuredClone(
					await charts.ask({ type: 'preview', preview: 1, cell: BESIDE, head, steps })
				),
				steps.length
			);
		expect(await ask('Plot.plot(ventes)')).toMatchObject({
			...{ stages: [], end: 'picture', error: null, picture: { title: 't', marks: 1 } }
		});
		expect(await ask('Plot.plot(ventes)', [FILTER])).toMatchObject({ stages: [], end: 'picture' });
		expect(await ask('1 + 1')).toEqual({ stages: [], end: 'no_table', error: null });
		expect(charts.session.previews.held.stages).toBe(0);
	} finally {
		charts.close();
	}
});
