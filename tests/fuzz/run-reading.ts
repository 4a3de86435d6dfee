/** Runs the reading of files in a process of its own, and ends it when it takes too long. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a hostile file may take of whoever reads it, beside the file itself; the time is that of the processor. */
export const MOST_MS = 5_000;
export const MOST_MEGABYTES = 512;

export interface Reading {
	/** `read`, the code of a refusal, or `broken: …` for an error that nobody foresaw. */
	readonly outcome: string;
	/** Of the processor: a machine that does other things at once changes nothing. NaN where the process ended. */
	readonly cpuMs: number;
	/** By the clock. */
	readonly ms: number;
	/** Most memory held beyond the beginning and the file, in megabytes (10⁶ bytes). */
	readonly megabytes: number;
	readonly fileMegabytes: number;
}

/** @param patience how long one reading may last by the clock, in ms: more than it may take, so that the machine's own slowness is no failure */
export class Reader {
	readonly #patience: number;
	readonly #folder = mkdtempSync(join(tmpdir(), 'carnet-fuzz-'));
	#child: ChildProcessWithoutNullStreams | null = null;
	#errors = '';

	constructor(patience = 60_000) {
		this.#patience = patience;
	}

	/** One file at a time. A process that hangs or breaks is ended, and the next file gets another. */
	async read(bytes: Uint8Array, name: string): Promise<Reading> {
		const path = join(this.#folder, 'file');
		writeFileSync(path, bytes);
		const child = (this.#child ??= this.#begun());
		const started = performance.now();
		let late = false;
		const timer = setTimeout(() => {
			late = true;
			child.kill('SIGKILL');
		}, this.#patience);
		try {
			const line = await new Promise<string | null>((done) => {
				let out = '';
				child.stdout.on('data', (part: Buffer) => {
					out += part.toString();
					if (out.endsWith('\n')) done(out);
				});
				child.once('exit', () => done(null));
				child.stdin.write(`${JSON.stringify({ path, name })}\n`);
			});
			if (line !== null) return JSON.parse(line) as Reading;
			this.#child = null;
			return {
				outcome: late ? 'broken: did not end' : `broken: ended ${this.#errors.slice(0, 2000)}`,
				cpuMs: NaN,
				ms: performance.now() - started,
				megabytes: NaN,
				fileMegabytes: bytes.length / 1e6
			};
		} finally {
			clearTimeout(timer);
			child.stdout.removeAllListeners('data');
			child.removeAllListeners('exit');
		}
	}

	/** The next file is read by a process that read none. */
	async restart(): Promise<void> {
		const child = this.#child;
		this.#child = null;
		if (!child) return;
		const ended = new Promise((done) => child.once('exit', done));
		child.stdin.end();
		await ended;
	}

	async close(): Promise<void> {
		await this.restart();
		rmSync(this.#folder, { recursive: true, force: true });
	}

	#begun(): ChildProcessWithoutNullStreams {
		const child = spawn(
			process.execPath,
			['--expose-gc', join(import.meta.dirname, 'read-files.ts')],
			{ stdio: ['pipe', 'pipe', 'pipe'] }
		);
		this.#errors = '';
		child.stderr.on('data', (part: Buffer) => (this.#errors += part.toString()));
		// A process that ended is told by its end.
		child.stdin.on('error', () => undefined);
		return child;
	}
}
