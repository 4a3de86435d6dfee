/**
 * What the kernel sees of an acknowledgement, by strace: between the moment at which an edit is read from a socket and
 * the one at which its acknowledgement is written to it, the database's log was written and synced to the disk. A
 * SIGKILL does not show this (what was written and not synced outlives a process), a power cut would.
 */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Clients, serverCommand, startServer } from './harness.ts';
import { Ledger } from './ledger.ts';
import { setStage } from './stage.ts';

export interface Watched {
	readonly people: number;
	/** Edits of each person; each waits for its answer before the next. */
	readonly edits: number;
	readonly port: number;
	readonly fault?: 'early' | 'double';
}

export interface Seen {
	readonly acknowledgements: number;
	/** Acknowledgements that left before the log was synced since their edit came. */
	readonly unfounded: number;
	/** Writes to the log, and times that it was synced. */
	readonly writes: number;
	readonly syncs: number;
}

const CALLS = 'read,recvfrom,recvmsg,write,writev,sendto,sendmsg,pwrite64,pwritev,fsync,fdatasync';

export async function watchDisk({ people, edits, port, fault }: Watched): Promise<Seen> {
	const stage = await setStage(people, 2, port);
	const trace = join(stage.folder, '..', 'trace');
	let clients: Clients | null = null;
	try {
		const strace = ['strace', '-f', '-yy', '-xx', '-s', '160', '-e', `trace=${CALLS}`, '-o', trace];
		const { server, pid } = await startServer(
			[...strace, ...serverCommand(stage.folder, port, fault)],
			port
		);
		const origin = `http://127.0.0.1:${port}`;
		const url = `${origin.replace('http', 'ws')}/collab`;
		const { writers } = stage;
		clients = new Clients({ say: 'start', url, origin, writers, rate: null, seed: 1 });
		const ledger = new Ledger();
		const delays: number[] = [];
		await clients.hear(ledger, 'finish', delays, edits);
		const closed = once(server, 'exit');
		process.kill(pid, 'SIGTERM');
		await closed;
		return read(readFileSync(trace, 'latin1').split('\n'));
	} finally {
		await clients?.end();
		stage.remove();
	}
}

/** An acknowledgement: the notebook's id, then Hocuspocus's sync status (8) and « yes » (1). */
const ACKNOWLEDGED = /(\\x(3[0-9]|6[1-9a-f]|7[0-9a])){26}\\x08\\x01/g;

/** @param lines of strace, in the order of time */
export function read(lines: readonly string[]): Seen {
	/** Sockets that an edit may have come from: whether the log was synced since. */
	const synced = new Map<string, boolean>();
	const greeted = new Set<string>();
	const unfinished = new Map<string, string>();
	let [acknowledgements, unfounded, writes, syncs] = [0, 0, 0, 0];
	let dirty = false;
	for (const line of lines) {
		const [, thread = '', said = ''] = /^(\d+) +(.*)$/.exec(line) ?? [];
		let call = said;
		// What another thread did meanwhile comes between its beginning and its end: it counts when it is done.
		if (said.endsWith('<unfinished ...>')) {
			unfinished.set(thread, said);
			continue;
		}
		const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(said);
		if (resumed) call = (unfinished.get(thread) ?? '') + (resumed[1] ?? '');
		const [, name = '', hex = ''] = /^(\w+)\((\d+<(?:TCP[^\]]*\]|[^>]*)>)/.exec(call) ?? [];
		const file = hex.replace(/\\x([0-9a-f]{2})/g, (_, code: string) =>
			String.fromCharCode(parseInt(code, 16))
		);
		if (/ = -1 /.test(call)) continue;
		const isLog = file.includes('carnet.sqlite-wal>');
		const isSocket = file.includes('<TCP:');
		if (isLog && name.startsWith('pwrite')) {
			writes++;
			dirty = true;
		} else if (isLog && name.endsWith('sync')) {
			syncs++;
			if (!dirty) continue;
			dirty = false;
			for (const socket of synced.keys()) synced.set(socket, true);
		} else if (isSocket && /^(read|recv)/.test(name)) synced.set(file, false);
		else if (isSocket) {
			const times = call.match(ACKNOWLEDGED)?.length ?? 0;
			if (times === 0) continue;
			// The first answers the handshake, which brings nothing that is not on the disk.
			if (!greeted.has(file)) {
				greeted.add(file);
				continue;
			}
			acknowledgements += times;
			if (!synced.get(file) || dirty) unfounded += times;
			synced.set(file, false);
		}
	}
	return { acknowledgements, unfounded, writes, syncs };
}
