/** The source of a chart, as code in parts that each have a role: what is printed, run, and compared to edit a source. */
import type { Lang } from '../notebook/notebook.ts';
import { fitChart, joinLabel } from './chart-kinds.ts';
import type { ChartSpec } from './chart-spec.ts';
import { marksOfKind } from './chart-marks-of-kind.ts';
import type { RoledMark } from './mark-parts.ts';
import { TOTAL } from './marks-of-bars.ts';
import { GREY, PALETTES, paletteOf } from './palettes.ts';
import { axesOf, type Axes } from './chart-axes.ts';
import { Call, objectOf, RegionPlace, type Code, type CodeObject } from './plot-code.ts';
import { bandLabels } from './ageing-bands.ts';
import { REGION_NAMES, TILE_PLACES } from './region-places.ts';
import { TILE_COLUMNS, TILE_ROWS } from '../territory/region-tiles.ts';

export interface ChartCode {
	/** What `Plot.plot` is given, but for its marks. */
	readonly options: CodeObject;
	readonly marks: readonly RoledMark[];
}

/** « Source : » in the language of the page. */
const sourceWord = (lang: Lang): string => (lang === 'fr' ? 'Source\u00a0: ' : 'Source: ');

export const captionOf = ({ note, source }: ChartSpec, lang: Lang): string | undefined => {
	const said = source === null ? null : sourceWord(lang) + source;
	return [note, said].filter((part) => part !== null).join(' ') || undefined;
};

/** The chart as code. What its kind cannot say is left out. */
export function buildChart(given: ChartSpec, lang: Lang): ChartCode {
	const spec = fitChart(given);
	const axes = axesOf(spec);
	const { horizontal, labelRoom } = spec;
	const scales = scalesOf(spec, axes, lang);
	const facets = (key: 'fx' | 'fy') => scales[key];
	return {
		options: objectOf({
			title: spec.title ?? undefined,
			subtitle: spec.subtitle ?? undefined,
			caption: captionOf(spec, lang),
			ariaDescription: spec.alternative ?? undefined,
			width: spec.width ?? undefined,
			height: spec.height ?? undefined,
			marginLeft: (horizontal || spec.kind === 'heatmap' ? labelRoom : null) ?? undefined,
			marginRight: (spec.kind === 'slope' ? labelRoom : null) ?? undefined,
			marginBottom: (turnsLabels(spec) ? labelRoom : null) ?? undefined,
			// Room for the values at the ends of bars.
			insetTop: endsInValues(spec) && !horizontal ? 14 : undefined,
			insetRight: endsInValues(spec) && horizontal ? 40 : undefined,
			x: scales.x,
			y: scales.y,
			fx: facets('fx'),
			fy: facets('fy'),
			color: colourScale(spec)
		}),
		marks: marksOfKind(spec, axes, lang)
	};
}

/** The whole call. */
export const chartCall = ({ options, marks }: ChartCode): Call =>
	new Call('plot', [objectOf({ ...options, marks: marks.map(({ code }) => code) })]);

/** Upright labels that are given room stand aslant in it. */
const turnsLabels = ({ horizontal, kind }: ChartSpec): boolean =>
	!horizontal && kind !== 'heatmap' && kind !== 'slope';

const endsInValues = ({ values, kind }: ChartSpec): boolean =>
	values && (kind === 'bars' || kind === 'ranked-dots' || kind === 'ageing');

const scale = (entries: Readonly<Record<string, Code | undefined>>): CodeObject | undefined => {
	const made = objectOf(entries);
	return Object.keys(made).length ? made : undefined;
};

const labelCode = ({ label, unit }: ChartSpec['x']): Code | undefined =>
	label === null ? undefined : label === '' ? null : joinLabel(label, unit);

function scalesOf(
	spec: ChartSpec,
	axes: Axes,
	lang: Lang
): Record<'x' | 'y' | 'fx' | 'fy', CodeObject | undefined> {
	const { kind, channels, order } = spec;
	const said = ({ label, unit, format, grid }: ChartSpec['x']) => ({
		label: labelCode({ label, unit, format, grid }),
		tickFormat: format ?? undefined,
		grid: grid || undefined
	});
	const out: Record<'x' | 'y' | 'fx' | 'fy', CodeObject | undefined> = {
		x: undefined,
		y: undefined,
		fx: undefined,
		fy: undefined
	};
	if (kind === 'region-tiles') {
		const place = (at: 'column' | 'row', count: number) =>
			scale({
				axis: null,
				domain: Array.from({ length: count }, (_, i) => i),
				transform: new RegionPlace(
					REGION_NAMES.map((name) => [name, TILE_PLACES.get(name)?.[at] ?? 0])
				)
			});
		return { ...out, x: place('column', TILE_COLUMNS), y: place('row', TILE_ROWS) };
	}

	const grouped = axes.category === 'fx' || axes.category === 'fy';
	const list =
		order.by !== 'list'
			? undefined
			: kind === 'waterfall'
				? [...order.values, TOTAL]
				: [...order.values];
	const bands =
		kind === 'ageing' && Array.isArray(channels.x?.bins)
			? bandLabels(channels.x.bins as readonly number[], lang)
			: undefined;
	out[axes.category] = scale({
		...said(spec.x),
		...(grouped && { axis: axes.category === 'fx' ? 'bottom' : 'left', grid: undefined }),
		type: kind === 'slope' ? 'point' : undefined,
		interval: (kind === 'histogram' ? null : channels.x?.interval) ?? undefined,
		// Dates of small charts side by side would run into one another.
		ticks: channels.facetX && channels.x?.interval ? 3 : undefined,
		domain: bands ?? list,
		tickRotate: turnsLabels(spec) && spec.labelRoom !== null ? -35 : undefined
	});
	if (grouped) out[axes.series] = scale({ axis: null });
	// Facets say their own names.
	if (channels.facetX) out.fx = scale({ label: null });
	if (channels.facetY) out.fy = scale({ label: null });
	const percent =
		kind !== 'heatmap' && (spec.layout === 'share' || channels.y?.aggregate === 'share');
	out[axes.measure] = scale({
		...said(spec.y),
		...(kind === 'funnel' && {
			axis: null,
			label: undefined,
			tickFormat: undefined,
			grid: undefined
		}),
		interval: channels.y?.interval ?? undefined,
		percent: percent || undefined,
		zero: spec.zero || undefined,
		nice: kind === 'dumbbell' || undefined
	});
	return out;
}

/** Below and above zero. */
export const SIGN_COLOURS = ['#d1602f', '#23869a'] as const;

/** A palette as a scale has it. */
const paletteCode = (name: string | null): Record<string, Code | undefined> => {
	const palette = paletteOf(name);
	if (!palette) return {};
	return palette.scheme ? { scheme: palette.scheme } : { range: [...palette.colours] };
};

/** All others are grey, after those that are named. */
function gatheredColours(count: number, name: string | null): Record<string, Code | undefined> {
	const colours = paletteOf(name)?.colours ?? [];
	if (!colours.length) return {};
	return { range: count > colours.length ? [...colours] : [...colours.slice(0, count), GREY] };
}

/** The light part of a scheme, on which black is legible. */
function lightRange({ kind, palette, values }: ChartSpec): Record<string, Code> {
	const use = paletteOf(palette)?.use;
	if (use !== 'amounts' || !(kind === 'region-tiles' || values)) return {};
	return { range: palette === 'bleus' ? [0, 0.55] : [0.5, 1] };
}

function colourScale(spec: ChartSpec): CodeObject | undefined {
	const { kind, channels, highlight, palette } = spec;
	const legend = spec.legend || undefined;
	if (kind === 'waterfall')
		return objectOf({ type: 'threshold', domain: [0], range: [...SIGN_COLOURS] });
	if (kind === 'dumbbell') {
		const names = [channels.y?.column ?? '', channels.y2?.column ?? ''];
		const colours = (paletteOf(palette) ?? PALETTES[0])?.colours.slice(0, 2) ?? [];
		return objectOf({ legend, domain: names, range: colours });
	}
	if (highlight)
		return objectOf({
			legend,
			domain: [...highlight.values],
			range: [paletteOf(palette)?.colours[0] ?? GREY],
			unknown: GREY
		});
	if (!channels.colour) return undefined;
	const share = channels.colour.aggregate === 'share';
	const { gather } = channels.colour;
	if (gather)
		return objectOf({
			legend,
			label: channels.colour.column,
			domain: [...gather.keep, gather.rest],
			...gatheredColours(gather.keep.length, palette)
		});
	return scale({
		legend,
		percent: share || undefined,
		...paletteCode(palette),
		...lightRange(spec)
	});
}
