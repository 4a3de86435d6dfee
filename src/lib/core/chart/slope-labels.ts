/** The names at the end of slopes: whether they run into one another, and the height at which they no longer do. */
import { groupsOf, keysOf } from './chart-groups.ts';
import type { ChartSpec, ChartTable } from './chart-spec.ts';

/** Pixels of a name, and of what is above and below the frame. */
const LINE = 13;
const AROUND = 50;
/** Plot's own height. */
const OWN_HEIGHT = 400;
const MOST_HEIGHT = 900;

/**
 * Null where the names stand apart, or the chart has none. `height`: at which they do; null where no reasonable one is
 * enough.
 */
export function slopeClash(spec: ChartSpec, table: ChartTable): { height: number | null } | null {
	const { kind, channels, order, zero } = spec;
	const { x, colour } = channels;
	if (kind !== 'slope' || x?.column == null || colour?.column == null) return null;
	const { gather } = colour;
	const series = table.array(colour.column);
	const { keys } = keysOf(spec, table);
	const names = Array.from(keys, (_, row) => {
		const value = series[row];
		return gather && value != null && !gather.keep.some((kept) => kept === value)
			? gather.rest
			: value;
	});
	const rank = (key: string | number) => (order.by === 'list' ? order.values.indexOf(key) : 0);
	const first = (a: string | number, b: string | number) =>
		rank(a) - rank(b) || (order.by === 'name' && a < b ? -1 : 1);
	const all: number[] = zero ? [0] : [];
	const ends: number[] = [];
	for (const name of new Set(names)) {
		if (name == null) continue;
		const mine = keys.map((key, row) => (names[row] === name ? key : null));
		const points = groupsOf(spec, table, mine).filter(({ key }) => rank(key) >= 0);
		all.push(...points.map(({ value }) => value));
		const last = points.reduce<(typeof points)[number] | null>(
			(most, point) => (most && first(point.key, most.key) < 0 ? most : point),
			null
		);
		if (last) ends.push(last.value);
	}
	const range =
		all.reduce((a, b) => Math.max(a, b), -Infinity) -
		all.reduce((a, b) => Math.min(a, b), Infinity);
	ends.sort((a, b) => a - b);
	const least = ends
		.slice(1)
		.reduce((most, end, at) => Math.min(most, end - (ends[at] ?? end)), Infinity);
	if (least === Infinity) return null;
	const needed = Math.ceil((LINE * range) / least + AROUND);
	if (needed <= (spec.height ?? OWN_HEIGHT)) return null;
	return { height: needed <= MOST_HEIGHT ? needed : null };
}
