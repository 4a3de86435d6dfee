/**
 * Values of attributes and of styles. Browsers read most of SVG's attributes as CSS: an escape or a comment could hide
 * a `url(`, so each value must match a form that holds neither.
 */

/** What an element is to those that refer to definitions; see `clear.ts`. */
export type Place = 'container' | 'definition' | 'shape';

const MAX_VALUE = 500;
const number = String.raw`[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?`;
const NUMBERS = new RegExp(`^\\s*${number}(?:[\\s,]+${number})*\\s*$`, 'i');
const LENGTH = new RegExp(`^\\s*${number}(?:px|em|rem|ex|ch|pt|%)?\\s*$`, 'i');
const WORDS = /^[a-z][a-z0-9 -]*$/i;
const PATH = /^[MmLlHhVvCcSsQqTtAaZz0-9eE.,+\s-]*$/;
const TRANSFORM =
	/^(?:\s*,?\s*(?:translate|rotate|scale|skewX|skewY|matrix)\([-+0-9.eE,\s]*\))*\s*$/;
const COLOR =
	/^(?:[a-z]+|#[0-9a-f]{3,8}|(?:rgb|rgba|hsl|hsla|hwb|lab|lch|oklab|oklch)\([-+0-9.,%/\sa-z]*\)|var\(--plot-background\))$/i;
const FAMILY = /^[\w ,'"-]*$/;
const INTERNAL = /^url\(#([\w-]{1,100})\)$/;
const FILTER =
	/^(?:\s*(?:blur|brightness|contrast|grayscale|hue-rotate|invert|opacity|saturate|sepia)\([-+0-9.%a-z]*\)|\s*drop-shadow\([-+0-9.%a-z\s]*(?:rgba?\([0-9.,%\s]*\))?\))+\s*$/i;

/** Larger drawings than this are mistakes, or meant to cover a page. */
const MAX_SIZE = 20_000;

const size = (text: string): boolean => LENGTH.test(text) && Math.abs(parseFloat(text)) <= MAX_SIZE;
const is = (form: RegExp) => (text: string) => form.test(text);
const short = (form: RegExp) => (text: string) => text.length <= MAX_VALUE && form.test(text);

type Check = (text: string) => boolean;
function each(names: string, check: Check): [string, Check][] {
	return names.split(' ').map((name) => [name, check]);
}

const ATTRIBUTES = new Map<string, Check>([
	...each('width height', size),
	...each(
		'x y x1 y1 x2 y2 cx cy r rx ry fx fy dx dy refX refY markerWidth markerHeight offset textLength stroke-width stroke-dashoffset font-size letter-spacing word-spacing',
		short(LENGTH)
	),
	...each(
		'opacity fill-opacity stroke-opacity stop-opacity flood-opacity stroke-miterlimit viewBox',
		short(NUMBERS)
	),
	['points', is(/^[-+0-9eE.,\s]*$/)],
	['d', is(PATH)],
	...each('transform gradientTransform patternTransform', short(TRANSFORM)),
	...each('color stop-color', short(COLOR)),
	['stroke-dasharray', (text) => text === 'none' || short(NUMBERS)(text)],
	['font-family', short(FAMILY)],
	['font-weight', short(/^(?:[a-z]+|\d{1,4})$/i)],
	['orient', short(/^(?:auto|auto-start-reverse|[-+\d.]+)$/)],
	...each(
		'preserveAspectRatio text-anchor dominant-baseline alignment-baseline font-style font-variant stroke-linecap stroke-linejoin fill-rule clip-rule paint-order shape-rendering text-rendering image-rendering vector-effect visibility text-decoration gradientUnits patternUnits patternContentUnits clipPathUnits markerUnits maskUnits maskContentUnits spreadMethod lengthAdjust',
		short(WORDS)
	)
]);
const PAINT = new Set(['fill', 'stroke']);
const MARKERS = new Set(['marker-start', 'marker-mid', 'marker-end']);
const CLIPS = new Set(['clip-path', 'mask']);

/** The value, with the ids it refers to prefixed; null when it is not allowed there. */
export function clearValue(
	name: string,
	text: string,
	place: Place,
	prefix: string
): string | null {
	if (PAINT.has(name) || MARKERS.has(name) || CLIPS.has(name)) {
		const id = text.length <= MAX_VALUE ? INTERNAL.exec(text)?.[1] : undefined;
		if (id !== undefined) {
			const may = CLIPS.has(name) ? place !== 'definition' : place === 'shape';
			return may ? `url(#${prefix}${id})` : null;
		}
		if (PAINT.has(name)) return short(COLOR)(text) ? text : null;
		return text === 'none' ? text : null;
	}
	if (name === 'filter') return place !== 'definition' && short(FILTER)(text) ? text : null;
	return ATTRIBUTES.get(name)?.(text) ? text : null;
}

const STYLES = new Map<string, Check>([
	...each('color background background-color fill stroke', short(COLOR)),
	...each('font-family', short(FAMILY)),
	...each('font-size letter-spacing line-height', short(LENGTH)),
	...each('font-weight', short(/^(?:[a-z]+|\d{1,4})$/i)),
	...each('font-style font-variant font-variant-numeric mix-blend-mode text-anchor', short(WORDS)),
	...each('width max-width', (text) => /^(?:none|initial|auto)$/.test(text) || size(text)),
	...each('margin-left', (text) => LENGTH.test(text) && Math.abs(parseFloat(text)) <= 1_000),
	...each('columns', (text) => (NUMBERS.test(text) || size(text)) && text.length < 12),
	['--plot-background', short(COLOR)]
]);

/** Only properties that change how the picture itself looks: none that moves it about the page. */
export function clearStyle(text: string): string | null {
	if (text.length > 2_000) return null;
	const kept: string[] = [];
	for (const declaration of text.split(';')) {
		const colon = declaration.indexOf(':');
		if (colon < 0) continue;
		const name = declaration.slice(0, colon).trim().toLowerCase();
		const value = declaration.slice(colon + 1).trim();
		if (STYLES.get(name)?.(value)) kept.push(`${name}:${value}`);
	}
	return kept.length ? kept.join(';') : null;
}
