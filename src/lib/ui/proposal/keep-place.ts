/** What comes or goes above what is read does not move it: the page stays where the reader is. */

/** To be called before the page changes; what it answers, once it has. */
export function keepPlace(): () => void {
	const mark = inSight(document.activeElement) ?? firstInSight();
	const before = mark?.getBoundingClientRect().top ?? 0;
	return () => {
		if (!mark?.isConnected) return;
		const moved = mark.getBoundingClientRect().top - before;
		// Most browsers do it by themselves: then nothing is left.
		if (Math.abs(moved) >= 1) window.scrollBy({ top: moved, behavior: 'instant' });
	};
}

function inSight(element: Element | null): Element | null {
	if (!element || element === document.body) return null;
	const { top, bottom } = element.getBoundingClientRect();
	return bottom > 0 && top < window.innerHeight ? element : null;
}

/** The change, the comment or the field that is read. */
function firstInSight(): Element | null {
	const marks = document.querySelectorAll('main :is([data-change], h2, li, form)');
	for (const mark of marks) {
		const { top, bottom } = mark.getBoundingClientRect();
		// One that begins above the window may change within: the first that begins in it stays.
		if (top >= 0 && bottom > 0 && top < window.innerHeight) return mark;
	}
	return [...marks].find((mark) => inSight(mark)) ?? null;
}
