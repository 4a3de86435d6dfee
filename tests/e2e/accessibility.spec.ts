/** axe finds nothing (WCAG 2.2, A and AA) on any screen, in French by day and in English by night. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '../support/fixtures.ts';
import { allScreens, inEnglish, show, type Screen } from '../support/screens.ts';

const LEVELS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** The home page of someone signed in is another screen. */
const HOME: Screen = {
	route: '/ (signed in)',
	who: 'facilitator',
	path: () => Promise.resolve('/')
};

for (const screen of [...allScreens(), HOME])
	test(screen.route, async ({ page, asFacilitator, server }) => {
		// Two readings of each screen, on whatever machine.
		test.setTimeout(240_000);
		const path = await screen.path(asFacilitator, server);
		const reader = screen.who === 'anyone' ? page : asFacilitator;
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
			// The sandbox's frame shows nothing and lets no script in, axe's neither.
			const { violations } = await new AxeBuilder({ page: reader })
				.withTags(LEVELS)
				.exclude('iframe')
				.analyze();
			expect(
				violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`)),
				`${address} (${colorScheme})`
			).toEqual([]);
			// Nothing is cut off or scrolls sideways on a phone.
			await reader.setViewportSize({ width: 360, height: 740 });
			expect(
				await reader.evaluate(() => document.documentElement.scrollWidth),
				`${address} at 360 px`
			).toBeLessThanOrEqual(360);
			await reader.setViewportSize({ width: 1280, height: 720 });
		}
	});

test('the sweep sees what it looks for', async ({ page }) => {
	await page.setContent('<html lang="fr"><title>x</title><main><img src="data:," /></main></html>');
	const { violations } = await new AxeBuilder({ page }).withTags(LEVELS).analyze();
	expect(violations.map(({ id }) => id)).toContain('image-alt');
});
