import { describe, expect, test } from 'vitest';
import { makePlot, toPicture } from './plot.ts';

interface Drawing {
	plot(options: object): unknown;
	lineY(data: unknown, options: object): unknown;
	barX(data: unknown, options: object): unknown;
}
const Plot = makePlot('fr') as unknown as Drawing;
const rows = (values: readonly (readonly [number, number])[]) =>
	values.map(([year, count]) => ({ year, count }));
const drawn = (options: object): string => JSON.stringify(toPicture(Plot.plot(options))?.tree);
/** Where the axis at the left stands. */
const left = (tree: string): number =>
	Number(
		/\["text",\{[^{}]*"transform":"translate\((\d+)/.exec(
			tree.split('"y-axis tick label"')[1] ?? ''
		)?.[1]
	);
const labels = (tree: string): string[] =>
	[...(tree.split('"x-axis tick label"')[1] ?? '').matchAll(/"([\d\u00a0\u202f,.]+)"\]/g)]
		.map(([, text]) => text ?? '')
		.filter((text) => /^\d{4}/.test(text));

describe('room for labels at the left', () => {
	const line = (top: number, more: object = {}) =>
		drawn({
			...more,
			marks: [
				Plot.lineY(
					rows([
						[2012, 0],
						[2021, top]
					]),
					{ x: 'year', y: 'count' }
				)
			]
		});
	test('is made where they would be cut, and only there', () => {
		const [short, long] = [left(line(90)), left(line(90_000_000))];
		expect(Number.isFinite(short)).toBe(true);
		expect(long - short).toBeGreaterThan(20);
		expect(left(line(95))).toBe(short);
	});
	test('is the author’s where one is given', () => {
		expect(left(line(90_000_000, { marginLeft: 40 }))).toBe(left(line(90)));
	});
	test('is never most of the chart', () => {
		const name = 'Centre d’interprétation '.repeat(20);
		const bars = drawn({ marks: [Plot.barX([{ name, n: 2 }], { x: 'n', y: 'name' })] });
		expect(left(bars)).toBeLessThan(640 * 0.41);
	});
});

describe('ticks of whole numbers', () => {
	const few = rows([
		[2017, 1],
		[2018, 3],
		[2019, 2],
		[2020, 5],
		[2021, 4]
	]);
	const line = (x: object) => drawn({ x, marks: [Plot.lineY(few, { x: 'year', y: 'count' })] });
	test('are at whole years where they are asked for', () => {
		expect(labels(line({ tickFormat: 'd' }))).toEqual(['2017', '2018', '2019', '2020', '2021']);
	});
	test('are the author’s where they are given', () => {
		expect(labels(line({ tickFormat: 'd', ticks: [2017, 2021] }))).toEqual(['2017', '2021']);
	});
	test('stay as Plot has them for a long time', () => {
		const long = rows(Array.from({ length: 40 }, (_, i) => [1980 + i, i] as const));
		const tree = drawn({
			x: { tickFormat: 'd' },
			marks: [Plot.lineY(long, { x: 'year', y: 'count' })]
		});
		expect(labels(tree).length).toBeLessThan(20);
	});
});
