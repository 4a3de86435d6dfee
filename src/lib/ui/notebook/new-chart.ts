/** What a chart over a table begins with: the likeliest one, with the words that the panel has for it. Loaded when asked for. */
import { channelOf, newChart, type ChartColumn, type ChartSpec } from '$lib/core/chart/chart-spec';
import { printChart } from '$lib/core/chart/print-chart';
import { suggestChart } from '$lib/core/chart/suggest-chart';
import { isYear } from '$lib/core/chart/year-column';
import { getLocale } from '$lib/paraglide/runtime';
import { chartInWords, measureInWords } from '../chart/panel/words';
import { bare, categoryOf, measureOf, ONE_EACH, type KnownTable } from './new-cell.ts';

/** Numbers that are moments are not added up; many of them are a length of time, which is. */
const PERIOD =
	/^(annee|year|mois|month|jour|day|semaine|week|trimestre|quarter|heure|hour)([_ .-]|$)/;

/** Without the numbers that name a row or a moment. */
export function measurable({ columns }: KnownTable): ChartColumn[] {
	return columns.flatMap(({ name, type, ...known }) => {
		if (type === null) return [];
		const plain = bare(name);
		const number = type === 'number' || type === 'integer';
		const column = { ...{ missing: 0, min: null, max: null }, ...known, name, type };
		// A year is what a line goes along.
		if (number && isYear(column)) return [column];
		return number && (ONE_EACH.test(plain) || PERIOD.test(plain)) ? [] : [column];
	});
}

/** Bars that lie down, the longest first: what any table can be drawn as before its values are known. */
function plainBars(table: KnownTable): ChartSpec {
	const measure = measureOf(table);
	return newChart(
		table.name,
		'bars',
		{
			x: channelOf(categoryOf(table)),
			y: measure === null ? channelOf(null, { aggregate: 'count' }) : channelOf(measure)
		},
		{
			...{ palette: 'carnet', horizontal: true, labelRoom: 120, limit: 20 },
			order: { by: 'value', descending: true },
			x: { label: '', unit: null, format: null, grid: false }
		}
	);
}

export function chartSource(table: KnownTable): string {
	const profile = { rows: table.rows ?? 0, columns: measurable(table) };
	const likeliest = suggestChart(profile, table.name)[0]?.spec;
	// Texts whose values are not counted yet may well be what the numbers are of.
	const untold = profile.columns.some(({ type, distinct }) => type === 'text' && distinct === null);
	const spread = likeliest?.kind === 'histogram' && untold;
	return wordedChart(likeliest && !spread ? likeliest : plainBars(table));
}

/** The source of a chart, with the words that the panel has for what it shows. */
export function wordedChart(spec: ChartSpec): string {
	const label = measureInWords(spec);
	const measured = spec.kind !== 'heatmap' && spec.kind !== 'region-tiles' && spec.kind !== 'dots';
	return printChart(
		{ ...spec, title: chartInWords(spec), ...(measured && { y: { ...spec.y, label } }) },
		getLocale()
	);
}
