import { expect, it } from 'vitest';
import { PALETTES } from '../../../core/chart/palettes.ts';
import { overwriteGetLocale } from '$lib/paraglide/runtime';
import { paletteName } from './words';

it.each(['fr', 'en'] as const)('calls each palette by words of its own (%s)', (lang) => {
	overwriteGetLocale(() => lang);
	const names = PALETTES.map(({ name }) => paletteName(name));
	expect(new Set(names).size).toBe(PALETTES.length);
	for (const name of names) expect(name).toMatch(/^\p{Lu}/u);
});
