/** The chart that a source's options and marks make: its kind, its channels, and what is said beside them. */
import { axesOf } from './chart-axes.ts';
import {
	columnIn,
	draftOf,
	intervalIn,
	isHighlighted,
	numeric,
	objectIn,
	plain,
	scalars,
	text,
	type Channels,
	type Draft
} from './chart-draft.ts';
import { CAPTION_SOURCE, splitLabel } from './chart-kinds.ts';
import {
	newChart,
	type AxisOptions,
	type CategoryOrder,
	type Channel,
	type ChartKind,
	type ChartSpec
} from './chart-spec.ts';
import { peel, type Peeled } from './find-chart.ts';
import { TOTAL } from './marks-of-bars.ts';
import { GREY, PALETTES } from './palettes.ts';
import { Constant, isList, isObject, Name, type Code, type CodeObject } from './plot-code.ts';

export interface Recognised {
	readonly spec: ChartSpec;
	/** Which of the marks is the main one. */
	readonly main: number;
}

/** Null where none of the marks is the main one of a kind that is known. */
export function recogniseChart(options: CodeObject, codes: readonly Code[]): Recognised | null {
	const marks = codes.map(peel);
	const there = marks.filter((mark) => mark !== null);
	for (const [main, mark] of marks.entries()) {
		const found =
			mark &&
			draftOf(
				mark,
				options,
				there.filter((other) => other !== mark)
			);
		if (found) return { main, spec: specOf(found, mark, options, there) };
	}
	return null;
}

function axisIn(scale: CodeObject): AxisOptions {
	const { label, tickFormat, grid } = scale;
	const said =
		typeof label === 'string'
			? splitLabel(label)
			: { label: label === null ? '' : null, unit: null };
	return { ...said, format: text(tickFormat), grid: grid === true };
}

function specOf(
	{ kind, horizontal, grouped, channels }: Draft,
	mark: Peeled,
	options: CodeObject,
	marks: readonly Peeled[]
): ChartSpec {
	const offset = mark.options.offset;
	const layout = grouped ? 'grouped' : offset === 'normalize' ? 'share' : 'stacked';
	const base = newChart(mark.data instanceof Name ? mark.data.name : '', kind, channels, {
		horizontal,
		layout
	});
	const axes = axesOf(base);
	const scale = { of: objectIn(options[axes.category]), measure: objectIn(options[axes.measure]) };
	const colour = objectIn(options.color);
	const { note, source } = captionIn(text(options.caption));
	const facet = (key: 'fx' | 'fy') =>
		key === axes.category ? null : plain(columnIn(mark.options[key]));
	const interval = (channel: Channel | null | undefined, from: CodeObject): Channel | null =>
		channel ? { ...channel, interval: channel.interval ?? intervalIn(from.interval) } : null;
	const { marginLeft, marginRight, marginBottom } = options;
	const sides =
		kind === 'slope' ? marginRight : horizontal || kind === 'heatmap' ? marginLeft : marginBottom;
	return {
		...base,
		channels: {
			...base.channels,
			x: interval(channels.x, scale.of),
			y: kind === 'heatmap' ? interval(channels.y, scale.measure) : (channels.y ?? null),
			facetX: facet('fx'),
			facetY: facet('fy'),
			...seriesUnlessHighlighted(channels, colour, kind)
		},
		title: text(options.title),
		subtitle: text(options.subtitle),
		note,
		source,
		alternative: text(options.ariaDescription),
		x: axisIn(scale.of),
		y: axisIn(scale.measure),
		order: orderIn(mark, scale.of, axes.category, kind),
		limit: numeric(objectIn(mark.options.sort).limit),
		highlight: highlightIn(colour, marks, kind),
		palette: paletteIn(mark, colour),
		zero: scale.measure.zero === true,
		legend: colour.legend === true,
		reference: referenceIn(marks, axes.measure),
		width: numeric(options.width),
		height: numeric(options.height),
		labelRoom: numeric(sides)
	};
}

function captionIn(caption: string | null): { note: string | null; source: string | null } {
	if (caption === null) return { note: null, source: null };
	const found = CAPTION_SOURCE.exec(caption);
	if (!found) return { note: caption, source: null };
	return {
		note: caption.slice(0, found.index) || null,
		source: caption.slice(found.index + found[0].length) || null
	};
}

function orderIn(
	{ options }: Peeled,
	scale: CodeObject,
	key: string,
	kind: ChartKind
): CategoryOrder {
	const domain = kind === 'ageing' || kind === 'region-tiles' ? null : scalars(scale.domain);
	if (domain) {
		const values = kind === 'waterfall' && domain.at(-1) === TOTAL ? domain.slice(0, -1) : domain;
		return { by: 'list', values };
	}
	const sort = objectIn(options.sort);
	if (!(key in sort)) return { by: 'name', descending: false };
	const value = sort[key];
	if (value === null) return { by: 'data' };
	const by = text(value === undefined || !isObject(value) ? value : value.value);
	if (by === null) return { by: 'name', descending: false };
	const turned = sort.reverse === true || objectIn(value).reverse === true;
	const descending = by.startsWith('-') !== turned;
	return { by: by.replace(/^-/, '') === key ? 'name' : 'value', descending };
}

function paletteIn({ options }: Peeled, colour: CodeObject): string | null {
	const given = scalars(colour.range);
	// What is gathered is grey.
	const range = given && given.length > 1 && given.at(-1) === GREY ? given.slice(0, -1) : given;
	const named = PALETTES.find(
		({ scheme, colours }) =>
			(scheme !== null && text(colour.scheme)?.toLowerCase() === scheme) ||
			(range && range.length > 0 && range.every((value, at) => value === colours[at]))
	);
	if (named) return named.name;
	const paint = text(options.fill) ?? text(options.stroke);
	return (
		PALETTES.find(({ use, colours }) => use === 'categories' && colours[0] === paint)?.name ?? null
	);
}

/** Bars are coloured by their own category where it is highlighted. */
function seriesUnlessHighlighted(
	{ x, colour }: Channels,
	scale: CodeObject,
	kind: ChartKind
): Channels {
	if (kind === 'lines' || kind === 'slope' || kind === 'dots') return {};
	return isHighlighted(scale) && x && colour?.column === x.column ? { colour: null } : {};
}

function highlightIn(
	colour: CodeObject,
	marks: readonly Peeled[],
	kind: ChartKind
): ChartSpec['highlight'] {
	const values = scalars(colour.domain);
	if (!isHighlighted(colour) || !values || kind === 'dumbbell') return null;
	for (const { fn, data, options } of marks)
		if (
			fn === 'text' &&
			isList(data) &&
			data.length === 1 &&
			/^(top|bottom)-right$/.test(String(options.frameAnchor))
		)
			return { values, text: text(data[0]) };
	return { values, text: null };
}

function referenceIn(marks: readonly Peeled[], measure: 'x' | 'y'): ChartSpec['reference'] {
	const only = (data: Code | undefined): number | null =>
		isList(data) && data.length === 1 ? numeric(data[0]) : null;
	for (const { fn, data, options } of marks) {
		const value = only(data);
		if (fn !== (measure === 'y' ? 'ruleY' : 'ruleX') || value === null) continue;
		// At zero without a dash: where bars begin.
		if (value === 0 && !('strokeDasharray' in options)) continue;
		const words = marks.find(
			(other) =>
				other.fn === 'text' && only(other.data) === value && other.options.text instanceof Constant
		)?.options.text;
		return { value, text: words instanceof Constant ? words.text : null };
	}
	return null;
}
