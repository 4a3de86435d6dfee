/** A chart of another kind over the same table: what was chosen stays where it fits, what is missing is looked for. */
import { KINDS, type ChannelRule } from '../../../core/chart/chart-kinds.ts';
import { paletteOf } from '../../../core/chart/palettes.ts';
import { REGION_NAMES } from '../../../core/chart/region-places.ts';
import { roomFor } from '../../../core/chart/suggest-chart.ts';
import {
	CHANNELS,
	channelOf,
	newChart,
	type Channel,
	type ChannelName,
	type ChartColumn,
	type ChartKind,
	type ChartProfile,
	type ChartSpec,
	type DateInterval
} from '../../../core/chart/chart-spec.ts';
import { isYear } from '../../../core/chart/year-column.ts';

type Role = ChannelRule['accepts'][number];

/** What a column can be in a chart. */
export function roleOf({ type, valueType }: ChartColumn): Role | 'other' {
	if (valueType === 'region') return 'region';
	if (valueType === 'identifier' || valueType === 'url') return 'other';
	if (type === 'date' || type === 'datetime') return 'date';
	if (type === 'number' || type === 'integer') return 'number';
	return type === 'text' || type === 'boolean' ? 'category' : 'other';
}

/** A region is a category too. */
const fits = (role: Role | 'other', wanted: Role): boolean =>
	role === wanted || (role === 'region' && wanted === 'category');

/** Of categories, those that are few enough to be told apart come first. */
const FEW = 30;
const worth = ({ distinct }: ChartColumn): number =>
	distinct === null || distinct > FEW ? 1 : distinct < 2 ? 2 : 0;

/** Columns that a channel takes, the best first. */
export function columnsFor(rule: ChannelRule, { columns }: ChartProfile): ChartColumn[] {
	return rule.accepts.flatMap((wanted, at) => {
		const found = columns.filter((column) => {
			const role = roleOf(column);
			return fits(role, wanted) && !rule.accepts.slice(0, at).some((other) => fits(role, other));
		});
		if (wanted === 'category') return found.sort((a, b) => worth(a) - worth(b));
		// Years are the last to be added up, and the first to go along.
		return wanted === 'number' && rule.aggregate !== 'never'
			? found.sort((a, b) => Number(isYear(a)) - Number(isYear(b)))
			: found;
	});
}

const YEAR_MS = 365 * 86_400_000;

/** Dates by month over some years, by year beyond, by day within some months. */
export function intervalFor({ min, max }: Pick<ChartColumn, 'min' | 'max'>): DateInterval {
	if (min === null || max === null) return 'month';
	const years = (max - min) / YEAR_MS;
	return years > 8 ? 'year' : years > 0.25 ? 'month' : 'day';
}

/** A column as this channel would take it at first. */
export function channelFor(rule: ChannelRule, column: ChartColumn): Channel {
	const role = roleOf(column);
	return channelOf(column.name, {
		aggregate: rule.aggregate === 'never' ? null : role === 'number' ? 'sum' : 'distinct',
		interval: rule.interval && role === 'date' ? intervalFor(column) : null
	});
}

/** @param from the chart as it is; null for a new one */
export function turnInto(
	kind: ChartKind,
	from: ChartSpec | null,
	table: string,
	profile: ChartProfile
): ChartSpec {
	const rules = KINDS[kind].channels;
	const used = new Set<string>();
	const channels: Partial<Record<ChannelName, Channel | null>> = {};
	const had = preferring(kind, from, profile);
	const columnNamed = (name: string | null) =>
		profile.columns.find((column) => column.name === name) ?? null;

	for (const name of CHANNELS) {
		const rule = rules[name];
		const channel = had?.[name] ?? null;
		if (!rule || !channel) continue;
		const column = columnNamed(channel.column);
		const known = column !== null && roleOf(column) !== 'other';
		if (channel.column !== null && known && !columnsFor(rule, profile).includes(column)) continue;
		if (channel.column === null && rule.aggregate === 'never') continue;
		if (channel.column !== null) used.add(channel.column);
		const was = from ? KINDS[from.kind].channels[name] : undefined;
		// What is measured was measured otherwise: a sum of what was a plain value.
		const fresh = column && was?.aggregate !== rule.aggregate ? channelFor(rule, column) : null;
		channels[name] = fresh
			? { ...channel, aggregate: channel.aggregate ?? fresh.aggregate }
			: channel;
	}
	for (const name of CHANNELS) {
		const rule = rules[name];
		if (!rule?.required || channels[name]) continue;
		const column = columnsFor(rule, profile).find((each) => !used.has(each.name));
		if (column) {
			used.add(column.name);
			channels[name] = channelFor(rule, column);
		} else if (rule.aggregate !== 'never') channels[name] = channelOf(null, { aggregate: 'count' });
	}
	// A histogram and ages count rows unless a measure was chosen.
	if (rules.y?.aggregate === 'must' && !from?.channels.y)
		channels.y = channelOf(null, { aggregate: 'count' });
	if (kind === 'histogram' && channels.x?.interval === null)
		channels.x = { ...channels.x, bins: channels.x.bins ?? 20 };
	/** For the names of categories that lie beside the chart. */
	const besideRoom = (): number | null => {
		const lies = KINDS[kind].lies[0] === 'horizontal' || (from?.horizontal ?? false);
		const beside = kind === 'heatmap' ? channels.y : lies ? channels.x : null;
		const column = columnNamed(beside?.column ?? null);
		const role = column ? roleOf(column) : null;
		return column && (role === 'category' || role === 'region') ? roomFor(column) : null;
	};
	// Steps follow one another as their rows do.
	const steps = kind === 'waterfall' && from?.kind !== kind ? ({ by: 'data' } as const) : null;
	if (!from)
		return newChart(table, kind, channels, {
			labelRoom: besideRoom(),
			...(steps && { order: steps })
		});
	const none = Object.fromEntries(CHANNELS.map((name) => [name, null])) as ChartSpec['channels'];
	return {
		...{ ...from, kind, table, channels: { ...none, ...channels } },
		order: from.order.by === 'list' ? from.order : (steps ?? from.order),
		// Room was made for other labels, beside another axis.
		labelRoom: kind === from.kind ? from.labelRoom : besideRoom(),
		palette: paletteFor(kind, from.palette),
		legend: from.legend || (channels.colour != null && from.channels.colour === null)
	};
}

/** Colours of amounts are none of categories: those that were chosen for the one are the house's for the other. */
function paletteFor(kind: ChartKind, name: string | null): string | null {
	const amounts = kind === 'heatmap' || kind === 'region-tiles';
	const use = paletteOf(name)?.use;
	return use === undefined || (use !== 'categories') === amounts ? name : amounts ? null : 'carnet';
}

const REGIONS = new Set(REGION_NAMES);
/** A column of regions, by what it is or by the values that are known of it. */
const isOfRegions = (column: ChartColumn): boolean =>
	roleOf(column) === 'region' ||
	(column.top.length > 0 && column.top.every((value) => REGIONS.has(value)));

/** A line is of time where there is one: what was compared becomes its series. */
function preferring(
	kind: ChartKind,
	from: ChartSpec | null,
	profile: ChartProfile
): ChartSpec['channels'] | null {
	const rule = KINDS[kind].channels.x;
	const x = from?.channels.x;
	// A map is of regions where there are any.
	const regions = kind === 'region-tiles' ? profile.columns.filter(isOfRegions) : [];
	const [region] = regions;
	if (region && !regions.some(({ name }) => name === x?.column))
		return {
			...(from?.channels ?? newChart('', kind).channels),
			x: channelOf(region.name)
		};
	if (!from || !x || !rule || rule.accepts[0] !== 'date') return from?.channels ?? null;
	const role = (name: string | null) => {
		const column = profile.columns.find((each) => each.name === name);
		return column ? roleOf(column) : 'other';
	};
	const compared = role(x.column);
	const date =
		profile.columns.find((column) => roleOf(column) === 'date') ?? profile.columns.find(isYear);
	if (!date || (compared !== 'category' && compared !== 'region')) return from.channels;
	return {
		...from.channels,
		x: channelFor(rule, date),
		colour: from.channels.colour ?? channelOf(x.column)
	};
}
