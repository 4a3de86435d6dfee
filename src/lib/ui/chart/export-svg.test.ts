import { describe, expect, it } from 'vitest';
import { InvalidError } from '../../core/errors.ts';
import type { PictureNode } from '../../core/chart/picture.ts';
import { LIMITS, type Picture } from '../../core/protocol/messages.ts';
import { HOSTILE_TREES } from '../../../../tests/support/hostile-trees.ts';
import { exportSvg, type ChartWords, type MeasureText } from './export-svg.ts';

const measure: MeasureText = (text, font) => text.length * Number(/(\d+)px/.exec(font)?.[1]) * 0.5;
const WORDS: ChartWords = { title: '', subtitle: '', notes: [], description: '' };
const picture = (tree: PictureNode): Picture => ({
	...{ tree, title: '', subtitle: '', caption: '', description: '' },
	...{ data: [], marks: 1, tips: null }
});
const exported = (tree: PictureNode, words: Partial<ChartWords> = {}) =>
	exportSvg(picture(tree), { ...WORDS, ...words }, measure);

const CHART: PictureNode = [
	'div',
	{},
	[
		'div',
		{ class: 'a-swatches a-swatches-wrap' },
		[
			'span',
			{ class: 'a-swatch' },
			['svg', { width: '15', height: '15', fill: '#4269d0' }, ['rect', { width: '100' }]],
			'Théâtre & danse'
		],
		['span', { class: 'a-swatch' }, ['svg', { width: '15', height: '15' }], 'Musique']
	],
	[
		'svg',
		{
			viewBox: '0 0 640 400',
			width: '640',
			height: '400',
			class: 'plot-d6a7b5',
			fill: 'currentColor'
		},
		['text', { x: '3' }, '1 < 2'],
		['path', { d: 'M0,0', stroke: 'currentColor', fill: 'var(--plot-background)' }]
	]
];

describe('a chart as an SVG file', () => {
	it('holds its words, its legend and its drawing, one under the other', () => {
		const { svg, width, height } = exported(CHART, {
			...{ title: 'Ventes', subtitle: 'par mois', description: 'Deux barres' },
			notes: ['Note : partiel', 'Source : Théâtre']
		});
		expect(svg.startsWith('<svg xmlns="http://www.w3.org/2000/svg" width="672"')).toBe(true);
		expect(width).toBe(672);
		expect(height).toBeGreaterThan(480);
		const order = ['Deux barres', 'Ventes', 'par mois', 'Théâtre &amp; danse', 'Musique'];
		const places = [...order, '1 &lt; 2', 'Note : partiel', 'Source : Théâtre'].map((each) =>
			svg.indexOf(`>${each}<`)
		);
		expect(places).not.toContain(-1);
		expect(places).toEqual([...places].sort((a, b) => a - b));
		const tops = [...svg.matchAll(/<text x="\d+" y="([\d.]+)"/g)].map(([, y]) => Number(y));
		expect(tops).toEqual([...tops].sort((a, b) => a - b));
		expect(Math.max(...tops)).toBeLessThan(height);
	});

	it('needs nothing of the page: no variable, no current colour, no class, no HTML', () => {
		const { svg } = exported(CHART, { title: 'T' });
		expect(svg).not.toMatch(/currentcolor|var\(|class=|<div|<span|style=/i);
		expect(svg).toContain('stroke="#1c2321" fill="#ffffff"');
	});

	it('breaks long words of the author over several lines', () => {
		const { svg } = exported(CHART, { title: 'mot '.repeat(60) });
		expect([...svg.matchAll(/font-weight="600"/g)].length).toBeGreaterThan(1);
	});

	it.each(HOSTILE_TREES.map(({ name, tree }) => [name, tree] as const))('clears %s', (_, tree) => {
		const { svg } = exported(['div', {}, ['svg', { width: '10', height: '10' }, tree], tree]);
		const attributes = svg.replace(/>[^<]*</g, '><').replace('http://www.w3.org/2000/svg', '');
		expect(attributes).not.toMatch(/\son\w+=|javascript|https?:|\/\/|@import|url\((?!#c)/i);
		expect(svg).not.toMatch(/<(?:script|style|foreignObject|use|animate|set|a)\b/i);
	});

	it('is refused where the picture is', () => {
		const many = Array<PictureNode>(LIMITS.pictureNodes).fill('a');
		expect(() => exported(['svg', {}, ...many])).toThrow(InvalidError);
	});
});
