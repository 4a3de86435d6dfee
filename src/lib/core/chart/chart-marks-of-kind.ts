/** The marks of each kind of chart, each with its role. */
import type { Lang } from '../notebook/notebook.ts';
import { bandLabels } from './ageing-bands.ts';
import { categoryCode, columnCode, reducerOf, type Axes } from './chart-axes.ts';
import type { Channel, ChartSpec } from './chart-spec.ts';
import { paletteOf } from './palettes.ts';
import {
	Bands,
	Call,
	Constant,
	IDENTITY,
	Name,
	objectOf,
	ROUNDED,
	RUNNING_START,
	type Code,
	type CodeObject
} from './plot-code.ts';
import { REGION_NAMES } from './region-places.ts';

export interface RoledMark {
	/** `main` holds the data; the others go with it. Unique in a chart. */
	readonly role: string;
	readonly code: Call;
}

/** The bar of all steps of a waterfall together. */
export const TOTAL = 'Total';

type Entries = Readonly<Record<string, Code | undefined>>;
type Mark = (role: string, fn: string, ...args: readonly Code[]) => RoledMark;

const mark: Mark = (role, fn, ...args) => ({ role, code: new Call(fn, args) });

/** The options, brought together by a transform where there is something to reduce. */
function reduced(transform: string, outputs: Entries, options: CodeObject): Code {
	const made = objectOf(outputs);
	return Object.keys(made).length ? new Call(transform, [made, options]) : options;
}

/** Legible over marks, in either theme. */
const ON_MARKS: Entries = {
	fill: 'currentColor',
	stroke: 'var(--plot-background)',
	strokeWidth: 4
};

/** Values that are means are written with one decimal at most. */
const legible = (channel: Channel | null, code: Code): Code =>
	channel?.aggregate === 'mean' ? new Call('map', [objectOf({ text: ROUNDED }), code]) : code;

/** A column, its categories gathered where they are; nothing where rows are counted. */
const input = (channel: Channel | null): Code | undefined =>
	channel ? categoryCode(channel) : undefined;
const reducer = (channel: Channel | null): Code | undefined => reducerOf(channel) ?? undefined;

export function marksOfKind(spec: ChartSpec, axes: Axes, lang: Lang): RoledMark[] {
	const { kind } = spec;
	const marks =
		kind === 'dots'
			? dots(spec)
			: kind === 'heatmap'
				? heatmap(spec)
				: kind === 'region-tiles'
					? regionTiles(spec)
					: kind === 'waterfall'
						? waterfall(spec)
						: kind === 'slope'
							? slope(spec)
							: kind === 'dumbbell'
								? dumbbell(spec, axes)
								: kind === 'lines' || kind === 'areas'
									? lines(spec)
									: kind === 'histogram'
										? histogram(spec, axes)
										: kind === 'box'
											? box(spec, axes)
											: bars(spec, axes, lang);
	return [...marks, ...reference(spec, axes), ...annotation(spec)];
}

// ---------------------------------------------------------------- what several kinds have

const facets = ({ channels }: ChartSpec): Entries => ({
	...(channels.facetX && { fx: input(channels.facetX) }),
	...(channels.facetY && { fy: input(channels.facetY) })
});

/** What colours the marks: a column, the category that is highlighted, or the first colour of the palette. */
function paint({ channels, highlight, palette }: ChartSpec): Code | undefined {
	const channel = channels.colour ?? (highlight ? channels.x : null);
	if (channel?.gather) return categoryCode(channel);
	if (channel && channel.column !== null) return columnCode(channel.column);
	return paletteOf(palette)?.colours[0];
}

/** The order of categories on a scale, by the channel that measures them. */
function sorted({ order, limit }: ChartSpec, scale: string, measure: string): Code | undefined {
	const most = limit ?? undefined;
	const by = (value: string): Code => objectOf({ [scale]: value, limit: most });
	switch (order.by) {
		case 'value':
			return by(`${order.descending ? '-' : ''}${measure}`);
		case 'data':
			return objectOf({ [scale]: null });
		case 'name':
			return order.descending ? by(`-${scale}`) : most === undefined ? undefined : by(scale);
		case 'list':
			return undefined;
	}
}

/** Beside the axis of the measure. */
function reference({ reference: at, kind }: ChartSpec, { measure }: Axes): RoledMark[] {
	if (!at) return [];
	const upright = measure === 'y';
	const marks = [
		mark('reference', upright ? 'ruleY' : 'ruleX', [at.value], objectOf({ strokeDasharray: '4 3' }))
	];
	if (at.text !== null)
		marks.push(
			mark(
				'reference-text',
				'text',
				[at.value],
				objectOf({
					[measure]: IDENTITY,
					text: new Constant(at.text),
					frameAnchor: upright ? 'right' : kind === 'box' ? 'bottom' : 'top',
					...(upright ? { textAnchor: 'end', dy: -7 } : { textAnchor: 'start', dx: 5, dy: 6 }),
					...ON_MARKS
				})
			)
		);
	return marks;
}

function annotation({ highlight, horizontal }: ChartSpec): RoledMark[] {
	if (!highlight || highlight.text === null) return [];
	return [
		mark(
			'annotation',
			'text',
			[highlight.text],
			objectOf({
				frameAnchor: horizontal ? 'bottom-right' : 'top-right',
				lineWidth: 18,
				fontWeight: 'bold'
			})
		)
	];
}

// ---------------------------------------------------------------- bars and their kin

function bars(spec: ChartSpec, axes: Axes, lang: Lang): RoledMark[] {
	const { channels, kind, layout, horizontal, table } = spec;
	const { x, y, colour } = channels;
	const { measure, series, category } = axes;
	const data = new Name(table);
	const bins = x?.bins;
	const compared: Code | undefined =
		kind === 'ageing' && x?.column != null && Array.isArray(bins)
			? new Bands(x.column, bins as readonly number[], bandLabels(bins as readonly number[], lang))
			: input(x);
	const places: Entries =
		layout === 'grouped'
			? { [category]: compared, [series]: input(colour) }
			: { [series]: compared };
	const group = horizontal ? 'groupY' : 'groupX';
	const stick = horizontal ? 'ruleY' : 'ruleX';
	const fill = paint(spec);
	const ranked = kind === 'ranked-dots';
	const channelsOf = (more: Entries) =>
		objectOf({ ...places, [measure]: input(y), ...facets(spec), ...more });
	const outputs: Entries = { [measure]: reducer(y) };
	const offset = kind === 'funnel' ? 'center' : layout === 'share' ? 'normalize' : undefined;
	const sort = kind === 'ageing' ? undefined : sorted(spec, category, measure);

	const marks: RoledMark[] = ranked
		? [
				mark('main', stick, data, reduced(group, outputs, channelsOf({ stroke: fill, sort }))),
				mark(
					'dot',
					'dot',
					data,
					reduced(group, outputs, channelsOf({ fill: fill ?? 'currentColor', r: 5 }))
				)
			]
		: [
				mark(
					'main',
					horizontal ? 'barX' : 'barY',
					data,
					reduced(group, outputs, channelsOf({ fill, offset, sort }))
				)
			];
	if (spec.values) {
		const text: Entries = { text: reducer(y) };
		const where: Entries =
			kind === 'funnel'
				? { ...places, text: input(y), frameAnchor: 'middle', fill: 'black', stroke: 'white' }
				: {
						...places,
						[measure]: input(y),
						...facets(spec),
						text: input(y),
						...(horizontal
							? { textAnchor: 'start', dx: ranked ? 9 : 4 }
							: { lineAnchor: 'bottom', dy: ranked ? -9 : -4 })
					};
		marks.push(
			mark(
				'values',
				'text',
				data,
				legible(
					y,
					reduced(group, kind === 'funnel' ? text : { ...outputs, ...text }, objectOf(where))
				)
			)
		);
	}
	if (kind !== 'funnel') marks.push(mark('zero', horizontal ? 'ruleX' : 'ruleY', [0]));
	return marks;
}

function histogram(spec: ChartSpec, { measure, series }: Axes): RoledMark[] {
	const { channels, horizontal, layout, table } = spec;
	const { x, y } = channels;
	const options = objectOf({
		[series]: input(x),
		[measure]: input(y),
		...facets(spec),
		fill: paint(spec),
		thresholds: x?.bins == null ? undefined : typeof x.bins === 'number' ? x.bins : [...x.bins],
		interval: x?.interval ?? undefined,
		offset: layout === 'share' ? 'normalize' : undefined
	});
	return [
		mark(
			'main',
			horizontal ? 'rectX' : 'rectY',
			new Name(table),
			new Call(horizontal ? 'binY' : 'binX', [objectOf({ [measure]: reducer(y) }), options])
		),
		mark('zero', horizontal ? 'ruleX' : 'ruleY', [0])
	];
}

function box(spec: ChartSpec, { measure, series }: Axes): RoledMark[] {
	const { channels, horizontal, table } = spec;
	return [
		mark(
			'main',
			horizontal ? 'boxX' : 'boxY',
			new Name(table),
			objectOf({
				[series]: input(channels.x),
				[measure]: input(channels.y),
				...facets(spec),
				fill: paint(spec)
			})
		)
	];
}

function waterfall(spec: ChartSpec): RoledMark[] {
	const { channels, order, table } = spec;
	const { x, y } = channels;
	const data = new Name(table);
	const by = reducer(y);
	const options = objectOf({
		x: input(x),
		y1: input(y),
		y2: input(y),
		fill: input(y),
		z: null,
		sort: sorted(spec, 'x', 'y')
	});
	const marks = [
		mark(
			'main',
			'barY',
			data,
			new Call('map', [
				objectOf({ y1: RUNNING_START, y2: 'cumsum' }),
				reduced('groupX', { y1: by, y2: by, fill: by }, options)
			])
		)
	];
	// A total must have its place among the steps.
	if (order.by === 'list')
		marks.push(
			mark(
				'total',
				'barY',
				data,
				new Call('groupX', [
					objectOf({ y: by ?? 'sum' }),
					objectOf({ x: new Constant(TOTAL), y: input(y) })
				])
			)
		);
	return [...marks, mark('zero', 'ruleY', [0])];
}

// ---------------------------------------------------------------- lines, areas, dots

/** Lines join points as they come: they must come in their order. */
const inOrder = ({ channels, order }: ChartSpec): Code | undefined =>
	order.by === 'name' ? input(channels.x) : order.by === 'data' ? objectOf({ x: null }) : undefined;

function lines(spec: ChartSpec): RoledMark[] {
	const { channels, kind, layout, table } = spec;
	const { y } = channels;
	const area = kind === 'areas';
	const options = objectOf({
		x: input(channels.x),
		y: input(y),
		...facets(spec),
		[area ? 'fill' : 'stroke']: paint(spec),
		offset: area && layout === 'share' ? 'normalize' : undefined,
		sort: inOrder(spec)
	});
	const marks = [
		mark(
			'main',
			area ? 'areaY' : 'lineY',
			new Name(table),
			reduced('groupX', { y: reducer(y) }, options)
		)
	];
	return area ? [...marks, mark('zero', 'ruleY', [0])] : marks;
}

function slope(spec: ChartSpec): RoledMark[] {
	const { channels, table } = spec;
	const { x, y, colour } = channels;
	const data = new Name(table);
	const by = reducer(y);
	const sort = inOrder(spec);
	return [
		mark(
			'main',
			'lineY',
			data,
			reduced(
				'groupX',
				{ y: by },
				objectOf({ x: input(x), y: input(y), stroke: paint(spec), marker: true, sort })
			)
		),
		mark(
			'names',
			'text',
			data,
			new Call('selectLast', [
				reduced(
					'groupX',
					{ y: by, text: by && 'first' },
					objectOf({
						x: input(x),
						y: input(y),
						z: input(colour),
						text: input(colour),
						textAnchor: 'start',
						dx: 9,
						sort: order(sort)
					})
				)
			])
		)
	];
}

/** Sorted rows; the order of a scale is the main mark's to say. */
const order = (sort: Code | undefined): Code | undefined =>
	typeof sort === 'string' ? sort : undefined;

function dots(spec: ChartSpec): RoledMark[] {
	const { channels, table } = spec;
	const { x, y, size, label } = channels;
	const data = new Name(table);
	const at: Entries = { x: input(x), y: input(y), ...facets(spec) };
	const marks = [
		mark(
			'main',
			'dot',
			data,
			objectOf({ ...at, fill: paint(spec) ?? 'currentColor', fillOpacity: 0.7, r: input(size) })
		)
	];
	if (label)
		marks.push(mark('labels', 'text', data, objectOf({ ...at, text: input(label), dy: -9 })));
	return marks;
}

function dumbbell(spec: ChartSpec, { measure, series, category }: Axes): RoledMark[] {
	const { channels, horizontal, table } = spec;
	const { x, y, y2 } = channels;
	const data = new Name(table);
	const group = horizontal ? 'groupY' : 'groupX';
	const by = reducer(y);
	const [one, two] = [`${measure}1`, `${measure}2`];
	const names = { one: y?.column ?? '', two: y2?.column ?? '' };
	const end = (role: string, channel: Channel | null, name: string) =>
		mark(
			role,
			'dot',
			data,
			reduced(
				group,
				{ [measure]: by },
				objectOf({
					[series]: input(x),
					[measure]: input(channel),
					...facets(spec),
					fill: new Constant(name),
					r: 5
				})
			)
		);
	return [
		mark(
			'main',
			horizontal ? 'ruleY' : 'ruleX',
			data,
			reduced(
				group,
				{ [one]: by, [two]: by },
				objectOf({
					[series]: input(x),
					[one]: input(y),
					[two]: input(y2),
					...facets(spec),
					sort: sorted(spec, category, two)
				})
			)
		),
		end('dot', y, names.one),
		end('dot2', y2, names.two)
	];
}

// ---------------------------------------------------------------- cells

function heatmap(spec: ChartSpec): RoledMark[] {
	const { channels, order: by, table } = spec;
	const { x, y, colour } = channels;
	const data = new Name(table);
	const at: Entries = { x: input(x), y: input(y), ...facets(spec) };
	const amount = reducer(colour);
	const sort = by.by === 'data' ? objectOf({ x: null, y: null }) : undefined;
	const marks = [
		mark(
			'main',
			'cell',
			data,
			reduced('group', { fill: amount }, objectOf({ ...at, fill: input(colour), sort }))
		)
	];
	if (spec.values) marks.push(cellValues(data, at, colour, onCells(spec)));
	return marks;
}

/** Legible on cells, whose colours stay light where values are written; but for those of both sides of zero. */
const onCells = ({ palette }: ChartSpec): Entries =>
	paletteOf(palette)?.use === 'sides'
		? { fill: 'black', stroke: 'white', strokeWidth: 3 }
		: { fill: 'black' };
/** The tile of a region that has no value, in either theme. */
const EMPTY_TILE = '#e3e0d6';

const cellValues = (data: Name, at: Entries, colour: Channel | null, more: Entries): RoledMark =>
	mark(
		'values',
		'text',
		data,
		legible(
			colour,
			reduced('group', { text: reducer(colour) }, objectOf({ ...at, text: input(colour), ...more }))
		)
	);

function regionTiles(spec: ChartSpec): RoledMark[] {
	const { channels, table } = spec;
	const { x, colour } = channels;
	const data = new Name(table);
	const at: Entries = { x: input(x), y: input(x) };
	const here: Entries = { x: IDENTITY, y: IDENTITY };
	const marks = [
		mark('tiles', 'cell', [...REGION_NAMES], objectOf({ ...here, fill: EMPTY_TILE })),
		mark(
			'main',
			'cell',
			data,
			reduced('group', { fill: reducer(colour) }, objectOf({ ...at, fill: input(colour) }))
		),
		mark(
			'names',
			'text',
			[...REGION_NAMES],
			objectOf({
				...here,
				lineWidth: 7,
				dy: spec.values ? -10 : undefined,
				...onCells(spec)
			})
		)
	];
	if (spec.values)
		marks.push(cellValues(data, at, colour, { dy: 16, fontWeight: 'bold', ...onCells(spec) }));
	return marks;
}
