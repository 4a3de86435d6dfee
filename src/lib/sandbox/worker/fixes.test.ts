/** A cell that fails in a real session, and what mends it: mended, it runs. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fixesFor } from '../../core/analysis/fixes.ts';
import { applyEdits } from '../../core/pipeline/edit-pipeline.ts';
import { TestHost } from './test-host.ts';

let host: TestHost;
beforeEach(() => {
	host = new TestHost();
});
afterEach(() => host.close());

const DATA = 'const billets = aq.table({prix: [1, 2, 3], "Prix du billet": [4, 5, 6]})';
const SEUIL = 'const seuil = 2';
const TAKEN = new Set(['billets', 'seuil', 'seuil2']);

it.each([
	['unknown_name', 'replace', 'bilets.count()', 'billets.count()'],
	['unknown_name', 'replace', '({bilets})', '({bilets: billets})'],
	[
		'unknown_name',
		'op',
		'billets.rollup({a: d => mean(d.prix)})',
		'billets.rollup({a: d => op.mean(d.prix)})'
	],
	[
		'missing_column',
		'replace',
		'billets.filter(d => d.pris > 1)',
		'billets.filter(d => d.prix > 1)'
	],
	[
		'missing_column',
		'replace',
		'billets.groupby("pris").count()',
		'billets.groupby("prix").count()'
	],
	[
		'missing_column',
		'replace',
		'billets.derive({a: d => d["Prix du bilet"] * 2})',
		'billets.derive({a: d => d["Prix du billet"] * 2})'
	],
	[
		'closure',
		'params',
		'billets.filter(d => d.prix > seuil && seuil < 5).derive({b: (d) => seuil})',
		'billets.params({seuil}).filter((d, $) => d.prix > $.seuil && $.seuil < 5).derive({b: (d, $) => $.seuil})'
	],
	[
		'duplicate',
		'rename',
		'const seuil = 3, b = {seuil};',
		'const seuil3 = 3, b = {seuil: seuil3};'
	],
	// What it reads is the other cell's, under its name.
	[
		'duplicate',
		'rename',
		'const billets = billets.filter(d => d.prix > 1); display(billets);',
		'const billets2 = billets.filter(d => d.prix > 1); display(billets2);'
	],
	['syntax', 'replace', 'const a = 0,5;', 'const a = 0.5;'],
	// Two arguments stay two.
	[
		'syntax',
		'replace',
		'billets.slice(0,2).derive({a: d => d.prix + 0,5})',
		'billets.slice(0,2).derive({a: d => d.prix + 0.5})'
	],
	[
		'syntax',
		'replace',
		'billets.derive({a: d => d.prix * 1,15, b: d => d.prix + 0,5})',
		'billets.derive({a: d => d.prix * 1.15, b: d => d.prix + 0.5})'
	]
])('%s, %s: %s', async (code, kind, source, mended) => {
	await host.cells({ data: DATA, seuil: SEUIL, essai: source });
	const error = host.states.get('essai')?.error;
	expect(error?.code).toBe(code);
	const [fix, more] = error ? fixesFor(source, error, TAKEN) : [];
	expect([fix?.kind, more]).toEqual([kind, undefined]);
	expect(applyEdits(source, fix?.edits ?? [])).toBe(mended);
	await host.cells({ data: DATA, seuil: SEUIL, essai: mended });
	expect(host.states.get('essai')).toMatchObject({ state: 'done', error: null });
});

it('offers nothing that it does not know to mend', async () => {
	for (const source of [
		...['zzzzzz', 'billets.filter(d => d.zzzzzz)', 'const a = ;', 'null.x'],
		...['const a = 0,5 +;', '"0,5" 1', 'f(1,5', 'const 1,5 = a0,5;']
	]) {
		await host.cells({ data: DATA, essai: source });
		const error = host.states.get('essai')?.error;
		expect([source, error && fixesFor(source, error, TAKEN)]).toEqual([source, []]);
	}
});
