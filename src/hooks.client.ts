import type { ClientInit } from '@sveltejs/kit';
import { wakeFrame } from '$lib/client/sandbox-frame';

/**
 * Before the page wakes, which keeps the browser busy for a moment: what is said to a frame meanwhile is only heard
 * afterwards. Addresses are told apart by URLPattern, which Firefox has from 142 and Safari from 26.
 */
export const init: ClientInit = async () => {
	wakeFrame();
	if (!('URLPattern' in globalThis)) await import('@inlang/paraglide-js/urlpattern-polyfill');
};
