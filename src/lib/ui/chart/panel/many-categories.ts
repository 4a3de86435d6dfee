/** Where a chart has more categories than its reader can tell apart, or would go through. */
import { KINDS } from '../../../core/chart/chart-kinds.ts';
import type { ChartColumn, ChartProfile, ChartSpec } from '../../../core/chart/chart-spec.ts';
import type { GatheredChannel } from '../../../core/chart/gather.ts';
import { paletteOf } from '../../../core/chart/palettes.ts';
import { roleOf } from './turn-into.ts';

export interface ManyCategories {
	readonly name: GatheredChannel;
	/** Categories shown. */
	readonly count: number;
	/** The most that can be told apart, or read. */
	readonly most: number;
	/** How many to keep beside all others. */
	readonly keep: number;
}

/** Colours of no palette of ours: what people tell apart by their names in a legend. */
const MOST_COLOURS = 8;
/** Categories in a row. */
const MOST_BARS = 25;
const KEPT_BARS = 12;

/** The column of a channel whose categories can be gathered; null where they cannot. */
export function gatheredColumn(
	{ kind, channels }: ChartSpec,
	name: GatheredChannel,
	{ columns }: ChartProfile
): ChartColumn | null {
	const channel = channels[name];
	if (!channel || !KINDS[kind].channels[name]?.gather || channel.interval !== null) return null;
	const column = columns.find((each) => each.name === channel.column);
	return column && ['category', 'region'].includes(roleOf(column)) ? column : null;
}

export function manyCategories(spec: ChartSpec, profile: ChartProfile): ManyCategories[] {
	const out: ManyCategories[] = [];
	const shown = (name: GatheredChannel): number => {
		const distinct = gatheredColumn(spec, name, profile)?.distinct ?? 0;
		const gather = spec.channels[name]?.gather;
		return gather ? Math.min(distinct, gather.keep.length + 1) : distinct;
	};
	// What is brought out stands against grey.
	const colours = spec.highlight ? 0 : shown('colour');
	const palette = paletteOf(spec.palette)?.colours.length ?? null;
	// All others are grey, beside a palette of ours.
	const grey = palette !== null && spec.channels.colour?.gather ? 1 : 0;
	const most = palette ?? MOST_COLOURS;
	if (colours > most + grey)
		out.push({ name: 'colour', count: colours, most, keep: palette ?? most - 1 });
	const compared = spec.limit === null && spec.order.by !== 'list' ? shown('x') : 0;
	if (compared > MOST_BARS)
		out.push({ name: 'x', count: compared, most: MOST_BARS, keep: KEPT_BARS });
	return out;
}
