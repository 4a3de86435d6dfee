/**
 * Two scripts are not part of the app's own bundle, because they run in a realm of their own. Both are text in
 * `virtual:sandbox`, which the server puts in the frame's page:
 *
 * - the frame's boot script, inlined and named by its hash in the frame's policy;
 * - the cell worker (`worker/worker.ts` and all it imports) as one classic script: an opaque origin can only start a
 *   worker from a blob, and only a classic one.
 */
import { fileURLToPath } from 'node:url';
import { build, type Plugin, type ViteDevServer } from 'vite';

const SANDBOX = 'virtual:sandbox';

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
	return {
		name: 'carnet:sandbox',
		configResolved(config) {
			production = config.command === 'build';
		},
		resolveId(id) {
			return id === SANDBOX ? `\0${id}` : undefined;
		},
		async load(id) {
			if (id !== `\0${SANDBOX}`) return undefined;
			const [boot, worker] = await Promise.all([
				bundled('./frame/boot.ts'),
				bundled('./worker/worker.ts')
			]);
			return `export const bootScript = ${JSON.stringify(boot.code)};
export const workerScript = ${JSON.stringify(worker.code)};`;
		},
		configureServer(server) {
			dev = server;
			server.watcher.on('change', (path) => void changed(path));
			async function changed(path: string) {
				for (const [entry, made] of bundles) {
					const found = await made.then(
						({ sources }) => sources.includes(path),
						() => true
					);
					if (!found) continue;
					bundles.delete(entry);
					for (const environment of Object.values(server.environments)) {
						const module = environment.moduleGraph.getModuleById(`\0${SANDBOX}`);
						if (module) environment.moduleGraph.invalidateModule(module);
					}
					server.ws.send({ type: 'full-reload' });
				}
			}
		}
	};
}
