/** What each category of a chart comes to, from its data: what is told of it in words. */
import type { Aggregate, Channel, ChartSpec, ChartTable, DateInterval } from './chart-spec.ts';

/** What a category comes to; a date is its milliseconds, an age band its place. */
export interface Group {
	readonly key: string | number;
	readonly value: number;
}

/** The channel that says how much. */
export const measureOf = ({ kind, channels }: ChartSpec): Channel | null =>
	kind === 'heatmap' || kind === 'region-tiles' ? channels.colour : channels.y;

/** Whether areas stand on one another over intervals, of which none is left out. */
export const stacksIntervals = ({ kind, channels: { x, y, colour } }: ChartSpec): boolean =>
	kind === 'areas' && colour !== null && x?.interval != null && y?.aggregate != null;

/** The beginning of the interval that a date is in, in UTC; weeks begin on Sundays, as Plot's do. */
export function floorDate(time: number, interval: DateInterval | null): number {
	const date = new Date(time);
	const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
	switch (interval) {
		case null:
			return time;
		case 'day':
			return Date.UTC(year, month, day);
		case 'week':
			return Date.UTC(year, month, day - date.getUTCDay());
		case 'month':
			return Date.UTC(year, month);
		case 'quarter':
			return Date.UTC(year, month - (month % 3));
		case 'year':
			return Date.UTC(year, 0);
	}
}

/** The category of each row; null: none. */
export function keysOf(
	spec: ChartSpec,
	table: ChartTable
): { keys: (string | number | null)[]; dates: boolean } {
	const { x } = spec.channels;
	const rows = table.numRows();
	if (x?.column == null) return { keys: Array<string>(rows).fill(''), dates: false };
	const values = table.array(x.column);
	let dates = false;
	const bands =
		spec.kind === 'ageing' && Array.isArray(x.bins) ? (x.bins as readonly number[]) : null;
	const keys = Array.from({ length: rows }, (_, row) => {
		const value = values[row];
		if (value == null) return null;
		if (x.gather && !x.gather.keep.some((kept) => kept === value)) return x.gather.rest;
		if (value instanceof Date) {
			dates = true;
			return floorDate(value.getTime(), x.interval);
		}
		if (bands && typeof value === 'number') {
			const at = bands.findIndex((limit) => value <= limit);
			return at < 0 ? bands.length : at;
		}
		return typeof value === 'number' || typeof value === 'string'
			? value
			: String(value as boolean);
	});
	return { keys, dates };
}

/** A heat map compares cells: the values of both its axes. */
export function cellsOf(
	{ kind, channels }: ChartSpec,
	table: ChartTable,
	keys: readonly (string | number | null)[],
	keyWords: (key: string | number) => string
): readonly (string | number | null)[] {
	if (kind !== 'heatmap' || channels.y?.column == null) return keys;
	const others = table.array(channels.y.column);
	const interval = channels.y.interval;
	return keys.map((key, row) => {
		const other = others[row];
		if (key === null || other == null) return null;
		const named =
			other instanceof Date
				? new Date(floorDate(other.getTime(), interval)).toISOString().slice(0, 10)
				: String(other as string | number | boolean);
		return `${named}, ${keyWords(key)}`;
	});
}

/** Without the categories that a list or a limit leaves out. */
export function shownOf(
	{ kind, order, limit }: ChartSpec,
	groups: readonly Group[]
): readonly Group[] {
	if (kind === 'heatmap') return groups;
	const listed =
		order.by === 'list' ? groups.filter(({ key }) => order.values.includes(key)) : groups;
	if (limit === null || (order.by !== 'value' && order.by !== 'name')) return listed;
	const sign = order.descending ? -1 : 1;
	const compare = (a: Group, b: Group): number =>
		order.by === 'value' ? a.value - b.value : String(a.key) < String(b.key) ? -1 : 1;
	return [...listed].sort((a, b) => sign * compare(a, b)).slice(0, limit);
}

/** Of no rows, these come to nothing; the others have no value. */
const ADDS: ReadonlySet<Aggregate> = new Set(['count', 'distinct', 'sum', 'share']);

/** Days that surely lead from the beginning of an interval into the next one. */
const INTO_NEXT: Readonly<Record<DateInterval, number>> = {
	day: 1,
	week: 7,
	month: 31,
	quarter: 92,
	year: 366
};

/** A date far off by mistake makes no list of all days until then. */
const MOST_INTERVALS = 20_000;

/** Intervals between the first and the last in which no row is. */
function emptyIntervals(
	{ channels: { x } }: ChartSpec,
	keys: readonly (string | number)[]
): number[] {
	const interval = x?.interval;
	const times = keys.filter((key) => typeof key === 'number');
	if (interval == null || times.length < 2 || times.length < keys.length) return [];
	const there = new Set(times);
	const last = times.reduce((a, b) => Math.max(a, b));
	const out: number[] = [];
	let time = times.reduce((a, b) => Math.min(a, b));
	const step = INTO_NEXT[interval] * 86_400_000;
	if ((last - time) / step > MOST_INTERVALS) return [];
	while (time < last) {
		if (!there.has(time)) out.push(time);
		time = floorDate(time + step, interval);
	}
	return out;
}

/** What each category comes to. */
export function groupsOf(
	spec: ChartSpec,
	table: ChartTable,
	keys: readonly (string | number | null)[]
): Group[] {
	const measure = measureOf(spec);
	const column = measure?.column == null ? null : table.array(measure.column);
	const kept = new Map<string | number, unknown[]>();
	for (const [row, key] of keys.entries()) {
		if (key === null) continue;
		const list = kept.get(key);
		if (list) list.push(column ? column[row] : 1);
		else kept.set(key, [column ? column[row] : 1]);
	}
	for (const key of stacksIntervals(spec) ? emptyIntervals(spec, [...kept.keys()]) : [])
		kept.set(key, []);
	const aggregate = measure?.aggregate ?? 'sum';
	const whole =
		aggregate === 'share' ? total(column ? Array.from(column) : keys.map(() => 1)) || 1 : 1;
	return [...kept].flatMap(([key, values]) => {
		const value = values.length || !ADDS.has(aggregate) ? reduce(values, aggregate) : 0;
		return value === null ? [] : [{ key, value: value / whole }];
	});
}

/** The finite numbers among values. */
export const numbersIn = (values: readonly unknown[]): number[] =>
	values.filter((value): value is number => typeof value === 'number' && Number.isFinite(value));
const total = (values: readonly unknown[]): number =>
	numbersIn(values).reduce((sum, value) => sum + value, 0);

/** Rows brought together; null where none of them has a number. */
export function reduce(values: readonly unknown[], aggregate: Aggregate): number | null {
	if (aggregate === 'count') return values.length;
	if (aggregate === 'distinct') return new Set(values).size;
	const numbers = numbersIn(values);
	if (!numbers.length) return null;
	switch (aggregate) {
		case 'sum':
		case 'share':
			return total(numbers);
		case 'mean':
			return total(numbers) / numbers.length;
		case 'min':
			return numbers.reduce((a, b) => Math.min(a, b));
		case 'max':
			return numbers.reduce((a, b) => Math.max(a, b));
		case 'median': {
			const sorted = numbers.sort((a, b) => a - b);
			const middle = sorted.length >> 1;
			const [low = 0, high = 0] = [sorted[sorted.length % 2 ? middle : middle - 1], sorted[middle]];
			return (low + high) / 2;
		}
	}
}
