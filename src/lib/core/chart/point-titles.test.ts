import { describe, expect, it } from 'vitest';
import type { PictureTips } from '../protocol/messages.ts';
import { clearPicture } from './clear.ts';
import type { PictureNode } from './picture.ts';
import { MOST_TITLES, withPointTitles } from './point-titles.ts';
import { printPicture } from './print.ts';

const TREE: PictureNode = [
	'div',
	{},
	['div', {}, 'légende'],
	['svg', { width: '100', height: '50' }, ['rect', { x: '1', y: '2' }]]
];
const line = (label: string, texts: string[]) => ({ label, texts, colors: [] });
const layer = (count: number, boxed: boolean): PictureTips['layers'][number] => ({
	...{ mark: boxed ? 'bar' : 'dot', by: 'xy', starts: [0] },
	x: Array.from({ length: count }, (_, i) => 10 + i),
	y: Array.from({ length: count }, () => 20.04),
	w: boxed ? Array.from({ length: count }, () => 4) : [],
	h: boxed ? Array.from({ length: count }, () => 8) : [],
	lines: [
		line(
			'Mois',
			Array.from({ length: count }, (_, i) => (i === 0 ? 'mai' : ''))
		),
		line(
			'',
			Array.from({ length: count }, (_, i) => (i < 2 ? '<b> & "c"' : ''))
		)
	]
});
const tips = (layers: PictureTips['layers'], part = 1): PictureTips => ({
	...{ part, width: 100, height: 50, left: 0 },
	layers
});
const printed = (given: PictureTips | null, lang: 'fr' | 'en' = 'fr') =>
	printPicture(clearPicture(withPointTitles(TREE, given, lang), 'p'));

describe('what can be read at the points of a chart', () => {
	it('stands in its drawing as titles, which the allow-list lets through', () => {
		const svg = printed(tips([layer(3, true)]));
		expect(svg).toContain(
			'<g fill="transparent"><rect x="8" y="16" width="4" height="8"><title>Mois\u00a0: mai\n&lt;b&gt; &amp; &quot;c&quot;</title></rect>'
		);
		// A point that says nothing has no title.
		expect(svg.match(/<title>/g)).toHaveLength(2);
		expect(svg.endsWith('</g></svg></div>')).toBe(true);
		expect(printed(tips([layer(1, false)]), 'en')).toContain(
			'<circle cx="10" cy="20" r="9"><title>Mois: mai\n'
		);
	});
	it('is left out where there is nothing to read, too much, or no drawing', () => {
		const plain = printed(null);
		const many = (count: number) => {
			const texts = Array.from({ length: count }, () => 'x');
			return printed(tips([{ ...layer(count, false), lines: [line('', texts)] }]));
		};
		expect(many(MOST_TITLES)).not.toBe(plain);
		expect(many(MOST_TITLES + 1)).toBe(plain);
		expect(printed(tips([]))).toBe(plain);
		for (const part of [0, 7])
			expect(withPointTitles(TREE, tips([layer(3, true)], part), 'fr')).toBe(TREE);
		expect(withPointTitles('x', tips([layer(3, true)]), 'fr')).toBe('x');
	});
});
