/**
 * Cells that another person adds, takes away or moves leave what one reads where it is on the screen, and the focus
 * where it was: the browser takes it from an element that changes places in the page, and what was scrolled to in a table.
 * Where the cell that has it goes, the one below has it, or the one above.
 */

const SCROLLERS = '.overflow-auto, .overflow-x-auto, .overflow-y-auto, .cm-scroller';

/** Height of what stays at the top of the window, in pixels: the page's bar and the notebook's. */
const COVERED = 112;

/** Remembers the place, before the page changes; answers what puts it back, once it has. */
export function keepPlace(root: HTMLElement): () => void {
	const { activeElement } = document;
	const focused =
		activeElement instanceof HTMLElement && root.contains(activeElement) ? activeElement : null;
	const inSight = (card: Element): boolean => {
		const { top, bottom } = card.getBoundingClientRect();
		return bottom > COVERED && top < window.innerHeight;
	};
	const own = focused?.closest('[data-cell]') ?? null;
	const cards = own ? [...root.querySelectorAll<HTMLElement>('[data-cell]')] : [];
	const at = cards.findIndex((card) => card === own);
	const beside = [...cards.slice(at + 1), ...cards.slice(0, Math.max(0, at)).reverse()];
	const scrolled = [...root.querySelectorAll<HTMLElement>(SCROLLERS)].flatMap((element) => {
		const { scrollTop, scrollLeft } = element;
		return scrollTop > 0 || scrollLeft > 0 ? [{ element, scrollTop, scrollLeft }] : [];
	});
	// Nothing is above what stands at the top of the page: there, what comes first may as well be seen.
	const others =
		window.scrollY > 0 ? [...root.querySelectorAll('[data-cell]')].filter(inSight) : [];
	/** What is read, and in case it goes, what is below it. */
	const read = [...(own && inSight(own) ? [own] : []), ...others].map((card) => ({
		card,
		top: card.getBoundingClientRect().top
	}));
	// The browser's own way of it holds on to what may be moved itself, and would be added to this one.
	const { style } = document.documentElement;
	style.overflowAnchor = 'none';
	return () => {
		for (const { element, scrollTop, scrollLeft } of scrolled) {
			element.scrollTop = scrollTop;
			element.scrollLeft = scrollLeft;
		}
		if (focused?.isConnected && document.activeElement !== focused)
			focused.focus({ preventScroll: true });
		if (own && !own.isConnected && document.activeElement === document.body)
			beside.find((card) => card.isConnected)?.focus({ preventScroll: true });
		const left = read.find(({ card }) => card.isConnected);
		const by = left ? left.card.getBoundingClientRect().top - left.top : 0;
		if (Math.abs(by) >= 1) window.scrollBy({ top: by, behavior: 'instant' });
		requestAnimationFrame(() => requestAnimationFrame(() => (style.overflowAnchor = '')));
	};
}
