/** The points of a chart that can be read: which is nearest to a pointer, which comes next for the keyboard. */
import type { PictureTips, TipDirection } from '$lib/core/protocol/messages';

export interface ChartPoint {
	/** Place in the order of reading, from 0. */
	readonly at: number;
	/** Which layer it is of, and its place there, from 0. */
	readonly layer: number;
	readonly place: number;
	/** Which series of all layers it belongs to, from 0. */
	readonly series: number;
	readonly by: TipDirection;
	/** Its middle, and the box that it fills (0: it is only a point), in units of the drawing. */
	readonly x: number;
	readonly y: number;
	readonly w: number;
	readonly h: number;
	readonly lines: readonly PointLine[];
}
export interface PointLine {
	/** '' where the text stands alone. */
	readonly label: string;
	readonly text: string;
	/** '' for none. */
	readonly color: string;
}

/** A pointer finds a point no farther than that, in pixels of the screen. */
export const REACH = 40;
/** Across the axis that a mark is read along, distances count that much only. */
const ACROSS = 0.01;

/** Every point, in the order in which they are read. */
export function pointsOf(tips: PictureTips): ChartPoint[] {
	const points: ChartPoint[] = [];
	let series = -1;
	for (const [at, layer] of tips.layers.entries())
		for (let i = 0; i < layer.x.length; i++) {
			if (layer.starts.includes(i)) series++;
			points.push({
				...{ at: points.length, layer: at, place: i, series, by: layer.by },
				...{ x: layer.x[i] ?? 0, y: layer.y[i] ?? 0, w: layer.w[i] ?? 0, h: layer.h[i] ?? 0 },
				lines: layer.lines.flatMap(({ label, texts, colors }) => {
					const text = texts[i] ?? '';
					return text === '' ? [] : [{ label, text, color: colors[i] ?? '' }];
				})
			});
		}
	return points;
}

/**
 * Where a sign on a point goes, in the drawing's units: at the top of a bar that stands, at the end of one that lies
 * (its middle may be as far as the axis, and its top is the bar above).
 */
export function signPlace({ x, y, w, h, by }: ChartPoint): { x: number; y: number } {
	return by === 'y' && h > 0 ? { x: x + w / 2, y } : { x, y: y - h / 2 };
}

const outside = (from: number, to: number, size: number): number =>
	Math.max(0, Math.abs(from - to) - size / 2);

/** The point nearest to a place in the drawing, within `reach` of it in the drawing's units; null where none is. */
export function nearestPoint(
	points: readonly ChartPoint[],
	x: number,
	y: number,
	reach: number
): ChartPoint | null {
	let nearest: ChartPoint | null = null;
	let best = reach * reach;
	let tie = Infinity;
	for (const point of points) {
		const dx = outside(point.x, x, point.w);
		const dy = outside(point.y, y, point.h);
		const [kx, ky] = [point.by === 'y' ? ACROSS : 1, point.by === 'x' ? ACROSS : 1];
		const distance = (kx * dx) ** 2 + (ky * dy) ** 2;
		// Boxes that touch, and points on each other: the one whose middle is nearer.
		const middle = (point.x - x) ** 2 + (point.y - y) ** 2;
		if (distance < best || (distance === best && middle < tie))
			[nearest, best, tie] = [point, distance, middle];
	}
	return nearest;
}

/** Where a key leads from a point (null: none is shown yet); null where it leads nowhere. */
export function pointAfter(
	points: readonly ChartPoint[],
	from: ChartPoint | null,
	key: string
): ChartPoint | null {
	const first = points[0] ?? null;
	const last = points.at(-1) ?? null;
	switch (key) {
		case 'Home':
			return first;
		case 'End':
			return last;
		case 'ArrowRight':
			return from ? (points[from.at + 1] ?? from) : first;
		case 'ArrowLeft':
			return from ? (points[from.at - 1] ?? from) : last;
		case 'ArrowUp':
		case 'ArrowDown':
			return from ? inSeries(points, from, key === 'ArrowUp' ? -1 : 1) : first;
		default:
			return null;
	}
}

/** The nearest point of the series before or after. */
function inSeries(points: readonly ChartPoint[], from: ChartPoint, by: -1 | 1): ChartPoint {
	const there = points.filter(({ series }) => series === from.series + by);
	const distance = ({ x, y }: ChartPoint): number =>
		from.by === 'y' ? Math.abs(y - from.y) : Math.abs(x - from.x);
	let best = from;
	let least = Infinity;
	for (const point of there) if (distance(point) < least) [best, least] = [point, distance(point)];
	return best;
}
