/** The marks of lines, areas, slopes and dots. */
import { stacksIntervals } from './chart-groups.ts';
import type { ChartSpec } from './chart-spec.ts';
import {
	facets,
	input,
	mark,
	paint,
	reduced,
	reducer,
	stacked,
	type Entries,
	type RoledMark
} from './mark-parts.ts';
import { Call, Name, objectOf, type Code } from './plot-code.ts';

/** Lines join points as they come: they must come in their order. */
const inOrder = ({ channels, order }: ChartSpec): Code | undefined =>
	order.by === 'name' ? input(channels.x) : order.by === 'data' ? objectOf({ x: null }) : undefined;

/** Lines or areas. */
export function lines(spec: ChartSpec): RoledMark[] {
	const { channels, kind, layout, table } = spec;
	const { y } = channels;
	const area = kind === 'areas';
	const options = objectOf({
		x: input(channels.x),
		y: input(y),
		...facets(spec),
		[area ? 'fill' : 'stroke']: paint(spec),
		offset: area && layout === 'share' ? 'normalize' : undefined,
		order: area ? stacked(spec) : undefined,
		sort: inOrder(spec)
	});
	const by = reducer(y);
	const drawn = stacksIntervals(spec)
		? new Call('binX', [
				objectOf({ y: by, filter: null }),
				objectOf({ ...options, interval: channels.x?.interval ?? undefined })
			])
		: reduced('groupX', { y: by }, options);
	const marks = [mark('main', area ? 'areaY' : 'lineY', new Name(table), drawn)];
	return area ? [...marks, mark('zero', 'ruleY', [0])] : marks;
}

/** Slopes, named at their end. */
export function slope(spec: ChartSpec): RoledMark[] {
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

/** Dots, with their labels. */
export function dots(spec: ChartSpec): RoledMark[] {
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
