/**
 * A page of one script, built as for production and served on loopback, in Chromium. It is isolated from other origins,
 * for clocks are then read to 5 µs and not to 100, which is a seventh of the shortest figure.
 */
import { createServer } from 'node:http';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { CHROMIUM_ARGS, ensureChromium } from '../support/chromium.ts';
import { BenchError } from './figure.ts';

export interface BuiltPage {
	readonly page: Page;
	/** What was asked of anything but this machine. */
	readonly abroad: readonly string[];
	readonly close: () => Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
	js: 'text/javascript',
	html: 'text/html; charset=utf-8',
	wasm: 'application/wasm'
};

/**
 * @param name of the folder that it is built in, emptied before and after
 * @param script a module; it sets `window.ready` when it may be asked
 * @param body what the page holds beside it
 * @param served files that are served besides, by their path
 */
export async function openBuiltPage({
	name,
	script,
	body = '',
	alias = {},
	served = new Map()
}: {
	readonly name: string;
	readonly script: string;
	readonly body?: string;
	readonly alias?: Readonly<Record<string, string>>;
	readonly served?: ReadonlyMap<string, Buffer>;
}): Promise<BuiltPage> {
	const folder = resolve('tests', '.output', name);
	const out = join(folder, 'built');
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'page.js'), script);
	writeFileSync(
		join(folder, 'index.html'),
		`<!doctype html>${body}<script type="module" src="./page.js"></script>`
	);
	await build({
		configFile: false,
		root: process.cwd(),
		logLevel: 'error',
		resolve: { alias },
		worker: { format: 'es' },
		build: { outDir: out, target: 'es2022', rollupOptions: { input: join(folder, 'index.html') } }
	});
	const files = new Map(served);
	for (const path of readdirSync(out, { recursive: true, encoding: 'utf8' }))
		if (/\.(html|js)$/.test(path)) files.set(`/${path}`, readFileSync(join(out, path)));
	const server = createServer((request, response) => {
		const path = request.url ?? '';
		const file = files.get(path);
		if (!file) return response.writeHead(404).end();
		response.setHeader('content-type', TYPES[path.split('.').at(-1) ?? ''] ?? 'text/plain');
		response.setHeader('cross-origin-opener-policy', 'same-origin');
		response.setHeader('cross-origin-embedder-policy', 'require-corp');
		response.end(file);
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new BenchError('no port');
	const browser = await chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_ARGS });
	const close = async (): Promise<void> => {
		await browser.close();
		server.closeAllConnections();
		await new Promise((closed) => server.close(closed));
		rmSync(folder, { recursive: true, force: true });
	};
	try {
		const page = await browser.newPage();
		const abroad: string[] = [];
		page.on('request', (request) => {
			if (!/^(http:\/\/127\.0\.0\.1|data:|blob:)/.test(request.url())) abroad.push(request.url());
		});
		const index = [...files.keys()].find((path) => path.endsWith('.html'));
		await page.goto(`http://127.0.0.1:${address.port}${index ?? '/'}`);
		await page.waitForFunction('window.ready && window.crossOriginIsolated');
		return { page, abroad, close };
	} catch (error) {
		await close();
		throw error;
	}
}
