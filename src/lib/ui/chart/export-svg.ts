/**
 * A chart as one SVG file that stands alone: its title, its legends and its words are in it, its colours and fonts are
 * written out. It is made of the cleared picture and of text; always on a light ground, as it is printed or pasted.
 */
import { clearPicture } from '$lib/core/chart/clear';
import type { ClearedPicture, PictureNode } from '$lib/core/chart/picture';
import type { Picture } from '$lib/core/protocol/messages';

/** The width of a text in this font (as CSS writes it), in pixels. */
export type MeasureText = (text: string, font: string) => number;

export interface ChartWords {
	/** '' for none. */
	readonly title: string;
	readonly subtitle: string;
	/** Under the chart, a paragraph each: its note, its source. */
	readonly notes: readonly string[];
	/** What it shows, for those who do not see it. */
	readonly description: string;
}

/** Light ground and dark ink, whatever theme the page has. */
const PAPER = '#ffffff';
const INK = '#1c2321';
const SOFT = '#46514c';
/** Fonts that are there without being sent along. */
export const FONT = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
const PADDING = 16;
/** Of the drawing's own words, as pages show them. */
const DRAWN_SIZE = 11;
const MIN_WIDTH = 240;

const ENTITIES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;'
};
/** XML holds no control characters, even escaped. */
const escape = (text: string): string =>
	text
		// eslint-disable-next-line no-control-regex -- they are what is taken out
		.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
		.toWellFormed()
		.replace(/[&<>"]/g, (char) => ENTITIES[char] ?? char);

const resolved = (value: string): string =>
	value
		.replace(/currentcolor/gi, INK)
		.replace(/var\(--plot-background\)/gi, PAPER)
		.replace(/--plot-background:[^;]*;?/gi, '');

/** Attributes that mean something to a page alone. */
const DROPPED = new Set(['class']);

function print(node: PictureNode, more: Readonly<Record<string, string>> = {}): string {
	if (typeof node === 'string') return escape(node);
	const [tag, attributes, ...children] = node;
	const all = { ...attributes, ...more };
	const written = Object.entries(all)
		.filter(([name]) => !DROPPED.has(name))
		.map(([name, value]) => [name, resolved(value)] as const)
		.filter(([, value]) => value !== '')
		.map(([name, value]) => ` ${name}="${escape(value)}"`);
	// Spaces at the ends of a label are part of its place.
	const space = tag === 'text' ? ' xml:space="preserve"' : '';
	return `<${tag}${written.join('')}${space}>${children.map((child) => print(child)).join('')}</${tag}>`;
}

const childrenOf = (node: PictureNode): readonly PictureNode[] =>
	typeof node === 'string' ? [] : (node.slice(2) as PictureNode[]);
const attributesOf = (node: PictureNode): Readonly<Record<string, string>> =>
	typeof node === 'string' ? {} : node[1];
const tagOf = (node: PictureNode): string => (typeof node === 'string' ? '' : node[0]);
const classOf = (node: PictureNode): string => attributesOf(node).class ?? '';
const textOf = (node: PictureNode): string =>
	typeof node === 'string' ? node : childrenOf(node).map(textOf).join('');
const sizeOf = (svg: PictureNode): [width: number, height: number] => {
	const { width, height } = attributesOf(svg);
	return [Number(width) || 0, Number(height) || 0];
};

/** Every drawing of a picture, in order, and every legend of swatches. */
function partsOf(node: PictureNode): PictureNode[] {
	if (typeof node === 'string') return [];
	if (tagOf(node) === 'svg' || classOf(node).includes('plot-swatches')) return [node];
	return childrenOf(node).flatMap(partsOf);
}
function swatchesOf(node: PictureNode): PictureNode[] {
	if (classOf(node).split(' ').includes('plot-swatch')) return [node];
	return childrenOf(node).flatMap(swatchesOf);
}

/** Lines no wider than `width`; a word that is wider stands alone. */
function wrap(text: string, width: number, font: string, measure: MeasureText): string[] {
	const lines: string[] = [];
	for (const paragraph of text.split(/\r\n?|\n/)) {
		let line = '';
		for (const word of paragraph.split(' ')) {
			const longer = line === '' ? word : `${line} ${word}`;
			if (line !== '' && measure(longer, font) > width) {
				lines.push(line);
				line = word;
			} else line = longer;
		}
		lines.push(line);
	}
	return lines;
}

/** Draws from top to bottom. */
class Sheet {
	y = PADDING;
	readonly width: number;
	readonly #measure: MeasureText;
	readonly #out: string[] = [];
	constructor(width: number, measure: MeasureText) {
		this.width = width;
		this.#measure = measure;
	}

	words(text: string, size: number, weight: 400 | 600, fill: string, gap: number): void {
		if (text.trim() === '') return;
		const font = `${weight} ${size}px ${FONT}`;
		const leading = Math.round(size * 1.35);
		for (const line of wrap(text.trim(), this.width - 2 * PADDING, font, this.#measure)) {
			this.#out.push(
				`<text x="${PADDING}" y="${this.y + size}" font-size="${size}" font-weight="${weight}" fill="${fill}">${escape(line)}</text>`
			);
			this.y += leading;
		}
		this.y += gap;
	}

	drawing(svg: PictureNode): void {
		const [, height] = sizeOf(svg);
		this.#out.push(
			print(svg, {
				...{ x: String(PADDING), y: String(this.y), overflow: 'visible' },
				...{ 'font-size': String(DRAWN_SIZE), 'font-family': FONT, fill: INK, style: '' }
			})
		);
		this.y += height + 8;
	}

	swatches(legend: PictureNode): void {
		const font = `400 12px ${FONT}`;
		let x = PADDING;
		for (const swatch of swatchesOf(legend)) {
			const icon = partsOf(swatch).find((part) => tagOf(part) === 'svg');
			const [width, height] = icon ? sizeOf(icon) : [0, 0];
			const label = textOf(swatch);
			const takes = width + 6 + this.#measure(label, font);
			if (x > PADDING && x + takes > this.width - PADDING) {
				x = PADDING;
				this.y += 20;
			}
			if (icon)
				this.#out.push(
					print(icon, { x: String(x), y: String(this.y + Math.max(0, (15 - height) / 2)) })
				);
			this.#out.push(
				`<text x="${x + width + 6}" y="${this.y + 12}" font-size="12" fill="${INK}">${escape(label)}</text>`
			);
			x += takes + 16;
		}
		this.y += 26;
	}

	print(description: string): { svg: string; width: number; height: number } {
		const height = Math.ceil(this.y + PADDING / 2);
		const described = description ? `<desc>${escape(description)}</desc>` : '';
		const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${this.width}" height="${height}" viewBox="0 0 ${this.width} ${height}" color="${INK}" fill="${INK}" font-family="${escape(FONT)}" role="img">${described}<rect width="100%" height="100%" fill="${PAPER}"></rect>${this.#out.join('')}</svg>`;
		return { svg, width: this.width, height };
	}
}

/** The file, and its size in pixels. Throws `InvalidError` where the picture is more than a page can show. */
export function exportSvg(
	picture: Picture,
	words: ChartWords,
	measure: MeasureText
): { readonly svg: string; readonly width: number; readonly height: number } {
	const cleared: ClearedPicture = clearPicture(picture.tree, 'x');
	const parts = partsOf(cleared);
	const widest = Math.max(MIN_WIDTH, ...parts.map((part) => sizeOf(part)[0]));
	const sheet = new Sheet(widest + 2 * PADDING, measure);
	sheet.words(words.title, 18, 600, INK, 2);
	sheet.words(words.subtitle, 13, 400, SOFT, 4);
	sheet.y += 6;
	for (const part of parts)
		if (tagOf(part) === 'svg') sheet.drawing(part);
		else sheet.swatches(part);
	for (const note of words.notes) sheet.words(note, 11, 400, SOFT, 2);
	return sheet.print(words.description);
}
