/**
 * Builds the product if what it is made of changed since the last build (`--force` builds anyway), and says so
 * clearly when this Node cannot run it.
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
if (!built || process.argv.includes('--force')) {
	console.log('Préparation du produit… / Building the product…');
	const vite = spawnSync(
		process.execPath,
		[join('node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'],
		{ stdio: 'inherit' }
	);
	if (vite.status !== 0) process.exit(vite.status ?? 1);
	writeFileSync(STAMP, inputs);
}
