/** What the main mark of a chart says that it is: its kind and its channels. */
import { isColourName, REDUCERS } from './chart-axes.ts';
import {
	AGGREGATES,
	DATE_INTERVALS,
	channelOf,
	type Aggregate,
	type Channel,
	type ChartKind,
	type ChartSpec,
	type DateInterval
} from './chart-spec.ts';
import type { Peeled } from './find-chart.ts';
import {
	Bands,
	Gathered,
	isList,
	isObject,
	Name,
	RegionPlace,
	sameCode,
	type Code,
	type CodeObject
} from './plot-code.ts';

/** The channels that are said. */
export type Channels = Partial<ChartSpec['channels']>;
/** What is known of a chart from its main mark alone. */
export interface Draft {
	readonly kind: ChartKind;
	readonly horizontal: boolean;
	readonly grouped: boolean;
	readonly channels: Channels;
}

/** A text, or nothing. */
export const text = (code: Code | undefined): string | null =>
	typeof code === 'string' ? code : null;
/** A number, or nothing. */
export const numeric = (code: Code | undefined): number | null =>
	typeof code === 'number' ? code : null;

/** An object, empty where the code is none. */
export const objectIn = (code: Code | undefined): CodeObject =>
	code !== undefined && isObject(code) ? code : {};
/** A list of texts and numbers. */
export const scalars = (code: Code | undefined): readonly (string | number)[] | null =>
	isList(code) && code.every((item) => typeof item === 'string' || typeof item === 'number')
		? (code as readonly (string | number)[])
		: null;

/** Whether a colour scale brings some values out. */
export const isHighlighted = (colour: CodeObject): boolean =>
	typeof colour.unknown === 'string' && scalars(colour.domain) !== null;

/** The column that a channel is: a text, or the value of an object. */
export const columnIn = (code: Code | undefined): string | null =>
	code !== undefined && isObject(code) ? text(code.value) : text(code);
const aggregateIn = (code: Code | undefined): Aggregate | null =>
	AGGREGATES.find((aggregate) => REDUCERS[aggregate] === code) ?? null;
/** The interval that a code names. */
export const intervalIn = (code: Code | undefined): DateInterval | null =>
	DATE_INTERVALS.find((interval) => interval === code) ?? null;

/** A column as it is. */
export const plain = (column: string | null): Channel | null =>
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

/** Null where the mark is no main mark of a kind that is known. */
export function draftOf(
	mark: Peeled,
	options: CodeObject,
	others: readonly Peeled[]
): Draft | null {
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
