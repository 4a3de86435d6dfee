/** Where a chart's drawing lies on the screen, for what is laid over its points. */
import type { PictureTips } from '$lib/core/protocol/messages';

export interface DrawingPlace {
	readonly rect: DOMRect;
	/** Pixels of the screen that a unit of the drawing takes. */
	readonly scale: number;
}

/** Null where the drawing is not there, or has no size. */
export function drawingPlace(scroller: HTMLElement, tips: PictureTips): DrawingPlace | null {
	const svg = scroller.querySelector('.drawing > div')?.children[tips.part];
	if (svg?.tagName !== 'svg' || tips.width === 0) return null;
	const rect = svg.getBoundingClientRect();
	return { rect, scale: rect.width / tips.width };
}
