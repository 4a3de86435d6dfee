/**
 * The production server as a child process, on a free port with a data folder of its own. The build must
 * exist (`npm run build`; `npm test` makes it). What the server prints is read as a person would.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './port.ts';

export interface ServerOptions {
	/** Arguments of `npm start`: `--demo`, `--no-demo`. */
	readonly args?: readonly string[];
	/** A data folder to start again with; a new empty one otherwise, removed at the end. */
	readonly data?: string;
	readonly env?: Readonly<Record<string, string>>;
	/** What Node starts; a test's own entry hears messages (`child.send`). */
	readonly entry?: string;
	/** Start through `npm start` rather than its last step. */
	readonly throughNpm?: boolean;
}

export interface RunningServer {
	readonly origin: string;
	readonly port: number;
	readonly data: string;
	readonly child: ChildProcess;
	/** All that it printed so far. */
	readonly printed: () => string;
	/** The one-time sign-in link, or null when none was printed. */
	readonly signInLink: string | null;
	/** The demo workshop's join code, or null when none was printed. */
	readonly joinCode: string | null;
	/** Asks it to end, waits until it has, and answers its exit code. */
	readonly stop: (signal?: NodeJS.Signals) => Promise<number | null>;
}

/** Resolves once the server has printed that it is ready; rejects with what it printed if it ends before. */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
	if (!existsSync(join('build', 'handler.js')))
		throw new Error('there is no build: run "npm run build" first');
	const port = Number(options.env?.PORT ?? (await freePort()));
	const data = options.data ?? (await mkdtemp(join(tmpdir(), 'carnet-')));
	const args = [...(options.args ?? [])];
	const [command, commandArgs] = options.throughNpm
		? ['npm', ['start', '--', ...args]]
		: [process.execPath, [options.entry ?? 'src/server.ts', ...args]];
	const child = spawn(command, commandArgs, {
		env: { ...process.env, PORT: String(port), CARNET_DATA: data, ...options.env },
		stdio: ['ignore', 'pipe', 'pipe', ...(options.entry ? (['ipc'] as const) : [])]
	});
	const { stdout, stderr } = child;
	if (!stdout || !stderr) throw new Error('nothing to read');
	let text = '';
	const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
	await new Promise<void>((ready, failed) => {
		const read = (chunk: Buffer) => {
			text += chunk.toString();
			if (text.includes(READY)) ready();
		};
		stdout.on('data', read);
		stderr.on('data', read);
		child.once('error', failed);
		void ended.then(([code]) => {
			failed(new Error(`the server ended (${code}) before it was ready:\n${text}`));
		});
	});
	return {
		origin: /Carnet commun {2}(https?:\/\/\S+)/.exec(text)?.[1] ?? `http://127.0.0.1:${port}`,
		port,
		data,
		child,
		printed: () => text,
		signInLink: /https?:\/\/\S+\/(?:lien|premier-acces)\/\S+/.exec(text)?.[0] ?? null,
		joinCode: /\/rejoindre\/(\S+)/.exec(text)?.[1] ?? null,
		async stop(signal = 'SIGTERM') {
			if (child.exitCode === null && child.signalCode === null) child.kill(signal);
			const [code] = await ended;
			if (options.data === undefined) await rm(data, { recursive: true, force: true });
			return code;
		}
	};
}

/** The last thing that the server prints when it stands. */
const READY = 'Ctrl+C';
