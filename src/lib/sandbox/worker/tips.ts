/**
 * What can be read at the points of a chart, as data: positions in the drawing and Plot's own words for them. Plot's
 * pointer listens to a document that never hears anything; here its tips are written down at once, for all points,
 * and the page shows the nearest. Marks whose author set no `tip` get one made of their own channels.
 */
import * as Plot from '@observablehq/plot';
import type { Mark } from '@observablehq/plot';
import type { Lang } from '../../core/notebook/notebook.ts';
import {
	LIMITS,
	type PictureTips,
	type TipDirection,
	type TipLayer,
	type TipLine
} from '../../core/protocol/messages.ts';
import { WriteDocument, WriteElement } from './dom.ts';
import { keyColumns, keysOf, type KeyedPoint } from './mark-keys.ts';
import { isNamed } from './naming-values.ts';
import { momentFormat } from './tip-moments.ts';

interface Channel {
	readonly value?: ArrayLike<unknown>;
	readonly label?: unknown;
	readonly scale?: string | null;
	readonly hint?: { readonly length?: unknown } | null;
}
type Channels = Readonly<Record<string, Channel | undefined>>;
type Index = ArrayLike<number> & { readonly fx?: unknown; readonly fy?: unknown };
interface Scale {
	(value: unknown): number;
	readonly bandwidth?: () => number;
	readonly label?: unknown;
}
type Scales = Readonly<Record<string, Scale | undefined>>;
type Values = Readonly<Record<string, ArrayLike<number> | undefined>> & {
	readonly channels: Channels;
};
interface Dimensions {
	readonly width: number;
	readonly height: number;
	readonly marginTop: number;
	readonly marginRight: number;
	readonly marginBottom: number;
	readonly marginLeft: number;
}
interface Context {
	readonly ownerSVGElement: unknown;
	readonly document: unknown;
}
type Render = (
	index: Index | null,
	scales: Scales,
	values: Values,
	dimensions: Dimensions,
	context: Context
) => unknown;

/** The members of Plot's marks, tips among them, that this leans on. */
interface Tipped {
	readonly ariaLabel?: unknown;
	readonly data?: unknown;
	readonly tip?: unknown;
	readonly dx?: number;
	readonly dy?: number;
	readonly facet?: unknown;
	readonly format?: Readonly<Record<string, unknown>>;
	readonly filter: (index: Index, channels: Channels, values: Values) => Index;
	readonly render: Render;
}

/** Marks that are read point by point though their author asked for nothing. */
const READ = new Set('area line dot bar rect cell tick rule waffle image vector'.split(' '));
/** Marks that fill a box around their point. */
const BOXES = new Set('bar rect cell waffle'.split(' '));
/** Channels that a mark draws by, and that say nothing. */
const UNSAID = new Set(['geometry', 'href', 'src', 'ariaLabel', 'scales', 'polygon', 'cx', 'cy']);
const LINE_CHARS = 500;

const tipPrototype = Plot.Tip.prototype as unknown as {
	-readonly [K in 'filter' | 'render']: Tipped[K];
};
const { filter: filterTip, render: renderTip } = tipPrototype;

/** What a pointer's tip was last asked about: it is rendered with no point at all until a pointer comes. */
const asked = new WeakMap<object, Index>();
/** The chart that is being drawn. */
let drawing: Tips | null = null;

function drawingWith<T>(tips: Tips, draw: () => T): T {
	const before = drawing;
	drawing = tips;
	try {
		return draw();
	} finally {
		drawing = before;
	}
}

// Before Plot makes any tip: each takes its `render` from the prototype when it is made.
tipPrototype.filter = function (this: Tipped, index, channels, values) {
	const kept = filterTip.call(this, index, channels, values);
	asked.set(this, kept);
	return kept;
};
tipPrototype.render = function (this: Tipped, index, scales, values, dimensions, context) {
	const points = asked.get(this);
	if (drawing && index?.length === 0 && points?.length)
		drawing.takeTip(this, inFacet(points, index), scales, values, dimensions, context);
	return renderTip.call(this, index, scales, values, dimensions, context);
};

const inFacet = (points: Index, { fx, fy }: Index): Index =>
	Object.assign(Array.from(points), { fx, fy });

/** Marks of which the author said `tip: false`; Plot makes no difference between that and nothing. */
const refused = new WeakSet();
/** Remembers that a mark made with these options must not be read by pointing. */
export function noteTip(mark: unknown, options: unknown): void {
	const told =
		typeof options === 'object' && options !== null ? (options as { tip?: unknown }) : {};
	if (told.tip !== false && told.tip !== null) return;
	for (const each of Array.isArray(mark) ? (mark as unknown[]) : [mark])
		if (typeof each === 'object' && each !== null) refused.add(each);
}

interface Point {
	readonly x: number;
	readonly y: number;
	readonly w: number;
	readonly h: number;
	readonly lines: readonly Line[];
	readonly series: unknown;
	readonly key: KeyedPoint;
}
interface Line {
	readonly label: string;
	readonly text: string;
	readonly color: string;
}
interface Layer {
	readonly mark: string;
	readonly by: TipDirection;
	/** The author asked for it. */
	readonly given: boolean;
	/** One list for each facet and series, in the order they are read. */
	readonly series: Point[][];
}

export class Tips {
	/** The drawing that the positions are in. */
	svg: unknown = null;
	#width = 0;
	#height = 0;
	readonly #lang: Lang;
	readonly #layers = new Map<object, Layer>();
	/** Marks whose author asked for a tip, in order; Plot adds their tips in that order. */
	readonly #owners: Tipped[] = [];
	readonly #owned = new Map<Tipped, Tipped | null>();
	/** Points of marks that have too many, by mark. */
	readonly #left = new Map<object, number>();
	#points = 0;
	#chars = 0;
	#keyChars = 0;

	constructor(lang: Lang) {
		this.#lang = lang;
	}

	/** What Plot draws in `draw` is read here. */
	while<T>(draw: () => T): T {
		return drawingWith(this, draw);
	}

	/** The same mark, whose points are noted here as they are drawn. */
	watch(original: Mark, mark: Mark): Mark {
		const rendering = mark as unknown as Tipped;
		const label = String(rendering.ariaLabel ?? '');
		if (rendering.tip) {
			this.#owners.push(rendering);
			return mark;
		}
		if (!READ.has(label) || refused.has(original)) return mark;
		const take: Render = (index, scales, values, dimensions, context) => {
			if (index) this.#takeMark(rendering, index, scales, values, dimensions, context);
		};
		const render: Render = function (this: unknown, ...args) {
			take(...args);
			return rendering.render.apply(this, args);
		};
		return Object.create(mark, { render: { value: render } }) as Mark;
	}

	/** A tip that the author asked for, with all the points that a pointer could find. */
	takeTip(tip: Tipped, ...[index, scales, values, dimensions, context]: Parameters<Render>): void {
		if (!index) return;
		let owner = this.#owned.get(tip);
		if (owner === undefined) {
			const at = this.#owners.findIndex(({ data }) => data === tip.data);
			owner = at < 0 ? null : (this.#owners.splice(at, 1)[0] ?? null);
			this.#owned.set(tip, owner);
		}
		const by = directionAsked(owner?.tip) ?? 'xy';
		const mark = String(owner?.ariaLabel ?? 'tip');
		this.#take(tip, tip, { mark, by, given: true }, index, scales, values, dimensions, context);
	}

	#takeMark(mark: Tipped, ...[index, scales, values, dimensions, context]: Parameters<Render>) {
		if (!index) return;
		const label = String(mark.ariaLabel);
		// A rule at zero says nothing that its axis does not.
		if (label === 'rule' && index.length <= 1 && !this.#layers.has(mark)) return;
		const tip = Plot.tip([], {}) as unknown as Tipped;
		const of = { mark: label, by: directionOf(label, index, scales, values), given: false };
		this.#take(
			mark,
			Object.assign(tip, { facet: mark.facet }),
			of,
			index,
			scales,
			values,
			dimensions,
			context
		);
	}

	#take(
		key: object,
		tip: Tipped,
		of: Omit<Layer, 'series'>,
		index: Index,
		scales: Scales,
		values: Values,
		dimensions: Dimensions,
		context: Context
	): void {
		this.svg = context.ownerSVGElement;
		this.#points += index.length;
		const left = this.#left.get(key) ?? 0;
		// A mark and its echo are told apart later: together they may be twice as many.
		if (left > 0 || this.#points > 2 * LIMITS.tipPoints || this.#layers.size >= LIMITS.tipLayers)
			return this.#leave(key, index.length);
		let points: Point[];
		try {
			points = pointsOf(tip, of, this.#lang, index, scales, values, dimensions, context);
		} catch {
			// A mark of people's own making may not have what a tip reads: it is only not read.
			return;
		}
		for (const { lines } of points)
			for (const { label, text } of lines) this.#chars += label.length + text.length;
		if (this.#chars > LIMITS.tipChars) return this.#leave(key, index.length);
		const layer = this.#layers.get(key) ?? { ...of, series: [] };
		this.#layers.set(key, layer);
		const bySeries = Map.groupBy(points, ({ series }) => series);
		for (const series of bySeries.values()) layer.series.push(series.sort(readingOrder(of.by)));
	}

	/** All of a mark's points are left, or none. */
	#leave(key: object, count: number): void {
		const taken = this.#layers.get(key)?.series.flat().length ?? 0;
		this.#layers.delete(key);
		this.#left.set(key, (this.#left.get(key) ?? 0) + taken + count);
	}

	/** @param part which child of the picture the points are in; its size @param width @param height */
	picture(part: number, width: number, height: number): PictureTips | null {
		this.#width = width;
		this.#height = height;
		let layers = [...this.#layers.values()];
		if (layers.some(({ given }) => given)) layers = layers.filter(({ given }) => given);
		const kept: TipLayer[] = [];
		let [points, left] = [0, Math.max(0, ...this.#left.values())];
		for (const layer of withoutEchoes(layers)) {
			const shown = this.#layer(layer);
			const count = shown.x.length;
			if (points + count > LIMITS.tipPoints) left = Math.max(left, count);
			else if (count > 0) {
				points += count;
				kept.push(shown);
			}
		}
		return kept.length > 0 || left > 0 ? { part, width, height, left, layers: kept } : null;
	}

	#layer({ mark, by, series }: Layer): TipLayer {
		const starts: number[] = [];
		const points: Point[] = [];
		for (const each of series) {
			const inside = each.filter(
				({ x, y }) => x >= 0 && x <= this.#width && y >= 0 && y <= this.#height
			);
			if (inside.length === 0) continue;
			starts.push(points.length);
			points.push(...inside);
		}
		const labels = new Map<string, { texts: string[]; colors: string[] }>();
		for (const [at, { lines }] of points.entries())
			for (const { label, text, color } of lines) {
				let line = labels.get(label);
				if (!line) {
					if (labels.size >= LIMITS.tipLines) continue;
					line = { texts: points.map(() => ''), colors: points.map(() => '') };
					labels.set(label, line);
				}
				// Lines without a name are one text of the author's.
				line.texts[at] = line.texts[at] ? `${line.texts[at]}\n${text}` : text;
				line.colors[at] = color;
			}
		const boxed = points.some(({ w, h }) => w > 0 || h > 0);
		const keys = keysOf(
			points.map(({ key }) => key),
			(chars) => (this.#keyChars += chars) <= LIMITS.tipChars
		);
		return {
			mark,
			by,
			starts,
			x: points.map(({ x }) => x),
			y: points.map(({ y }) => y),
			w: boxed ? points.map(({ w }) => w) : [],
			h: boxed ? points.map(({ h }) => h) : [],
			lines: [...labels].map(([label, { texts, colors }]): TipLine => ({
				label,
				texts,
				colors: colors.some((color) => color !== '') ? colors : []
			})),
			...(keys.length > 0 ? { keys } : {})
		};
	}
}

/** Without layers of which every point is read in another one: a line and its dots, an area and its edge. */
function withoutEchoes(layers: readonly Layer[]): Layer[] {
	const placesOf = ({ series }: Layer) => series.flat().map(({ x, y }) => `${x} ${y}`);
	const said = ({ series }: Layer) => series[0]?.[0]?.lines.length ?? 0;
	const kept: { layer: Layer; places: Set<string> }[] = [];
	// What is drawn later lies on top.
	for (const layer of [...layers].reverse().sort((a, b) => said(b) - said(a))) {
		const places = placesOf(layer);
		if (!kept.some((other) => places.every((place) => other.places.has(place))))
			kept.push({ layer, places: new Set(places) });
	}
	return layers.filter((layer) => kept.some((each) => each.layer === layer));
}

function directionAsked(tip: unknown): TipDirection | null {
	const told =
		typeof tip === 'object' && tip !== null ? (tip as { pointer?: unknown }).pointer : tip;
	if (typeof told !== 'string') return null;
	const by = told.toLowerCase();
	return by === 'x' || by === 'y' ? by : 'xy';
}

/** Along which axis a mark is read: a bar by its place on the band, a line by what goes on steadily. */
function directionOf(mark: string, index: Index, scales: Scales, values: Values): TipDirection {
	const { channels } = values;
	if (mark === 'bar' || mark === 'waffle') return channels.x2 ? 'y' : 'x';
	if (mark === 'area') return channels.x2 ? 'y' : 'x';
	if (mark === 'rect') {
		if (channels.y2?.hint?.length) return 'x';
		return channels.x2?.hint?.length ? 'y' : 'xy';
	}
	if (mark === 'line') {
		const steady = (key: 'x' | 'y') => {
			const list = values[key];
			if (!list) return false;
			let last = -Infinity;
			const series = channels.z?.value;
			let of: unknown;
			for (let k = 0; k < index.length; k++) {
				const i = index[k] ?? 0;
				const here = Number(list[i]);
				if (k === 0 || series?.[i] !== of) last = -Infinity;
				of = series?.[i];
				if (here < last) return false;
				last = here;
			}
			return true;
		};
		if (steady('x') || isTemporal(channels.x)) return 'x';
		return isTemporal(channels.y) ? 'y' : 'xy';
	}
	if (mark === 'rule') return channels.y1 || channels.y2 ? 'x' : 'y';
	return mark === 'tick' && !scales.x?.bandwidth && scales.y?.bandwidth ? 'y' : 'xy';
}

const isTemporal = (channel: Channel | undefined): boolean => {
	const { value } = channel ?? {};
	if (!value) return false;
	for (let i = 0; i < value.length; i++) if (value[i] != null) return value[i] instanceof Date;
	return false;
};

const readingOrder = (by: TipDirection) =>
	by === 'y'
		? (a: Point, b: Point) => a.y - b.y || a.x - b.x
		: (a: Point, b: Point) => a.x - b.x || a.y - b.y;

/** Where the points are, and Plot's words for them. */
function pointsOf(
	tip: Tipped,
	of: Omit<Layer, 'series'>,
	lang: Lang,
	index: Index,
	scales: Scales,
	values: Values,
	dimensions: Dimensions,
	context: Context
): Point[] {
	const channels = readableChannels(values.channels, of);
	const said = { ...values, channels } as Values;
	const words = wordsOf(tip, lang, index, scales, said, dimensions, context);
	const place = placeOf(of.mark, tip, index, scales, values, dimensions);
	const series = seriesOf(values.channels);
	const columns = keyColumns(of.by, index, scales, values.channels);
	const points: Point[] = [];
	for (let k = 0; k < index.length; k++) {
		const i = index[k] ?? 0;
		const at = place(i);
		const lines = words[k] ?? [];
		if (!at.every(Number.isFinite) || lines.length === 0) continue;
		const [x, y, w, h] = at;
		points.push({ x, y, w, h, lines, series: series?.[i], key: { row: i, columns } });
	}
	return points;
}

/** What tells one series from another: its own channel, or a colour or a sign that stands for a name. */
function seriesOf({ z, fill, stroke, symbol }: Channels): ArrayLike<unknown> | undefined {
	if (z?.value) return z.value;
	const named = [fill, stroke, symbol].find(
		(channel) => channel?.value && channel.scale != null && isTextual(channel.value)
	);
	return named?.value;
}

function isTextual(values: ArrayLike<unknown>): boolean {
	for (let i = 0; i < values.length; i++)
		if (values[i] != null) return typeof values[i] === 'string';
	return false;
}

const tenth = (value: number): number => Math.round(value * 10) / 10;

/** The middle of what stands for a datum, and its size, in pixels of the drawing. */
function placeOf(
	mark: string,
	{ dx = 0, dy = 0 }: Tipped,
	{ fx, fy }: Index,
	scales: Scales,
	values: Values,
	dimensions: Dimensions
): (i: number) => [x: number, y: number, w: number, h: number] {
	const box = BOXES.has(mark);
	const edge = mark === 'area';
	const shift = (key: 'fx' | 'fy', value: unknown, margin: number): number => {
		const scale = scales[key];
		return scale && value !== undefined ? scale(value) - margin : 0;
	};
	const along = (key: 'x' | 'y', start: number, end: number): ((i: number) => [number, number]) => {
		const { [key]: at, [`${key}1`]: from, [`${key}2`]: to } = values;
		const band = scales[key]?.bandwidth?.() ?? 0;
		if (from && to)
			return edge
				? (i) => [Number(to[i]), 0]
				: (i) => [
						(Number(from[i]) + Number(to[i])) / 2,
						box ? Math.abs(Number(to[i]) - Number(from[i])) : 0
					];
		const one = at ?? from ?? to;
		if (one) return (i) => [Number(one[i] ?? NaN) + band / 2, box ? band : 0];
		return () => [(start + end) / 2, box ? end - start : 0];
	};
	const { width, height, marginTop, marginRight, marginBottom, marginLeft } = dimensions;
	const onX = along('x', marginLeft, width - marginRight);
	const onY = along('y', marginTop, height - marginBottom);
	const sx = shift('fx', fx, marginLeft) + Number(dx);
	const sy = shift('fy', fy, marginTop) + Number(dy);
	return (i) => {
		const [x, w] = onX(i);
		const [y, h] = onY(i);
		return [tenth(x + sx), tenth(y + sy), tenth(w), tenth(h)];
	};
}

/** Plot writes its tips in a document of their own, which is then read. */
function wordsOf(
	tip: Tipped,
	lang: Lang,
	index: Index,
	scales: Scales,
	values: Values,
	dimensions: Dimensions,
	context: Context
): Line[][] {
	const format = {
		...momentFormats(values.channels, lang),
		...nameFormats(values.channels, scales, lang),
		...tip.format
	};
	const quiet = Object.create(tip, {
		// Nothing is cut: the page breaks lines by itself.
		...constant({ lineWidth: 1_000, clipLine: (line: string) => line }),
		...constant({ splitLines: (text: string) => text.split(/\r\n?|\n/) }),
		format: { value: format, writable: true }
	}) as Tipped;
	const scratch = new WriteDocument(Infinity);
	const group = renderTip.call(quiet, index, scales, values, dimensions, {
		...context,
		document: scratch,
		ownerSVGElement: scratch.documentElement
	}) as WriteElement;
	const words = group.children.map((point) => {
		const text = point.lastChild;
		return text instanceof WriteElement ? text.children.map((line) => lineOf(line, lang)) : [];
	});
	// Plot comes back to measure them, when there is nothing to measure any more.
	group.textContent = '';
	return words;
}

const constant = (members: Readonly<Record<string, unknown>>): PropertyDescriptorMap =>
	Object.fromEntries(Object.entries(members).map(([name, value]) => [name, { value }]));

/** Where the author did not choose: first what a point is found by, then how far it goes, then what else it says. */
function readableChannels(
	channels: Channels,
	{ by, given }: Omit<Layer, 'series'>
): Record<string, Channel> {
	const out = new Map<string, Channel>();
	const first = by === 'y' ? 'y' : 'x';
	const rank = (key: string): number => (/^[xy]/.test(key) ? (key.startsWith(first) ? 0 : 1) : 2);
	const entries = Object.entries(channels);
	if (!given) entries.sort(([a], [b]) => rank(a) - rank(b));
	for (const [key, channel] of entries) if (channel && !UNSAID.has(key)) out.set(key, channel);
	const { z } = channels;
	const signs = [channels.fill, channels.stroke, channels.symbol];
	// What is told apart by its colour is named once, beside the colour.
	if (z?.value && signs.some((sign) => sign?.scale != null && sameValues(sign.value, z.value)))
		out.delete('z');
	// A bar of a month begins and ends: its beginning names it.
	for (const axis of ['x', 'y']) {
		const from = out.get(`${axis}1`);
		if (!from || !out.has(`${axis}2`) || !isTemporal(from)) continue;
		out.delete(`${axis}1`);
		out.delete(`${axis}2`);
		out.set(axis, from);
	}
	return Object.fromEntries(out);
}

function sameValues(a: ArrayLike<unknown> | undefined, b: ArrayLike<unknown> | undefined): boolean {
	if (!a || a.length !== b?.length) return false;
	for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
	return true;
}

/** Days and months as people say them, where the author asked for nothing else. */
function momentFormats(channels: Channels, lang: Lang): Record<string, (value: unknown) => string> {
	const out: Record<string, (value: unknown) => string> = {};
	for (const [key, channel] of Object.entries(channels)) {
		if (!channel?.value || !isTemporal(channel)) continue;
		out[key] = momentFormat(channel.value, lang);
	}
	return out;
}

/** Whole numbers that name things, and years, figure by figure, by the name that their line begins with. */
function nameFormats(
	channels: Channels,
	scales: Scales,
	lang: Lang
): Record<string, (value: unknown) => string> {
	const other = Plot.formatNumber(`${lang}-CA`);
	const out: Record<string, (value: unknown) => string> = {};
	for (const [key, channel] of Object.entries(channels)) {
		const { value, label, scale } = channel ?? {};
		const names = [label, scale == null ? undefined : scales[scale]?.label];
		if (!value || !names.some((name) => typeof name === 'string' && isNamed(name, value))) continue;
		out[key] = (one) =>
			typeof one === 'number' && !Number.isInteger(one) ? other(one) : String(one);
	}
	return out;
}

/** A line of Plot's tip: a label in bold, a value, a square of colour, the whole text where it was cut. */
function lineOf(line: WriteElement, lang: Lang): Line {
	let label = '';
	let text = '';
	let color = '';
	for (const node of line.childNodes)
		if (!(node instanceof WriteElement)) text += node.textContent;
		else if (node.tagName === 'title') text = node.textContent;
		else if (node.getAttribute('font-weight') === 'bold') label = node.textContent;
		else color = node.getAttribute('fill') ?? '';
	label = label.replace(/^[↑↓←→]\s*|\s*[↑↓←→]$/g, '');
	if (lang === 'fr') label = label.replace(/^Frequency\b/, 'Fréquence');
	const cut = (said: string): string =>
		said
			.replace(/\u200b/g, '')
			.trim()
			.slice(0, LINE_CHARS);
	return { label: cut(label), text: cut(text), color: color.slice(0, 100) };
}
