/**
 * A chart in words, from its data: what a reader who does not see it is told. What is shown, the range, the highest
 * and the lowest, and for lines where they go. Generated each time a chart is drawn, unless its author wrote one.
 */
import type { Lang } from '../notebook/notebook.ts';
import { bandLabels } from './ageing-bands.ts';
import {
	cellsOf,
	groupsOf,
	keysOf,
	measureOf,
	numbersIn,
	reduce,
	shownOf,
	type Group
} from './chart-groups.ts';
import { fitChart, missingChannels } from './chart-kinds.ts';
import { parseChart } from './parse-chart.ts';
import type { Aggregate, Channel, ChartSpec, ChartTable } from './chart-spec.ts';

const KIND_WORDS: Readonly<Record<ChartSpec['kind'], Readonly<Record<Lang, string>>>> = {
	bars: { fr: 'Diagramme à barres', en: 'Bar chart' },
	lines: { fr: 'Courbes', en: 'Line chart' },
	areas: { fr: 'Aires', en: 'Area chart' },
	dots: { fr: 'Nuage de points', en: 'Scatterplot' },
	histogram: { fr: 'Histogramme', en: 'Histogram' },
	box: { fr: 'Boîtes à moustaches', en: 'Box plot' },
	heatmap: { fr: 'Carte de chaleur', en: 'Heat map' },
	'ranked-dots': { fr: 'Points classés', en: 'Ranked dots' },
	slope: { fr: 'Pentes', en: 'Slope chart' },
	dumbbell: { fr: 'Haltères', en: 'Dumbbell chart' },
	funnel: { fr: 'Entonnoir', en: 'Funnel' },
	waterfall: { fr: 'Cascade', en: 'Waterfall' },
	ageing: { fr: 'Barres par âge', en: 'Bars by age' },
	'region-tiles': {
		fr: 'Carte en tuiles des régions du Québec',
		en: 'Tile map of Québec’s regions'
	}
};

const AGGREGATE_WORDS: Readonly<Record<Aggregate, Readonly<Record<Lang, string>>>> = {
	count: { fr: 'nombre de lignes', en: 'number of rows' },
	sum: { fr: 'somme de', en: 'sum of' },
	mean: { fr: 'moyenne de', en: 'mean of' },
	median: { fr: 'médiane de', en: 'median of' },
	min: { fr: 'minimum de', en: 'minimum of' },
	max: { fr: 'maximum de', en: 'maximum of' },
	distinct: { fr: 'nombre de valeurs distinctes de', en: 'number of distinct values of' },
	share: { fr: 'part de', en: 'share of' }
};

const quoted = (text: string, lang: Lang) =>
	lang === 'fr' ? `«\u00a0${text}\u00a0»` : `“${text}”`;

/** What may stand around a chart that is the whole of its cell. */
const BEFORE = /^\s*(?:(?:const|let|var)\s+[\w$]+\s*=\s*|display\(\s*)?$/;
const AFTER = /^\s*\)?\s*;?\s*$/;
/** Parts that the panel does not know, and that change no figure of what is drawn. */
const HARMLESS =
	/^(?:(?:tip|width|height|style|className|nice|grid|ticks|opacity|strokeWidth|margin\w*|inset\w*|tick\w+)\s*:|Plot\.(?:rule|axis|grid|frame|tip|crosshair)\w*\()/;

/**
 * The words for the chart of a cell, from its source; null where its author wrote some, or where the panel does not
 * know the chart. Figures are said only where they are those that the chart shows: code around it, or in it, may draw
 * something else than its table.
 * @param tableOf the table that a name stands for; null: no figure of it is said
 */
export function describeCell(
	source: string,
	tableOf: (name: string) => ChartTable | null,
	lang: Lang
): string | null {
	const chart = parseChart(source);
	if (!chart || chart.spec.alternative !== null || /\baria(Label|Description)\b/.test(source))
		return null;
	const { spec, from, to, kept } = chart;
	const whole = BEFORE.test(source.slice(0, from)) && AFTER.test(source.slice(to));
	const known = whole && kept.every(({ text }) => HARMLESS.test(text)) && showsTotals(spec);
	const table = known && spec.table !== '' ? tableOf(spec.table) : null;
	return table ? describeChart(spec, table, lang) : sayChart(spec, lang);
}

/** Each category stands once in the chart, as what it comes to: not cut in panels, or in series side by side. */
function showsTotals({
	kind,
	layout,
	channels: { x, colour, facetX, facetY }
}: ChartSpec): boolean {
	if (facetX || facetY) return false;
	if (kind === 'heatmap' || kind === 'region-tiles' || kind === 'dots' || !colour) return true;
	if (colour.column === x?.column) return true;
	return (kind === 'bars' || kind === 'areas') && layout === 'stacked';
}

/** What a chart shows, without a figure. */
export function sayChart(given: ChartSpec, lang: Lang): string {
	const spec = fitChart(given);
	const kind = KIND_WORDS[spec.kind][lang];
	if (missingChannels(spec).length) return `${kind}.`;
	return `${kind}${lang === 'fr' ? '\u00a0: ' : ': '}${subject(spec, lang)}.`;
}

/** A few sentences; that there is nothing to show is one of them. */
export function describeChart(given: ChartSpec, table: ChartTable, lang: Lang): string {
	const spec = fitChart(given);
	const names = new Set(table.columnNames());
	const known = (channel: Channel | null) => channel?.column == null || names.has(channel.column);
	if (missingChannels(spec).length || !Object.values(spec.channels).every(known))
		return `${KIND_WORDS[spec.kind][lang]}.`;
	const start = sayChart(spec, lang);
	if (table.numRows() === 0) return `${start} ${lang === 'fr' ? 'Aucune donnée.' : 'No data.'}`;
	const said = sentences(spec, table, lang);
	return [start, ...said].join(' ');
}

/** A chart's kind, as one says it. */
export const chartKindWords = (kind: ChartSpec['kind'], lang: Lang): string =>
	KIND_WORDS[kind][lang];

/** « somme de « prix » »; '' for a channel that shows nothing. */
export function channelWords(channel: Channel | null, lang: Lang): string {
	if (!channel) return '';
	const column = quoted(channel.column ?? '', lang);
	if (!channel.aggregate) return column;
	const words = AGGREGATE_WORDS[channel.aggregate][lang];
	if (channel.aggregate === 'count') return words;
	if (channel.column === null) return lang === 'fr' ? 'part des lignes' : 'share of rows';
	return `${words} ${column}`;
}

function subject(spec: ChartSpec, lang: Lang): string {
	const { x, y, y2, colour } = spec.channels;
	const french = lang === 'fr';
	const measured = measureOf(spec);
	const of = (channel: Channel | null): string => channelWords(channel, lang);
	const at = (channel: Channel | null) => quoted(channel?.column ?? '', lang);
	if (spec.kind === 'dots') return french ? `${at(y)} selon ${at(x)}` : `${at(y)} against ${at(x)}`;
	if (spec.kind === 'heatmap')
		return french
			? `${of(colour)} par ${at(y)} et ${at(x)}`
			: `${of(colour)} by ${at(y)} and ${at(x)}`;
	const both = spec.kind === 'dumbbell' ? ` ${french ? 'et' : 'and'} ${of(y2)}` : '';
	const by = x ? ` ${french ? 'par' : 'by'} ${at(x)}` : '';
	const series =
		colour && colour !== measured ? ` ${french ? 'et par' : 'and by'} ${at(colour)}` : '';
	return `${of(measured)}${both}${by}${series}`;
}

// ---------------------------------------------------------------- numbers and dates

interface Writing {
	number(value: number): string;
	key(value: string | number): string;
}

function writingOf(spec: ChartSpec, lang: Lang, dates: boolean): Writing {
	const locale = lang === 'fr' ? 'fr-CA' : 'en-CA';
	const share = measureOf(spec)?.aggregate === 'share';
	const format = new Intl.NumberFormat(locale, {
		maximumFractionDigits: 1,
		...(share && { style: 'percent' })
	});
	const interval = spec.channels.x?.interval;
	const day = new Intl.DateTimeFormat(locale, {
		timeZone: 'UTC',
		year: 'numeric',
		...(interval !== 'year' && { month: 'long' }),
		...(interval !== 'year' && interval !== 'month' && interval !== 'quarter' && { day: 'numeric' })
	});
	// Shares of a whole are drawn in hundredths; what is said is what each whole comes to.
	const unit = spec.layout === 'share' ? null : spec.y.unit;
	const quarter = (time: number): string => {
		const date = new Date(time);
		const rank = Math.floor(date.getUTCMonth() / 3) + 1;
		return `${lang === 'fr' ? 'T' : 'Q'}${rank} ${date.getUTCFullYear()}`;
	};
	const gap = lang === 'fr' ? '\u00a0' : '';
	return {
		number: (value) =>
			unit === null || share
				? format.format(value)
				: unit === '$' && lang === 'en'
					? `$${format.format(value)}`
					: `${format.format(value)}${/^[%$]$/.test(unit) ? gap : ' '}${unit}`,
		key: (value) =>
			dates && typeof value === 'number'
				? interval === 'quarter'
					? quarter(value)
					: day.format(value).replace(/^1(?=\s\p{L})/u, '1er')
				: typeof value === 'number'
					? String(value)
					: value
	};
}

// ---------------------------------------------------------------- sentences

function sentences(spec: ChartSpec, table: ChartTable, lang: Lang): string[] {
	const french = lang === 'fr';
	const { keys, dates } = keysOf(spec, table);
	const write = writingOf(spec, lang, dates);
	if (spec.kind === 'dots' || spec.kind === 'histogram' || spec.kind === 'box')
		return spread(spec, table, lang);
	const groups = shownOf(spec, groupsOf(spec, table, cellsOf(spec, table, keys, write.key)));
	if (!groups.length) return [french ? 'Aucune donnée.' : 'No data.'];
	const labels =
		spec.kind === 'ageing' && Array.isArray(spec.channels.x?.bins)
			? bandLabels(spec.channels.x.bins as readonly number[], lang)
			: null;
	const named = (key: string | number) =>
		labels && typeof key === 'number' ? (labels[key] ?? '') : write.key(key);
	const at = ({ key, value }: Group) => `${named(key)} (${write.number(value)})`;
	const rest = spec.channels.x?.gather?.rest;
	const together = groups.length > 1 ? groups.find(({ key }) => key === rest) : undefined;
	const ranked = groups.filter((group) => group !== together).sort((a, b) => b.value - a.value);
	const [most] = ranked;
	const least = ranked.at(-1);
	if (!most || !least) return [];
	const others = together
		? [
				french
					? `Toutes les autres ensemble\u00a0: ${write.number(together.value)}.`
					: `All others together: ${write.number(together.value)}.`
			]
		: [];
	if (ranked.length === 1)
		return [
			french ? `Une seule valeur\u00a0: ${at(most)}.` : `A single value: ${at(most)}.`,
			...others
		];
	const out = [
		french
			? `Le plus élevé\u00a0: ${at(most)}. Le plus bas\u00a0: ${at(least)}.`
			: `Highest: ${at(most)}. Lowest: ${at(least)}.`
	];
	if (dates || spec.kind === 'lines' || spec.kind === 'areas' || spec.kind === 'slope')
		out.push(...trend(groups, named, write, lang));
	else
		out.unshift(
			french ? `${ranked.length} valeurs comparées.` : `${ranked.length} values compared.`
		);
	return [...out, ...others];
}

function trend(
	groups: readonly Group[],
	named: (key: string | number) => string,
	write: Writing,
	lang: Lang
): string[] {
	const french = lang === 'fr';
	const ordered = [...groups].sort((a, b) =>
		typeof a.key === 'number' && typeof b.key === 'number'
			? a.key - b.key
			: String(a.key) < String(b.key)
				? -1
				: 1
	);
	const [first] = ordered;
	const last = ordered.at(-1);
	if (!first || !last) return [];
	const change = first.value === 0 ? null : (last.value - first.value) / Math.abs(first.value);
	// Under five hundredths, nobody would say that it moved.
	const steady = change !== null && Math.abs(change) < 0.05;
	const up = last.value > first.value;
	const word = french
		? steady
			? 'Stable'
			: up
				? 'En hausse'
				: 'En baisse'
		: steady
			? 'Steady'
			: up
				? 'Rising'
				: 'Falling';
	const [from, to] = [write.number(first.value), write.number(last.value)];
	return [
		french
			? `${word}\u00a0: de ${from} (${named(first.key)}) à ${to} (${named(last.key)}).`
			: `${word}: from ${from} (${named(first.key)}) to ${to} (${named(last.key)}).`
	];
}

/** Of charts that do not bring rows together: between what and what, and the middle. */
function spread(spec: ChartSpec, table: ChartTable, lang: Lang): string[] {
	const french = lang === 'fr';
	const { x, y } = spec.channels;
	const shown = spec.kind === 'histogram' ? [x] : spec.kind === 'box' ? [y] : [x, y];
	return shown.flatMap((channel) => {
		if (channel?.column == null) return [];
		const values = Array.from(table.array(channel.column));
		const numbers = numbersIn(values);
		const [low, high, middle] = (['min', 'max', 'median'] as const).map((by) =>
			reduce(numbers, by)
		);
		if (low == null || high == null || middle == null) return [];
		const plain = writingOf({ ...spec, y: channel === y ? spec.y : spec.x }, lang, false);
		const [a, b, c] = [low, high, middle].map((value) => plain.number(value));
		return [
			french
				? `${quoted(channel.column, lang)} va de ${a} à ${b}; la médiane est ${c}.`
				: `${quoted(channel.column, lang)} goes from ${a} to ${b}; the median is ${c}.`
		];
	});
}
