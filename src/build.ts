/**
 * Builds the product if what it is made of changed since the last build, and says so. What the builder prints is for
 * who develops: it is shown when the build fails, or with `--force`, which builds anyway.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const INPUTS = [
	'src',
	'static',
	'package-lock.json',
	'svelte.config.js',
	'vite.config.ts',
	'tsconfig.json'
];
/** Written by the build itself. */
const GENERATED = /^src.(lib.paraglide|project\.inlang.(?!settings\.json))/;
const STAMP = join('build', '.inputs');

function* filesOf(path: string): Generator<string> {
	if (GENERATED.test(path) || !existsSync(path)) return;
	if (statSync(path).isDirectory()) {
		for (const name of readdirSync(path).sort()) yield* filesOf(join(path, name));
	} else yield path;
}

/** SHA-256 of every input's path and content. */
function fingerprint(): string {
	const hash = createHash('sha256').update(process.version);
	for (const input of INPUTS)
		for (const file of filesOf(input)) hash.update(file).update('\0').update(readFileSync(file));
	return hash.digest('hex');
}

const inputs = fingerprint();
const built = existsSync(STAMP) && readFileSync(STAMP, 'utf8') === inputs;
const forced = process.argv.includes('--force');
if (!built || forced) {
	console.log(
		'Préparation du produit, une ou deux minutes… / Building the product, a minute or two…'
	);
	const vite = spawnSync(
		process.execPath,
		[join('node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'],
		{ stdio: forced ? 'inherit' : 'pipe', encoding: 'utf8', maxBuffer: Infinity }
	);
	if (vite.status !== 0) {
		if (!forced) console.error(vite.stdout + vite.stderr);
		process.exit(vite.status ?? 1);
	}
	writeFileSync(STAMP, inputs);
}
