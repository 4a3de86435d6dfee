import { expect, test } from 'vitest';
import { stepTitle } from '$lib/core/pipeline/describe-step';
import { parsePipeline } from '$lib/core/pipeline/parse-pipeline';
import { CHAINS } from '$lib/core/pipeline/pipeline-samples';
import type { Step } from '$lib/core/pipeline/step';
import { overwriteGetLocale, type Locale } from '$lib/paraglide/runtime';
import { CODE, formOf, INTENTS, intentOf, titleOf } from './intents';

const steps = (source: string): readonly Step[] =>
	(parsePipeline(source)?.steps ?? []).map(({ step }) => step);
const step = (call: string): Step => {
	const [only] = steps(`t${call}`);
	if (!only) throw new Error(call);
	return only;
};
function inBoth(told: (lang: 'fr' | 'en') => void): void {
	for (const lang of ['fr', 'en'] as const) {
		overwriteGetLocale(() => lang as Locale);
		told(lang);
	}
	overwriteGetLocale(() => 'fr');
}

/** One of each thing that the menu offers. */
const OFFERED: Readonly<Record<string, string>> = {
	filter: '.filter(d => d.prix > 20)',
	sort: '.orderby("prix")',
	first: '.slice(-3)',
	top: '.groupby("région").orderby(aq.desc("prix")).slice(0, 1).ungroup()',
	dedupe: '.dedupe("région")',
	sample: '.sample(3)',
	derive: '.derive({double: d => d.prix * 2})',
	select: '.select("prix")',
	drop: '.select(aq.not("prix"))',
	rename: '.rename({prix: "coût"})',
	relocate: '.relocate("prix", {before: "région"})',
	date: '.derive({année: d => d.jour == null ? null : op.utcyear(d.jour)})',
	bin: '.derive({tranche: d => d.prix == null ? null : op.floor(d.prix / 10) * 10})',
	text: '.derive({nom: d => op.upper(d.nom)})',
	summarise: '.groupby("région").count()',
	running: '.derive({cumul: aq.rolling(d => op.sum(d.prix))})',
	share: '.derive({part: d => d.prix == null ? null : 100 * d.prix / op.sum(d.prix)})',
	rank: '.orderby("prix").derive({rang: op.rank()})',
	difference:
		'.derive({e: d => d.x == null || op.lag(d.x, 1) == null ? null : d.x - op.lag(d.x, 1)})',
	join: '.join_left(lieux, "salle")',
	lookup: '.lookup(lieux, "salle", "places")',
	stack: '.concat(autres)',
	pivot: '.groupby("région").pivot("salle", {n: op.count()})',
	unpivot: '.fold(["prix", "billets"])',
	fill: '.impute({prix: () => 0})',
	flag: '.derive({manque: d => d.prix == null || op.is_nan(d.prix)})',
	recode: '.derive({nom: d => op.recode(d.nom, {a: "b"}, d.nom)})',
	type: '.derive({n: d => op.parse_float(d.code)})'
};

test('a step has the title that its intention has in the menu, in both languages', () => {
	expect(Object.keys(OFFERED).sort()).toEqual(INTENTS.map(({ id }) => id).sort());
	inBoth((lang) => {
		for (const [id, call] of Object.entries(OFFERED)) {
			const made = step(call);
			const said = intentOf(id).label();
			expect({ id, form: formOf(made).label(), title: titleOf(made) }).toEqual({
				...{ id, form: said, title: said }
			});
			// What a golden or a fallback says is no other word, but for a text, which core does not tell apart.
			if (id !== 'text') expect(stepTitle(made, lang), id).toBe(said);
		}
	});
});

test('what core calls a step is what its form is called, however the step is written', () => {
	let told = 0;
	inBoth((lang) => {
		for (const source of CHAINS)
			for (const one of steps(source)) {
				const form = formOf(one);
				if (form === CODE || form.id === 'text' || form.id === 'derive') continue;
				expect(stepTitle(one, lang), source).toBe(form.label());
				told++;
			}
	});
	expect(told).toBeGreaterThan(100);
});

test('grouped values are called so whatever becomes of the others', () => {
	for (const call of [
		'.derive({l: d => op.recode(d.l, {FR: "Français"})})',
		'.derive({l: d => op.recode(d.l, {FR: "Français"}, "Autre")})',
		'.derive({l: d => op.recode(d.l, {FR: "Français"}, null)})',
		'.derive({l: d => op.recode(d.l, {FR: "Français"}, d.autre)})'
	]) {
		expect(titleOf(step(call))).toBe('Regrouper des valeurs');
		expect(stepTitle(step(call), 'en')).toBe('Group values');
	}
});
