import { describe, expect, it } from 'vitest';
import { GREY, PALETTES } from './palettes.ts';

type Rgb = readonly [number, number, number];
/** Linear light of a colour written `#rrggbb`. */
const linear = (hex: string): Rgb => {
	const at = (from: number) => {
		const part = parseInt(hex.slice(from, from + 2), 16) / 255;
		return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
	};
	return [at(1), at(3), at(5)];
};
const luminance = ([r, g, b]: Rgb): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;
const contrast = (a: string, b: string): number => {
	const [low = 0, high = 0] = [luminance(linear(a)), luminance(linear(b))].sort((x, y) => x - y);
	return (high + 0.05) / (low + 0.05);
};

/** Machado, Oliveira and Fernandes 2009, at full severity, on linear light. */
const SEEN: Readonly<Record<string, readonly number[]>> = {
	everyone: [1, 0, 0, 0, 1, 0, 0, 0, 1],
	protanopia: [
		0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998
	],
	deuteranopia: [
		0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881
	],
	tritanopia: [
		1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039
	]
};
const through = (m: readonly number[], [r, g, b]: Rgb): Rgb => {
	const row = (at: number) =>
		Math.min(1, Math.max(0, (m[at] ?? 0) * r + (m[at + 1] ?? 0) * g + (m[at + 2] ?? 0) * b));
	return [row(0), row(3), row(6)];
};
/** OKLab (Ottosson 2020), in which 0.02 is about the least that is noticed side by side. */
const oklab = ([r, g, b]: Rgb): Rgb => {
	const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
	const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
	const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
	return [
		0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
		1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
		0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
	];
};
const apart = (a: Rgb, b: Rgb): number => {
	const [x, y] = [oklab(a), oklab(b)];
	return Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]);
};

const categories = PALETTES.filter(({ use }) => use === 'categories');

describe.each(categories)('colours of $name', ({ colours }) => {
	it('stand out from the page in both themes, and so does what a highlight turns grey', () => {
		for (const colour of [...colours, GREY])
			for (const page of ['#fbf9f4', '#161a18'])
				expect(contrast(colour, page), `${colour} on ${page}`).toBeGreaterThanOrEqual(3);
	});
	it.each(Object.entries(SEEN))('are told apart by %s', (_, matrix) => {
		const near: string[] = [];
		for (const [at, a] of colours.entries())
			for (const b of colours.slice(at + 1)) {
				const gap = apart(through(matrix, linear(a)), through(matrix, linear(b)));
				if (gap < 0.06) near.push(`${a} ${b} ${gap.toFixed(3)}`);
			}
		expect(near).toEqual([]);
	});
});

it('amounts grow darker or lighter all along', () => {
	for (const { colours, name } of PALETTES.filter(({ use }) => use === 'amounts')) {
		const lights = colours.map((colour) => oklab(linear(colour))[0]);
		const sorted = [...lights].sort((a, b) => a - b);
		expect([sorted, [...sorted].reverse()], name).toContainEqual(lights);
	}
});
