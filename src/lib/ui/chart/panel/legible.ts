/** What follows from a choice in the panel, so that the chart stays true and can be read: its words, years, colours. */
import type { ChartProfile, ChartSpec } from '$lib/core/chart/chart-spec';
import { paletteOf } from '$lib/core/chart/palettes';
import { isYear, YEAR_FORMAT } from '$lib/core/chart/year-column';
import { chartInWords, measureInWords } from './words.ts';

/** Colours that Plot has of its own for categories. */
const OWN_COLOURS = 10;

const columnOf = (name: string | null | undefined, { columns }: ChartProfile) =>
	columns.find((column) => column.name === name);

/** How many values share how few colours; null where each has its own, or what is not known. */
function sharedColours(
	{ channels, kind, palette, highlight }: ChartSpec,
	profile: ChartProfile
): { values: number; colours: number } | null {
	const amounts = kind === 'heatmap' || kind === 'region-tiles';
	const values = columnOf(channels.colour?.column, profile)?.distinct ?? 0;
	const colours = paletteOf(palette)?.colours.length ?? OWN_COLOURS;
	return !amounts && highlight === null && values > colours ? { values, colours } : null;
}

/**
 * The chart that was chosen, as it is best read.
 * @param before as it was in the source; null for a new chart
 */
export function legible(
	chosen: ChartSpec,
	before: ChartSpec | null,
	profile: ChartProfile
): ChartSpec {
	let next = chosen;
	const x = next.channels.x?.column;
	const kept = before && x === before.channels.x?.column && next.kind === before.kind;
	if (!kept) {
		const years = columnOf(x, profile);
		const format = years && isYear(years) ? YEAR_FORMAT : null;
		if (next.x.format === null || next.x.format === YEAR_FORMAT)
			next = { ...next, x: { ...next.x, format } };
	}
	// More series than the palette has colours: Plot's own has more.
	const colour = next.channels.colour?.column;
	if (colour !== before?.channels.colour?.column && sharedColours(next, profile))
		next = { ...next, palette: null };
	if (!before) return next;
	// Words that the chart was given by itself go on saying what it shows.
	const title = before.title !== null && before.title === chartInWords(before);
	if (title && next.title === before.title) next = { ...next, title: chartInWords(next) };
	const label = before.y.label !== null && before.y.label === measureInWords(before);
	if (label && next.y.label === before.y.label)
		next = { ...next, y: { ...next.y, label: measureInWords(next) } };
	return next;
}
