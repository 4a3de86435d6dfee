/** A page of nothing but the import worker, built as for production and served, in Chromium. */
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium } from '@playwright/test';
import { build } from 'vite';
import { CHROMIUM_ARGS, ensureChromium } from '../support/chromium.ts';
import { BenchError } from './figure.ts';

export interface ImportPage {
	/** Reads the file once more; milliseconds by the page's clock, and the report. */
	readonly read: () => Promise<{ ms: number; result: unknown }>;
	readonly close: () => Promise<void>;
}

/** The page's script: keeps a worker that holds the file, and asks it to read. */
const SCRIPT = `import { startImportWorker } from '/src/lib/client/import-worker.ts';
let heard = () => {};
const worker = startImportWorker((answer) => heard(answer), () => heard({ type: 'lost' }));
const until = (type) => new Promise((done, fail) => {
	heard = (answer) => {
		if (answer.type === type) done(answer);
		else if (answer.type === 'failed' || answer.type === 'lost') fail(new Error(JSON.stringify(answer)));
	};
});
let id = 0;
window.opened = async () => {
	const file = document.querySelector('input').files[0];
	const opened = until('opened');
	worker.post({ type: 'open', file });
	await opened;
};
window.read = async () => {
	const report = until('report');
	const start = performance.now();
	worker.post({ type: 'read', id: ++id, choices: {} });
	const answer = await report;
	return { ms: performance.now() - start, result: answer.report };
};
window.ready = true;
`;

export async function openImportPage(path: string): Promise<ImportPage> {
	const folder = resolve('tests', '.output', 'bench-import');
	const out = join(folder, 'built');
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'page.js'), SCRIPT);
	writeFileSync(
		join(folder, 'index.html'),
		'<!doctype html><input type="file"><script type="module" src="./page.js"></script>'
	);
	// The compiler's settings stand on what this makes.
	execFileSync(process.execPath, ['node_modules/@sveltejs/kit/svelte-kit.js', 'sync'], {
		stdio: ['ignore', 'ignore', 'inherit']
	});
	await build({
		configFile: false,
		root: process.cwd(),
		logLevel: 'error',
		worker: { format: 'es' },
		build: { outDir: out, rollupOptions: { input: join(folder, 'index.html') } }
	});
	const files = new Map(
		readdirSync(out, { recursive: true, encoding: 'utf8' })
			.filter((name) => /\.(html|js)$/.test(name))
			.map((name) => [`/${name}`, readFileSync(join(out, name))])
	);
	const server = createServer((request, response) => {
		const name = request.url ?? '';
		const file = files.get(name);
		if (!file) return response.writeHead(404).end();
		const type = name.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8';
		response.setHeader('content-type', type);
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
		const index = [...files.keys()].find((name) => name.endsWith('.html'));
		await page.goto(`http://127.0.0.1:${address.port}${index ?? '/'}`);
		await page.waitForFunction('window.ready');
		await page.setInputFiles('input', path);
		await page.evaluate('window.opened()');
		return {
			read: async () => (await page.evaluate('window.read()')) as { ms: number; result: unknown },
			close
		};
	} catch (error) {
		await close();
		throw error;
	}
}
