/**
 * A chart made without code, as plain data. The cell's source is where it lives: `parse-chart.ts` reads it from
 * there, `print-chart.ts` writes it, `draw-chart.ts` draws it without eval, and all three go through one description
 * of the source (`plot-code.ts`), so that what is drawn is what is written.
 *
 * Channels say what they mean and not where they lie: `x` is what is compared (categories, dates, steps), `y` is what
 * is measured; `horizontal` lays the same chart down.
 */
import type { ColumnSummary } from '../protocol/messages.ts';

export const CHART_KINDS = [
	'bars',
	'lines',
	'areas',
	'dots',
	'histogram',
	'box',
	'heatmap',
	'ranked-dots',
	'slope',
	'dumbbell',
	'funnel',
	'waterfall',
	'ageing',
	'region-tiles'
] as const;
export type ChartKind = (typeof CHART_KINDS)[number];

/** Of the rows that one mark stands for. `share` is the part of the total, from 0 to 1. */
export const AGGREGATES = [
	'count',
	'sum',
	'mean',
	'median',
	'min',
	'max',
	'distinct',
	'share'
] as const;
export type Aggregate = (typeof AGGREGATES)[number];

export const DATE_INTERVALS = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type DateInterval = (typeof DATE_INTERVALS)[number];

/** The categories that keep their name; all others become one. */
export interface Gathering {
	readonly keep: readonly (string | number)[];
	/** What the others are called together: « Autres ». */
	readonly rest: string;
}

export interface Channel {
	/** Null with `count` (of rows) or `share` (of rows) only. */
	readonly column: string | null;
	/** Null: each row is a mark. */
	readonly aggregate: Aggregate | null;
	/** Dates of the column are brought together by it. */
	readonly interval: DateInterval | null;
	/** Numbers are brought together: about so many bins, or between these thresholds. */
	readonly bins: number | readonly number[] | null;
	/** Categories of the column are brought together; null: each is itself. */
	readonly gather: Gathering | null;
}

export const CHANNELS = [
	'x',
	'y',
	/** A second measure: the other end of a dumbbell. */
	'y2',
	'colour',
	'facetX',
	'facetY',
	'size',
	'label'
] as const;
export type ChannelName = (typeof CHANNELS)[number];

/** How series share a bar or an area. `share`: each fills 100 %. */
export const LAYOUTS = ['stacked', 'grouped', 'share'] as const;
export type Layout = (typeof LAYOUTS)[number];

/** Order of categories (of `x`, or of both of a heat map's). `name` is Plot's own. */
export type CategoryOrder =
	| { readonly by: 'name'; readonly descending: boolean }
	| { readonly by: 'value'; readonly descending: boolean }
	/** As the rows come. */
	| { readonly by: 'data' }
	/** These, in this order; others are not shown. */
	| { readonly by: 'list'; readonly values: readonly (string | number)[] };

export interface AxisOptions {
	/** Null: the column's name. '' hides it. */
	readonly label: string | null;
	/** Written after the label, in parentheses: `$`, `%`, `billets`. */
	readonly unit: string | null;
	/** d3-format for numbers (`,.0f`), d3-time-format for dates (`%Y-%m`). */
	readonly format: string | null;
	readonly grid: boolean;
}

export interface Highlight {
	/** Values of the `x` category (or of `colour`, for lines) shown in the accent; the others turn grey. */
	readonly values: readonly (string | number)[];
	/** Written in the chart; null for none. */
	readonly text: string | null;
}

/** A line at a value of the measure. */
export interface ReferenceRule {
	readonly value: number;
	readonly text: string | null;
}

/** By `PALETTES` (`palettes.ts`): names of colour lists that people with any colour vision can tell apart. */
export type PaletteName = string;

export interface ChartSpec {
	/** The name that the source gives the table. */
	readonly table: string;
	readonly kind: ChartKind;
	readonly channels: Readonly<Record<ChannelName, Channel | null>>;
	readonly title: string | null;
	readonly subtitle: string | null;
	/** Where the data come from; « Source : » is written before it. */
	readonly source: string | null;
	readonly note: string | null;
	/** The author's alternative text; null: it is generated when the chart is drawn, and not written in the source. */
	readonly alternative: string | null;
	readonly x: AxisOptions;
	readonly y: AxisOptions;
	readonly order: CategoryOrder;
	/** Only the first categories of the order; null: all. Needs an order by value or by name. */
	readonly limit: number | null;
	readonly highlight: Highlight | null;
	/** Null: Plot's own. */
	readonly palette: PaletteName | null;
	readonly horizontal: boolean;
	readonly layout: Layout;
	/** The measure's axis begins at zero. Bars and areas always do. */
	readonly zero: boolean;
	readonly legend: boolean;
	/** Values written on the marks, where the kind can. */
	readonly values: boolean;
	readonly reference: ReferenceRule | null;
	/** Pixels; null: Plot's own. */
	readonly width: number | null;
	readonly height: number | null;
	/** Pixels beside the chart for its category labels; null: Plot's own. */
	readonly labelRoom: number | null;
}

/** A part of the source that the panel does not know, and leaves as it is. */
export interface KeptPart {
	readonly from: number;
	readonly to: number;
	readonly text: string;
}

/** A chart where it stands in a cell's source. */
export interface ChartSource {
	readonly spec: ChartSpec;
	/** Where its `Plot.plot(…)` (or `Plot.barY(…).plot(…)`) stands. */
	readonly from: number;
	readonly to: number;
	/** Marks, options and values that only code can change: shown as « gardé tel quel ». */
	readonly kept: readonly KeptPart[];
}

/** What is known of a column when a chart is proposed; a `ColumnSummary` will do. */
export type ChartColumn = Pick<
	ColumnSummary,
	'name' | 'type' | 'valueType' | 'missing' | 'distinct' | 'min' | 'max' | 'top'
>;

export interface ChartProfile {
	readonly rows: number;
	readonly columns: readonly ChartColumn[];
}

export interface ChartSuggestion {
	readonly spec: ChartSpec;
	/** Why this chart, in one line. */
	readonly reason: { readonly fr: string; readonly en: string };
}

/** A table, column by column, as Arquero has it. */
export interface ChartTable {
	numRows(): number;
	columnNames(): string[];
	array(name: string): ArrayLike<unknown>;
}

/** The same chart with fewer marks. */
export interface MarksRemedy {
	readonly kind: 'aggregate' | 'bin' | 'interval' | 'limit';
	/** The column that it is about, where there is one. */
	readonly column: string | null;
	readonly spec: ChartSpec;
	readonly marks: number;
}

/** How many marks a chart comes to, from what is known of its columns. */
export interface MarksEstimate {
	readonly marks: number;
	/** `many`: slow to show and hard to read; `too-many`: it will not be drawn. */
	readonly verdict: 'fine' | 'many' | 'too-many';
	/** Fewest marks last; empty where `fine`. */
	readonly remedies: readonly MarksRemedy[];
}

const AXIS: AxisOptions = { label: null, unit: null, format: null, grid: false };

const NO_CHANNELS: ChartSpec['channels'] = {
	x: null,
	y: null,
	y2: null,
	colour: null,
	facetX: null,
	facetY: null,
	size: null,
	label: null
};

/** A column as it is. */
export const channelOf = (column: string | null, more: Partial<Channel> = {}): Channel => ({
	column,
	aggregate: null,
	interval: null,
	bins: null,
	gather: null,
	...more
});

/** A chart of this kind with nothing said but this. */
export const newChart = (
	table: string,
	kind: ChartKind,
	channels: Partial<ChartSpec['channels']> = {},
	more: Partial<Omit<ChartSpec, 'table' | 'kind' | 'channels'>> = {}
): ChartSpec => ({
	table,
	kind,
	channels: { ...NO_CHANNELS, ...channels },
	title: null,
	subtitle: null,
	source: null,
	note: null,
	alternative: null,
	x: AXIS,
	y: AXIS,
	order: { by: 'name', descending: false },
	limit: null,
	highlight: null,
	palette: null,
	horizontal: false,
	layout: 'stacked',
	zero: false,
	legend: false,
	values: false,
	reference: null,
	width: null,
	height: null,
	labelRoom: null,
	...more
});

/*
 * The functions over a `ChartSpec`, each in its own file:
 *
 * print-chart.ts     printChart(spec: ChartSpec, lang: Lang): string
 * parse-chart.ts     parseChart(source: string): ChartSource | null
 * edit-chart.ts      editChart(source: string, chart: ChartSource, next: ChartSpec, lang: Lang): TextEdit[]
 * draw-chart.ts      drawChart(Plot: PlotNamespace, spec: ChartSpec, table: unknown, lang: Lang): unknown
 * suggest-chart.ts   suggestChart(profile: ChartProfile, table: string): ChartSuggestion[]
 * describe-chart.ts  describeChart(spec: ChartSpec, table: ChartTable, lang: Lang): string
 *                    describeCell(source, tableOf, lang): string | null, for the worker when it draws a cell
 * chart-marks.ts     marksOf(spec: ChartSpec, profile: ChartProfile): MarksEstimate
 * gather.ts          which categories are the largest, and the chart with the others gathered
 * chart-kinds.ts     KINDS: which channels and options each kind takes; fitChart(spec): the chart without the rest
 *                    missingChannels(spec): what it cannot be drawn without
 * palettes.ts        PALETTES: name, colours, what for (categories, amounts, either side of zero), source
 */
