/** Whether the page is painted dark, and when that changes: charts are drawn for the one or the other. */

const isDark = (): boolean => {
	const chosen = document.documentElement.dataset.theme;
	if (chosen === 'dark' || chosen === 'light') return chosen === 'dark';
	return matchMedia('(prefers-color-scheme: dark)').matches;
};

/** Calls `tell` at once, then at each change; returns what stops it. */
export function watchDark(tell: (dark: boolean) => void): () => void {
	let last = isDark();
	tell(last);
	const look = (): void => {
		const now = isDark();
		if (now !== last) tell((last = now));
	};
	const device = matchMedia('(prefers-color-scheme: dark)');
	device.addEventListener('change', look);
	const chosen = new MutationObserver(look);
	chosen.observe(document.documentElement, { attributeFilter: ['data-theme'] });
	return () => {
		device.removeEventListener('change', look);
		chosen.disconnect();
	};
}
