/**
 * People edit, the server is killed at random moments and started again, and after each end what they were told is held
 * against what is on the disk.
 */
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { seeded } from '../support/seeded.ts';
import { Ledger, type Verdict } from './ledger.ts';
import type { FromClients, ToClients } from './messages.ts';
import { setStage } from './stage.ts';

export interface Play {
	readonly kills: number;
	readonly people: number;
	readonly documents: number;
	/** Edits a second of each person. */
	readonly rate: number;
	readonly seed: number;
	readonly port: number;
	/** A fault of the server's that must be found out. */
	readonly fault?: 'early' | 'double';
	/** How long the server lives each time, at least and at most, in milliseconds. */
	readonly lives: readonly [number, number];
	/** Told after each kill. */
	readonly tell?: (line: string) => void;
}

export interface Outcome extends Verdict {
	readonly kills: number;
	readonly made: number;
	readonly acknowledged: number;
	/** What `PRAGMA integrity_check` said otherwise than « ok », and notebooks that could not be read. */
	readonly damage: readonly string[];
	/** From each start to the first answer, in milliseconds. */
	readonly starts: readonly number[];
	/** Foldings of a log into a snapshot that were found on the disk. */
	readonly foldings: number;
	/** Edits a second while the server was up, all people together. */
	readonly pace: number;
	/** From an edit to its acknowledgement on the same connection, in milliseconds, sorted. */
	readonly delays: readonly number[];
}

const here = import.meta.dirname;
const PROCESSES = 2;
/** For the last edits to be acknowledged, in milliseconds. */
const PATIENCE = 60_000;

/** Starts the server; resolves with its process (`pid`: its own, whatever started it), and how long it took to answer. */
export async function startServer(
	command: readonly string[],
	port: number
): Promise<{ server: ChildProcess; pid: number; took: number }> {
	const began = performance.now();
	const [program = '', ...args] = command;
	const server = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
	const [said] = (await Promise.race([
		once(server.stdout ?? server, 'data'),
		once(server, 'exit').then(() => {
			throw new Error('the server did not start');
		})
	])) as [Buffer];
	await fetch(`http://127.0.0.1:${port}/`).then((answer) => answer.text());
	return { server, pid: Number(said.toString()), took: performance.now() - began };
}

export const serverCommand = (folder: string, port: number, fault = ''): string[] => [
	process.execPath,
	join(here, 'server.ts'),
	folder,
	String(port),
	fault
];

export async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const exit = once(child, 'exit');
	child.kill(signal);
	await exit;
}

/** The processes of clients. */
export class Clients {
	readonly #children: ChildProcess[] = [];
	readonly #firsts: number[] = [];
	/** Rejects if one of them ends by itself. */
	readonly #lost: Promise<never>[] = [];

	constructor(start: Extract<ToClients, { say: 'start' }>) {
		const share = Math.ceil(start.writers.length / PROCESSES);
		for (let p = 0; p < PROCESSES; p++) {
			const child = fork(join(here, 'clients.ts'), {
				stdio: 'inherit',
				execArgv: ['--disable-warning=ExperimentalWarning']
			});
			this.#children.push(child);
			const lost = once(child, 'exit').then(() => {
				throw new Error('a process of clients ended');
			});
			lost.catch(() => {});
			this.#lost.push(lost);
			this.#firsts.push(p * share);
			const writers = start.writers.slice(p * share, (p + 1) * share);
			child.send({ ...start, writers, seed: start.seed + p } satisfies ToClients);
		}
	}

	up(): void {
		for (const child of this.#children) child.send({ say: 'up' } satisfies ToClients);
	}

	/**
	 * Takes down what they say in the ledger.
	 * @param after edits of each person, before which none finishes
	 */
	async hear(ledger: Ledger, say: 'report' | 'finish', delays: number[], after = 0): Promise<void> {
		await Promise.all(
			this.#children.map(async (child, i) => {
				const answer = new Promise<FromClients>((resolve) =>
					child.once('message', (message: FromClients) => resolve(message))
				);
				child.send({ say, after } satisfies ToClients);
				const lost = this.#lost[i];
				const report = await (lost ? Promise.race([answer, lost]) : answer);
				ledger.take(this.#firsts[i] ?? 0, report);
				for (const delay of report.delays) delays.push(delay);
			})
		);
	}

	async end(): Promise<void> {
		await Promise.all(this.#children.map((child) => ended(child, 'SIGKILL')));
	}
}

export async function play(asked: Play): Promise<Outcome> {
	const { kills, people, documents, rate, seed, port, fault, lives, tell } = asked;
	const random = seeded(seed);
	const stage = await setStage(people, documents, port);
	const ledger = new Ledger();
	const verdicts: Verdict[] = [];
	const damage: string[] = [];
	const starts: number[] = [];
	const delays: number[] = [];
	let folded: readonly number[] = stage.notebookIds.map(() => 0);
	let foldings = 0;
	let lived = 0;
	const origin = `http://127.0.0.1:${port}`;
	const url = `${origin.replace('http', 'ws')}/collab`;
	const { writers } = stage;
	let server: ChildProcess | null = null;
	let clients: Clients | null = null;
	try {
		const start = async () => {
			const started = await startServer(serverCommand(stage.folder, port, fault), port);
			server = started.server;
			starts.push(started.took);
			return started.server;
		};
		const judge = () => {
			const found = stage.look();
			const verdict = ledger.judge(found.texts);
			verdicts.push(verdict);
			damage.push(...found.damage);
			foldings += found.folded.filter((seq, i) => seq > (folded[i] ?? 0)).length;
			folded = found.folded;
			return verdict;
		};
		for (let kill = 1; kill <= kills; kill++) {
			const running = await start();
			if (clients) clients.up();
			else clients = new Clients({ say: 'start', url, origin, writers, rate, seed });
			const began = performance.now();
			const [least, most] = lives;
			await pause(least + random() * (most - least));
			await ended(running, 'SIGKILL');
			lived += performance.now() - began;
			await clients.hear(ledger, 'report', delays);
			const { lost, doubled } = judge();
			const { acknowledged, made } = ledger;
			tell?.(
				`${kill}/${kills}: ${acknowledged} of ${made} edits acknowledged, ${lost.length} lost, ${doubled.length} doubled, ${damage.length} damaged, ${foldings} foldings, answered after ${Math.round(starts.at(-1) ?? 0)} ms`
			);
		}
		// A server at fault may leave what nobody can go on with.
		if (!fault) {
			const last = await start();
			clients?.up();
			await Promise.race([
				clients?.hear(ledger, 'finish', delays),
				pause(PATIENCE, null, { ref: false }).then(() => {
					throw new Error('edits are never acknowledged');
				})
			]);
			await ended(last, 'SIGTERM');
			judge();
		}
	} finally {
		await clients?.end();
		if (server) await ended(server, 'SIGKILL');
		stage.remove();
	}
	const all = (key: keyof Verdict) => [...new Set(verdicts.flatMap((verdict) => verdict[key]))];
	return {
		kills,
		made: ledger.made,
		acknowledged: ledger.acknowledged,
		lost: all('lost'),
		doubled: all('doubled'),
		returned: all('returned'),
		foreign: all('foreign'),
		damage,
		starts,
		foldings,
		pace: Math.round(ledger.made / (lived / 1000)),
		delays: delays.sort((a, b) => a - b)
	};
}
