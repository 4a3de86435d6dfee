/** The marks of bars and their kin: ranked dots, funnels, ages, histograms, boxes, waterfalls, dumbbells. */
import type { Lang } from '../notebook/notebook.ts';
import { bandLabels } from './ageing-bands.ts';
import type { Axes } from './chart-axes.ts';
import type { Channel, ChartSpec } from './chart-spec.ts';
import {
	facets,
	input,
	legible,
	mark,
	paint,
	reduced,
	reducer,
	sorted,
	stacked,
	type Entries,
	type RoledMark
} from './mark-parts.ts';
import {
	Bands,
	Call,
	Constant,
	Listed,
	Name,
	objectOf,
	RUNNING_START,
	type Code
} from './plot-code.ts';

/** The bar of all steps of a waterfall together. */
export const TOTAL = 'Total';

/** Bars, ranked dots with their rule, funnels, and bars by age. */
export function bars(spec: ChartSpec, axes: Axes, lang: Lang): RoledMark[] {
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
					reduced(group, outputs, channelsOf({ fill, offset, order: stacked(spec), sort }))
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

/** A histogram. */
export function histogram(spec: ChartSpec, { measure, series }: Axes): RoledMark[] {
	const { channels, horizontal, layout, table } = spec;
	const { x, y } = channels;
	const options = objectOf({
		[series]: input(x),
		[measure]: input(y),
		...facets(spec),
		fill: paint(spec),
		thresholds: x?.bins == null ? undefined : typeof x.bins === 'number' ? x.bins : [...x.bins],
		interval: x?.interval ?? undefined,
		offset: layout === 'share' ? 'normalize' : undefined,
		order: stacked(spec)
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

/** Boxes. */
export function box(spec: ChartSpec, { measure, series }: Axes): RoledMark[] {
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

/** The list of an order, over a row. */
const listed = ({ channels: { x }, order }: ChartSpec, how: Listed['how']): Code | undefined =>
	order.by === 'list' && x?.column != null ? new Listed(how, x.column, order.values) : undefined;

/** Each step begins where the one before it ends: rows come in the order that steps are drawn in. */
const stepsInOrder = (spec: ChartSpec): Code | undefined =>
	spec.order.by === 'data'
		? sorted(spec, 'x', 'y')
		: (listed(spec, 'indexOf') ?? input(spec.channels.x));

/** A waterfall, with its total where the order of steps is given. */
export function waterfall(spec: ChartSpec): RoledMark[] {
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
		filter: listed(spec, 'includes'),
		sort: stepsInOrder(spec)
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
					objectOf({
						x: new Constant(TOTAL),
						y: input(y),
						filter: listed(spec, 'includes')
					})
				])
			)
		);
	return [...marks, mark('zero', 'ruleY', [0])];
}

/** Dumbbells: a rule and its two ends. */
export function dumbbell(spec: ChartSpec, { measure, series, category }: Axes): RoledMark[] {
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
