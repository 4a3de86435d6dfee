/** What follows from a choice in the panel, so that the chart can be read: its years and colours. */
import type { ChartProfile, ChartSpec } from '$lib/core/chart/chart-spec';
import { paletteOf } from '$lib/core/chart/palettes';
import { isYear, YEAR_FORMAT } from '$lib/core/chart/year-column';

const columnOf = (name: string | null | undefined, { columns }: ChartProfile) =>
	columns.find((column) => column.name === name);

/** Colours that Plot has of its own for categories. */
const PLOTS_COLOURS = 10;

/** Whether some values would have the colour of others, and none would in Plot's own, as far as is known. */
function wantsMoreColours(
	{ channels, kind, palette, highlight }: ChartSpec,
	profile: ChartProfile
): boolean {
	const amounts = kind === 'heatmap' || kind === 'region-tiles';
	const values = columnOf(channels.colour?.column, profile)?.distinct ?? 0;
	const own = paletteOf(palette)?.colours.length ?? Infinity;
	return !amounts && highlight === null && values > own && values <= PLOTS_COLOURS;
}

/**
 * The chart that was chosen, as it is best read.
 * @param before as it was; null for a new chart
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
	// More series than the palette has colours: Plot's own has more. Past those, the panel offers to gather.
	const colour = next.channels.colour?.column;
	if (colour !== before?.channels.colour?.column && wantsMoreColours(next, profile))
		next = { ...next, palette: null };
	return next;
}
