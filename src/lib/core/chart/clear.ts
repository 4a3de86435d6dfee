/**
 * The allow-list of pictures. A tree made by people's code goes in; what comes out holds only elements, attributes and
 * values named here, so that it can be drawn in a page or printed in a report: no script, no style sheet, no link, no
 * reference outside the picture, nothing that a parser could read otherwise than it was written.
 *
 * What is not allowed is dropped (an element with all it holds), never mended. Limits throw `InvalidError`.
 */
import { InvalidError } from '../errors.ts';
import { LIMITS } from '../protocol/messages.ts';
import type { ClearedPicture, PictureNode } from './picture.ts';
import { clearStyle, clearValue, type Place } from './clear-values.ts';

/** Where an element may stand. An HTML parser would break out of an SVG at the first HTML element in it. */
type Space = 'html' | 'svg' | 'text';

interface Rule {
	/** The space it must stand in. */
	readonly from: 'html' | 'svg' | 'any';
	readonly inside: Space;
	/**
	 * A container hands its paint down, and a definition is drawn wherever it is referred to: neither may refer to
	 * another definition, or a few nested ones would take for ever to draw.
	 */
	readonly place: Place;
}

const container = { from: 'svg', inside: 'svg', place: 'container' } as const;
const definition = { from: 'svg', inside: 'svg', place: 'definition' } as const;
const shape = { from: 'svg', inside: 'svg', place: 'shape' } as const;
const label = { from: 'svg', inside: 'text', place: 'definition' } as const;

const ELEMENTS: Readonly<Record<string, Rule>> = {
	div: { from: 'html', inside: 'html', place: 'container' },
	span: { from: 'html', inside: 'html', place: 'container' },
	figure: { from: 'html', inside: 'html', place: 'container' },
	svg: { from: 'any', inside: 'svg', place: 'container' },
	g: container,
	// A link is a way out at the first click: what it holds is kept, without it.
	a: container,
	defs: definition,
	clipPath: definition,
	mask: definition,
	marker: definition,
	pattern: definition,
	linearGradient: definition,
	radialGradient: definition,
	stop: definition,
	path: shape,
	rect: shape,
	circle: shape,
	ellipse: shape,
	line: shape,
	polyline: shape,
	polygon: shape,
	image: shape,
	text: shape,
	tspan: shape,
	title: label,
	desc: label
};
const RENAMED: Readonly<Record<string, string>> = { figure: 'div', a: 'g' };

/** Class names of legends, by their end: Plot puts a name of the author's choice before it. */
const CLASSES: readonly (readonly [end: RegExp, name: string])[] = [
	[/-swatches$/, 'plot-swatches'],
	[/-swatches-wrap$/, 'plot-swatches-wrap'],
	[/-swatches-columns$/, 'plot-swatches-columns'],
	[/-swatch$/, 'plot-swatch'],
	[/-swatch-label$/, 'plot-swatch-label'],
	[/-ramp$/, 'plot-ramp']
];

/** `idPrefix` must be unique in the page: charts name their clips alike. */
export function clearPicture(tree: PictureNode, idPrefix: string): ClearedPicture {
	const clearing = new Clearing(`c${idPrefix.replace(/[^A-Za-z0-9_-]/g, '_')}-`);
	const cleared = clearing.node(tree, 'html', 0, false) ?? ['div', {}];
	return cleared as ClearedPicture;
}

class Clearing {
	readonly #prefix: string;
	#nodes = 0;
	#chars = 0;
	constructor(prefix: string) {
		this.#prefix = prefix;
	}

	#spend(nodes: number, chars: number): void {
		this.#nodes += nodes;
		this.#chars += chars;
		if (this.#nodes > LIMITS.pictureNodes || this.#chars > LIMITS.pictureBytes)
			throw new InvalidError('picture_too_large', { max: LIMITS.pictureNodes });
	}

	/** null: dropped. `within`: the node is part of a definition. */
	node(value: unknown, space: Space, depth: number, within: boolean): PictureNode | null {
		if (typeof value === 'string') {
			this.#spend(1, value.length);
			return clearText(value);
		}
		if (!Array.isArray(value) || depth > LIMITS.depth) return null;
		this.#spend(1, 0);
		const tag: unknown = value[0];
		if (typeof tag !== 'string' || !Object.hasOwn(ELEMENTS, tag) || space === 'text') return null;
		const rule = ELEMENTS[tag];
		if (!rule || (rule.from !== 'any' && rule.from !== space)) return null;

		const inside = within || rule.place === 'definition';
		const attributes = this.#attributes(tag, value[1], inside ? 'definition' : rule.place);
		const children: PictureNode[] = [];
		for (let i = 2; i < value.length; i++) {
			const child = this.node(value[i], rule.inside, depth + 1, inside);
			if (child !== null) children.push(child);
		}
		// An image that lost its source would be an empty box.
		if (tag === 'image' && attributes.href === undefined) return null;
		return [RENAMED[tag] ?? tag, attributes, ...children];
	}

	#attributes(tag: string, value: unknown, place: Place): Record<string, string> {
		const out: Record<string, string> = {};
		if (typeof value !== 'object' || value === null) return out;
		for (const [name, text] of Object.entries(value)) {
			if (typeof text !== 'string') continue;
			this.#spend(0, name.length + text.length);
			const cleared = this.#attribute(tag, name, text, place);
			if (cleared !== null) out[name] = cleared;
		}
		return out;
	}

	#attribute(tag: string, name: string, text: string, place: Place): string | null {
		switch (name) {
			case 'id':
				return /^[\w-]{1,100}$/.test(text) ? this.#prefix + text : null;
			case 'class':
				return clearClass(text);
			case 'style':
				return clearStyle(text);
			case 'href':
				return tag === 'image' && /^data:image\/png;base64,[A-Za-z0-9+/=]*$/.test(text)
					? text
					: null;
			case 'title':
				return tag === 'div' || tag === 'span' ? clearText(text) : null;
			default:
				return clearValue(name, text, place, this.#prefix);
		}
	}
}

function clearClass(text: string): string | null {
	const names = text
		.slice(0, 500)
		.split(/\s+/)
		.map((each) => CLASSES.find(([end]) => end.test(each))?.[1])
		.filter((each) => each !== undefined);
	return names.length ? names.join(' ') : null;
}

/** Without what no text should hold: control characters, halves of characters. */
const clearText = (text: string): string =>
	// eslint-disable-next-line no-control-regex -- they are what is taken out
	text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g, '').toWellFormed();
