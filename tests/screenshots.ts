/**
 * `npm run screenshots [-- part of a route]`: a picture of every screen of the demo at 360 and 1440 px, light and
 * dark, French and English, in tests/.output/screenshots, to be looked at. Needs a build.
 */
import { chromium } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CHROMIUM_ARGS, ensureChromium } from './support/chromium.ts';
import { signInByLink } from './support/fixtures.ts';
import { allScreens, inEnglish, show } from './support/screens.ts';
import { startServer } from './support/server.ts';

const FOLDER = join('tests', '.output', 'screenshots');
const wanted = process.argv[2] ?? '';
mkdirSync(FOLDER, { recursive: true });

const server = await startServer();
const browser = await chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_ARGS });
try {
	const options = { baseURL: server.origin, locale: 'fr-CA', timezoneId: 'America/Toronto' };
	const anyone = await (await browser.newContext(options)).newPage();
	const facilitator = await (await browser.newContext(options)).newPage();
	if (server.signInLink) await signInByLink(facilitator, server.signInLink);
	for (const screen of allScreens().filter(({ route }) => route.includes(wanted))) {
		const page = screen.who === 'anyone' ? anyone : facilitator;
		try {
			const path = await screen.path(facilitator, server);
			for (const [lang, address] of [
				['fr', path],
				['en', inEnglish(path)]
			] as const)
				for (const width of [360, 1440])
					for (const colorScheme of ['light', 'dark'] as const) {
						await page.setViewportSize({ width, height: width === 360 ? 740 : 900 });
						await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
						await show(page, address);
						const name = `${screen.route.replace(/[^a-z]+/g, '-').replace(/^-|-$/g, '') || 'accueil'}-${lang}-${width}-${colorScheme}.png`;
						await page.screenshot({ path: join(FOLDER, name), fullPage: true });
						console.log(join(FOLDER, name));
					}
		} catch (error) {
			process.exitCode = 1;
			console.error(`${screen.route}: ${error instanceof Error ? error.message : error}`);
		}
	}
} finally {
	await browser.close();
	await server.stop();
}
