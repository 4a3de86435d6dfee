/** How many marks a chart comes to, before it is drawn, and what makes fewer of them. */
import { KINDS, fitChart } from './chart-kinds.ts';
import {
	channelOf,
	newChart,
	type Channel,
	type ChartColumn,
	type ChartProfile,
	type ChartSpec,
	type DateInterval,
	type MarksEstimate,
	type MarksRemedy
} from './chart-spec.ts';

/** Above, a chart is slow to show and hard to read. */
export const MANY_MARKS = 10_000;
/** Above, a chart is not drawn: the sandbox refuses a picture of so many elements. */
export const MOST_MARKS = 60_000;

const DAY = 86_400_000;
const SPANS: Readonly<Record<DateInterval, number>> = {
	day: DAY,
	week: 7 * DAY,
	month: 30.4 * DAY,
	quarter: 91.3 * DAY,
	year: 365.25 * DAY
};

/** `marks` is an upper estimate: combinations of categories that do not occur are counted too. */
export function marksOf(given: ChartSpec, profile: ChartProfile): MarksEstimate {
	const marks = countOf(given, profile);
	if (marks < MANY_MARKS) return { marks, verdict: 'fine', remedies: [] };
	const remedies = remediesOf(fitChart(given), profile)
		.map((remedy) => ({ ...remedy, marks: countOf(remedy.spec, profile) }))
		.filter((remedy) => remedy.marks < marks)
		.sort((a, b) => b.marks - a.marks);
	return { marks, verdict: marks > MOST_MARKS ? 'too-many' : 'many', remedies };
}

function countOf(given: ChartSpec, { rows, columns }: ChartProfile): number {
	const spec = fitChart(given);
	const { kind, channels } = spec;
	const column = (channel: Channel | null): ChartColumn | null =>
		columns.find(({ name }) => name === channel?.column) ?? null;
	/** Values of a channel once brought together. */
	const valuesOf = (channel: Channel | null): number => {
		if (!channel) return 1;
		const about = column(channel);
		const every = about?.distinct ?? rows;
		const distinct = channel.gather ? Math.min(every, channel.gather.keep.length + 1) : every;
		if (channel.bins !== null)
			return typeof channel.bins === 'number' ? channel.bins + 1 : channel.bins.length + 1;
		if (channel.interval && about?.min != null && about.max != null)
			return Math.min(distinct, Math.ceil((about.max - about.min) / SPANS[channel.interval]) + 1);
		return distinct;
	};
	const { x, y, colour, facetX, facetY } = channels;
	const facets = valuesOf(facetX) * valuesOf(facetY);
	const limited = (count: number) => Math.min(count, spec.limit ?? count);
	const most = (count: number) => Math.min(rows, Math.ceil(count));
	switch (kind) {
		case 'histogram':
			return most((x?.bins === null && !x.interval ? 40 : valuesOf(x)) * valuesOf(colour) * facets);
		case 'box':
			return most(valuesOf(x) * facets * 5);
		case 'dots':
			return channels.label ? rows * 2 : rows;
		case 'heatmap':
			return colour?.aggregate ? most(valuesOf(x) * valuesOf(y) * facets) : rows;
		case 'region-tiles':
			return colour?.aggregate ? 17 : rows;
		case 'dumbbell':
			return 3 * (y?.aggregate ? most(limited(valuesOf(x)) * facets) : rows);
		default: {
			const grouped = y?.aggregate ? most(limited(valuesOf(x)) * valuesOf(colour) * facets) : rows;
			return kind === 'ranked-dots' ? grouped * 2 : grouped;
		}
	}
}

function remediesOf(spec: ChartSpec, { columns }: ChartProfile): Omit<MarksRemedy, 'marks'>[] {
	const { kind, channels } = spec;
	const { x, y, colour } = channels;
	const out: Omit<MarksRemedy, 'marks'>[] = [];
	const withChannels = (more: Partial<ChartSpec['channels']>): ChartSpec =>
		fitChart({ ...spec, channels: { ...channels, ...more } });
	const about = (channel: Channel | null) => columns.find(({ name }) => name === channel?.column);
	const isDate = (channel: Channel | null) => /^date/.test(about(channel)?.type ?? '');
	const measure = kind === 'heatmap' || kind === 'region-tiles' ? colour : y;
	const measured = kind === 'heatmap' || kind === 'region-tiles' ? 'colour' : 'y';
	if (measure && !measure.aggregate && KINDS[kind].channels[measured]?.aggregate !== 'never')
		out.push({
			kind: 'aggregate',
			column: x?.column ?? null,
			spec: withChannels({ [measured]: { ...measure, aggregate: 'sum' } })
		});
	if (x && isDate(x) && KINDS[kind].channels.x?.interval)
		for (const interval of ['week', 'month', 'year'] as const) {
			if (x.interval === interval) continue;
			const summed =
				measure && !measure.aggregate ? { ...measure, aggregate: 'sum' as const } : measure;
			out.push({
				kind: 'interval',
				column: x.column,
				spec: withChannels({ x: { ...x, interval }, [measured]: summed })
			});
		}
	if (kind === 'dots')
		for (const channel of [x, y])
			if (channel && about(channel)?.type !== 'text' && !isDate(channel))
				out.push({
					kind: 'bin',
					column: channel.column,
					spec: fitChart(
						newChart(
							spec.table,
							'histogram',
							{
								x: channelOf(channel.column, { bins: 30 }),
								y: channelOf(null, { aggregate: 'count' })
							},
							{
								title: spec.title,
								subtitle: spec.subtitle,
								source: spec.source,
								note: spec.note,
								palette: spec.palette
							}
						)
					)
				});
	if (KINDS[kind].orders.includes('value') && !x?.interval && (spec.limit ?? Infinity) > 20)
		out.push({
			kind: 'limit',
			column: x?.column ?? null,
			spec: fitChart({
				...spec,
				channels: { ...channels, y: y && { ...y, aggregate: y.aggregate ?? 'sum' } },
				order: { by: 'value', descending: true },
				limit: 20
			})
		});
	return out;
}
