/** Runs the reading of a file in a process of its own, and ends it when it takes too long. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Reading } from './read-one.ts';

/** What a hostile file may take of whoever reads it. */
export const MOST_MS = 5_000;
export const MOST_MEGABYTES = 512;

/** @param patience how long the process may live, in ms: more than a reading may take, so that the machine's own slowness is no failure */
export async function readApart(
	bytes: Uint8Array,
	name: string,
	patience = 60_000
): Promise<Reading> {
	const folder = mkdtempSync(join(tmpdir(), 'carnet-fuzz-'));
	const path = join(folder, 'file');
	try {
		writeFileSync(path, bytes);
		const child = spawn(
			process.execPath,
			['--expose-gc', join(import.meta.dirname, 'read-one.ts'), path, name],
			{ stdio: ['ignore', 'pipe', 'pipe'] }
		);
		let out = '';
		let err = '';
		child.stdout.on('data', (part: Buffer) => (out += part.toString()));
		child.stderr.on('data', (part: Buffer) => (err += part.toString()));
		const timer = setTimeout(() => child.kill('SIGKILL'), patience);
		const code = await new Promise<number | null>((done) => child.on('close', done));
		clearTimeout(timer);
		if (code !== 0)
			return {
				outcome: `broken: exit ${String(code)} ${err.slice(0, 2000)}`,
				ms: NaN,
				megabytes: NaN
			};
		return JSON.parse(out) as Reading;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
