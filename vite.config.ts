import type { IncomingMessage } from 'node:http';
import { resolve } from 'node:path';
import type { Duplex } from 'node:stream';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { urlPatterns } from './src/lib/core/addresses.ts';
import { sandboxPlugin } from './src/lib/sandbox/vite-plugin.ts';
import { readConfig } from './src/lib/server/config.ts';
import { pageLanguage } from './src/page-language.ts';
import { pageModules } from './src/page-modules.ts';
import { sharedScripts } from './src/shared-scripts.ts';

const messages = paraglideVitePlugin({
	project: './src/project.inlang',
	outdir: './src/lib/paraglide',
	strategy: ['url', 'baseLocale'],
	urlPatterns
});

/**
 * The product while it is developed, on the address that its settings name: the same demo, way in and live
 * notebooks as `npm start`. Node loads the server's modules, apart from Vite's copies; the one App of the process is
 * shared between the two.
 */
const developed: Plugin = {
	name: 'carnet-developed',
	apply: 'serve',
	config() {
		const { host, port } = readConfig(process.env, [], process.cwd());
		return { server: { host, port, strictPort: true } };
	},
	async configureServer({ httpServer, config }) {
		if (!httpServer || process.env.VITEST) return;
		const { theApp } = await import('./src/lib/server/platform.ts');
		const { roomsOf } = await import('./src/lib/server/collab/rooms.ts');
		const { seedDemo } = await import('./src/lib/server/demo/seed.ts');
		const { greeting } = await import('./src/lib/server/greeting.ts');
		const app = theApp();
		const rooms = roomsOf(app);
		if (app.config.demo) await seedDemo(app);
		// Vite answers its own sockets.
		httpServer.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
			rooms.upgrade(request, socket, head);
		});
		httpServer.once('listening', () => config.logger.info(`\n${greeting(app)}\n`));
	}
};

/**
 * What libraries bring to every page though browsers have it. Paraglide's URLPattern: src/hooks.client.ts loads it in
 * the browsers that lack it. markdown-it's list of named characters. The colours of what Yjs writes to the console. And what pages load when it is wanted and the server has
 * at once: the sentences of all errors, what reads Markdown. On the server they stay.
 */
const NATIVE = new Map([
	['\0native-patterns', 'export {};'],
	['\0no-errors-at-once', 'export const atOnce = null;'],
	['\0no-markdown-at-once', 'export const readAtOnce = null;'],
	[
		'\0plain-logging',
		`const say = (...words) => console.warn(...words);
		export { say as print, say as warn };
		export const BOLD = '', UNBOLD = '', RED = '', ORANGE = '';`
	]
]);
const native: Plugin = {
	name: 'carnet-native',
	enforce: 'pre',
	applyToEnvironment: ({ name }) => name === 'client',
	resolveId(id, importer) {
		if (id === '@inlang/paraglide-js/urlpattern-polyfill' && importer?.endsWith('/runtime.js'))
			return '\0native-patterns';
		if (id === 'entities' && importer?.includes('/markdown-it/'))
			return resolve('src/lib/ui/notebook/page-entities.ts');
		if (id.endsWith('/error-text-at-once.ts')) return '\0no-errors-at-once';
		if (id.endsWith('/markdown-at-once.ts')) return '\0no-markdown-at-once';
		if (id === 'lib0/logging' && importer?.includes('/yjs/')) return '\0plain-logging';
		return undefined;
	},
	load: (id) => NATIVE.get(id)
};

export default defineConfig({
	plugins: [
		native,
		sandboxPlugin(),
		developed,
		tailwindcss(),
		// Under vitest its watcher would keep the run from ending; `npm run messages` compiles beforehand.
		...(process.env.VITEST ? [] : [messages]),
		pageModules(),
		pageLanguage(),
		sveltekit()
	],
	// A font inlined as data: would be refused by the pages' own policy.
	build: { assetsInlineLimit: (file) => (file.endsWith('.woff2') ? false : undefined) },
	// It finds its WebAssembly beside itself: bundled beforehand for development, it would look elsewhere.
	optimizeDeps: { exclude: ['parquet-wasm'] },
	// The import worker loads a format's reader when a file needs it.
	worker: { format: 'es' },
	environments: {
		client: {
			build: {
				rolldownOptions: {
					output: {
						codeSplitting: { groups: sharedScripts },
						// A shared script is named after the pages that share it, with their slashes: its styles would be in folders
						// where neither Kit nor the English scripts look for them.
						sanitizeFileName: (name) => (name.includes('~') ? name.replace(/[~/]+/g, '-') : name)
					}
				}
			}
		}
	},
	// A database inside what Vite watches would reload the page at each commit.
	server: { watch: { ignored: ['**/data/**', '**/tests/.output/**'] } },
	test: {
		include: [
			'src/**/*.test.ts',
			'tests/boundaries/**/*.test.ts',
			'tests/golden/**/*.test.ts',
			'tests/fuzz/**/*.test.ts',
			'tests/kill/**/*.test.ts'
		],
		environment: 'node',
		// Every processor: nobody watches while tests run.
		maxWorkers: '100%',
		// A machine that does several things at once is no failure.
		testTimeout: 60_000,
		hookTimeout: 60_000
	}
});
