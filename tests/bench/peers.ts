/**
 * The peers, from tests/bench/node_modules: their own lockfile, installed when a bench first needs them, so that the
 * product neither depends on them nor grows by them.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BenchError } from './figure.ts';

const FOLDER = join('tests', 'bench');
const LOCK = join(FOLDER, 'package-lock.json');
const INSTALLED = join(FOLDER, 'node_modules', '.lock');

export function installPeers(): void {
	const wanted = readFileSync(LOCK, 'utf8');
	if (existsSync(INSTALLED) && readFileSync(INSTALLED, 'utf8') === wanted) return;
	console.error('Installing the peers in tests/bench…');
	const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
		cwd: FOLDER,
		stdio: ['ignore', 'ignore', 'inherit']
	});
	if (status !== 0) throw new BenchError('the peers could not be installed');
	writeFileSync(INSTALLED, wanted);
}

const require = createRequire(pathToFileURL(join(process.cwd(), FOLDER, 'package.json')));

/** The peer's module; its types are not installed with the product, so the caller says what it uses of it. */
export async function peer<T>(name: string): Promise<T> {
	return (await import(pathToFileURL(require.resolve(name)).href)) as T;
}

/** `name version`, as installed. */
export function peerName(name: string): string {
	const manifest = join(FOLDER, 'node_modules', name, 'package.json');
	const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
	return `${name} ${version}`;
}
