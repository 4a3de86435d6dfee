/**
 * What attacks try to reach: a port of 127.0.0.1 that answers HTTP and WebSockets, hears UDP, and writes down every
 * contact. A TCP connection counts as one, whether or not anything was asked through it.
 */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Page } from '@playwright/test';

export interface Listener {
	readonly port: number;
	/** `http://127.0.0.1:port` */
	readonly origin: string;
	/** `tcp`, `udp`, or the path that was asked for, in the order in which they came. */
	readonly contacts: readonly string[];
	forget(): void;
	close(): Promise<void>;
}

/** Answers so that whoever asks is satisfied: any origin may read, scripts are scripts, fonts may fail. */
const TYPES: readonly (readonly [end: string, type: string, body: string])[] = [
	['.js', 'text/javascript', 'globalThis.reached = true;'],
	['.css', 'text/css', 'a {}'],
	['.events', 'text/event-stream', 'data: a\n\n']
];

export async function listen(): Promise<Listener> {
	const contacts: string[] = [];
	const sockets = new Set<Socket>();
	const server = createServer((request, response) => {
		const path = request.url ?? '';
		// The browser's own wish, once for each site that it shows.
		if (path !== '/favicon.ico') contacts.push(path);
		const [, type, body] = TYPES.find(([end]) => path.endsWith(end)) ?? ['', 'text/plain', 'a'];
		response.writeHead(200, {
			'content-type': type,
			'access-control-allow-origin': request.headers.origin ?? '*',
			'access-control-allow-headers': '*'
		});
		response.end(body);
	});
	server.on('connection', (socket) => {
		contacts.push('tcp');
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
	});
	server.on('upgrade', (request, socket) => {
		contacts.push(request.url ?? '');
		socket.destroy();
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;

	const udp = createSocket('udp4', () => contacts.push('udp'));
	udp.bind(port, '127.0.0.1');
	await once(udp, 'listening');

	return {
		port,
		origin: `http://127.0.0.1:${port}`,
		contacts,
		forget() {
			contacts.length = 0;
		},
		async close() {
			udp.close();
			for (const socket of sockets) socket.destroy();
			server.close();
			await once(server, 'close');
		}
	};
}

/**
 * What the listener heard once the browser has had its say: the same browser calls it from a page without any
 * policy, and what it was asked to do before that has gone out by then. The call itself is left out.
 */
export async function heardBy(listener: Listener, page: Page): Promise<readonly string[]> {
	const before = [...listener.contacts];
	const free = await page.context().newPage();
	await free.goto(`${listener.origin}/fence`);
	await free.close();
	// Connections that come with the fence may be its own; a path or a datagram is not.
	const later = listener.contacts.slice(before.length);
	return [...before, ...later.filter((each) => each !== 'tcp' && each !== '/fence')];
}
