/** Ways to bring rows of a dataset out under another cell's name, and honest notebooks that must still pass. */
import { describe, expect, it } from 'vitest';
import { mayPublish } from '../../core/governance/publish.ts';
import type { LineageSource } from '../../core/governance/terms.ts';
import { toNotebook, type Notebook } from '../../core/notebook/notebook.ts';
import type { ReportOutput } from '../../core/report/report.ts';
import { newcomersNotebook } from '../demo/notebooks/newcomers.ts';
import { seatsNotebook } from '../demo/notebooks/seats.ts';
import { provenanceOfNotebook } from './publish.ts';

const FILE = 'billets@1.arrow';
const READ = `FileAttachment("${FILE}").arquero()`;
const terms: LineageSource = {
	datasetId: 'd',
	slug: 'billets',
	version: 1,
	hash: 'a'.repeat(64),
	title: 'Billets',
	organisation: 'Théâtre du Fleuve',
	licence: 'CC-BY-4.0',
	publication: 'aggregates',
	synthetic: true,
	rows: 1000
};
const VALUE: ReportOutput = { kind: 'value', caption: '', text: 'Mme X', lineage: null };
const TEXT: ReportOutput = { kind: 'text', markdown: 'Mme X' };

/** Cells in order; one that begins with `md:` is a text. */
const notebookOf = (...sources: string[]): Notebook =>
	toNotebook({
		title: 'Essai',
		lang: 'fr',
		cells: sources.map((source, i) =>
			source.startsWith('md:')
				? { id: `c${i}`, mode: 'md' as const, source: source.slice(3) }
				: { id: `c${i}`, source }
		)
	});

function refusals(notebook: Notebook, cell: string, output: ReportOutput) {
	return mayPublish(
		{
			lang: 'fr',
			title: 'Titre',
			summary: '',
			authors: ['A'],
			licence: 'CC-BY-4.0',
			blocks: [{ cell, kind: 'code', source: null, outputs: [output] }],
			sources: []
		},
		provenanceOfNotebook(notebook),
		() => terms,
		'2026-06-15'
	);
}
/** What is said of the last cell, shown as a value without lineage. */
const last = (...sources: string[]) =>
	refusals(
		notebookOf(...sources),
		`c${sources.length - 1}`,
		sources.at(-1)?.startsWith('md:') ? TEXT : VALUE
	).map(({ reason }) => reason);

describe('rows that would pass unseen are refused', () => {
	it.each([
		[
			'pushed into a list of another cell',
			[
				'const box = []',
				`{ const t = await ${READ}; for (const r of t.objects({limit: 40})) box.push(r); display(1); }`,
				'display(box)'
			]
		],
		[
			'spread into it',
			[
				'const box = []',
				`{ const t = await ${READ}; box.push(...t.objects()); }`,
				'md:${JSON.stringify(box)}'
			]
		],
		[
			'assigned to its members',
			['const box = {}', `{ box.rows = await ${READ}; }`, 'display(box)']
		],
		[
			'assigned by computed name',
			['const box = {}', `{ const k = 'rows'; box[k] = await ${READ}; }`, 'display(box)']
		],
		[
			'assigned by a pattern',
			['const box = {}', `{ [box.rows] = [await ${READ}]; }`, 'display(box)']
		],
		[
			'set in a map',
			['const box = new Map()', `{ box.set('rows', await ${READ}); }`, 'display(box)']
		],
		[
			'by Object.assign',
			['const box = {}', `{ Object.assign(box, {rows: await ${READ}}); }`, 'display(box)']
		],
		[
			'by an alias',
			['const box = []', `{ const b = box; b.push(await ${READ}); }`, 'display(box)']
		],
		[
			'by a parameter',
			[
				'const box = []',
				`{ const put = (to, x) => { to.push(x); }; put(box, await ${READ}); }`,
				'display(box)'
			]
		],
		[
			'by a method without its dot',
			['const box = []', `{ const put = box.push.bind(box); put(await ${READ}); }`, 'display(box)']
		],
		[
			'by a method of a computed name',
			['const box = []', `{ box['pu' + 'sh'](await ${READ}); }`, 'display(box)']
		],
		['by Reflect', ['const box = []', `{ Reflect.set(box, 0, await ${READ}); }`, 'display(box)']],
		[
			'by a function that remembers',
			[
				'let kept; const keep = x => { kept = x; }; const back = () => kept;',
				`{ keep(await ${READ}); }`,
				'display(back())'
			]
		],
		[
			'by a function made with a memory',
			[
				'const box = (() => { let s; return x => s = x ?? s; })();',
				`{ box(await ${READ}); }`,
				'display(box())'
			]
		],
		[
			'by a promise that another cell settles',
			[
				'let done; const wait = new Promise(r => { done = r; });',
				`{ done(await ${READ}); }`,
				'display(await wait)'
			]
		],
		[
			'by Promise.withResolvers',
			[
				'const {promise, resolve} = Promise.withResolvers();',
				`{ resolve(await ${READ}); }`,
				'display(await promise)'
			]
		],
		[
			'by a generator',
			[
				'const g = (function*() { let s; for (;;) s = yield s; })();',
				`{ g.next(); g.next(await ${READ}); }`,
				'display(g.next())'
			]
		],
		[
			'by a class',
			[
				'class Box { put(x) { this.x = x; } }; const box = new Box();',
				`{ box.put(await ${READ}); }`,
				'display(box.x)'
			]
		],
		[
			'by another cell’s display',
			['const show = x => display(x)', `{ show(await ${READ}); }`, 'display(1)']
		],
		[
			'on a global',
			[`${READ}.then(t => Math.rows = t.objects({limit: 50}))`, 'display(Math.rows)']
		],
		['on globalThis', [`{ globalThis.rows = await ${READ}; }`, 'display(globalThis.rows)']],
		['on an alias of a global', [`{ const M = Math; M.rows = await ${READ}; }`, 'display(1)']],
		[
			'by a function of Arquero',
			[`{ const t = await ${READ}; aq.addFunction('rows', () => t); }`, 'display(1)']
		],
		[
			'by what a regular expression matched',
			[`{ /(.*)/.test(JSON.stringify(await ${READ})); }`, 'display(RegExp.$1)']
		],
		[
			'by Function',
			['const f = [].at.constructor', `{ f('x', 'Math.x = x')(await ${READ}); }`, 'display(1)']
		]
	])('%s', (_how, sources) => {
		expect(last(...sources)).toContain('rows');
	});
	it('and the cell to rewrite is named', () => {
		const notebook = notebookOf(
			'const box = []',
			`{ box.push(...(await ${READ}).objects()); }`,
			'display(box)'
		);
		expect(refusals(notebook, 'c2', VALUE).map(({ reason, cell }) => [reason, cell])).toEqual([
			['untraceable', 'c1'],
			['rows', 'c2']
		]);
	});
});

describe('what only looks like a summary is none', () => {
	it.each([
		['a comment', [`const t = (await ${READ}).objects(); // .count()`, 'md:${JSON.stringify(t)}']],
		[
			'a text',
			[`const t = (await ${READ}).objects().concat(".count()")`, 'md:${JSON.stringify(t)}']
		],
		[
			'console.count',
			[
				`const t = ${READ};`,
				'const rows = (console.count(), t.objects({limit: 50}))',
				'md:${JSON.stringify(rows)}'
			]
		],
		[
			'a summary beside',
			[
				`const t = ${READ};`,
				'const rows = (t.count(), t.objects({limit: 50}))',
				'md:${JSON.stringify(rows)}'
			]
		],
		[
			'a summary in a list',
			[`const t = ${READ};`, 'const rows = [t.count(), t]', 'md:${JSON.stringify(rows)}']
		],
		[
			'an object with a count',
			[
				`const t = ${READ};`,
				'const rows = ({count: () => 1}).count(t) && t',
				'md:${JSON.stringify(rows)}'
			]
		],
		[
			'rows joined after',
			[
				`const t = ${READ};`,
				'const rows = t.rollup({n: op.count()}).cross(t)',
				'md:${JSON.stringify(rows)}'
			]
		],
		[
			'an aggregate that keeps rows',
			[
				`const t = ${READ};`,
				'const rows = t.rollup({n: op.array_agg("nom")})',
				'md:${JSON.stringify(rows)}'
			]
		],
		[
			'the same in a text',
			[
				`const t = ${READ};`,
				'const rows = t.rollup({n: "d => op.array_agg(d.nom)"})',
				'md:${JSON.stringify(rows)}'
			]
		],
		[
			'the same, computed',
			[
				`const t = ${READ};`,
				'const rows = t.rollup({n: op["array" + "_agg"]("nom")})',
				'md:${JSON.stringify(rows)}'
			]
		]
	])('%s', (_what, sources) => {
		expect(last(...sources)).toContain('rows');
	});
	it.each([
		[
			'in a parameter',
			[
				'const k = t.params({r: t.objects()}).derive({all: (d, $) => $.r});',
				'const s = k.rollup({x: op.any("all")});'
			]
		],
		[
			'in a parameter read by the summary',
			['const s = t.params({r: t.objects()}).rollup({x: (d, $) => $.r});']
		],
		[
			'in a table made of a list',
			['const k = aq.table({all: [t.objects()]});', 'const s = k.rollup({x: op.max("all")});']
		],
		[
			'by a window',
			[
				'const k = t.derive({all: d => op.array_agg(d.nom)});',
				'const s = k.rollup({x: op.any("all")});'
			]
		],
		[
			'by an escape',
			['const s = t.derive({all: aq.escape(() => t.objects())}).rollup({x: op.any("all")});']
		],
		[
			'by a control',
			[
				'const r = view(Inputs.select([t.objects()]));',
				'const k = t.params({r}).derive({all: (d, $) => $.r});',
				'const s = k.rollup({x: op.any("all")});'
			]
		]
	])('many rows packed in one, %s', (_how, sources) => {
		expect(last(`const t = ${READ};`, ...sources, 'md:${s.get("x", 0)}')).toContain('rows');
	});
	it('a file whose call is written with an escape is seen', () => {
		const escaped =
			'const rows = (await \\u0046ileAttachment("billets@" + 1 + ".arrow").arquero()).objects()';
		expect(last(escaped, 'display(rows)')).toContain('unreadable');
	});
});

describe('honest notebooks pass (positive control)', () => {
	const SUM =
		'const parMois = billets.groupby("mois").rollup({n: op.count(), p: d => op.mean(d.prix)});';
	const BASE = [`const billets = ${READ};`, SUM];
	it.each([
		['a text of aggregates', ['md:Il y en a ${parMois.get("n", 0).toLocaleString("fr-CA")}.']],
		['a value', ['parMois.objects().map(d => d.n).reduce((a, b) => a + b, 0)']],
		[
			'a list that the cell makes and fills',
			['const noms = []; for (const d of parMois.objects()) noms.push(d.mois); display(noms);']
		],
		[
			'counters',
			[
				'const c = parMois.objects().reduce((m, d) => { m[d.mois] = (m[d.mois] ?? 0) + d.n; return m; }, {}); display(c);'
			]
		],
		[
			'a map filled by a callback',
			[
				'const m = new Map(); parMois.objects().forEach(d => m.set(d.mois, d.n)); display([...m].sort((a, b) => a[1] - b[1]));'
			]
		],
		[
			'a loop',
			[
				'let total = 0; for (let i = 0; i < parMois.numRows(); i++) { total += parMois.get("n", i); } display(total);'
			]
		],
		[
			'a function of another cell',
			[
				'const pct = (a, b) => { const x = 100 * a / b; return Math.round(x) + " %"; };',
				'md:${pct(parMois.get("n", 0), 12)}'
			]
		],
		[
			'a control and what it chooses',
			[
				'const seuil = view(Inputs.range([1, 12], {label: "Seuil", value: 3, format: d => d + " $"}));',
				'const gardes = parMois.params({seuil}).filter((d, $) => d.n > $.seuil);',
				'display(gardes.objects())'
			]
		],
		[
			'a control whose choices come from the data',
			[
				'const ville = view(Inputs.select(["Toutes", ...parMois.array("mois")]));',
				'const choix = billets.params({ville}).filter((d, $) => d.ville === $.ville);',
				'const parVille = choix.join(billets).groupby("mois").count();',
				'md:${parVille.numRows()}'
			]
		],
		[
			'a chart in a function',
			[
				'const dessin = width => Plot.plot({width, y: {tickFormat: d => `${d} %`}, marks: [Plot.barY(parMois, {x: "mois", y: d => d.n, filter: d => d.n > 0, sort: {x: "-y"}})]});',
				'display(dessin(600))'
			]
		],
		[
			'a date written',
			['md:${new Intl.DateTimeFormat("fr-CA").format(new Date(parMois.get("mois", 0)))}']
		],
		[
			'a wait',
			['const w = await new Promise(done => setTimeout(done, 10)); display(parMois.numRows());']
		]
	])('%s', (_what, more) => {
		expect(last(...BASE, ...more)).toEqual([]);
	});
	it('a table counted on the way to a chart of the same cell', () => {
		const notebook = notebookOf(
			`const t = ${READ};`,
			'const f = t.filter(d => d.prix > 1); const s = f.groupby("m").count();',
			'Plot.plot({marks: [Plot.barY(s)]})'
		);
		expect(refusals(notebook, 'c2', VALUE)).toEqual([]);
	});
	it('the demo’s starters, whole', () => {
		for (const notebook of [
			seatsNotebook('fr', FILE),
			seatsNotebook('en', FILE),
			newcomersNotebook('fr', { tickets: FILE, web: FILE }),
			newcomersNotebook('en', { tickets: FILE, web: FILE })
		]) {
			expect(provenanceOfNotebook(notebook).untraceable).toEqual([]);
			for (const { id, mode } of notebook.cells)
				if (mode === 'md' || id.startsWith('graphique'))
					expect([id, refusals(notebook, id, TEXT)]).toEqual([id, []]);
		}
	});
});

it('a long name in a comment is looked at once', () => {
	const started = performance.now();
	for (const long of [
		'a'.repeat(200_000),
		'-'.repeat(200_000),
		'a@'.repeat(100_000),
		'a-'.repeat(100_000)
	])
		provenanceOfNotebook(notebookOf(`// ${long}`));
	expect(performance.now() - started).toBeLessThan(1_000);
});
