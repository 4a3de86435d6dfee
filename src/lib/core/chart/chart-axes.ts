/** Which of Plot's position scales hold what is compared and what is measured. */
import type { Aggregate, Channel, ChartSpec } from './chart-spec.ts';
import { CSS_COLOURS } from './css-colours.ts';
import { Gathered, objectOf, type Code } from './plot-code.ts';

export interface Axes {
	/** Of the `x` channel: `fx` or `fy` where bars stand side by side. */
	readonly category: 'x' | 'y' | 'fx' | 'fy';
	/** Within a category: of the series where bars stand side by side, else of the category itself. */
	readonly series: 'x' | 'y';
	readonly measure: 'x' | 'y';
}

export function axesOf({ horizontal, layout }: ChartSpec): Axes {
	const series = horizontal ? 'y' : 'x';
	const facet = horizontal ? 'fy' : 'fx';
	return {
		category: layout === 'grouped' ? facet : series,
		series,
		measure: horizontal ? 'x' : 'y'
	};
}

/** Names of Plot's reducers. */
export const REDUCERS: Readonly<Record<Aggregate, string>> = {
	count: 'count',
	sum: 'sum',
	mean: 'mean',
	median: 'median',
	min: 'min',
	max: 'max',
	distinct: 'distinct',
	share: 'proportion'
};

/** Plot's word for how a channel is brought together. */
export const reducerOf = (channel: Channel | null): string | null =>
	channel?.aggregate ? REDUCERS[channel.aggregate] : null;

/** A category as a channel: its column, or what its column is gathered in. */
export const categoryCode = ({ column, gather }: Channel): Code | undefined =>
	column !== null && gather
		? new Gathered(column, gather.keep, gather.rest)
		: (column ?? undefined);

/** A column as a channel. Plot takes a colour's name for the colour itself. */
export const columnCode = (column: string): Code =>
	isColourName(column) ? objectOf({ value: column }) : column;

/** Whether Plot takes a text for a colour rather than for a column. */
export function isColourName(text: string): boolean {
	const colour = text.toLowerCase().trim();
	return (
		CSS_COLOURS.has(colour) ||
		/^#[0-9a-f]{3,8}$/.test(colour) ||
		/^(?:url|var|rgb|rgba|hsl|hsla|hwb|lab|lch|oklab|oklch|color|color-mix)\(.*\)$/.test(colour)
	);
}
