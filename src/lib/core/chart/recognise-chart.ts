/** The chart that a source's options and marks make: its kind, its channels, and what is said beside them. */
import { axesOf, isColourName, REDUCERS } from './chart-axes.ts';
import { CAPTION_SOURCE, splitLabel } from './chart-kinds.ts';
import { TOTAL } from './chart-marks-of-kind.ts';
import {
	AGGREGATES,
	DATE_INTERVALS,
	channelOf,
	newChart,
	type Aggregate,
	type AxisOptions,
	type CategoryOrder,
	type Channel,
	type ChartKind,
	type ChartSpec,
	type DateInterval
} from './chart-spec.ts';
import { peel, type Peeled } from './find-chart.ts';
import { GREY, PALETTES } from './palettes.ts';
import {
	Bands,
	Constant,
	Gathered,
	isList,
	isObject,
	Name,
	RegionPlace,
	sameCode,
	type Code,
	type CodeObject
} from './plot-code.ts';

type Channels = Partial<ChartSpec['channels']>;
interface Draft {
	readonly kind: ChartKind;
	readonly horizontal: boolean;
	readonly grouped: boolean;
	readonly channels: Channels;
}

export interface Recognised {
	readonly spec: ChartSpec;
	/** Which of the marks is the main one. */
	readonly main: number;
}

const text = (code: Code | undefined): string | null => (typeof code === 'string' ? code : null);
const numeric = (code: Code | undefined): number | null => (typeof code === 'number' ? code : null);

/** The column that a channel is: a text, or the value of an object. */
const columnIn = (code: Code | undefined): string | null =>
	code !== undefined && isObject(code) ? text(code.value) : text(code);
const aggregateIn = (code: Code | undefined): Aggregate | null =>
	AGGREGATES.find((aggregate) => REDUCERS[aggregate] === code) ?? null;
const intervalIn = (code: Code | undefined): DateInterval | null =>
	DATE_INTERVALS.find((interval) => interval === code) ?? null;

const plain = (column: string | null): Channel | null =>
	column === null ? null : channelOf(column);

/** A category: a column, or what its column is gathered in. */
const categoryIn = (code: Code | undefined): Channel | null =>
	code instanceof Gathered
		? channelOf(code.column, { gather: { keep: code.keep, rest: code.rest } })
		: plain(columnIn(code));
/** Of a colour, where a colour's name is no column. */
const seriesIn = (code: Code | undefined): Channel | null =>
	typeof code === 'string' && isColourName(code) ? null : categoryIn(code);

/** A column and how it is reduced; rows counted have no column. */
function measured(code: Code | undefined, reducer: Code | undefined): Channel | null {
	const aggregate = aggregateIn(reducer);
	const column = aggregate === 'count' ? null : columnIn(code);
	return column === null && aggregate === null ? null : channelOf(column, { aggregate });
}

const transform = ({ wrappers }: Peeled, form: RegExp) => wrappers.find(({ fn }) => form.test(fn));
const isUpright = (fn: string): boolean => !fn.endsWith('X');

// ---------------------------------------------------------------- what a main mark is

function draftOf(mark: Peeled, options: CodeObject, others: readonly Peeled[]): Draft | null {
	switch (mark.fn) {
		case 'barX':
		case 'barY':
		case 'rectX':
		case 'rectY':
			return barDraft(mark, options);
		case 'line':
		case 'lineY':
		case 'area':
		case 'areaY':
			return lineDraft(mark, others);
		case 'dot':
			return dotDraft(mark, others);
		case 'ruleX':
		case 'ruleY':
			return ruleDraft(mark);
		case 'boxX':
		case 'boxY': {
			const horizontal = mark.fn === 'boxX';
			const { x, y } = mark.options;
			return draft('box', horizontal, {
				x: categoryIn(horizontal ? y : x),
				y: plain(columnIn(horizontal ? x : y))
			});
		}
		case 'cell':
			return cellDraft(mark, options);
		default:
			return null;
	}
}

const draft = (
	kind: ChartKind,
	horizontal: boolean,
	channels: Channels,
	grouped = false
): Draft => ({ kind, horizontal, channels, grouped });

function barDraft(mark: Peeled, chart: CodeObject): Draft | null {
	const horizontal = !isUpright(mark.fn);
	const [place, size, facet] = horizontal
		? (['y', 'x', 'fy'] as const)
		: (['x', 'y', 'fx'] as const);
	const { options } = mark;
	const bin = transform(mark, /^bin/);
	const outputs = (bin ?? transform(mark, /^group/))?.outputs;
	const colour = seriesIn(options.fill);
	const at = options[place];
	const measure = measured(options[size], outputs?.[size]);
	if (bin) {
		const { thresholds } = options;
		const list = isList(thresholds) && thresholds.every((value) => typeof value === 'number');
		return draft('histogram', horizontal, {
			x: channelOf(columnIn(at), {
				bins: list ? (thresholds as readonly number[]) : numeric(thresholds),
				interval: intervalIn(options.interval)
			}),
			y: measure,
			colour
		});
	}
	if (transform(mark, /^map[XY]?$/)) {
		if (horizontal || !('y2' in options || (outputs && 'y2' in outputs))) return null;
		return draft('waterfall', false, {
			x: plain(columnIn(at)),
			y: measured(options.y2, outputs?.y2)
		});
	}
	if (at instanceof Bands)
		return draft('ageing', horizontal, {
			x: channelOf(at.column, { bins: at.thresholds }),
			y: measure,
			colour
		});
	const x = categoryIn(at);
	if (!x) return null;
	if (horizontal && options.offset === 'center') return draft('funnel', true, { x, y: measure });
	const within = categoryIn(options[facet]);
	// A category that is highlighted colours itself, whatever facets there are.
	const apart = objectIn(chart[place]).axis === null || !isHighlighted(objectIn(chart.color));
	return within !== null && colour !== null && colour.column === x.column && apart
		? draft('bars', horizontal, { x: within, y: measure, colour }, true)
		: draft('bars', horizontal, { x, y: measure, colour });
}

function lineDraft(mark: Peeled, others: readonly Peeled[]): Draft | null {
	const { options } = mark;
	const area = mark.fn.startsWith('area');
	const series = seriesIn(area ? options.fill : options.stroke) ?? categoryIn(options.z);
	const outputs = transform(mark, /^(group|bin)X?$/)?.outputs;
	const channels: Channels = {
		x: plain(columnIn(options.x)),
		y: measured(options.y, outputs?.y),
		colour: series
	};
	if (!channels.x && !channels.y) return null;
	const slope =
		!area && others.some((other) => other.fn === 'text' && transform(other, /^selectLast$/));
	return draft(slope ? 'slope' : area ? 'areas' : 'lines', false, channels);
}

function dotDraft(mark: Peeled, others: readonly Peeled[]): Draft | null {
	const { options } = mark;
	const group = transform(mark, /^group[XY]$/);
	if (group) {
		const horizontal = group.fn === 'groupY';
		const [place, size] = horizontal ? (['y', 'x'] as const) : (['x', 'y'] as const);
		return draft('ranked-dots', horizontal, {
			x: categoryIn(options[place]),
			y: measured(options[size], group.outputs[size])
		});
	}
	const [x, y] = [plain(columnIn(options.x)), plain(columnIn(options.y))];
	if (!x && !y) return null;
	const labels = others.find(
		(other) =>
			other.fn === 'text' &&
			!other.wrappers.length &&
			sameCode(other.data, mark.data) &&
			sameCode(other.options.x, options.x) &&
			sameCode(other.options.y, options.y)
	);
	return draft('dots', false, {
		x,
		y,
		colour: seriesIn(options.fill) ?? seriesIn(options.stroke),
		size: plain(columnIn(options.r)),
		label: plain(columnIn(labels?.options.text))
	});
}

function ruleDraft(mark: Peeled): Draft | null {
	const horizontal = mark.fn === 'ruleY';
	const [place, size] = horizontal ? (['y', 'x'] as const) : (['x', 'y'] as const);
	const { options } = mark;
	const outputs = transform(mark, /^group[XY]$/)?.outputs;
	const x = categoryIn(options[place]);
	if (!x || !(mark.data instanceof Name)) return null;
	const [one, two] = [`${size}1`, `${size}2`];
	if (one in options || two in options || (outputs && one in outputs))
		return draft('dumbbell', horizontal, {
			x,
			y: measured(options[one], outputs?.[one]),
			y2: measured(options[two], outputs?.[two])
		});
	const y = measured(options[size], outputs?.[size]);
	return y && draft('ranked-dots', horizontal, { x, y });
}

function cellDraft(mark: Peeled, options: CodeObject): Draft | null {
	const group = transform(mark, /^group$/);
	const x = plain(columnIn(mark.options.x));
	const y = plain(columnIn(mark.options.y));
	if (!x || !y) return null;
	const colour = measured(
		typeof mark.options.fill === 'string' && isColourName(mark.options.fill)
			? undefined
			: mark.options.fill,
		group?.outputs.fill
	);
	const scale = options.x;
	const tiles = scale !== undefined && isObject(scale) && scale.transform instanceof RegionPlace;
	return tiles
		? draft('region-tiles', false, { x, colour })
		: draft('heatmap', false, { x, y, colour });
}

// ---------------------------------------------------------------- what goes with it

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

const objectIn = (code: Code | undefined): CodeObject =>
	code !== undefined && isObject(code) ? code : {};

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

const scalars = (code: Code | undefined): readonly (string | number)[] | null =>
	isList(code) && code.every((item) => typeof item === 'string' || typeof item === 'number')
		? (code as readonly (string | number)[])
		: null;

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

const isHighlighted = (colour: CodeObject): boolean =>
	typeof colour.unknown === 'string' && scalars(colour.domain) !== null;

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
