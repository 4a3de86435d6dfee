/**
 * What each kind of chart takes: its channels, and which options mean anything to it. `fitChart` leaves out of a
 * spec what its kind cannot say: what is printed is the fitted chart, and what is read back is one.
 */
import {
	CHANNELS,
	type AxisOptions,
	type CategoryOrder,
	type Channel,
	type ChannelName,
	type ChartKind,
	type ChartSpec,
	type Gathering,
	type Layout
} from './chart-spec.ts';
import { paletteOf } from './palettes.ts';

export interface ChannelRule {
	readonly required: boolean;
	/** Columns that fit it, the best first. */
	readonly accepts: readonly ('category' | 'number' | 'date' | 'region')[];
	/** `must`: rows are always brought together. */
	readonly aggregate: 'never' | 'may' | 'must';
	/** Dates may be brought together. */
	readonly interval: boolean;
	/** Numbers are brought together in bins (`count`), or between thresholds that are given (`list`). */
	readonly bins: 'never' | 'count' | 'list';
	/** Many categories may be brought together in one. */
	readonly gather: boolean;
}

export interface KindRule {
	readonly channels: Readonly<Partial<Record<ChannelName, ChannelRule>>>;
	/** Which ways it can lie: the first is its own. */
	readonly lies: readonly ('upright' | 'horizontal')[];
	/** How series share a mark; empty where there is nothing to share. */
	readonly layouts: readonly Layout[];
	readonly orders: readonly CategoryOrder['by'][];
	readonly highlight: boolean;
	readonly values: boolean;
	readonly reference: boolean;
	/** Whether its axis may begin elsewhere than at zero. */
	readonly zero: boolean;
}

const rule = (
	accepts: ChannelRule['accepts'],
	more: Partial<Omit<ChannelRule, 'accepts'>> = {}
): ChannelRule => ({
	required: false,
	accepts,
	aggregate: 'never',
	interval: false,
	bins: 'never',
	gather: false,
	...more
});
const REQUIRED = { required: true } as const;
const MEASURE = rule(['number'], { required: true, aggregate: 'may' });
const SERIES = rule(['category'], { gather: true });
const FACETS = { facetX: rule(['category']), facetY: rule(['category']) };
const COMPARED = rule(['category', 'number', 'date'], {
	required: true,
	interval: true,
	gather: true
});
const NAMED = rule(['category'], { required: true, gather: true });

const kind = (channels: KindRule['channels'], more: Partial<KindRule> = {}): KindRule => ({
	channels,
	lies: ['upright'],
	layouts: [],
	orders: ['name'],
	highlight: false,
	values: false,
	reference: false,
	zero: false,
	...more
});

const EVERY_ORDER = ['name', 'value', 'data', 'list'] as const;
const EITHER_WAY = ['upright', 'horizontal'] as const;

export const KINDS: Readonly<Record<ChartKind, KindRule>> = {
	bars: kind(
		{ x: COMPARED, y: MEASURE, colour: SERIES, ...FACETS },
		{
			lies: EITHER_WAY,
			layouts: ['stacked', 'grouped', 'share'],
			orders: EVERY_ORDER,
			highlight: true,
			values: true,
			reference: true
		}
	),
	lines: kind(
		{
			x: rule(['date', 'number', 'category'], { required: true, interval: true }),
			y: MEASURE,
			colour: SERIES,
			...FACETS
		},
		{ orders: ['name', 'data', 'list'], highlight: true, reference: true, zero: true }
	),
	areas: kind(
		{
			x: rule(['date', 'number', 'category'], { required: true, interval: true }),
			y: MEASURE,
			colour: SERIES,
			...FACETS
		},
		{ layouts: ['stacked', 'share'], orders: ['name', 'data', 'list'], reference: true }
	),
	dots: kind(
		{
			x: rule(['number', 'date', 'category'], REQUIRED),
			y: rule(['number', 'date', 'category'], REQUIRED),
			colour: SERIES,
			size: rule(['number']),
			label: rule(['category']),
			...FACETS
		},
		{ highlight: true, reference: true, zero: true }
	),
	histogram: kind(
		{
			x: rule(['number', 'date'], { required: true, interval: true, bins: 'count' }),
			y: rule(['number'], { required: true, aggregate: 'must' }),
			colour: SERIES,
			...FACETS
		},
		{ lies: EITHER_WAY, layouts: ['stacked', 'share'], reference: true }
	),
	box: kind(
		{ x: SERIES, y: rule(['number'], REQUIRED), ...FACETS },
		{ lies: EITHER_WAY, orders: ['name', 'list'], reference: true, zero: true }
	),
	heatmap: kind(
		{
			x: rule(['category', 'date'], { required: true, interval: true }),
			y: rule(['category', 'date'], { required: true, interval: true }),
			colour: MEASURE,
			...FACETS
		},
		{ orders: ['name', 'data', 'list'], values: true }
	),
	'ranked-dots': kind(
		{ x: NAMED, y: MEASURE, ...FACETS },
		{
			lies: ['horizontal', 'upright'],
			orders: EVERY_ORDER,
			highlight: true,
			values: true,
			reference: true
		}
	),
	slope: kind(
		{
			x: rule(['category', 'number'], REQUIRED),
			y: MEASURE,
			colour: { ...SERIES, required: true }
		},
		{ orders: ['name', 'data', 'list'], highlight: true, zero: true }
	),
	dumbbell: kind(
		{ x: NAMED, y: MEASURE, y2: MEASURE, ...FACETS },
		{ lies: ['horizontal', 'upright'], orders: EVERY_ORDER, reference: true, zero: true }
	),
	funnel: kind(
		{ x: NAMED, y: MEASURE },
		{ lies: ['horizontal'], orders: EVERY_ORDER, values: true }
	),
	waterfall: kind(
		{ x: rule(['category'], REQUIRED), y: MEASURE },
		{ orders: ['data', 'name', 'list'] }
	),
	ageing: kind(
		{
			x: rule(['number'], { required: true, bins: 'list' }),
			y: { ...MEASURE, aggregate: 'must' },
			colour: SERIES,
			...FACETS
		},
		{ lies: EITHER_WAY, layouts: ['stacked', 'share'], values: true, reference: true }
	),
	'region-tiles': kind(
		{ x: rule(['region', 'category'], REQUIRED), colour: MEASURE },
		{ values: true }
	)
};

/** What highlights are coloured by where no palette is chosen. */
const HOUSE = 'carnet';
/** Of cells: Plot's own scheme goes through colours that are not in order for everyone. */
const AMOUNTS = 'bleus';

/** Days: accounts by age. */
export const AGEING_BANDS: readonly number[] = [30, 60, 90];

/** Channels that the chart cannot be drawn without, and has not. */
export function missingChannels(spec: ChartSpec): readonly ChannelName[] {
	const { channels } = KINDS[spec.kind];
	return CHANNELS.filter((name) => channels[name]?.required && !isGiven(spec.channels[name]));
}

const countsRows = (channel: Channel): boolean =>
	channel.aggregate === 'count' || channel.aggregate === 'share';

/** A column, or rows to count. */
const isGiven = (channel: Channel | null): channel is Channel =>
	channel !== null && (channel.column !== null || countsRows(channel));

function fitChannel(channel: Channel | null, rules: ChannelRule | undefined): Channel | null {
	if (!rules || !isGiven(channel)) return null;
	const fallback = rules.aggregate === 'must' ? (channel.column === null ? 'count' : 'sum') : null;
	const aggregate = rules.aggregate === 'never' ? null : (channel.aggregate ?? fallback);
	if (channel.column === null && aggregate === null) return null;
	const bins =
		rules.bins === 'count'
			? channel.bins
			: rules.bins === 'list'
				? Array.isArray(channel.bins) && channel.bins.length
					? channel.bins
					: AGEING_BANDS
				: null;
	return {
		// Counting is of rows: which column they have changes nothing.
		column: aggregate === 'count' ? null : channel.column,
		aggregate,
		interval: rules.interval && bins === null ? channel.interval : null,
		bins,
		gather: rules.gather && channel.interval === null ? fitGathering(channel.gather) : null
	};
}

function fitGathering(gather: Gathering | null): Gathering | null {
	const rest = filled(gather?.rest ?? null);
	const keep = [...new Set(gather?.keep ?? [])].filter((value) => value !== rest);
	return rest !== null && keep.length ? { keep, rest } : null;
}

const filled = (text: string | null): string | null => text?.trim() || null;

function fitAxis(axis: AxisOptions, fallback: string | null): AxisOptions {
	const unit = filled(axis.unit);
	const label = unit === null ? axis.label : axis.label || fallback || unit;
	const said = label && unit !== null && label !== unit ? joinLabel(label, unit) : label;
	return {
		...(said ? splitLabel(said) : { label: said, unit: null }),
		format: filled(axis.format),
		grid: axis.grid
	};
}

const NO_AXIS: AxisOptions = { label: null, unit: null, format: null, grid: false };

export const joinLabel = (label: string, unit: string | null): string =>
	unit === null ? label : `${label} (${unit})`;

export function splitLabel(text: string): { label: string; unit: string | null } {
	const [, label, unit] = /^(.*\S) \(([^()]+)\)$/s.exec(text) ?? [];
	return label !== undefined && unit !== undefined ? { label, unit } : { label: text, unit: null };
}

/** The note ends where the source begins. */
export const CAPTION_SOURCE = /(?:^|\s)Source[ \u00a0\u202f]?: ?/;

function fitOrder(spec: ChartSpec, allowed: readonly CategoryOrder['by'][]): CategoryOrder {
	const { order } = spec;
	const { x } = spec.channels;
	const fallback: CategoryOrder = { by: 'name', descending: false };
	// Dates brought together are in their own order, none left out.
	if (x?.interval || !allowed.includes(order.by)) return fallback;
	if (order.by === 'list') return order.values.length ? order : fallback;
	if (order.by === 'name' && spec.kind !== 'bars' && spec.kind !== 'ranked-dots') return fallback;
	return order;
}

/** The chart that its kind can show: options that mean nothing to it are at their rest. Fitting twice changes nothing. */
export function fitChart(spec: ChartSpec): ChartSpec {
	const rules = KINDS[spec.kind];
	const fit = (name: ChannelName) => fitChannel(spec.channels[name], rules.channels[name]);
	let channels: ChartSpec['channels'] = {
		x: fit('x'),
		y: fit('y'),
		y2: fit('y2'),
		colour: fit('colour'),
		facetX: fit('facetX'),
		facetY: fit('facetY'),
		size: fit('size'),
		label: fit('label')
	};
	const measures = spec.kind !== 'heatmap' && spec.kind !== 'region-tiles';
	const own = rules.lies[0] === 'horizontal';
	const horizontal = rules.lies.length > 1 ? spec.horizontal : own;
	// Without series there is nothing to share.
	let layout: Layout =
		measures && channels.colour && rules.layouts.includes(spec.layout) ? spec.layout : 'stacked';
	// Each group is a facet of its own, of categories that are no dates brought together.
	if (layout === 'grouped' && channels.x?.interval) layout = 'stacked';
	if (layout === 'grouped')
		channels = horizontal ? { ...channels, facetY: null } : { ...channels, facetX: null };
	// One end's aggregate is the other's, or the line between them would join what cannot be compared.
	if (channels.y && channels.y2)
		channels = {
			...channels,
			y2: fitChannel({ ...channels.y2, aggregate: channels.y.aggregate }, rules.channels.y2)
		};

	// Several rows have the category of all others: they are one mark.
	if ((channels.x?.gather || channels.colour?.gather) && rules.channels.y?.aggregate === 'may') {
		const summed = (channel: Channel | null) =>
			channel && { ...channel, aggregate: channel.aggregate ?? 'sum' };
		channels = { ...channels, y: summed(channels.y), y2: summed(channels.y2) };
	}

	// Categories that colour themselves within facets read as series side by side.
	const facet = horizontal ? channels.facetY : channels.facetX;
	if (spec.kind === 'bars' && layout !== 'grouped' && facet && channels.x)
		if (channels.colour?.column === channels.x.column) {
			channels = { ...channels, colour: null };
			layout = 'stacked';
		}

	const { x, y, colour } = channels;
	const wantedOrder = fitOrder({ ...spec, channels }, rules.orders);
	// Plot cannot sort facets by their own names.
	const facetsByName = layout === 'grouped' && wantedOrder.by === 'name';
	const order: CategoryOrder = facetsByName ? { by: 'name', descending: false } : wantedOrder;
	const ranked = order.by === 'value' || (order.by === 'name' && !facetsByName);
	const limitable = ranked && rules.orders.includes('value') && x?.interval == null;
	const share = layout === 'share' || [y, colour].some((channel) => channel?.aggregate === 'share');

	const shown = measures ? (colour?.column ?? x?.column) : null;
	const marked = spec.highlight?.values.length ? spec.highlight : null;
	const needsSeries = spec.kind === 'lines' || spec.kind === 'slope' || spec.kind === 'dots';
	const highlight =
		rules.highlight && marked && shown && (needsSeries ? colour : colour || !x?.interval)
			? { values: marked.values, text: filled(marked.text) }
			: null;
	// What is highlighted is coloured by it already.
	if (highlight && colour && x && colour.column === x.column && !needsSeries) {
		channels = { ...channels, colour: null };
		layout = 'stacked';
	}

	const palette = paletteOf(spec.palette);
	const wanted = measures ? palette?.use === 'categories' : palette && palette.use !== 'categories';
	const fitted = (axis: AxisOptions, column: string | null | undefined, grid: boolean) => ({
		...fitAxis(axis, column ?? null),
		grid: axis.grid && grid
	});
	const note = filled(spec.note);
	const cut = note === null ? null : filled(note.split(CAPTION_SOURCE)[0] ?? '');
	return {
		...spec,
		channels,
		title: filled(spec.title),
		subtitle: filled(spec.subtitle),
		source: filled(spec.source),
		note: cut,
		alternative: filled(spec.alternative),
		x:
			spec.kind === 'region-tiles'
				? NO_AXIS
				: fitted(gatheredAxis(spec.x, x), x?.column, layout !== 'grouped'),
		y:
			spec.kind === 'region-tiles' || spec.kind === 'funnel'
				? NO_AXIS
				: fitted(spec.y, spec.kind === 'dumbbell' ? null : y?.column, true),
		order,
		limit: limitable && spec.limit !== null && spec.limit >= 1 ? Math.floor(spec.limit) : null,
		highlight,
		palette:
			wanted && palette && spec.kind !== 'waterfall'
				? palette.name
				: !measures
					? AMOUNTS
					: highlight || spec.kind === 'dumbbell'
						? HOUSE
						: null,
		horizontal,
		layout,
		zero: rules.zero && spec.zero,
		legend: spec.legend && legendOf(spec.kind, channels),
		values: rules.values && spec.values && !share && (!measures || channels.colour === null),
		reference:
			rules.reference && spec.reference && Number.isFinite(spec.reference.value)
				? { value: spec.reference.value, text: filled(spec.reference.text) }
				: null,
		width: size(spec.width, 2_000),
		height: size(spec.height, 4_000) ?? (spec.kind === 'region-tiles' ? 440 : null),
		labelRoom: size(spec.labelRoom, 600) ?? (spec.kind === 'slope' ? 120 : null)
	};
}

/** What is gathered is no column any more: its axis says which it was. */
const gatheredAxis = (axis: AxisOptions, x: Channel | null): AxisOptions =>
	x?.gather && axis.label === null ? { ...axis, label: x.column } : axis;

const legendOf = (kind: ChartKind, { colour }: ChartSpec['channels']): boolean =>
	kind === 'dumbbell' || (colour !== null && kind !== 'slope');

const size = (pixels: number | null, most: number): number | null =>
	pixels !== null && Number.isFinite(pixels) && pixels > 0
		? Math.min(most, Math.max(1, Math.round(pixels)))
		: null;
