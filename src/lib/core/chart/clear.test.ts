import { describe, expect, it } from 'vitest';
import { InvalidError } from '../errors.ts';
import { LIMITS } from '../protocol/messages.ts';
import { clearPicture } from './clear.ts';
import { HOSTILE_TREES } from '../../../../tests/support/hostile-trees.ts';
import type { PictureNode } from './picture.ts';
import { printPicture } from './print.ts';

const clear = (tree: PictureNode) => printPicture(clearPicture(tree, 'x'));
/** One attribute of a path, as it comes out. */
const attribute = (name: string, value: string, tag = 'path') =>
	/^<svg><\w+ ?(.*?)><\//.exec(clear(['svg', {}, [tag, { [name]: value }]]))?.[1];

describe('the allow-list of pictures', () => {
	it('keeps what charts are made of, and tells charts apart by their ids', () => {
		const tree: PictureNode = [
			'div',
			{ class: 'plot-d6a7b5-swatches plot-d6a7b5-swatches-wrap fixed inset-0' },
			[
				'span',
				{ class: 'x-swatch' },
				['svg', { width: '15', height: '15', fill: '#4269d0' }],
				'A & B'
			],
			[
				'svg',
				{ viewBox: '0 0 640 400', width: '640', style: 'max-width: 640px; position: fixed' },
				['clipPath', { id: 'plot-clip-1' }, ['rect', { width: '10', height: '10' }]],
				['g', { 'clip-path': 'url(#plot-clip-1)', transform: 'translate(0.5,0)' }],
				['path', { d: 'M0,0L10,10Z', stroke: 'rgb(1, 2, 3)' }, ['title', {}, '<b>']],
				[
					'path',
					{ filter: 'drop-shadow(0 3px 4px rgba(0,0,0,0.2))', fill: 'var(--plot-background)' }
				]
			]
		];
		expect(clear(tree)).toBe(
			'<div class="plot-swatches plot-swatches-wrap">' +
				'<span class="plot-swatch"><svg width="15" height="15" fill="#4269d0"></svg>A &amp; B</span>' +
				'<svg viewBox="0 0 640 400" width="640" style="max-width:640px">' +
				'<clipPath id="cx-plot-clip-1"><rect width="10" height="10"></rect></clipPath>' +
				'<g clip-path="url(#cx-plot-clip-1)" transform="translate(0.5,0)"></g>' +
				'<path d="M0,0L10,10Z" stroke="rgb(1, 2, 3)"><title>&lt;b&gt;</title></path>' +
				'<path filter="drop-shadow(0 3px 4px rgba(0,0,0,0.2))" fill="var(--plot-background)"></path>' +
				'</svg></div>'
		);
	});

	it.each(HOSTILE_TREES.map(({ name, tree }) => [name, tree] as const))('clears %s', (_, tree) => {
		const printed = clear(tree);
		expect(printed).not.toMatch(
			/<(?!\/?(?:div|span|svg|g|defs|clipPath|mask|marker|pattern|linearGradient|radialGradient|stop|path|rect|circle|ellipse|line|polyline|polygon|image|text|tspan|title|desc)[ >])/
		);
		const attributes = printed.replace(/>[^<]*</g, '><');
		expect(attributes).not.toMatch(
			/\son\w+=|javascript|https?:|\/\/|\\|@import|expression|fixed|url\((?!#c)/i
		);
		expect(attributes).not.toMatch(/(?:href|src)="(?!data:image\/png;base64,)/);
	});

	it('lets definitions refer to no other definition', () => {
		expect(attribute('fill', 'url(#a)')).toBe('fill="url(#cx-a)"');
		expect(attribute('fill', 'url(#a)', 'g')).toBe('');
		expect(
			clear([
				'svg',
				{},
				['pattern', { id: 'a' }, ['rect', { fill: 'url(#b)', 'clip-path': 'url(#b)' }]]
			])
		).toBe('<svg><pattern id="cx-a"><rect></rect></pattern></svg>');
	});

	it('keeps sizes within what a page can hold', () => {
		expect(attribute('width', '640', 'rect')).toBe('width="640"');
		expect(attribute('width', '1e9', 'rect')).toBe('');
		expect(clear(['div', { style: 'width: 99999px; margin-left: -5000px; color: red' }])).toBe(
			'<div style="color:red"></div>'
		);
	});

	it('refuses more than the limits, and cuts what is too deep', () => {
		const wide: PictureNode = ['svg', {}, ...Array<PictureNode>(LIMITS.pictureNodes).fill('a')];
		expect(() => clear(wide)).toThrow(InvalidError);
		expect(() => clear(['svg', {}, 'a'.repeat(LIMITS.pictureBytes + 1)])).toThrow(InvalidError);
		let deep: PictureNode = 'bottom';
		for (let i = 0; i < 10_000; i++) deep = ['g', {}, deep];
		expect(clear(['svg', {}, deep])).not.toContain('bottom');
	});

	it('answers quickly to values made to be slow', () => {
		for (const value of [
			'1'.repeat(400_000) + 'x',
			' '.repeat(400_000) + 'x',
			'1 '.repeat(200_000) + 'x'
		])
			for (const name of ['points', 'd', 'x', 'viewBox', 'transform', 'fill', 'width'])
				expect(attribute(name, value)).toBe('');
	}, 5_000);

	it('takes anything at all', () => {
		for (const junk of [null, 1, {}, [], [1, 2], ['svg'], ['svg', null], ['svg', [], null, [[]]]])
			expect(typeof printPicture(clearPicture(junk as unknown as PictureNode, 'é/"'))).toBe(
				'string'
			);
	});
});
