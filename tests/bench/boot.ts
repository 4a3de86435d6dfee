/**
 * From nothing to a result: the server from its start on an empty folder to its first answer, its first screens, and a
 * demo notebook on a cold page until its last chart, beside the same notebook built with Observable's notebook-kit and
 * served statically. Production build, real Chromium.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { printNotebookFile } from '../../src/lib/core/notebook/print-notebook-file.ts';
import { makeDemoDatasets } from '../../src/lib/server/demo/datasets.ts';
import { seatsNotebook } from '../../src/lib/server/demo/notebooks/seats.ts';
import { CHROMIUM_ARGS, ensureChromium } from '../support/chromium.ts';
import { firstScripts, heaviestModules } from '../support/first-scripts.ts';
import { signInByLink } from '../support/fixtures.ts';
import { buildKitNotebook } from '../support/kit-notebook.ts';
import { freePort } from '../support/port.ts';
import { startServer, type RunningServer } from '../support/server.ts';
import { alone, BenchError, beside, Measured, type BenchOptions, type Figure } from './figure.ts';
import { peerName } from './peers.ts';
import { keyToPaint } from './typing.ts';

export const figures = [
	'boot.healthz',
	'boot.screen-home',
	'boot.screen-reports',
	'boot.first-result',
	'boot.editor-script',
	'boot.typing-p95'
];

const NOTEBOOK = seatsNotebook('en', 'representations-demo@1.arrow');
const CHARTS = 2;

export async function measure(options: BenchOptions): Promise<Figure[]> {
	const { quick } = options;
	// Does nothing where the build is that of these sources.
	execFileSync(process.execPath, ['src/build.ts'], { stdio: ['ignore', 'ignore', 'inherit'] });
	const starts: number[] = [];
	for (let i = 0; i < (quick ? 1 : 7); i++) starts.push(await startToAnswer());
	const server = await startServer();
	const browser = await chromium.launch({
		executablePath: ensureChromium(),
		args: CHROMIUM_ARGS
	});
	try {
		const runs = quick ? 1 : 9;
		return [
			alone('boot.healthz', starts, 'ms', null),
			alone('boot.screen-home', await paints(browser, `${server.origin}/`, runs), 'ms', null),
			alone(
				'boot.screen-reports',
				await paints(browser, `${server.origin}/rapports`, runs),
				'ms',
				null
			),
			...(await notebook(browser, server, options))
		];
	} finally {
		await browser.close();
		await server.stop();
	}
}

/** Milliseconds from the process's start, on an empty folder that it gives the demo, to a first good /healthz. */
async function startToAnswer(): Promise<number> {
	const port = await freePort();
	const data = mkdtempSync(join(tmpdir(), 'carnet-bench-'));
	const start = performance.now();
	const child = spawn(process.execPath, ['src/server.ts'], {
		env: { ...process.env, PORT: String(port), CARNET_DATA: data },
		stdio: 'ignore'
	});
	const ended = once(child, 'exit');
	try {
		for (;;) {
			if (child.exitCode !== null) throw new BenchError('the server ended before it answered');
			const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null);
			if (answer?.ok) return performance.now() - start;
			await new Promise((later) => setTimeout(later, 10));
		}
	} finally {
		child.kill('SIGTERM');
		await ended;
		rmSync(data, { recursive: true, force: true });
	}
}

/** First contentful paint of cold pages. */
async function paints(browser: Browser, address: string, runs: number): Promise<number[]> {
	const taken: number[] = [];
	for (let i = -1; i < runs; i++) {
		const context = await browser.newContext();
		const page = await context.newPage();
		await page.goto(address);
		const handle = await page.waitForFunction(
			() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime
		);
		if (i >= 0) taken.push(Number(await handle.jsonValue()));
		await context.close();
	}
	return taken;
}

async function notebook(
	browser: Browser,
	server: RunningServer,
	{ quick, modules }: BenchOptions
): Promise<Figure[]> {
	if (!server.signInLink) throw new BenchError('no sign-in link was printed');
	const signedIn = await browser.newContext({ baseURL: server.origin });
	const first = await signedIn.newPage();
	await signInByLink(first, server.signInLink);
	await first.goto('/carnets');
	const path = await first
		.locator('main a[href]', { hasText: NOTEBOOK.title })
		.first()
		.getAttribute('href');
	if (path === null) throw new BenchError(`/carnets does not list ${NOTEBOOK.title}`);
	const ours = new URL(path, server.origin).href;
	const storageState = await signedIn.storageState();
	await signedIn.close();

	const files = new Map(
		Object.values(makeDemoDatasets()).map(({ slug, bytes }) => [`${slug}@1.arrow`, bytes])
	);
	const folder = join('tests', '.output', 'bench-kit');
	const kit = await buildKitNotebook(
		folder,
		printNotebookFile(NOTEBOOK),
		files,
		join('tests', 'bench', 'package.json')
	);
	try {
		const cold = async (address: string, state?: typeof storageState): Promise<Measured> => {
			const context = await browser.newContext(state ? { storageState: state } : {});
			try {
				return await chartsOf(await context.newPage(), address);
			} finally {
				await context.close();
			}
		};
		const result = await beside(
			'boot.first-result',
			peerName('@observablehq/notebook-kit'),
			1,
			{ run: () => cold(ours, storageState) },
			{ run: () => cold(kit.origin) },
			{ warmUp: quick ? 0 : 2, runs: quick ? 4 : 11 }
		);
		const context = await browser.newContext({ storageState });
		const scripts = await firstScripts(await context.newPage(), ours);
		await context.close();
		const kibibytes = scripts.reduce((sum, { weight }) => sum + weight, 0) / 1024;
		if (modules)
			for (const { module, weight } of heaviestModules(scripts).slice(0, 60))
				console.error(`${(weight / 1024).toFixed(2).padStart(6)} KiB  ${module}`);
		const { p95 } = await keyToPaint(browser, storageState, server.origin, quick ? 1 : 7);
		return [
			result,
			alone('boot.editor-script', [kibibytes], 'KiB', 260),
			alone('boot.typing-p95', p95, 'ms', 50)
		];
	} finally {
		await kit.close();
	}
}

// ---------------------------------------------------------------- what a page shows

/** From the navigation to the last chart, by the page's clock; of each chart, its marks and its texts. */
async function chartsOf(page: Page, address: string): Promise<Measured> {
	const away: string[] = [];
	page.on('request', (request) => {
		const { protocol, hostname } = new URL(request.url());
		if (/^(https?|wss?):$/.test(protocol) && hostname !== '127.0.0.1') away.push(request.url());
	});
	await page.addInitScript((wanted) => {
		const charts = () =>
			[...document.querySelectorAll('main svg')].filter(
				(svg) => svg.querySelectorAll('text').length >= 3
			);
		const look = () => {
			if (charts().length < wanted) return requestAnimationFrame(look);
			return Object.assign(window, { allDrawn: performance.now() });
		};
		requestAnimationFrame(look);
	}, CHARTS);
	await page.goto(address);
	const handle = await page.waitForFunction(
		() => (window as unknown as { allDrawn?: number }).allDrawn
	);
	const ms = Number(await handle.jsonValue());
	const result = await page.evaluate(() =>
		[...document.querySelectorAll('main svg')]
			.filter((svg) => svg.querySelectorAll('text').length >= 3)
			.map((svg) => ({
				marks: svg.querySelectorAll('rect, circle').length,
				texts: [...svg.querySelectorAll('text')]
					.filter((text) => text.children.length === 0)
					.map((text) => (text.textContent ?? '').replace(/\s+/g, ' ').trim())
					.sort()
			}))
	);
	if (result.some(({ marks, texts }) => marks === 0 || texts.length === 0))
		throw new BenchError(`${address} shows an empty chart`);
	if (away.length > 0) throw new BenchError(`${address} asked ${away[0]}`);
	return new Measured(ms, result);
}
