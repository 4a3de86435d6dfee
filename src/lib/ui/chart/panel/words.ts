/** What the panel calls things. */
import type {
	Aggregate,
	Channel,
	CategoryOrder,
	ChannelName,
	ChartKind,
	ChartSpec,
	DateInterval,
	Layout
} from '$lib/core/chart/chart-spec';
import { fitChart } from '$lib/core/chart/chart-kinds';
import { m } from '$lib/paraglide/messages';
import { elided } from '../../elision';

type In = { readonly locale?: 'fr' | 'en' };
type Word = (inputs?: object, options?: In) => string;
/** In the page's language, or in the one that is asked for. */
const say =
	<K extends string>(words: Readonly<Record<K, Word>>) =>
	(key: K, options?: In): string =>
		words[key]({}, options);

export const chartKindName = say<ChartKind>({
	bars: m.chart_kind_bars,
	lines: m.chart_kind_lines,
	areas: m.chart_kind_areas,
	dots: m.chart_kind_dots,
	histogram: m.chart_kind_histogram,
	box: m.chart_kind_box,
	heatmap: m.chart_kind_heatmap,
	'ranked-dots': m.chart_kind_ranked,
	slope: m.chart_kind_slope,
	dumbbell: m.chart_kind_dumbbell,
	funnel: m.chart_kind_funnel,
	waterfall: m.chart_kind_waterfall,
	ageing: m.chart_kind_ageing,
	'region-tiles': m.chart_kind_tiles
});
export const channelName = say<ChannelName>({
	x: m.chart_channel_x,
	y: m.chart_channel_y,
	y2: m.chart_channel_y2,
	colour: m.chart_channel_colour,
	facetX: m.chart_channel_facet_x,
	facetY: m.chart_channel_facet_y,
	size: m.chart_channel_size,
	label: m.chart_channel_label
});
export const aggregateName = say<Aggregate>({
	count: m.chart_aggregate_count,
	sum: m.chart_aggregate_sum,
	mean: m.chart_aggregate_mean,
	median: m.chart_aggregate_median,
	min: m.chart_aggregate_min,
	max: m.chart_aggregate_max,
	distinct: m.chart_aggregate_distinct,
	share: m.chart_aggregate_share
});
export const intervalName = say<DateInterval>({
	day: m.chart_interval_day,
	week: m.chart_interval_week,
	month: m.chart_interval_month,
	quarter: m.chart_interval_quarter,
	year: m.chart_interval_year
});
/** A palette, as what its colours are; a name that is not known stays as it is. */
export const paletteName = (name: string): string => PALETTE_NAMES.get(name)?.() ?? name;
const PALETTE_NAMES: ReadonlyMap<string, Word> = new Map([
	['carnet', m.chart_palette_carnet],
	['dix', m.chart_palette_dix],
	['vif', m.chart_palette_vif],
	['cividis', m.chart_palette_cividis],
	['viridis', m.chart_palette_viridis],
	['bleus', m.chart_palette_bleus],
	['orange-violet', m.chart_palette_orange_violet],
	['rouge-bleu', m.chart_palette_rouge_bleu]
]);
export const layoutName = say<Layout>({
	stacked: m.chart_layout_stacked,
	grouped: m.chart_layout_grouped,
	share: m.chart_layout_share
});
export const orderName = say<CategoryOrder['by']>({
	name: m.chart_order_name,
	value: m.chart_order_value,
	data: m.chart_order_data,
	list: m.chart_order_list
});
export const roleName = say<'category' | 'number' | 'date' | 'region' | 'other'>({
	category: m.chart_role_category,
	number: m.chart_role_number,
	date: m.chart_role_date,
	region: m.chart_role_region,
	other: m.chart_role_other
});

function channelInWords(channel: Channel | null): string {
	if (!channel) return '';
	if (channel.aggregate === 'count') return m.chart_rows_count();
	if (channel.column === null) return m.chart_rows_share();
	if (channel.aggregate) {
		const [aggregate, column] = [aggregateName(channel.aggregate), channel.column];
		// A sum of sums is a sum.
		return column.toLowerCase().startsWith(`${aggregate.toLowerCase()} `)
			? column.charAt(0).toUpperCase() + column.slice(1)
			: elided(m.chart_measure({ aggregate, column }), column);
	}
	return channel.interval
		? m.chart_dates({ column: channel.column, interval: intervalName(channel.interval) })
		: channel.column;
}
const measureOf = ({ kind, channels }: ChartSpec): Channel | null =>
	kind === 'heatmap' || kind === 'region-tiles' ? channels.colour : channels.y;

/** What a chart measures: « Somme de billets ». */
export const measureInWords = (spec: ChartSpec): string => channelInWords(measureOf(spec));

/** What a chart shows, in one line: « Somme de billets selon date (mois), par region ». */
export function chartInWords(spec: ChartSpec): string {
	const { kind, channels } = spec;
	const by = [channels.x, ...(kind === 'heatmap' ? [channels.y] : [])]
		.map(channelInWords)
		.filter(Boolean);
	const series = measureOf(spec) === channels.colour ? '' : channelInWords(channels.colour);
	const text = [measureInWords(spec), by.length ? m.chart_by({ columns: by.join(', ') }) : '']
		.filter(Boolean)
		.join(' ');
	return series ? m.chart_per({ text, column: series }) : text;
}

/**
 * A chart that took the place of another: the title and the title of the axis that were made of what the chart showed
 * say what it shows now; those that people wrote stay.
 */
export function followingWords(was: ChartSpec, next: ChartSpec): ChartSpec {
	const [before, after] = [fitChart(was), fitChart(next)];
	const title =
		next.title === was.title && was.title === chartInWords(before)
			? chartInWords(after)
			: next.title;
	const { label } = next.y;
	const made = label !== null && label === was.y.label && label === measureInWords(before);
	// Cells are measured by their colour: no axis says it.
	const said = measureOf(after) === after.channels.y ? measureInWords(after) : null;
	return { ...next, title, y: made ? { ...next.y, label: said } : next.y };
}
