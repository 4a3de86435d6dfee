import { expect, it } from 'vitest';
import { PALETTES } from '../../../core/chart/palettes.ts';
import { fitChart } from '../../../core/chart/chart-kinds.ts';
import { overwriteGetLocale } from '$lib/paraglide/runtime';
import { channelOf, newChart } from '../../../core/chart/chart-spec.ts';
import { chartInWords, followingWords, measureInWords, paletteName } from './words';

it.each(['fr', 'en'] as const)('calls each palette by words of its own (%s)', (lang) => {
	overwriteGetLocale(() => lang);
	const names = PALETTES.map(({ name }) => paletteName(name));
	expect(new Set(names).size).toBe(PALETTES.length);
	for (const name of names) expect(name).toMatch(/^\p{Lu}/u);
});

it.each(['fr', 'en'] as const)(
	'says what a chart shows now, and leaves what people wrote (%s)',
	(lang) => {
		overwriteGetLocale(() => lang);
		const measured = (column: string) => ({ y: channelOf(column, { aggregate: 'sum' as const }) });
		const was = newChart('t', 'bars', { x: channelOf('ville'), ...measured('billets') });
		const next = newChart('t', 'lines', { x: channelOf('date'), ...measured('recette') });
		const said = (spec: typeof was, title: string | null, label: string | null) => ({
			...spec,
			title,
			y: { ...spec.y, label }
		});
		const made = [chartInWords(was), measureInWords(was)] as const;
		expect(followingWords(said(was, ...made), said(next, ...made))).toEqual(
			said(next, chartInWords(next), measureInWords(next))
		);
		for (const [title, label] of [
			['À moi', 'Ventes'],
			[null, null],
			[null, '']
		] as const)
			expect(followingWords(said(was, title, label), said(next, title, label))).toEqual(
				said(next, title, label)
			);
		// What a kind cannot have is not said: dots add nothing up. Nor does the axis of a heat map say what its cells do.
		const dots = { ...was, kind: 'dots' as const };
		expect(followingWords(said(was, ...made), said(dots, ...made))).toEqual(
			said(dots, chartInWords(fitChart(dots)), 'billets')
		);
		const { x, y } = was.channels;
		const heat = newChart('t', 'heatmap', { x, y: channelOf('canal'), colour: y });
		expect(followingWords(said(was, ...made), said(heat, ...made))).toEqual(
			said(heat, chartInWords(heat), null)
		);
		// A title that is just being written.
		expect(followingWords(said(was, ...made), said(was, 'À moi', null))).toEqual(
			said(was, 'À moi', null)
		);
	}
);

it('says a sum of sums once, and elides', () => {
	overwriteGetLocale(() => 'fr');
	const measured = (column: string): string =>
		measureInWords(newChart('t', 'bars', { y: channelOf(column, { aggregate: 'sum' }) }));
	expect(measured('billets')).toBe('Somme de billets');
	expect(measured('entrées')).toBe('Somme d’entrées');
	expect(measured('somme d’entrées')).toBe('Somme d’entrées');
	overwriteGetLocale(() => 'en');
	expect(measured('admissions')).toBe('Sum of admissions');
});
