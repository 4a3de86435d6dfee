/** axe finds nothing (WCAG 2.2, A and AA) on any screen, in French by day and in English by night. */
import type { Page } from '@playwright/test';
import { faultsOf } from '../support/faults.ts';
import { expect, test } from '../support/fixtures.ts';
import { allScreens, inEnglish, show, type Screen } from '../support/screens.ts';
import type { RunningServer } from '../support/server.ts';

/** The home page of someone signed in is another screen. */
const HOME: Screen = {
	route: '/ (signed in)',
	who: 'facilitator',
	path: () => Promise.resolve('/')
};

async function sweep(screen: Screen, reader: Page, server: RunningServer): Promise<void> {
	// Two readings of each screen, on whatever machine.
	test.setTimeout(240_000);
	const path = await screen.path(reader, server);
	// Colours do not depend on the language, nor words on the colours: each is read whole once.
	for (const [address, colorScheme] of [
		[path, 'light'],
		[inEnglish(path), 'dark']
	] as const) {
		await reader.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		await show(reader, address);
		expect(await reader.locator('html').getAttribute('lang')).toBe(
			address === path ? 'fr-CA' : 'en-CA'
		);
		expect(await faultsOf(reader, { frames: false }), `${address} (${colorScheme})`).toEqual([]);
		// Nothing is cut off or scrolls sideways on a phone.
		await reader.setViewportSize({ width: 360, height: 740 });
		expect(
			await reader.evaluate(() => document.documentElement.scrollWidth),
			`${address} at 360 px`
		).toBeLessThanOrEqual(360);
		await reader.setViewportSize({ width: 1280, height: 720 });
	}
}

for (const screen of [...allScreens(), HOME])
	if (screen.who === 'anyone')
		test(screen.route, ({ page, server }) => sweep(screen, page, server));
	else test(screen.route, ({ asFacilitator, server }) => sweep(screen, asFacilitator, server));

test('the sweep sees what it looks for', async ({ page }) => {
	const image = '<img src="data:," />';
	await page.setContent(`<html lang="fr"><title>x</title><main>${image}</main></html>`);
	const fault = expect.stringMatching(/^image-alt: <img/);
	expect(await faultsOf(page)).toEqual([fault]);
	expect(await faultsOf(page, { frames: false })).toEqual([fault]);
	// What is in a frame too, unless frames are left out.
	await page.setContent(
		`<html lang="fr"><title>x</title><main><iframe title="y" srcdoc='<html lang="fr"><title>z</title>${image}</html>'></iframe></main></html>`
	);
	expect(await faultsOf(page)).toEqual([fault]);
	expect(await faultsOf(page, { frames: false })).toEqual([]);
	expect(await faultsOf(page, { part: 'main', practices: true })).toContainEqual(fault);
});
