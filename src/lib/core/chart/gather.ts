/** Many categories as few: the largest keep their name, the others are gathered in one. */
import type { Channel, ChartSpec, ChartTable } from './chart-spec.ts';

/** Channels whose categories can be gathered. */
export type GatheredChannel = 'x' | 'colour';

/** Whether categories are as large as what is measured of them, rather than as the rows that they have. */
export const ranksByMeasure = ({ y }: ChartSpec['channels']): boolean =>
	y !== null &&
	y.column !== null &&
	(y.aggregate === null || y.aggregate === 'sum' || y.aggregate === 'share');

/**
 * The categories of a channel, the largest first: by the sum of what is measured, or by how many rows they have where
 * that is no sum. Of the same size, the one met first.
 */
export function rankCategories(
	spec: ChartSpec,
	name: GatheredChannel,
	table: ChartTable
): (string | number)[] {
	const column = spec.channels[name]?.column;
	if (column == null) return [];
	const values = table.array(column);
	const measure = ranksByMeasure(spec.channels) ? spec.channels.y?.column : null;
	const amounts = measure == null ? null : table.array(measure);
	const sizes = new Map<string | number, number>();
	for (let row = 0; row < table.numRows(); row++) {
		const value = values[row];
		if (typeof value !== 'string' && typeof value !== 'number') continue;
		const amount = amounts ? Number(amounts[row] ?? 0) : 1;
		sizes.set(value, (sizes.get(value) ?? 0) + (Number.isFinite(amount) ? amount : 0));
	}
	return [...sizes].sort(([, a], [, b]) => b - a).map(([value]) => value);
}

/**
 * The chart with the `most` largest categories of a channel, and the others as one.
 * @param ranked the categories, the largest first
 * @param most null: each is itself again
 * @param rest what the others are called; a category of that name is one of them
 */
export function gatherInto(
	spec: ChartSpec,
	name: GatheredChannel,
	ranked: readonly (string | number)[],
	most: number | null,
	rest: string
): ChartSpec {
	const channel = spec.channels[name];
	if (!channel) return spec;
	const keep = ranked.filter((value) => value !== rest).slice(0, most ?? 0);
	const gather = most !== null && keep.length ? { keep, rest } : null;
	const next = { ...spec, channels: { ...spec.channels, [name]: { ...channel, gather } } };
	if (name === 'colour') return next;
	// In the order of their size, the others stand last, however large they are together.
	const sized = spec.order.by === 'value' && spec.order.descending;
	if (gather && (sized || isOrderOf(spec, channel)))
		return { ...next, order: { by: 'list', values: [...keep, rest] }, limit: null };
	return !gather && isOrderOf(spec, channel)
		? { ...next, order: { by: 'value', descending: true } }
		: next;
}

/** Whether the order of the chart is that which gathering gave it. */
const isOrderOf = ({ order }: ChartSpec, { gather }: Channel): boolean =>
	order.by === 'list' &&
	gather !== null &&
	order.values.join('\0') === [...gather.keep, gather.rest].join('\0');

/** How many categories are gathered, of so many. */
export const gatheredOf = ({ gather }: Channel, distinct: number): number =>
	gather ? Math.max(0, distinct - gather.keep.length) : 0;
