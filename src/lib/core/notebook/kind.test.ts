import { describe, expect, it } from 'vitest';
import { kindOfDraft, type CellKind } from './kind.ts';
import { kindOf } from '../analysis/kind-of.ts';

const SAMPLES: [CellKind, string][] = [
	['data', 'const billets = FileAttachment("billetterie-2024@3.arrow").arquero();'],
	['data', 'const billets = await FileAttachment("b@1.arrow").arquero()'],
	['data', 'FileAttachment("b@1.arrow").arquero()'],
	['transform', 'const parMois = billets.groupby("mois").rollup({n: d => op.sum(d.prix)});'],
	['transform', 'billets\n  // garde\n  .filter(d => d.prix > 3)'],
	['transform', 'const a = aq.from(rows).derive({x: d => d.y})'],
	['control', 'const seuil = view(Inputs.range([0, 100], {label: "Seuil"}));'],
	['control', 'view(Inputs.select(["a"]))'],
	['control', 'const p = view(Inputs.form({debut: Inputs.date(), fin: Inputs.date()}))'],
	['chart', 'Plot.plot({marks: [Plot.dot(data, {x: "a"})]})'],
	['chart', 'Plot.barY(data, {x: "a"}).plot()'],
	['chart', 'display(Plot.plot({}))'],
	['chart', 'const carte = Plot.plot({})'],
	['code', ''],
	['code', '1 + 1'],
	['code', 'const a = 1; const b = billets.filter(d => d.x);'],
	['code', 'function f() { return billets.filter(d => d.x); }'],
	['code', '[1, 2].map(x => x * 2)'],
	['code', 'display(1)'],
	['code', 'view(x)'],
	['code', 'a.b.c'],
	// not finished yet
	['data', 'const billets = FileAttachment("b'],
	['control', 'const seuil = view(Inputs.range([0, 100], {label: "Seuil)'],
	['chart', 'Plot.plot({marks: ['],
	['transform', 'const a = billets.filter(d => d.x >'],
	['code', 'const a = {']
];

describe('a cell’s kind', () => {
	for (const [kind, source] of SAMPLES) {
		it(`${kind}: ${JSON.stringify(source)}`, () => expect(kindOf(source, 'js')).toBe(kind));
	}
	it('text is what is written in Markdown', () =>
		expect(kindOf('Plot.plot({})', 'md')).toBe('text'));
});

describe('the kind that the beginning of a source shows', () => {
	it.each([
		['x.filter(d => d.a', 'transform'],
		['// filtre\n/* a */ const y = await x . filter (', 'transform'],
		['x.A().filter(', 'transform'],
		['x.A(b(c), ")").B() .filter(', 'transform'],
		['x.A(1).objects().filter(', 'code'],
		['x.objects().filter(', 'code'],
		['été.derive(', 'transform'],
		['FileAttachment("a@1.arrow")', 'data'],
		['const f = await FileAttachment("a@1.arrow")', 'data'],
		['view( Inputs.range(', 'control'],
		['display(Plot.plot({', 'chart'],
		['/* x.filter( */', 'code'],
		['/* x.filter(', 'code'],
		['', 'code']
	])('%s', (source, kind) => {
		expect(kindOfDraft(source)).toBe(kind);
	});

	// Everyone who opens the notebook asks it of each cell, and so does the server of one that is published.
	it('is told of any source: of one that tries to be read in every way it would take minutes', () => {
		const chain = `x${'.A()'.repeat(30)}!`;
		expect([kindOfDraft(chain), kindOf(chain, 'js')]).toEqual(['code', 'code']);
		for (const source of [
			`x${'.A()'.repeat(200_000)}!`,
			`x.A(${') .a '.repeat(150_000)}`,
			`x.A(${')'.repeat(900_000)}`,
			'/**/'.repeat(250_000),
			`/*${'*/ /*'.repeat(150_000)}`
		])
			expect(kindOfDraft(source)).toBe('code');
		expect(kindOfDraft(`${' '.repeat(900_000)}x.filter(`)).toBe('transform');
	});
});
