import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PRESENCE_COLOURS } from '$lib/core/protocol/presence';
import { initials } from './initials.ts';

it('makes initials of the first and the last word, in any alphabet', () => {
	expect(initials('Line')).toBe('L');
	expect(initials('Omar El Khoury')).toBe('OK');
	expect(initials('  marie-ève   tremblay ')).toBe('MT');
	expect(initials('élodie')).toBe('É');
	expect(initials('Équipe 7')).toBe('É7');
	expect(initials('李 明')).toBe('李明');
	expect(initials('🙂')).toBe('?');
	expect(initials('')).toBe('?');
});

/** WCAG relative luminance of #rrggbb. */
function luminance(hex: string): number {
	const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
		const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
		return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: string, b: string): number {
	const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
	return (high + 0.05) / (low + 0.05);
}
function tokens(file: string): Map<string, [string, string]> {
	const found = new Map<string, [string, string]>();
	for (const [, name = '', light = '', dark = ''] of readFileSync(file, 'utf8').matchAll(
		/--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g
	))
		found.set(name, [light, dark]);
	return found;
}

it('has a colour for each, that reads as text and bears text, in both themes', () => {
	const who = tokens('src/lib/ui/presence/presence.css');
	const page = tokens('src/app.css');
	for (let i = 0; i < PRESENCE_COLOURS; i++)
		for (const theme of [0, 1] as const) {
			const colour = who.get(`who-${i}`)?.[theme] ?? '';
			expect(contrast(colour, who.get('on-who')?.[theme] ?? '')).toBeGreaterThan(4.5);
			for (const ground of ['paper', 'surface', 'sunken'])
				expect(contrast(colour, page.get(ground)?.[theme] ?? '')).toBeGreaterThan(4.5);
		}
});
