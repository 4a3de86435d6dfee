import { defineConfig } from '@playwright/test';
import { CHROMIUM_ARGS, ensureShell } from './support/chromium.ts';

export default defineConfig({
	testDir: './e2e',
	outputDir: './.output/e2e',
	workers: process.env.CARNET_TEST_WORKERS ? Number(process.env.CARNET_TEST_WORKERS) : 2,
	fullyParallel: false,
	forbidOnly: process.env.CI !== undefined,
	retries: 0,
	// Ceilings, not expectations of speed: a notebook of 200 000 rows runs in several of these pages at once.
	timeout: 180_000,
	expect: { timeout: 20_000 },
	reporter: [['list']],
	use: {
		browserName: 'chromium',
		launchOptions: { executablePath: ensureShell(), args: CHROMIUM_ARGS },
		locale: 'fr-CA',
		timezoneId: 'America/Toronto',
		// Traces take an eighth of the time: `npm run test:e2e -- name --trace on` makes them.
		trace: 'off',
		screenshot: 'only-on-failure'
	}
});
