/** For tests only: a real server with real sockets over a real database, and people who connect to it. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { newId } from '../../src/lib/core/ids.ts';
import type { Actor, App } from '../../src/lib/server/app.ts';
import { sessions } from '../../src/lib/server/db/schema.ts';
import { CLOSE } from '../../src/lib/server/collab/peer.ts';
import { roomsOf, type Identify, type Rooms } from '../../src/lib/server/collab/rooms.ts';

export { testApp, testPerson, unmeasured, type TestApp } from './app.ts';

/** A session row; the cookie of these tests names its hash outright. */
export function testSession(app: App, actor: Actor, ttl = 86_400_000): string {
	const idHash = newId(app.random);
	app.db
		.insert(sessions)
		.values({
			idHash,
			personId: actor.personId,
			createdAt: app.now(),
			expiresAt: app.now() + ttl
		})
		.run();
	return idHash;
}

export interface TestServer {
	readonly rooms: Rooms;
	readonly origin: string;
	readonly url: string;
	stop(): Promise<void>;
}

export async function testServer(
	app: App,
	actors: ReadonlyMap<string, Actor>,
	handshake?: number
): Promise<TestServer> {
	const identify: Identify = async (_app, cookies) => {
		const sessionHash = /carnet=([0-9a-z]+)/.exec(cookies ?? '')?.[1];
		const actor = sessionHash === undefined ? undefined : actors.get(sessionHash);
		return actor && sessionHash !== undefined ? { actor, sessionHash } : null;
	};
	const rooms = roomsOf(app, identify, handshake);
	const server: Server = createServer((_request, response) => response.end());
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	server.on('upgrade', (request, socket, head) => {
		if (!rooms.upgrade(request, socket, head, [origin])) socket.destroy();
	});
	return {
		rooms,
		origin,
		url: `${origin.replace('http', 'ws')}/collab`,
		stop: async () => {
			await rooms.close();
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		}
	};
}

export interface Client {
	readonly doc: Y.Doc;
	readonly provider: HocuspocusProvider;
	/** Resolves when everything this client wrote is acknowledged. */
	saved(): Promise<void>;
	/** Resolves with the reason when the server lets it into nothing. */
	readonly denied: Promise<string>;
	destroy(): void;
}

/** Connects as the browser does, with its cookie and its page's origin. */
export function connect(
	server: Pick<TestServer, 'url' | 'origin'>,
	notebookId: string,
	session: string | null,
	doc = new Y.Doc()
): Client {
	class Socket extends WebSocket {
		constructor(url: string) {
			super(url, {
				headers: { origin: server.origin, ...(session ? { cookie: `carnet=${session}` } : {}) }
			});
			// Closed before it is open, this socket says so as an error, when the provider listens no more.
			this.on('error', () => {});
		}
	}
	const websocketProvider = new HocuspocusProviderWebsocket({
		url: server.url,
		WebSocketPolyfill: Socket,
		delay: 20,
		minDelay: 20,
		maxDelay: 100
	});
	let deny: (reason: string) => void = () => {};
	const denied = new Promise<string>((resolve) => (deny = resolve));
	const provider = new HocuspocusProvider({
		name: notebookId,
		document: doc,
		websocketProvider,
		awareness: null,
		onAuthenticationFailed: ({ reason }) => deny(reason),
		onClose: ({ event }) => {
			if (event.code !== CLOSE.signIn.code) return;
			websocketProvider.disconnect();
			deny('sign_in_required');
		}
	});
	provider.attach();
	return {
		doc,
		provider,
		denied,
		saved: () =>
			new Promise<void>((resolve) => {
				const done = () => provider.isSynced && provider.unsyncedChanges === 0;
				if (done()) return resolve();
				const look = () => {
					if (!done()) return;
					provider.off('unsyncedChanges', look);
					provider.off('synced', look);
					resolve();
				};
				provider.on('unsyncedChanges', look);
				provider.on('synced', look);
			}),
		destroy: () => {
			provider.destroy();
			websocketProvider.destroy();
		}
	};
}

/** Resolves once the document reads as `want` says. */
export function until(doc: Y.Doc, want: (doc: Y.Doc) => boolean): Promise<void> {
	return new Promise((resolve) => {
		const look = () => {
			if (!want(doc)) return;
			doc.off('update', look);
			resolve();
		};
		doc.on('update', look);
		look();
	});
}
