/**
 * What a person presses before the page's own scripts have come is pressed again once they have: on a slow
 * line a button that only they know would otherwise do nothing. Links and forms need no help. Only the last
 * press counts: whoever presses twice out of impatience meant it once. `data-scripts` is set by the root layout.
 */
{
	const root = document.documentElement;
	const BUTTON = 'button[type="button"], [role="button"]:not(a), [role="menuitem"]:not(a)';
	let pressed = null;

	const forget = () => {
		pressed?.removeAttribute('aria-busy');
		pressed = null;
	};
	const remember = ({ target }) => {
		const button = target instanceof Element ? target.closest(BUTTON) : null;
		if (!button) return;
		forget();
		pressed = button;
		button.setAttribute('aria-busy', 'true');
	};
	const watch = new MutationObserver(() => {
		if (!root.hasAttribute('data-scripts')) return;
		watch.disconnect();
		document.removeEventListener('click', remember, true);
		const button = pressed;
		forget();
		if (button?.isConnected) button.click();
	});

	if (!root.hasAttribute('data-scripts')) {
		document.addEventListener('click', remember, true);
		watch.observe(root, { attributes: true, attributeFilter: ['data-scripts'] });
	}
}
