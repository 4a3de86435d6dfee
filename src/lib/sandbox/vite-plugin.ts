/**
 * Two scripts are not part of the app's own bundle, because they run in a realm of their own:
 *
 * - the cell worker (`worker/worker.ts` and all it imports) becomes one classic script, served under a hashed
 *   address; `virtual:cell-worker` gives that address to the page, which fetches the text (asked for beforehand in
 *   the page's head) and hands it to the frame: an opaque origin can only start a worker from a blob, and only a
 *   classic one;
 * - the frame's boot script becomes text, which the server inlines and whose hash its policy names:
 *   `virtual:sandbox-boot`.
 */
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { build, type Plugin, type ViteDevServer } from 'vite';

const WORKER = 'virtual:cell-worker';
const BOOT = 'virtual:sandbox-boot';
/** Where the dev server answers with the worker's script. */
const DEV_ADDRESS = '/@cell-worker.js';

interface Bundle {
	readonly code: string;
	/** Absolute paths of every source that went into it. */
	readonly sources: readonly string[];
}

/** One classic script (an IIFE) from an entry, named by its path from this file. `plugins`: what a test changes in it. */
export async function bundle(
	entry: string,
	minify: boolean,
	plugins: readonly Plugin[] = []
): Promise<Bundle> {
	const result = await build({
		configFile: false,
		envFile: false,
		logLevel: 'error',
		publicDir: false,
		plugins: [...plugins],
		define: { 'process.env.NODE_ENV': '"production"' },
		build: {
			write: false,
			minify,
			target: 'es2022',
			modulePreload: false,
			reportCompressedSize: false,
			rolldownOptions: {
				input: fileURLToPath(new URL(entry, import.meta.url)),
				// Modules are strict: so is what becomes of them, or a callback of a cell could look up the stack.
				output: { format: 'iife', codeSplitting: false, strict: true }
			}
		}
	});
	const output = Array.isArray(result) ? result[0] : result;
	if (!output || !('output' in output)) throw new Error(`sandbox: no bundle for ${entry}`);
	const [chunk, ...more] = output.output;
	if (more.length > 0) throw new Error(`sandbox: ${entry} must be one script`);
	return { code: chunk.code, sources: chunk.moduleIds.filter((id) => id.startsWith('/')) };
}

export function sandboxPlugin(): Plugin {
	const bundles = new Map<string, Promise<Bundle>>();
	let dev: ViteDevServer | undefined;
	let production = false;

	function bundled(entry: string): Promise<Bundle> {
		let made = bundles.get(entry);
		if (!made) {
			made = bundle(entry, production);
			bundles.set(entry, made);
			made.then(
				({ sources }) => dev?.watcher.add([...sources]),
				() => bundles.delete(entry)
			);
		}
		return made;
	}
	const worker = () => bundled('./worker/worker.ts');
	const boot = () => bundled('./frame/boot.ts');
	const hashOf = (code: string) => createHash('sha256').update(code).digest('hex').slice(0, 12);

	return {
		name: 'carnet:sandbox',
		configResolved(config) {
			production = config.command === 'build';
		},
		resolveId(id) {
			return id === WORKER || id === BOOT ? `\0${id}` : undefined;
		},
		async load(id) {
			if (id === `\0${BOOT}`)
				return `export const bootScript = ${JSON.stringify((await boot()).code)};`;
			if (id !== `\0${WORKER}`) return undefined;
			const { code } = await worker();
			if (!production) return `export default '${DEV_ADDRESS}?v=${hashOf(code)}';`;
			const fileName = `_app/immutable/workers/cell.${hashOf(code)}.js`;
			// Only a page fetches it; the server names it in the page's head.
			if (this.environment.name === 'client')
				this.emitFile({ type: 'asset', fileName, source: code });
			return `export default '/${fileName}';`;
		},
		configureServer(server) {
			dev = server;
			server.watcher.on('change', (path) => void changed(path));
			server.middlewares.use((request, response, next) => {
				if (!request.url?.startsWith(DEV_ADDRESS)) return next();
				worker().then(({ code }) => {
					response.setHeader('content-type', 'text/javascript; charset=utf-8');
					response.setHeader('cache-control', 'no-store');
					response.end(code);
				}, next);
			});
			async function changed(path: string) {
				for (const [entry, made] of bundles) {
					const found = await made.then(
						({ sources }) => sources.includes(path),
						() => true
					);
					if (!found) continue;
					bundles.delete(entry);
					for (const environment of Object.values(server.environments))
						for (const id of [`\0${WORKER}`, `\0${BOOT}`]) {
							const module = environment.moduleGraph.getModuleById(id);
							if (module) environment.moduleGraph.invalidateModule(module);
						}
					server.ws.send({ type: 'full-reload' });
				}
			}
		}
	};
}
