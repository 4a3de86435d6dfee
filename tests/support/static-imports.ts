/** What a source file brings with it: the files that it, and what it imports, import outside of a dynamic `import()`. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

const IMPORT =
	/^[ \t]*(?:import|export)\s+(?!type\b)(?:(?<names>[\w$*\s{},]+?)\s+from\s+)?['"](?<from>[^'"]+)['"]/gm;

/** Pages have nothing in their place (vite.config.ts). */
const SERVER_ALONE = /-at-once\.ts$/;

/** The names of an import that bind nothing once types are gone. */
const onlyTypes = (names: string): boolean =>
	/^\{\s*(?:type\s+[\w$]+(?:\s+as\s+[\w$]+)?\s*,?\s*)+\}$/.test(names.trim());

const ENDINGS = ['', '.ts', '.js', '.svelte', '/index.ts'];

/** The file that an import names, from the project's root; the import itself where it is a package's. */
function target(from: string, importer: string): string {
	const path = from.startsWith('$lib/')
		? join('src/lib', from.slice(5))
		: from.startsWith('.')
			? join(dirname(importer), from)
			: null;
	if (path === null) return from;
	for (const ending of ENDINGS) {
		const file = path + ending;
		if (existsSync(file) && statSync(file).isFile()) return file;
	}
	return path;
}

/** Files, from the project's root, and packages' modules; each with the file that imports it first, null for entries. */
export function staticImports(entries: readonly string[]): Map<string, string | null> {
	const found = new Map<string, string | null>(entries.map((entry) => [entry, null]));
	for (const [file] of found) {
		if (!/^src\/.*\.(ts|svelte)$/.test(file) || file.startsWith('src/lib/paraglide/')) continue;
		for (const { groups } of readFileSync(file, 'utf8').matchAll(IMPORT)) {
			if (!groups?.from || (groups.names && onlyTypes(groups.names))) continue;
			const to = target(groups.from, file);
			if (SERVER_ALONE.test(to)) continue;
			if (!found.has(to)) found.set(to, file);
		}
	}
	return found;
}
