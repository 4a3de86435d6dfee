/** Where columns lie, and which of them are in view. */
import type { ColumnType } from '$lib/core/protocol/messages';

export const ROW_HEIGHT = 32;
export const MIN_WIDTH = 64;
export const MAX_WIDTH = 800;

/** The width that a column gets before anyone resizes it, in pixels. */
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
