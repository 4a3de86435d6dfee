/**
 * A live server in a process of its own, ours or the peer's, that says its address and what it uses. Ours is the
 * product's: its rooms, its journal, its database on disk; only who comes in is told by a cookie outright. The peer is
 * y-websocket's, in memory, as it comes.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { argv, pid } from 'node:process';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Notebook } from '../../../src/lib/core/notebook/notebook.ts';
import type { Actor } from '../../../src/lib/server/app.ts';
import { peer } from '../../bench/peers.ts';

/** What the bench asks for. */
export type ServerAsk =
	{ readonly make: number; readonly people: number; readonly notebook: Notebook } | 'usage' | 'end';

export interface ServerReady {
	readonly url: string;
	readonly origin: string;
	/** Addresses of the documents. */
	readonly documents: readonly string[];
	readonly cookies: readonly string[];
}

export interface Usage {
	/** Seconds of processor since the start. */
	readonly cpu: number;
	/** Bytes. */
	readonly resident: number;
}

interface Running {
	readonly server: Server;
	make(ask: Exclude<ServerAsk, string>): Pick<ServerReady, 'documents' | 'cookies'>;
	end(): Promise<void>;
}

const running = argv[2] === 'peer' ? await theirs() : await ours();
const { server } = running;
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

process.on('message', (ask: ServerAsk) => {
	if (ask === 'usage') {
		const { user, system } = process.cpuUsage();
		const usage: Usage = { cpu: (user + system) / 1e6, resident: process.memoryUsage.rss() };
		process.send?.(usage);
	} else if (ask === 'end') void running.end().then(() => process.exit(0));
	else {
		const url = origin.replace('http', 'ws');
		const ready: ServerReady = { url, origin, ...running.make(ask) };
		process.send?.(ready);
	}
});
// Whoever started it is gone.
process.on('disconnect', () => process.exit(1));
process.send?.({ pid });

async function ours(): Promise<Running> {
	const { testApp, testPerson, testSession, unmeasured } = await import('../live-notebook.ts');
	const { roomsOf } = await import('../../../src/lib/server/collab/rooms.ts');
	const { createNotebook } = await import('../../../src/lib/server/notebooks/create.ts');
	const { notebookGrants } = await import('../../../src/lib/server/db/schema.ts');
	const { newId } = await import('../../../src/lib/core/ids.ts');
	const { mkdtempSync, rmSync } = await import('node:fs');
	const { tmpdir } = await import('node:os');
	const { join } = await import('node:path');
	const folder = mkdtempSync(join(tmpdir(), 'carnet-bench-'));
	const test = testApp(folder);
	const app = { ...test.app, now: Date.now };
	const actors = new Map<string, Actor>();
	const rooms = roomsOf(app, async (_app, cookies) => {
		const sessionHash = /carnet=([0-9a-z]+)/.exec(cookies ?? '')?.[1] ?? '';
		const actor = actors.get(sessionHash);
		return actor ? { actor, sessionHash } : null;
	});
	const http = createServer((_request, response) => response.end());
	http.on('upgrade', (request, socket, head) => {
		if (!rooms.upgrade(request, socket, head, [origin])) socket.destroy();
	});
	return {
		server: http,
		make: ({ make, people, notebook }) => {
			const actorsHere = Array.from({ length: people }, (_, i) =>
				testPerson(app, `P${i}`, 'guest')
			);
			const [owner] = actorsHere;
			if (!owner) throw new RangeError('nobody');
			const documents = Array.from({ length: make }, () =>
				createNotebook(unmeasured(app), owner, { notebook })
			);
			app.db.transaction((tx) => {
				for (const [i, { personId }] of actorsHere.entries())
					tx.insert(notebookGrants)
						.values({
							id: newId(app.random),
							notebookId: documents[i % make] ?? '',
							granteeKind: 'person',
							granteeId: personId,
							level: 'editor',
							createdBy: owner.personId,
							createdAt: app.now()
						})
						.run();
			});
			const cookies = actorsHere.map((actor) => {
				const session = testSession(app, actor);
				actors.set(session, actor);
				return `carnet=${session}`;
			});
			return { documents, cookies };
		},
		end: async () => {
			await rooms.close();
			app.db.$client.close();
			rmSync(folder, { recursive: true, force: true });
		}
	};
}

async function theirs(): Promise<Running> {
	const { setupWSConnection } = await peer<{
		setupWSConnection: (socket: WebSocket, request: IncomingMessage) => void;
	}>('@y/websocket-server/utils');
	const sockets = new WebSocketServer({ noServer: true });
	sockets.on('connection', setupWSConnection);
	const http = createServer((_request, response) => response.end());
	http.on('upgrade', (request, socket, head) => {
		sockets.handleUpgrade(request, socket, head, (one) => sockets.emit('connection', one, request));
	});
	let made = 0;
	return {
		server: http,
		make: ({ make }) => ({
			documents: Array.from({ length: make }, () => `document${made++}`),
			cookies: ['']
		}),
		end: async () => {}
	};
}
