/**
 * What a drawn chart lacks for its axes to be read: room for labels that would be cut at its left edge, and ticks of
 * whole years, which Plot would put at halves when they are few. Answered as options to draw it with again, so that
 * what the author wrote is never overruled: a margin or ticks that are given stay.
 */
import type { WriteElement } from './dom.ts';

type Options = Readonly<Record<string, unknown>>;

/** Plot's own margin at the left of a chart that has an axis there. */
const PLOTS_MARGIN = 40;
/** Of the tick and what is left empty beside it. */
const TICK = 9;
/** A figure at ten pixels, with some ease. */
const CHARACTER = 6.2;
/** Of the width, at most. */
const MOST = 0.4;
const PLOTS_WIDTH = 640;

const isObject = (value: unknown): value is Options => typeof value === 'object' && value !== null;

/** What is written beside the ticks of an axis (`x`, `y`). */
const tickLabels = (figure: WriteElement, axis: string): string[] =>
	figure
		.querySelectorAll('g')
		.filter((group) => group.getAttribute('aria-label') === `${axis}-axis tick label`)
		.flatMap((group) => group.querySelectorAll('text').map(({ textContent }) => textContent));

/** Pixels at the left; null where there is room. */
function roomAtLeft(figure: WriteElement, given: Options): number | null {
	if (given.margin !== undefined || given.marginLeft !== undefined) return null;
	if (isObject(given.y) && given.y.axis === 'right') return null;
	const longest = Math.max(
		0,
		...tickLabels(figure, 'y').flatMap((label) => label.split('\n').map((line) => line.length))
	);
	const width = typeof given.width === 'number' ? given.width : PLOTS_WIDTH;
	const room = Math.min(Math.ceil(TICK + longest * CHARACTER), Math.round(width * MOST));
	return room > PLOTS_MARGIN ? room : null;
}

/** Whole numbers to put ticks at, where others would be written as the same ones. */
function wholeTicks(figure: WriteElement, { x }: Options): number[] | null {
	if (!isObject(x) || x.tickFormat !== 'd' || x.ticks !== undefined || x.interval !== undefined)
		return null;
	const labels = tickLabels(figure, 'x');
	if (new Set(labels).size === labels.length) return null;
	const numbers = labels.map(Number);
	const [first, last] = [Math.min(...numbers), Math.max(...numbers)];
	return Number.isInteger(first) && Number.isInteger(last) && last - first <= 100
		? Array.from({ length: last - first + 1 }, (_, i) => first + i)
		: null;
}

/** What to draw the chart with instead; null where it is well as it is. */
export function readableAxes(figure: WriteElement, given: Options): Options | null {
	const marginLeft = roomAtLeft(figure, given);
	const ticks = wholeTicks(figure, given);
	if (marginLeft === null && ticks === null) return null;
	return {
		...given,
		...(marginLeft !== null && { marginLeft }),
		...(ticks !== null && { x: { ...(given.x as Options), ticks } })
	};
}
