import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GroupSizes } from '../../core/governance/group-sizes.ts';
import { readMessage } from '../../core/protocol/guards.ts';
import { makePlot, toPicture } from './plot.ts';
import { TestHost } from './test-host.ts';

/** 30 tickets: 16 in A, 12 in B, 2 in C; of each, every other one is full price. */
const VILLES = [...'A'.repeat(16), ...'B'.repeat(12), ...'C'.repeat(2)];
const BILLETS = {
	ville: VILLES,
	tarif: VILLES.map((_, i) => (i % 2 ? 'plein' : 'réduit')),
	prix: VILLES.map((_, i) => i),
	mots: VILLES.map((_, i) => (i % 3 ? 'danse,cirque' : 'danse'))
};
const READ = 'const billets = FileAttachment("billets@1.arrow").arquero();';
const BY_TOWN = 'const parVille = billets.groupby("ville").rollup({n: op.count()});';

let host: TestHost;
beforeEach(() => {
	host = new TestHost({ make: makePlot, picture: toPicture });
	host.addFile('billets@1.arrow', BILLETS, { publication: 'aggregates', minimumGroup: 10 });
	host.addFile('libre@1.arrow', { ville: ['A', 'A', 'B'], region: ['x', 'y', 'z'] });
});
afterEach(() => host.close());

/** The sizes of groups that go with what the last of these cells shows, after the tickets are read. */
async function claims(...sources: string[]): Promise<readonly GroupSizes[] | undefined> {
	await host.cells(
		Object.fromEntries([READ, ...sources].map((source, i) => [`c${i}`, source] as const))
	);
	const last = `c${sources.length}`;
	expect(host.error(last)).toBeNull();
	const outputs = host.outputs.get(last) ?? [];
	readMessage({ type: 'outputs', cell: last, run: 1, outputs });
	const [output] = outputs;
	if (!output || !('groups' in output)) return undefined;
	return output.groups;
}
const sizes = async (...sources: string[]) => {
	const [one] = (await claims(...sources)) ?? [];
	return one && (one.told ? one.sizes : ['untold', ...one.sizes]);
};

describe('what a filter with a control left', () => {
	it.each([
		['Inputs.checkbox(["A", "B", "C"], {value: ["A", "B"]})', 'is chosen', [12, 16]],
		['Inputs.checkbox(["A", "B", "C"])', 'lets all pass', [2, 12, 16]],
		['Inputs.select(["A", "B", "C"], {multiple: true, value: ["B"]})', 'is a list', [12]]
	] as const)('%s %s', async (control, _, expected) => {
		expect(
			await sizes(
				`const choix = view(${control});`,
				`const parVille = billets
					.params({choix})
					.filter((d, $) => op.length($.choix) === 0 || op.includes($.choix, d.ville))
					.groupby("ville")
					.rollup({n: op.count()});`,
				'parVille'
			)
		).toEqual(expected);
	});
	it('is told by the chart of it too', async () => {
		expect(
			await sizes(
				'const choix = view(Inputs.checkbox(["A", "B", "C"], {value: ["A", "B"]}));',
				'const parVille = billets.params({choix}).filter((d, $) => op.length($.choix) === 0 || op.includes($.choix, d.ville)).groupby("ville").rollup({n: op.count()});',
				'Plot.plot({marks: [Plot.barY(parVille, {x: "ville", y: "n"})]})'
			)
		).toEqual([12, 16]);
	});
});

describe('verbs', () => {
	it.each<[string, string, readonly (number | string)[]]>([
		['rows are one each', 'billets.slice(0, 3)', [1, 1, 1]],
		[
			'rollup sums up its groups',
			'billets.groupby("ville").rollup({s: d => op.sum(d.prix)})',
			[2, 12, 16]
		],
		['count too, under any name', 'billets.groupby("ville").count({as: "x"})', [2, 12, 16]],
		['no groupby is one group', 'billets.rollup({m: d => op.mean(d.prix)})', [30]],
		['of what a filter left', 'billets.filter(d => d.prix < 20).groupby("ville").count()', [4, 16]],
		[
			'of what a filter left after groupby',
			'billets.groupby("ville").filter(d => d.prix < 20).count()',
			[4, 16]
		],
		['of a slice', 'billets.orderby(aq.desc("prix")).slice(0, 5).groupby("ville").count()', [2, 3]],
		[
			'of a slice in groups',
			'billets.groupby("ville").slice(0, 1).rollup({s: d => op.sum(d.prix)})',
			[1, 1, 1]
		],
		['of a sample', 'billets.sample(20).rollup({n: op.count()})', [20]],
		[
			'summed up twice',
			'billets.groupby("ville", "tarif").count().groupby("ville").rollup({s: d => op.sum(d.count)})',
			[2, 12, 16]
		],
		[
			'rows keep their groups',
			'billets.groupby("ville").count().derive({p: d => d.count / 2}).select("p").rename({p: "q"}).orderby("q").reify()',
			[2, 12, 16]
		],
		[
			'small groups filtered away',
			'billets.groupby("ville").count().filter(d => d.count >= 10)',
			[12, 16]
		],
		[
			'in the order that is shown',
			'billets.groupby("ville").count().orderby(aq.desc("count")).slice(0, 2)',
			[12, 16]
		],
		['of distinct rows', 'billets.groupby("ville").count().dedupe("count")', [2, 2, 2]],
		[
			'a pivot shows each of its cells',
			'billets.groupby("ville", "tarif").count().groupby("ville").pivot("tarif", "count")',
			[1, 6, 8]
		],
		[
			'a fold shows a row several times',
			'billets.groupby("ville").rollup({a: op.count(), b: op.count()}).fold(["a", "b"])',
			[2, 2, 12, 12, 16, 16]
		],
		[
			'which makes no group larger',
			'billets.groupby("ville").rollup({a: op.count(), b: op.count()}).fold(["a", "b"]).groupby("ville").rollup({s: d => op.sum(d.value)})',
			[2, 12, 16]
		],
		[
			'unroll too',
			'billets.derive({m: d => op.split(d.mots, ",")}).unroll("m").groupby("ville").count()',
			[2, 12, 16]
		],
		[
			'groups with rows in common are not added up',
			'billets.derive({m: d => op.split(d.mots, ",")}).unroll("m").groupby("m").count().rollup({s: d => op.sum(d.count)})',
			[30]
		],
		['impute', 'billets.groupby("ville").count().impute({count: () => 0})', [2, 12, 16]],
		[
			'spread',
			'billets.groupby("ville").count().derive({l: d => [d.count, d.count]}).spread("l")',
			[2, 12, 16]
		],
		[
			'params',
			'billets.params({k: 1}).groupby("ville").rollup({s: (d, $) => op.sum(d.prix) + $.k})',
			[2, 12, 16]
		],
		[
			'concat',
			'billets.filter(d => d.ville === "A").concat(billets.filter(d => d.ville === "B")).groupby("ville").count()',
			[12, 16]
		],
		[
			'a table put under itself counts once',
			'billets.concat(billets).groupby("ville").count()',
			[2, 12, 16]
		],
		[
			'union keeps the least',
			'billets.groupby("ville").count().union(billets.groupby("tarif").count())',
			['untold', 2, 2, 2, 2]
		],
		[
			'except and intersect',
			'billets.groupby("ville").count().except(billets.groupby("ville").count().filter(d => d.count < 10))',
			[2, 2]
		],
		[
			'semijoin',
			'billets.groupby("ville").count().semijoin(billets.filter(d => d.prix < 20), "ville")',
			[12, 16]
		],
		[
			'assign',
			'billets.groupby("ville").count().assign(billets.groupby("ville").rollup({s: d => op.sum(d.prix)}))',
			[2, 12, 16]
		],
		[
			'a join shows both sides',
			'billets.groupby("ville").count().join(billets.groupby("ville", "tarif").rollup({s: d => op.sum(d.prix)}), "ville")',
			[1, 1, 6, 6, 8, 8]
		],
		[
			'cross',
			'billets.groupby("ville").count().cross(billets.rollup({n: op.count()}))',
			[2, 12, 16]
		],
		[
			'lookup',
			'billets.rollup({ville: op.max("ville"), n: op.count()}).lookup(billets.groupby("ville").count(), "ville", "count")',
			[2]
		],
		[
			'a table of plain code is as small as what is at hand',
			'billets.groupby("ville").count().join_full(aq.table({ville: ["Z"], k: [1]}), "ville")',
			['untold', 1, 2, 12, 16]
		]
	])('%s', async (_, source, expected) => {
		expect(await sizes(source)).toEqual(expected);
	});

	it('counts rows drawn again and again as no more than one', async () => {
		expect(await sizes('billets.sample(40, {replace: true}).rollup({n: op.count()})')).toEqual([1]);
	});
	it('counts rows that impute makes as the least of the table', async () => {
		const more = 'impute({count: () => 0}, {expand: ["ville", "tarif"]})';
		expect(
			await sizes(
				`billets.filter(d => d.prix > 0).groupby("ville", "tarif").count().filter(d => d.count > 1).ungroup().${more}`
			)
		).toEqual(['untold', 6, 6, 6, 6]);
	});
	it('gives up on what too many tables made, and takes their least', async () => {
		const total = 'billets.rollup({n: op.count()})';
		const many = `${total}.concat(Array.from({length: 17}, () => ${total}))`;
		expect(await sizes(many)).toEqual(['untold', ...Array<number>(18).fill(30)]);
		const joins = `Array.from({length: 17}).reduce(t => t.cross(${total}, [["n"], []]), ${total})`;
		expect(await sizes(joins)).toEqual(['untold', 30]);
	});
	it('a join of one to many makes no group larger', async () => {
		const libre = 'const libre = FileAttachment("libre@1.arrow").arquero();';
		const joined = 'billets.groupby("ville").count().join(libre, "ville")';
		expect(await sizes(libre, joined)).toEqual([12, 16, 16]);
		expect(
			await sizes(libre, `${joined}.groupby("ville").rollup({s: d => op.sum(d.count)})`)
		).toEqual([12, 16]);
	});
	it('a table written out in a cell of its own holds nothing of a dataset', async () => {
		const noms = 'const noms = aq.table({ville: ["A", "Z"], nom: ["Alma", "Zut"]});';
		for (const join of ['join_left', 'join_full', 'join_right'])
			expect(await sizes(noms, `billets.groupby("ville").count().${join}(noms, "ville")`)).toEqual(
				join === 'join_right' ? [16] : [2, 12, 16]
			);
	});
	it('follows tables from cell to cell, and after an await', async () => {
		expect(await sizes(BY_TOWN, 'parVille.filter(d => d.n > 10)')).toEqual([12, 16]);
		const awaited =
			'const t = FileAttachment("billets@1.arrow").arquero().then(b => b.groupby("tarif").count());';
		expect(await sizes(awaited, 't')).toEqual([15, 15]);
	});
	it('says nothing where no terms ask, and nothing of a table that is only defined', async () => {
		expect(await claims('aq.table({a: [1]})')).toBeUndefined();
		const libre = 'const libre = FileAttachment("libre@1.arrow").arquero();';
		expect(await claims(libre, 'libre.groupby("ville").count()')).toBeUndefined();
		expect(await claims(BY_TOWN)).toBeUndefined();
	});
	it('looks at the rows that a report shows, not at those beyond', async () => {
		host.addFile(
			'billets@1.arrow',
			{ n: Array.from({ length: 303 }, (_, i) => Math.floor(i / 3)) },
			{ publication: 'aggregates', minimumGroup: 3 }
		);
		const byN =
			'billets.filter(d => d.n < 100 || true).groupby("n").count().orderby(aq.desc("count"), "n")';
		expect((await sizes(byN))?.length).toBe(100);
	});
});

describe('what plain code makes', () => {
	const LARGE =
		'const grands = billets.groupby("ville").count().filter(d => d.count >= 10).reify();';
	it('counts as the smallest group that its cell was given', async () => {
		expect(await sizes(BY_TOWN, 'parVille.get("n", 0)')).toEqual(['untold', 2]);
		expect(await sizes(LARGE, 'grands.get("count", 0)')).toEqual(['untold', 12]);
		expect(await sizes(BY_TOWN, 'aq.from(parVille.objects())')).toEqual([...['untold', 2, 2, 2]]);
		expect(await sizes(LARGE, '# ${grands.get("count", 0)} billets')).toEqual(['untold', 12]);
		expect(await sizes('billets.numRows()')).toEqual(['untold', 1]);
	});
	it('through other values too, and however it is summed up again', async () => {
		const list = 'const liste = parVille.objects();';
		expect(await sizes(BY_TOWN, list, 'liste.length')).toEqual(['untold', 2]);
		expect(await sizes(BY_TOWN, list, 'aq.from(liste).rollup({n: op.count()})')).toEqual([
			'untold',
			2
		]);
		const defined = 'const copie = aq.from(parVille.objects());';
		expect(await sizes(BY_TOWN, defined, 'copie.rollup({n: op.sum("n")})')).toEqual(['untold', 2]);
		const both = 'parVille.numRows() + (await FileAttachment("billets@1.arrow").text()).length';
		expect(await sizes(BY_TOWN, both)).toEqual(['untold', 1]);
		const read = 'const lignes = FileAttachment("billets@1.arrow").text();';
		expect(await sizes(read, 'lignes.length')).toEqual(['untold', 1]);
	});
});

describe('charts', () => {
	const plot = (marks: string) => `Plot.plot({marks: [${marks}]})`;
	const bar = (from: string) => `Plot.barX(${from}, {x: "n", y: "ville"})`;
	it.each<[string, string, readonly (number | string)[]]>([
		['draw a mark a row', plot(bar('parVille')), [2, 12, 16]],
		[
			'with a rule at zero',
			plot(`${bar('parVille.filter(d => d.n > 9)')}, Plot.ruleX([0])`),
			[12, 16]
		],
		[
			'sorted, stacked and filtered by Plot',
			plot('Plot.barX(parVille, Plot.stackX({x: "n", fill: "ville", filter: d => d.n > 2}))'),
			[12, 16]
		],
		[
			'group rows themselves',
			plot('Plot.barY(billets, Plot.groupX({y: "count"}, {x: "ville"}))'),
			[2, 12, 16]
		],
		[
			'and groups of rows',
			plot('Plot.ruleX(parVille, Plot.groupZ({x: "median"}, {x: "n"}))'),
			[30]
		],
		[
			'bin rows',
			plot(
				'Plot.rectY(billets, Plot.binX({y: "count"}, {x: "prix", thresholds: [0, 10, 20, 30]}))'
			),
			[10, 10, 10]
		],
		[
			'facets',
			plot('Plot.barX(billets, Plot.groupY({x: "count"}, {y: "ville", fy: "tarif"}))'),
			[1, 1, 6, 6, 8, 8]
		],
		[
			'what moves marks about counts as the least',
			plot('Plot.dot(parVille, Plot.hexbin({r: "count"}, {x: "n", y: "n"}))'),
			[2]
		],
		[
			'data of plain code count as the least given',
			plot('Plot.dotX(parVille.array("n"))'),
			['untold', 2]
		],
		['a table of plain code too', plot(bar('aq.from(parVille.objects())')), ['untold', 2]],
		['tips show their own data', plot('Plot.tip(parVille, {x: "n", y: "ville"})'), [2, 12, 16]],
		[
			'what is written out beside them is nobody’s',
			plot(
				`${bar('parVille')}, Plot.ruleX([14], {strokeDasharray: "4 3"}), ` +
					'Plot.text([14], {x: Plot.identity, text: () => "Cible", frameAnchor: "top"}), ' +
					'Plot.text(["Voir A"], {frameAnchor: "top-right"})'
			),
			[2, 12, 16]
		],
		[
			'in panels too, and under a mark that is drawn by itself',
			'Plot.barX(billets, Plot.groupY({x: "count"}, {y: "ville", fy: "tarif"})).plot({marks: [Plot.ruleX([14])]})',
			[1, 1, 6, 6, 8, 8]
		],
		...[
			'Plot.ruleX([parVille.get("n", 0)])',
			'Plot.ruleX([14], {strokeWidth: parVille.get("n", 0)})',
			'Plot.text([14], {frameAnchor: "top", text: () => parVille.get("n", 0)})',
			'Plot.text([14], {frameAnchor: "top", text: d => d + parVille.get("n", 0)})',
			'Plot.text([14], {frameAnchor: "top", ...parVille.object(0)})',
			'Plot.text([14], {frameAnchor: "top", ["text"]: parVille.array("n")})',
			'Plot.text([14], {frameAnchor: "top", text() { return parVille.get("n", 0); }})',
			'Plot.text([`${parVille.get("n", 0)}`])',
			'...[Plot.ruleX(parVille.array("n")), Plot.ruleX([14])]',
			', Plot.ruleX([14])'
		].map((mark): [string, string, readonly (number | string)[]] => [
			`what is not written out counts as the least given: ${mark}`,
			plot(`${bar('parVille.filter(d => d.n > 9)')}, ${mark}`),
			['untold', 2, 12, 16]
		]),
		[
			'a list of marks made elsewhere is not written out',
			`(() => { const marks = [${bar('parVille')}]; return Plot.ruleX([14]).plot({marks}); })()`,
			['untold', 2, 2, 12, 16]
		],
		[
			'nor is a list that comes after the one that is written',
			`(() => { const other = {marks: [Plot.ruleX([parVille.get("n", 0)])]}; return Plot.plot({marks: [Plot.ruleX([14])], ...other}); })()`,
			['untold', 2]
		],
		[
			'nor what stands where something else is drawn',
			plot(
				`...[${bar('parVille.filter(d => d.n > 9)')}, Plot.ruleX([7 + 7], {strokeWidth: parVille.get("n", 0)})], ` +
					'Plot.ruleX([14], {filter: [false]})'
			),
			['untold', 2, 12, 16]
		],
		[
			'nor what stands in one of two charts',
			`(() => { const other = ${plot(bar('parVille'))}; return ${plot(`${bar('parVille')}, Plot.ruleX([14])`)}; })()`,
			['untold', 2, 2, 12, 16]
		],
		[
			'functions draw what they like',
			plot(`${bar('parVille.filter(d => d.n > 9)')}, () => null`),
			['untold', 2, 12, 16]
		]
	])('%s', async (_, source, expected) => {
		expect(await sizes(BY_TOWN, source)).toEqual(expected);
	});
});

describe('a total beside its parts', () => {
	const rests = async (source: string) => (await claims(BY_TOWN, source))?.[0]?.rests;
	const LARGE = 'parVille.filter(d => d.n >= 10)';
	it('says what is left, in a row or in a column', async () => {
		expect(await rests(`${LARGE}.concat(billets.rollup({n: op.count()}))`)).toEqual([2]);
		expect(await rests(`${LARGE}.cross(billets.rollup({total: op.count()}))`)).toEqual([2]);
	});
	it('leaves nothing where all parts are shown, or where it is theirs', async () => {
		expect(await rests('parVille.concat(billets.rollup({n: op.count()}))')).toEqual([]);
		expect(await rests(`${LARGE}.concat(${LARGE}.rollup({n: d => op.sum(d.n)}))`)).toEqual([]);
		expect(await rests(LARGE)).toEqual([]);
	});
});
