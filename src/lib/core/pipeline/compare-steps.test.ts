import { describe, expect, it } from 'vitest';
import { toCell } from '../notebook/notebook.ts';
import { describeCellChange } from '../notebook/describe-change.ts';
import { compareSteps, describeStepChange } from './compare-steps.ts';
import { plainWords } from './words.ts';

const BASE = `const parRegion = billets
  .filter(d => d.annee === 2024)
  .groupby("region")
  .rollup({total: d => op.sum(d.prix)})
  .orderby("total");`;

const said = (from: string, to: string, lang: 'fr' | 'en' = 'fr'): string[] | null =>
	compareSteps(from, to)?.map((change) => plainWords(describeStepChange(change, lang), lang)) ??
	null;

describe('what became of steps', () => {
	it('names what was added, in its place', () => {
		const to = BASE.replace(
			'\n  .groupby',
			'\n  .filter(d => d.region === "Montréal")\n  .groupby'
		);
		expect(said(BASE, to)).toEqual(['a ajouté un filtre\u00a0: «\u00a0region\u00a0» est Montréal']);
		expect(said(BASE, to, 'en')).toEqual(['added a filter: “region” is Montréal']);
	});

	it('names what was removed', () => {
		expect(said(BASE, BASE.replace('\n  .orderby("total")', ''))).toEqual([
			'a retiré le tri\u00a0: trie par «\u00a0total\u00a0»'
		]);
	});

	it('tells a step of the same kind in its place as one that changed, from what to what', () => {
		expect(said(BASE, BASE.replace('2024', '2025'))).toEqual([
			'a changé le filtre\u00a0: «\u00a0annee\u00a0» est 2024 → «\u00a0annee\u00a0» est 2025'
		]);
		expect(compareSteps(BASE, BASE.replace('2024', '2025'))?.[0]).toMatchObject({
			kind: 'changed',
			index: 0
		});
	});

	it('tells a move as one move', () => {
		const from = 'a\n  .select("x", "y")\n  .filter(d => d.x > 1)\n  .orderby("y")';
		const to = 'a\n  .filter(d => d.x > 1)\n  .orderby("y")\n  .select("x", "y")';
		expect(compareSteps(from, to)).toMatchObject([{ kind: 'moved', index: 2 }]);
		expect(said(from, to)?.[0]).toMatch(/^a déplacé le choix de colonnes/);
	});

	it('tells a step that was switched off, and on again', () => {
		const off = BASE.replace('.orderby("total")', '/*off .orderby("total") */');
		expect(said(BASE, off)).toEqual(['a désactivé le tri\u00a0: trie par «\u00a0total\u00a0»']);
		expect(said(off, BASE)?.[0]).toMatch(/^a réactivé le tri/);
	});

	it('tells another start and another name', () => {
		expect(said(BASE, BASE.replace('billets', 'ventes').replace('parRegion', 'p'))).toEqual([
			'a renommé «\u00a0parRegion\u00a0» en «\u00a0p\u00a0»',
			'a changé le tableau de départ\u00a0: «\u00a0billets\u00a0» → «\u00a0ventes\u00a0»'
		]);
	});

	it('says nothing of layout, and null of what is no steps', () => {
		expect(compareSteps(BASE, BASE.replaceAll('\n  ', ''))).toEqual([]);
		expect(compareSteps(BASE, '1 + 1')).toBeNull();
		expect(compareSteps('', BASE)).toBeNull();
	});

	it('keeps steps that read the same apart', () => {
		const twice = 'a\n  .filter(d => d.x > 1)\n  .filter(d => d.x > 1)';
		expect(compareSteps(twice, 'a\n  .filter(d => d.x > 1)')).toMatchObject([{ kind: 'removed' }]);
		expect(compareSteps('a\n  .filter(d => d.x > 1)', twice)).toMatchObject([{ kind: 'added' }]);
	});
});

describe('what became of a cell', () => {
	const cell = (source: string, mode: 'js' | 'md' = 'js') => toCell({ id: 'a', source, mode });
	const words = (from: string, to: string, mode: 'js' | 'md' = 'js') =>
		describeCellChange(cell(from, mode), cell(to, mode), 'fr').map((one) => plainWords(one));

	it('is told by settings for a chart', () => {
		const chart = 'Plot.plot({marks: [Plot.barY(billets, {x: "region", y: "prix"})]})';
		expect(words(chart, chart.replace('"prix"', '"total"'))).toEqual([
			'a changé ce qu’on mesure (y)\u00a0: «\u00a0prix\u00a0» → «\u00a0total\u00a0»'
		]);
		expect(words(chart, chart.replace('{marks', '{title: "Ventes", marks'))).toEqual([
			'a ajouté le titre\u00a0: Ventes'
		]);
	});

	it('is told by settings for a control', () => {
		const control = 'const n = view(Inputs.range([0, 10], {label: "Nombre", step: 1}));';
		expect(words(control, control.replace('10]', '20]'))).toEqual([
			'a changé le maximum\u00a0: 10 → 20'
		]);
	});

	it('else is of its text or code', () => {
		expect(words('un', 'deux', 'md')).toEqual(['a changé le texte']);
		expect(words('f(1)', 'f(2)')).toEqual(['a changé le code']);
		expect(
			describeCellChange(cell('x'), { ...cell('x'), pinned: false }, 'fr').map((one) =>
				plainWords(one)
			)
		).toEqual(['a masqué la source']);
	});
});
