/**
 * What can be read at the points of a chart, as titles in the drawing itself: a reader of a report points at a mark and
 * the browser shows its words, without a script. They say of each mark what the table of its data says of it.
 */
import type { Lang } from '../notebook/notebook.ts';
import type { PictureTips, TipLayer } from '../protocol/messages.ts';
import type { PictureNode } from './picture.ts';

/** A chart of more points is read by its data alone: its titles would weigh more than its drawing. */
export const MOST_TITLES = 400;
/** Around a point that is no box, in units of the drawing. */
const REACH = 9;

/** The picture, with a title over each of its points; as it is where it has none, or too many. */
export function withPointTitles(
	tree: PictureNode,
	tips: PictureTips | null,
	lang: Lang
): PictureNode {
	if (!tips || typeof tree === 'string') return tree;
	const titles = tips.layers.flatMap((layer) => titlesOf(layer, lang));
	if (titles.length === 0 || titles.length > MOST_TITLES) return tree;
	const [tag, attributes, ...parts] = tree;
	const drawing = parts[tips.part];
	if (!drawing || typeof drawing === 'string' || drawing[0] !== 'svg') return tree;
	const [svg, own, ...children] = drawing;
	const titled: PictureNode = [svg, own, ...children, ['g', { fill: 'transparent' }, ...titles]];
	return [tag, attributes, ...parts.map((part) => (part === drawing ? titled : part))];
}

const pixels = (value: number): string => String(Math.round(value * 10) / 10);

function titlesOf({ x, y, w, h, lines }: TipLayer, lang: Lang): PictureNode[] {
	return x.flatMap((middle, at): PictureNode[] => {
		const words = lines.flatMap(({ label, texts }) => {
			const text = texts[at] ?? '';
			if (text === '') return [];
			return [label ? `${label}${lang === 'fr' ? '\u00a0' : ''}: ${text}` : text];
		});
		if (!words.length) return [];
		const title: PictureNode = ['title', {}, words.join('\n')];
		const centre = y[at] ?? 0;
		const [width, height] = [w[at] ?? 0, h[at] ?? 0];
		if (width <= 0 || height <= 0)
			return [['circle', { cx: pixels(middle), cy: pixels(centre), r: String(REACH) }, title]];
		const place = {
			x: pixels(middle - width / 2),
			y: pixels(centre - height / 2),
			width: pixels(width),
			height: pixels(height)
		};
		return [['rect', place, title]];
	});
}
