/**
 * What an end-to-end test stands on: `server`, the production server with the demo (one per worker), and
 * pages that are nobody's until they sign in. `asFacilitator` opens a page signed in as the demo facilitator.
 */
import { test as base, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { startServer, type RunningServer } from './server.ts';

type SignedIn = Awaited<ReturnType<BrowserContext['storageState']>>;

interface TestFixtures {
	/** A page of a context of its own, signed in as the demo facilitator. */
	readonly asFacilitator: Page;
}
interface WorkerFixtures {
	readonly server: RunningServer;
	/** Cookies of the demo facilitator's session: the printed link serves once, so it is kept. */
	readonly facilitatorState: SignedIn;
}

/** How many times slower than this machine's the processor of each page is: SLOW=4 shows what only a slow laptop does. */
const slowness = Number(process.env.SLOW ?? 1);

export const test = base.extend<TestFixtures, WorkerFixtures>({
	browser: [
		async ({ browser }, use) => {
			if (slowness > 1) slowDown(browser, slowness);
			await use(browser);
		},
		{ scope: 'worker' }
	],
	server: [
		async ({}, use) => {
			const server = await startServer();
			await use(server);
			await server.stop();
		},
		{ scope: 'worker' }
	],
	facilitatorState: [
		async ({ browser, server }, use) => {
			if (!server.signInLink) throw new Error(`no sign-in link was printed:\n${server.printed()}`);
			const context = await browser.newContext();
			const page = await context.newPage();
			await signInByLink(page, server.signInLink);
			const state = await context.storageState();
			await context.close();
			await use(state);
		},
		{ scope: 'worker' }
	],
	baseURL: async ({ server }, use) => use(server.origin),
	asFacilitator: async ({ browser, facilitatorState, baseURL }, use) => {
		const context = await browser.newContext({ storageState: facilitatorState, baseURL });
		await use(await context.newPage());
		await context.close();
	}
});

/** Each page that the browser opens runs that many times slower. */
function slowDown(browser: Browser, rate: number): void {
	const newContext = browser.newContext.bind(browser);
	browser.newContext = async (options) => {
		const context = await newContext(options);
		context.on('page', (page) => {
			context
				.newCDPSession(page)
				.then((session) => session.send('Emulation.setCPUThrottlingRate', { rate }))
				// A page that is closed already needs no slowing.
				.catch(() => {});
		});
		return context;
	};
}

/** Opens a one-time link and confirms it, if the page asks (links are opened by mail scanners too). */
export async function signInByLink(page: Page, link: string): Promise<void> {
	const response = await page.goto(link);
	if (!response?.ok()) throw new Error(`the sign-in link answers ${response?.status()}`);
	const path = new URL(link).pathname;
	if (new URL(page.url()).pathname !== path) return;
	await page.getByRole('main').getByRole('button').first().click();
	await page.waitForURL((url) => url.pathname !== path);
}

export { expect } from '@playwright/test';
