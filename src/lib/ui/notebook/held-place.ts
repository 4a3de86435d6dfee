/**
 * What a person holds while another's edit brings, takes or moves cells around it: the keyboard's place, what they have
 * scrolled to in a table or a line of code, and what they are reading. A browser lets go of all three when the elements
 * of a list change places.
 */

const SCROLLERS = '.overflow-auto, .overflow-x-auto, .overflow-y-auto, .cm-scroller';
/** Less than that is not seen. */
const STILL_PX = 2;

/**
 * To call before the elements of the list change.
 * @returns what gives it back, once they have
 */
export function holdPlace(list: HTMLElement): () => void {
	const { activeElement } = document;
	const held =
		activeElement instanceof HTMLElement && list.contains(activeElement) ? activeElement : null;
	const scrolled = [...list.querySelectorAll<HTMLElement>(SCROLLERS)].flatMap((element) => {
		const { scrollTop, scrollLeft } = element;
		return scrollTop > 0 || scrollLeft > 0 ? [{ element, scrollTop, scrollLeft }] : [];
	});
	const read = reading(list, held);
	const top = read?.getBoundingClientRect().top ?? 0;
	return () => {
		for (const { element, scrollTop, scrollLeft } of scrolled) {
			element.scrollTop = scrollTop;
			element.scrollLeft = scrollLeft;
		}
		if (held?.isConnected && document.activeElement !== held)
			if (document.activeElement === document.body || document.activeElement === null)
				held.focus({ preventScroll: true });
		if (!read?.isConnected) return;
		// The browser may have kept it in its place by itself: it has, by the time of the next frame.
		requestAnimationFrame(() => {
			const by = read.getBoundingClientRect().top - top;
			if (Math.abs(by) > STILL_PX) window.scrollBy({ top: by, behavior: 'instant' });
		});
	};
}

/** The cell that the keyboard is in, where it is in sight; else the first that is. */
function reading(list: HTMLElement, held: HTMLElement | null): Element | null {
	const inSight = (element: Element): boolean => {
		const { top, bottom } = element.getBoundingClientRect();
		return bottom > 0 && top < window.innerHeight;
	};
	const own = held?.closest('[data-cell]');
	if (own && inSight(own)) return own;
	for (const cell of list.querySelectorAll('[data-cell]')) if (inSight(cell)) return cell;
	return null;
}
