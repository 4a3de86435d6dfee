/**
 * Notebooks built with Observable's own notebook-kit, as its `notebooks build` does, and served as static files. Their
 * imports from a CDN are led to the same packages, pinned: the product's, or the benches' own.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { config, observable } from '@observablehq/notebook-kit/vite';
import { build, type Plugin } from 'vite';

export interface KitNotebook {
	readonly origin: string;
	readonly close: () => Promise<void>;
}

const CDN = /^https:\/\/cdn\.jsdelivr\.net\/npm\/((?:@[^/@]+\/)?[^/@]+)(?:@[^/]+)?\/\+esm$/;
/** What the notebook uses; the rest of Observable's library is loaded by name only, and stays where it is. */
const USED = ['arquero', 'apache-arrow', 'htl', '@observablehq/plot', '@observablehq/inputs'];

/** @param manifest the package.json beside whose node_modules the packages are */
function local(manifest: string): Plugin {
	const require = createRequire(pathToFileURL(manifest));
	return {
		name: 'local-packages',
		enforce: 'pre',
		resolveId(source) {
			const name = CDN.exec(source)?.[1];
			return name === undefined || !USED.includes(name) ? null : this.resolve(name, manifest);
		},
		// A style sheet's `@import` of an address is not resolved: this one stands in notebook-kit's own sheet.
		transform(code, id) {
			if (!/stdlib\/inputs\.css$/.test(id)) return null;
			const sheet = join(
				dirname(require.resolve('@observablehq/inputs')),
				'..',
				'dist',
				'index.css'
			);
			return code.replace(/@import url\("https:[^"]*"\);/, readFileSync(sheet, 'utf8'));
		}
	};
}

/**
 * @param pages Observable Notebooks 2.0 files, each served at `/name.html`; `index` at `/` too
 * @param files what their `FileAttachment`s name
 * @param manifest the package.json beside whose node_modules the packages are
 */
export async function buildKitNotebooks(
	folder: string,
	pages: ReadonlyMap<string, string>,
	files: ReadonlyMap<string, Uint8Array>,
	manifest: string
): Promise<KitNotebook> {
	const root = resolve(folder, 'source');
	const out = resolve(folder, 'built');
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(root, { recursive: true });
	const input = [...pages].map(([name, html]) => {
		const page = join(root, `${name}.html`);
		writeFileSync(page, html);
		return page;
	});
	for (const [name, bytes] of files) writeFileSync(join(root, name), bytes);
	await build({
		...config(),
		configFile: false,
		root,
		logLevel: 'error',
		plugins: [local(resolve(manifest)), observable()],
		build: { outDir: out, emptyOutDir: true, rollupOptions: { input } }
	});
	return serve(out);
}

/** A notebook alone, served at `/`. */
export const buildKitNotebook = (
	folder: string,
	html: string,
	files: ReadonlyMap<string, Uint8Array>,
	manifest: string
): Promise<KitNotebook> => buildKitNotebooks(folder, new Map([['index', html]]), files, manifest);

const TYPES: Readonly<Record<string, string>> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript',
	'.css': 'text/css',
	'.woff2': 'font/woff2'
};

/** Compressed beforehand, as a good host would. */
async function serve(folder: string): Promise<KitNotebook> {
	const files = new Map<string, { type: string; bytes: Uint8Array; gzip: boolean }>();
	for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
		const type = TYPES[extname(name)] ?? 'application/octet-stream';
		if (extname(name) === '') continue;
		const bytes = readFileSync(join(folder, name));
		const gzip = /^text\//.test(type);
		files.set(`/${name}`, { type, gzip, bytes: gzip ? gzipSync(bytes) : bytes });
	}
	const server = createServer((request, response) => {
		const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
		const file = files.get(path === '/' ? '/index.html' : path);
		if (!file) return response.writeHead(404).end();
		response.setHeader('content-type', file.type);
		if (file.gzip) response.setHeader('content-encoding', 'gzip');
		response.end(file.bytes);
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('no port');
	return {
		origin: `http://127.0.0.1:${address.port}`,
		close: async () => {
			server.closeAllConnections();
			await new Promise((closed) => server.close(closed));
		}
	};
}
