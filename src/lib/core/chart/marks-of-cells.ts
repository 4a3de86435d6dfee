/** The marks of heat maps and of the tile map of the regions. */
import type { Channel, ChartSpec } from './chart-spec.ts';
import {
	facets,
	input,
	legible,
	mark,
	reduced,
	reducer,
	type Entries,
	type RoledMark
} from './mark-parts.ts';
import { paletteOf } from './palettes.ts';
import { IDENTITY, Name, objectOf } from './plot-code.ts';
import { REGION_NAMES } from './region-places.ts';

/** The cells of a heat map. */
export function heatmap(spec: ChartSpec): RoledMark[] {
	const { channels, order: by, table } = spec;
	const { x, y, colour } = channels;
	const data = new Name(table);
	const at: Entries = { x: input(x), y: input(y), ...facets(spec) };
	const amount = reducer(colour);
	const sort = by.by === 'data' ? objectOf({ x: null, y: null }) : undefined;
	const marks = [
		mark(
			'main',
			'cell',
			data,
			reduced('group', { fill: amount }, objectOf({ ...at, fill: input(colour), sort }))
		)
	];
	if (spec.values) marks.push(cellValues(data, at, colour, onCells(spec)));
	return marks;
}

/** Legible on cells, whose colours stay light where values are written; but for those of both sides of zero. */
const onCells = ({ palette }: ChartSpec): Entries =>
	paletteOf(palette)?.use === 'sides'
		? { fill: 'black', stroke: 'white', strokeWidth: 3 }
		: { fill: 'black' };
/** The tile of a region that has no value, in either theme. */
const EMPTY_TILE = '#e3e0d6';

const cellValues = (data: Name, at: Entries, colour: Channel | null, more: Entries): RoledMark =>
	mark(
		'values',
		'text',
		data,
		legible(
			colour,
			reduced('group', { text: reducer(colour) }, objectOf({ ...at, text: input(colour), ...more }))
		)
	);

/** The tiles of the regions, those without a value too. */
export function regionTiles(spec: ChartSpec): RoledMark[] {
	const { channels, table } = spec;
	const { x, colour } = channels;
	const data = new Name(table);
	const at: Entries = { x: input(x), y: input(x) };
	const here: Entries = { x: IDENTITY, y: IDENTITY };
	const marks = [
		mark('tiles', 'cell', [...REGION_NAMES], objectOf({ ...here, fill: EMPTY_TILE })),
		mark(
			'main',
			'cell',
			data,
			reduced('group', { fill: reducer(colour) }, objectOf({ ...at, fill: input(colour) }))
		),
		mark(
			'names',
			'text',
			[...REGION_NAMES],
			objectOf({
				...here,
				lineWidth: 7,
				dy: spec.values ? -10 : undefined,
				...onCells(spec)
			})
		)
	];
	if (spec.values)
		marks.push(cellValues(data, at, colour, { dy: 16, fontWeight: 'bold', ...onCells(spec) }));
	return marks;
}
