/** Where others write in a code that is at rest here: drawn over it, nothing of it is touched. */
import type { Caret } from '$lib/client/presence.svelte';
import { shownRange } from '../annotation/still-ranges.ts';

export interface StillCaret {
	readonly caret: Caret;
	/** In pixels from the corner of the card, inside its border. */
	readonly left: number;
	readonly top: number;
	readonly height: number;
}

/** Past these, the first: the code is what is read. */
const MAX_SHOWN = 10;

/** @param card the cell's own, in which they are placed; where it shows no code, there are none */
export function stillCarets(card: HTMLElement, carets: readonly Caret[]): StillCaret[] {
	const element = carets.length > 0 ? card.querySelector<HTMLElement>('[data-source]') : null;
	const frame = element?.closest('pre, button')?.getBoundingClientRect();
	if (!element || !frame) return [];
	const source = element.textContent;
	const from = card.getBoundingClientRect();
	return carets.slice(0, MAX_SHOWN).flatMap((caret) => {
		const at = placeOf(card, source, caret.head);
		// Scrolled out of sight sideways.
		if (!at || at.x < frame.left || at.x > frame.right) return [];
		return [
			{
				caret,
				left: at.x - from.left - card.clientLeft,
				top: at.top - from.top - card.clientTop,
				height: at.height
			}
		];
	});
}

/** Before the character at a place; where a line ends, after the one before it. */
function placeOf(
	card: HTMLElement,
	source: string,
	at: number
): { x: number; top: number; height: number } | null {
	const box = (from: number): DOMRect | undefined => {
		const range = shownRange(card, { source, kind: 'code' }, { from, to: from + 1 });
		return range ? [...range.getClientRects()].at(-1) : undefined;
	};
	if (at < source.length && source[at] !== '\n') {
		const next = box(at);
		return next ? { x: next.left, top: next.top, height: next.height } : null;
	}
	const empty = at === 0 || source[at - 1] === '\n';
	const near = box(empty ? at : at - 1);
	return near ? { x: empty ? near.left : near.right, top: near.top, height: near.height } : null;
}
