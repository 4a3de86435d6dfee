import { expect, it } from 'vitest';
import { PALETTES } from '../../../core/chart/palettes.ts';
import { overwriteGetLocale } from '$lib/paraglide/runtime';
import { channelOf, newChart } from '../../../core/chart/chart-spec.ts';
import { measureInWords, paletteName } from './words';

it.each(['fr', 'en'] as const)('calls each palette by words of its own (%s)', (lang) => {
	overwriteGetLocale(() => lang);
	const names = PALETTES.map(({ name }) => paletteName(name));
	expect(new Set(names).size).toBe(PALETTES.length);
	for (const name of names) expect(name).toMatch(/^\p{Lu}/u);
});

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
