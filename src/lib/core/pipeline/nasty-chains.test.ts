/**
 * Chains in forms that are hard to take apart: what a panel does to one step leaves every other sign where it is, and
 * what is done and undone leaves the text as it was.
 */
import * as aq from 'arquero';
import type { ColumnTable } from 'arquero';
import { describe, expect, it } from 'vitest';
import {
	applyEdits,
	duplicateStep,
	insertStep,
	moveStep,
	removeStep,
	replaceStep,
	setStepOff
} from './edit-pipeline.ts';
import { binary, column, literal } from './make-expression.ts';
import { parsePipeline, printPipeline } from './parse-pipeline.ts';
import { CHAINS } from './pipeline-samples.ts';
import type { Pipeline, Step } from './step.ts';

/** With the kinds of steps that are read in each. */
const NASTY: readonly (readonly [source: string, kinds: string])[] = [
	[
		'ventes\n  // .filter(d => d.prix > 1)\n  .filter(d => d.prix > 2) // ) .orderby("prix")\n  /* ( */ .orderby("prix") /* .slice(0, 1) */',
		'filter sort'
	],
	['ventes.filter(d => d.nom !== ")").filter(d => d.nom !== "\\").slice(0")', 'filter filter'],
	['ventes.derive({t: d => `(${d.nom})`, u: d => `)`}).orderby("t")', 'derive sort'],
	['ventes.filter(d => op.match(d.code, /[)(\\]/]+\\)/, 0) == null).slice(0, 3)', 'filter slice'],
	['ventes.filter(d => d.nom !== "/*off .x() */").filter(d => d.nom !== "*/")', 'filter filter'],
	[
		'ventes\r\n  // un\r\n  .filter(d => d.prix > 2) // deux\r\n\r\n  .orderby("prix")\r\n',
		'filter sort'
	],
	['ventes\r  .filter(d => d.prix > 2)\r  .orderby("prix")', 'filter sort'],
	['ventes\u2028  .filter(d => d.prix > 2) // fin\u2029  .orderby("prix")', 'filter sort'],
	['\ufeffventes.filter(d => d.prix > 2)', 'filter'],
	['ventes\u00a0.filter(d\u00a0=> d.prix\u00a0> 2)\u00a0.orderby("prix")', 'filter sort'],
	[
		'const résultat_été = ventes.filter(d => d.région === "Côte-Nord").rename({nom: "Nom d’été 🎭"});',
		'filter rename'
	],
	[
		'ventes.derive({"é": d => d["pri\\u0078"], "e\u0301": d => d.prix}).select("é", "e\u0301")',
		'derive select'
	],
	['const r = (((ventes.filter(d => d.prix > 2))).orderby("prix"));', 'sort'],
	['const r = ((ventes.filter(d => d.prix > 2)) /*off .orderby("prix") */);', 'sort off'],
	['((ventes.filter(d => d.prix > 2)).orderby("prix")\n  /*off .slice(0, 1) */)', 'sort slice off'],
	[
		'ventes\n  .filter(\n    d =>\n      // seuil\n      d.prix > 2 // dollars\n  )\n  .orderby(\n    "prix", // croissant\n  )',
		'filter sort'
	],
	['ventes.join_left(lieux.filter(d => d.capacité > 100), "salle").orderby("prix")', 'code sort'],
	[
		'ventes.filter(aq.escape(d => [1, 2, 3].some(x => x > d.billets))).orderby("prix")',
		'code sort'
	],
	['ventes.filter(d => (d.nom?.length ?? 0) > 2).orderby("prix")', 'code sort'],
	[
		'ventes.filter(function (d) { /* } */ return d.prix > 2; /* ) */ }).orderby("prix")',
		'filter sort'
	],
	[
		'ventes/*off .filter(d => d.prix > 2) */\n/*off .filter(d => d.prix > 3) */.orderby("prix")/*off .slice(0, 2) */',
		'filter off filter off sort slice off'
	],
	['ventes\n  /* off .filter(d => d.prix > 2) */\n  /*off rien */\n  .orderby("prix")', 'sort'],
	[
		'ventes.derive({a: d => d.prix, /* b: d => 1, */ c: d => d.billets /* , */}).orderby("c")',
		'derive sort'
	],
	[
		'ventes./* a */filter/* b */(/* c */d => d.prix > 2/* d */)/* e */./* f */orderby("prix")',
		'filter sort'
	],
	[
		'ventes.groupby("région")\n  // par région\n  .rollup({n: d => op.count()}) // combien\n  .orderby("n");',
		'summarise sort'
	],
	[
		'ventes.groupby("région") // a\n  .orderby("prix") // b\n  .slice(0, 1) // c\n  .ungroup() // d\n  .select("nom")',
		'top select'
	],
	['ventes.filter(d => d.prix > 2)\n// fin', 'filter'],
	['ventes.filter(d => d.prix > 2); // fin; .orderby("prix")', 'filter'],
	['ventes.filter(d => d.nom !== `\n  .orderby("prix")\n`).orderby("prix")', 'filter sort'],
	['ventes.filter(d => d.nom !== "a\\\n  .slice(0)").orderby("prix")', 'filter sort'],
	[
		'let r = ventes\n\t\t.filter(d => d.prix > 2)\n    .orderby("prix")\n .slice(0, 4)',
		'filter top'
	],
	[
		'(await FileAttachment("ventes.arrow").arquero()).filter(d => d.prix > 2).orderby("prix")',
		'filter sort'
	],
	['ventes.filter(d => d.prix /2 > 1 && d.billets/ 2 > 0).orderby("prix")', 'filter sort'],
	['ventes.filter((d) => (((d.prix)) > (2))).orderby(("prix"))', 'filter sort']
];

const ventes = aq.table({
	région: ['Montréal', 'Laval', null, 'Côte-Nord', 'Laval'],
	salle: ['A', 'B', 'C', 'D', 'B'],
	prix: [25, 10.5, null, 0, 30],
	billets: [2, 4, 3, 5, 2],
	nom: ['L’Étoile', ')', null, '', 'Été'],
	code: ['A-12', 'B)', null, 'C-3', '(D/']
});
const lieux = aq.table({ salle: ['A', 'B', 'Z'], capacité: [100, 200, 300] });

const read = (source: string): Pipeline => {
	const pipeline = parsePipeline(source);
	if (!pipeline) throw new Error(`no steps: ${source}`);
	return pipeline;
};
function outcome(source: string): unknown {
	const { name } = read(source);
	const text =
		name === null
			? `return ${source}`
			: `${source};
return ${name}`;
	// eslint-disable-next-line no-new-func -- what is tried is that Arquero runs the text
	const made = new Function('aq', 'op', 'ventes', 'lieux', text) as (
		...given: unknown[]
	) => ColumnTable;
	return made(aq, aq.op, ventes.select(aq.all()), lieux).objects();
}
const kindsOf = (source: string): string =>
	read(source)
		.steps.map(({ step, off }) => step.kind + (off ? ' off' : ''))
		.join(' ');
/** Without the comments that are no step. */
const bare = (source: string): string => source.replace(/ *\/\*(?!off )[^]*?\*\//g, '');
const other: Exclude<Step, { kind: 'code' }> = {
	kind: 'filter',
	where: binary(column('billets'), '<', literal(77))
};

describe('chains that are hard to read', () => {
	it('are more than 30', () => expect(NASTY.length).toBeGreaterThan(30));
	for (const [source, kinds] of NASTY)
		it(JSON.stringify(source), () => {
			expect(kindsOf(source)).toBe(kinds);
			const pipeline = read(source);
			for (const { text, from, to, off } of pipeline.steps)
				if (!off) expect(source.slice(from, to)).toBe(text);
			// One waits, and Arquero itself refuses the other.
			if (source.includes('await') || source.includes('?.')) return;
			expect(outcome(printPipeline(pipeline))).toEqual(outcome(source));
		});
});

describe('an edit touches its own step alone', () => {
	for (const source of [...NASTY.map(([one]) => one), ...CHAINS])
		it(JSON.stringify(source), () => {
			const { steps } = read(source);
			for (const [i, { from, to, step, off }] of steps.entries()) {
				const [before, after] = [source.slice(0, from), source.slice(to)];
				const changed = applyEdits(source, replaceStep(source, i, other));
				expect(changed.startsWith(before)).toBe(true);
				expect(changed.endsWith(after)).toBe(true);
				expect(kindsOf(changed).split(' ').length).toBeGreaterThan(0);

				// Switched off and on again, or put twice and taken out: the text is as it was.
				const turned = applyEdits(source, setStepOff(source, i, !off));
				expect(turned).not.toBe(source);
				expect(turned.startsWith(before) && turned.endsWith(after)).toBe(true);
				// Beside its neighbours it may be one step with them from then on.
				if (read(turned).steps.length !== steps.length) continue;
				const there = read(turned).steps.findIndex((one) => one.from === from);
				expect(applyEdits(turned, setStepOff(turned, there, off))).toBe(source);

				const twice = applyEdits(source, duplicateStep(source, i));
				if (read(twice).steps.length === steps.length + 1) {
					expect(read(twice).steps[i + 1]?.step).toEqual(step);
					// A comment between the two goes with the second.
					const once = applyEdits(twice, removeStep(twice, i + 1));
					expect(bare(once)).toBe(bare(source));
				}
				const longer = applyEdits(source, insertStep(source, i, other));
				const put = read(longer).steps;
				if (put.length === steps.length + 1) {
					expect(put[i]?.step).toEqual(other);
					expect(put.toSpliced(i, 1).map((one) => one.text)).toEqual(steps.map((one) => one.text));
				}
			}
			// Moved to the end and back, each step keeps its text.
			for (let i = 0; i + 1 < steps.length; i++) {
				const moved = applyEdits(source, moveStep(source, i, steps.length - 1));
				const texts = steps.map((one) => one.text);
				const wanted = texts
					.toSpliced(i, 1)
					.concat(texts[i] ?? '')
					.join('');
				expect(
					read(moved)
						.steps.map((one) => one.text)
						.join('')
						.replace(/\s/g, '')
				).toBe(wanted.replace(/\s/g, ''));
			}
		});
});
