/**
 * Areas stacked on one another need a value of each series at each place. Dates brought together have one: an interval
 * without rows is empty, not left out. Elsewhere what is missing can only be told.
 */
import { keysOf, stacksIntervals } from './chart-groups.ts';
import type { ChartSpec, ChartTable } from './chart-spec.ts';

/** How many series have no row at some place of the axis; 0 where the chart draws none on another, or fills them. */
export function seriesWithGaps(spec: ChartSpec, table: ChartTable): number {
	const { kind, channels } = spec;
	const { colour, facetX, facetY } = channels;
	if (kind !== 'areas' || colour?.column == null || stacksIntervals(spec)) return 0;
	const { gather } = colour;
	const series = table.array(colour.column);
	const panels = [facetX, facetY].flatMap((facet) =>
		facet?.column == null ? [] : [table.array(facet.column)]
	);
	const { keys } = keysOf(spec, table);
	const places = new Map<string, Set<unknown>>();
	const found = new Map<string, Map<unknown, Set<unknown>>>();
	for (const [row, key] of keys.entries()) {
		const value = series[row];
		if (key === null || value == null) continue;
		const name = gather && !gather.keep.some((kept) => kept === value) ? gather.rest : value;
		const panel = JSON.stringify(panels.map((of) => of[row] ?? null));
		const there = places.get(panel) ?? new Set();
		places.set(panel, there.add(key));
		const inPanel = found.get(panel) ?? new Map<unknown, Set<unknown>>();
		found.set(panel, inPanel.set(name, (inPanel.get(name) ?? new Set()).add(key)));
	}
	const short = new Set<unknown>();
	for (const [panel, names] of found)
		for (const [name, has] of names) if (has.size < (places.get(panel)?.size ?? 0)) short.add(name);
	return short.size;
}
