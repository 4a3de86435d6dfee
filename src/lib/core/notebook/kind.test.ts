import { describe, expect, it } from 'vitest';
import type { CellKind } from './kind.ts';
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
