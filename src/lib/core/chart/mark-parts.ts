/** What the marks of several kinds of chart are made of. */
import { categoryCode, columnCode, reducerOf } from './chart-axes.ts';
import type { Channel, ChartSpec } from './chart-spec.ts';
import { paletteOf } from './palettes.ts';
import { Call, objectOf, ROUNDED, type Code, type CodeObject } from './plot-code.ts';

export interface RoledMark {
	/** `main` holds the data; the others go with it. Unique in a chart. */
	readonly role: string;
	readonly code: Call;
}

/** Options by name; those that are undefined are left out. */
export type Entries = Readonly<Record<string, Code | undefined>>;
export type Mark = (role: string, fn: string, ...args: readonly Code[]) => RoledMark;

/** A call of Plot, with its role. */
export const mark: Mark = (role, fn, ...args) => ({ role, code: new Call(fn, args) });

/** The options, brought together by a transform where there is something to reduce. */
export function reduced(transform: string, outputs: Entries, options: CodeObject): Code {
	const made = objectOf(outputs);
	return Object.keys(made).length ? new Call(transform, [made, options]) : options;
}

/** Legible over marks, in either theme. */
export const ON_MARKS: Entries = {
	fill: 'currentColor',
	stroke: 'var(--plot-background)',
	strokeWidth: 4
};

/** Values that are means are written with one decimal at most. */
export const legible = (channel: Channel | null, code: Code): Code =>
	channel?.aggregate === 'mean' ? new Call('map', [objectOf({ text: ROUNDED }), code]) : code;

/** A column, its categories gathered where they are; nothing where rows are counted. */
export const input = (channel: Channel | null): Code | undefined =>
	channel ? categoryCode(channel) : undefined;
/** How a channel is brought together, in Plot's word. */
export const reducer = (channel: Channel | null): Code | undefined =>
	reducerOf(channel) ?? undefined;

/** The panels that a mark stands in. */
export const facets = ({ channels }: ChartSpec): Entries => ({
	...(channels.facetX && { fx: input(channels.facetX) }),
	...(channels.facetY && { fy: input(channels.facetY) })
});

/** What colours the marks: a column, the category that is highlighted, or the first colour of the palette. */
export function paint({ channels, highlight, palette }: ChartSpec): Code | undefined {
	const channel = channels.colour ?? (highlight ? channels.x : null);
	if (channel?.gather) return categoryCode(channel);
	if (channel && channel.column !== null) return columnCode(channel.column);
	return paletteOf(palette)?.colours[0];
}

/** All others stand last in a stack, as they do in the legend. */
export const stacked = ({ channels: { colour }, layout }: ChartSpec): Code | undefined =>
	colour?.gather && layout !== 'grouped' ? [...colour.gather.keep, colour.gather.rest] : undefined;

/** The order of categories on a scale, by the channel that measures them. */
export function sorted(
	{ order, limit }: ChartSpec,
	scale: string,
	measure: string
): Code | undefined {
	const most = limit ?? undefined;
	const by = (value: string): Code => objectOf({ [scale]: value, limit: most });
	switch (order.by) {
		case 'value':
			return by(`${order.descending ? '-' : ''}${measure}`);
		case 'data':
			return objectOf({ [scale]: null });
		case 'name':
			return order.descending ? by(`-${scale}`) : most === undefined ? undefined : by(scale);
		case 'list':
			return undefined;
	}
}
