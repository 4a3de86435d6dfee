/** Where columns lie, and which of them are in view. */
import type { ColumnType } from '$lib/core/protocol/messages';

export const ROW_HEIGHT = 32;
/** The height of a table of `rows` that has `most` pixels: whole rows, three at least where it has them. */
export const bodyHeightOf = (rows: number, most: number): number =>
	Math.min(Math.max(1, rows), Math.max(3, Math.floor(most / ROW_HEIGHT))) * ROW_HEIGHT;

export const MIN_WIDTH = 64;
export const MAX_WIDTH = 800;

/** The width that a column gets before anything of it is known, in pixels. */
export function defaultWidth(name: string, type: ColumnType): number {
	const byType = {
		text: 200,
		number: 120,
		integer: 110,
		date: 120,
		datetime: 190,
		boolean: 100,
		other: 180
	};
	return Math.min(320, Math.max(byType[type], name.length * 9 + 32));
}

/** Widths of characters of a cell, of a name in bold and of small print, in pixels; and the room at the sides. */
const CELL_CHAR = 8.4;
const NAME_CHAR = 8.6;
const SMALL_CHAR = 7.4;
const SIDES = 18;
/** The button of a header, beside the name. */
const HEADER_BUTTON = 28;
/** A sketch of a column's values, and its sides. */
const SKETCH = 106;
/** What a text is given at first; more only where the page has room to spare. */
const TEXT_FIRST = 240;

/** What is known of a column's content. */
export interface ColumnContent {
	readonly name: string;
	readonly numeric: boolean;
	/** Its first cells, as they are written. */
	readonly texts: readonly string[];
	/** Its range, as the header writes it; '' without one. */
	readonly range: string;
	readonly sketched: boolean;
}

/** The width that shows a column whole, in pixels; a number and a header are never cut short of `MAX_WIDTH`. */
export function contentWidth({ name, texts, range, sketched }: ColumnContent): number {
	const longest = Math.max(0, ...texts.map((text) => text.length));
	const width = Math.max(
		longest * CELL_CHAR,
		Math.min(name.length * NAME_CHAR, 300) + HEADER_BUTTON,
		range.length * SMALL_CHAR,
		sketched ? SKETCH - SIDES : 0
	);
	return Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, Math.ceil(width + SIDES)));
}

/**
 * Widths of all the columns in a page that has `room` pixels: each as wide as its content, but long texts, which share
 * what is left.
 */
export function fitWidths(columns: readonly ColumnContent[], room: number): number[] {
	const wanted = columns.map(contentWidth);
	const widths = columns.map((column, i) => {
		const whole = wanted[i] ?? MIN_WIDTH;
		if (column.numeric || whole <= TEXT_FIRST) return whole;
		const header = contentWidth({ ...column, texts: [] });
		return Math.max(TEXT_FIRST, header);
	});
	let left = room - widths.reduce((sum, width) => sum + width, 0);
	// From the one that lacks least: what it does not need goes to the others.
	const short = widths
		.map((width, i) => ({ i, lack: (wanted[i] ?? width) - width }))
		.filter(({ lack }) => lack > 0)
		.sort((a, b) => a.lack - b.lack);
	short.forEach(({ i, lack }, n) => {
		const more = Math.max(0, Math.min(lack, Math.floor(left / (short.length - n))));
		widths[i] = (widths[i] ?? 0) + more;
		left -= more;
	});
	return widths;
}

/** Left edges of columns, and the right edge of the last: one more than there are columns. */
export function edgesOf(widths: readonly number[]): number[] {
	const edges = [0];
	for (const width of widths) edges.push((edges.at(-1) ?? 0) + width);
	return edges;
}

/** The column that holds the pixel `x`. */
export function columnAt(edges: readonly number[], x: number): number {
	let low = 0;
	let high = edges.length - 2;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if ((edges[middle] ?? 0) <= x) low = middle;
		else high = middle - 1;
	}
	return Math.max(0, low);
}
