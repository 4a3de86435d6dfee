/** Real sockets, real frames, and a colleague who goes on writing meanwhile. `npm run fuzz -- collab` takes longer. */
import { connect as connectWire } from 'node:net';
import * as encoding from 'lib0/encoding';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { cellText, readNotebook, setTitle } from '../../collab/document.ts';
import { toNotebook } from '../../core/notebook/notebook.ts';
import type { Actor } from '../app.ts';
import { notebookGrants } from '../db/schema.ts';
import { createNotebook } from '../notebooks/create.ts';
import { seeded } from '../../../../tests/fuzz/random.ts';
import {
	ATTACKS,
	frameOf,
	Intruder,
	type Target
} from '../../../../tests/support/live-load/attacks.ts';
import {
	connect,
	testApp,
	testPerson,
	testServer,
	testSession,
	type Client,
	type TestApp,
	type TestServer
} from '../../../../tests/support/live-notebook.ts';
import { Allowance, Pace } from './pace.ts';
import { CLOSE } from './peer.ts';

const MUTANTS = Number(process.env.CARNET_FUZZ_MUTANTS ?? 300);

let test: TestApp;
let server: TestServer;
let colleague: Client;
let target: Target;
let actors: Map<string, Actor>;
let unhandled: unknown[];
/** What libraries write to the log by themselves, and what we do. */
let written: unknown[][];
let noted: string[];
const heard = (cause: unknown) => unhandled.push(cause);

beforeEach(async () => {
	unhandled = [];
	written = [];
	noted = [];
	for (const way of ['log', 'warn', 'error'] as const)
		vi.spyOn(console, way).mockImplementation((...all: unknown[]) => void written.push(all));
	vi.spyOn(process.stderr, 'write').mockImplementation((line) => noted.push(String(line)) > 0);
	process.on('unhandledRejection', heard);
	test = testApp();
	const owner = testPerson(test.app, 'Line');
	const ownerSession = testSession(test.app, owner);
	actors = new Map([[ownerSession, owner]]);
	server = await testServer(test.app, actors, 1_000);
	const document = createNotebook(test.app, owner, {
		notebook: toNotebook({
			title: 'Premier',
			cells: [
				{ id: 'a', source: 'x'.repeat(400_000) },
				{ id: 'b', source: '' }
			]
		})
	});
	target = letIn(document);
	colleague = connect(server, document, ownerSession);
	await colleague.saved();
});

afterEach(async () => {
	process.off('unhandledRejection', heard);
	colleague.destroy();
	await server.stop();
	test.close();
	vi.restoreAllMocks();
	expect(unhandled).toEqual([]);
	expect(written).toEqual([]);
	for (const line of noted)
		expect(line).toMatch(/^a live connection to notebook \w{26} was ended: [^\n]+\n$/);
	// The same is not said twice in a minute.
	expect(new Set(noted).size).toBe(noted.length);
});

/** Another guest, who may edit a notebook. */
function letIn(document: string): Target {
	const guest = testPerson(test.app, 'Omar', 'guest');
	const session = testSession(test.app, guest);
	actors.set(session, guest);
	test.app.db
		.insert(notebookGrants)
		.values({
			id: guest.personId,
			notebookId: document,
			granteeKind: 'person',
			granteeId: guest.personId,
			level: 'editor',
			createdBy: guest.personId,
			createdAt: 0
		})
		.run();
	return { url: server.url, origin: server.origin, cookie: `carnet=${session}`, document };
}

async function enter(): Promise<Intruder> {
	const intruder = await Intruder.enter(target);
	if (!intruder) throw new Error('not let in');
	return intruder;
}

/** The colleague writes and is answered; the notebook reads well from the disk. */
async function goesOn(word: string): Promise<void> {
	setTitle(colleague.doc, word);
	await colleague.saved();
	const { doc, notebook } = server.rooms.read(target.document);
	expect(notebook.title).toBe(word);
	expect(doc.store.pendingStructs ?? doc.store.pendingDs).toBeNull();
}

it('takes what an editor writes on the same path, and keeps the socket', async () => {
	const editor = await enter();
	const text = 'écrit par l’autre';
	editor.sync(
		2,
		editor.edit((doc) => cellText(doc, 'b')?.insert(0, text))
	);
	while (editor.acknowledged === 0) await new Promise((resolve) => setImmediate(resolve));
	expect(server.rooms.read(target.document).notebook.cells[1]?.source).toBe(text);
	await goesOn('Deuxième');
	expect(editor.socket.readyState).toBe(WebSocket.OPEN);
	editor.socket.terminate();
});

describe('is cut, and the colleague goes on:', () => {
	for (const [name, attack] of Object.entries(ATTACKS))
		it(name, async () => {
			const intruder = await enter();
			const rows = server.rooms.count();
			expect(rows).toBe(2);
			const sent = attack(intruder);
			await goesOn('Pendant');
			const code = await intruder.closed;
			await sent;
			expect([
				...[CLOSE.refused, CLOSE.tooFast, CLOSE.tooSlow].map((reason) => reason.code),
				// A frame too large is closed by the WebSocket library; a connection torn down while writing, by nobody.
				...[1008, 1009, 1006, 4205]
			]).toContain(code);
			await goesOn('Après');
		});
});

describe('what the log says of a socket that was ended', () => {
	it('is one line of ours, for the first of its kind', async () => {
		for (let i = 0; i < 3; i++) {
			const intruder = await enter();
			intruder.sync(2, Uint8Array.of(255, 255, 255));
			expect(await intruder.closed).toBe(4400);
		}
		expect(noted).toEqual([
			`a live connection to notebook ${target.document} was ended: malformed\n`
		]);
	});

	it('is nothing for one that was let into no notebook', async () => {
		const ends = async (...frames: Uint8Array[]): Promise<number> => {
			const socket = new WebSocket(target.url, {
				headers: { origin: target.origin, cookie: target.cookie }
			});
			await new Promise((resolve) => socket.once('open', resolve));
			for (const frame of frames) socket.send(frame);
			return new Promise((resolve) => socket.once('close', resolve));
		};
		const question = (document: string, bytes: number) =>
			frameOf(document, 0, (e) => {
				encoding.writeVarUint(e, 0);
				encoding.writeVarUint8Array(e, new Uint8Array(bytes));
			});
		const token = frameOf(target.document, 2, (e) => {
			encoding.writeVarUint(e, 0);
			encoding.writeVarUint(e, 400);
		});
		expect(await ends(token)).toBe(4400);
		expect(await ends(question(target.document, 9), question('z'.repeat(26), 9))).toBe(4400);
		expect(await ends(question(target.document, 100_000), question(target.document, 100_000))).toBe(
			4400
		);
		expect(noted).toEqual([]);
	});
});

describe('a frame that is not what a page sends', () => {
	/** Of each kind that pages send. */
	function recorded(intruder: Intruder): Uint8Array[] {
		const frame = (type: number, step: number, payload: Uint8Array): Uint8Array =>
			frameOf(intruder.target.document, type, (e) => {
				encoding.writeVarUint(e, step);
				encoding.writeVarUint8Array(e, payload);
			});
		const presence = new TextEncoder().encode(JSON.stringify({ cell: 'a', user: { name: 'Z' } }));
		const small = new Y.Doc();
		Y.applyUpdate(small, Y.encodeStateAsUpdate(intruder.doc));
		return [
			frame(0, 0, Y.encodeStateVector(intruder.doc)),
			frame(
				0,
				2,
				intruder.edit((doc) => cellText(doc, 'b')?.insert(0, 'mots'))
			).slice(),
			frame(
				0,
				1,
				intruder.edit((doc) => setTitle(doc, 'Titre'))
			),
			frame(
				4,
				1,
				intruder.edit((doc) => cellText(doc, 'b')?.delete(0, 2))
			),
			frame(1, 1 + 1 + 1 + presence.length, Uint8Array.of(1, 5, 1, presence.length, ...presence)),
			frame(2, 0, new TextEncoder().encode('jeton')),
			frame(3, 0, new Uint8Array()),
			frame(5, 4, new TextEncoder().encode('mots')),
			frame(6, 4, new TextEncoder().encode('mots')),
			frame(7, 0, new Uint8Array())
		];
	}

	it(`is refused or taken, and hurts nobody: ${MUTANTS} of them`, async () => {
		const below = seeded(2026);
		const owner = [...actors.values()][0];
		if (!owner) throw new Error('nobody');
		const document = createNotebook(test.app, owner, {
			notebook: toNotebook({ title: 'Petit', cells: [{ id: 'b', source: 'des mots' }] })
		});
		// Each guest has a pace: a program that is cut for what it sends would wait for its own.
		const come = async (): Promise<Intruder> => {
			const one = await Intruder.enter(letIn(document));
			if (!one) throw new Error('not let in');
			return one;
		};
		let intruder = await come();
		let frames = recorded(intruder);
		let cut = 0;
		for (let i = 0; i < MUTANTS; i++) {
			if (intruder.socket.readyState !== WebSocket.OPEN) {
				cut++;
				intruder = await come();
				frames = recorded(intruder);
			}
			const frame = frames[below(frames.length)];
			if (!frame) continue;
			intruder.socket.send(mutant(frame, frames, below));
			// What comes back, if anything does, says that it was read.
			const answered = new Promise((resolve) => intruder.socket.once('message', resolve));
			const after = new Promise((resolve) => setTimeout(resolve, 4));
			await Promise.race([intruder.closed, answered, after]);
			if (i % 100 === 99) await goesOn(`Fois ${i}`);
		}
		intruder.socket.terminate();
		await goesOn('Fin');
		expect(cut).toBeGreaterThan(MUTANTS / 10);
		const { doc, notebook } = server.rooms.read(document);
		expect(doc.store.pendingStructs ?? doc.store.pendingDs).toBeNull();
		const again = new Y.Doc();
		Y.applyUpdate(again, Y.encodeStateAsUpdate(doc));
		expect(readNotebook(again)).toEqual(notebook);
	}, 0);
});

/** Cut short, some of its bytes changed, doubled or left out, or its end another's; mostly past the address. */
function mutant(
	frame: Uint8Array,
	all: readonly Uint8Array[],
	below: (bound: number) => number
): Uint8Array {
	const from = below(8) ? 27 : 0;
	const at = from + below(Math.max(1, frame.length - from));
	switch (below(6)) {
		case 0:
			return frame.slice(0, at);
		case 1:
			return Uint8Array.of(...frame.slice(0, at), ...frame.slice(at + 1 + below(4)));
		case 2:
			return Uint8Array.of(...frame.slice(0, at), ...frame.slice(Math.max(from, at - below(9))));
		case 3: {
			const other = all[below(all.length)] ?? frame;
			return Uint8Array.of(
				...frame.slice(0, at),
				...other.slice(from + below(other.length - from))
			);
		}
		default: {
			const changed = frame.slice();
			for (let n = 1 + below(3); n > 0; n--)
				changed[from + below(changed.length - from)] = below(3) ? below(256) : 255;
			return changed;
		}
	}
}

describe('connections', () => {
	it('drops one that sends its first frame byte by byte', async () => {
		const { port } = new URL(server.origin);
		const wire = connectWire(Number(port), '127.0.0.1');
		wire.write(
			[
				'GET /collab HTTP/1.1',
				`Host: 127.0.0.1:${port}`,
				`Origin: ${target.origin}`,
				`Cookie: ${target.cookie}`,
				'Upgrade: websocket',
				'Connection: Upgrade',
				'Sec-WebSocket-Version: 13',
				'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
				'',
				''
			].join('\r\n')
		);
		const ended = new Promise<void>((resolve) => wire.once('close', () => resolve()));
		wire.on('error', () => {});
		await new Promise((resolve) => wire.once('data', resolve));
		const drip = setInterval(() => {
			if (wire.writable) wire.write(Uint8Array.of(0x82));
		}, 50);
		try {
			await goesOn('Pendant');
			await ended;
			await goesOn('Après');
		} finally {
			clearInterval(drip);
			wire.destroy();
		}
	});

	it('refuses a person who opens without end, and those without a session, for a while', async () => {
		const sockets: WebSocket[] = [];
		const outcomes = (cookie: string, count: number) =>
			Promise.all(
				Array.from(
					{ length: count },
					() =>
						new Promise<number>((resolve) => {
							const socket = new WebSocket(target.url, {
								headers: { origin: target.origin, cookie }
							});
							socket.on('unexpected-response', (_request, response) => {
								response.resume();
								resolve(response.statusCode ?? 0);
							});
							// It does not answer to being closed.
							socket.on('open', () => socket.pause());
							socket.on('open', () => resolve(101));
							sockets.push(socket);
							socket.on('error', () => resolve(-1));
						})
				)
			);
		const mine = await outcomes(target.cookie, 400);
		expect(mine).toContain(101);
		expect(mine).toContain(429);
		await goesOn('Pendant');
		const nobody = await outcomes('', 400);
		expect(nobody).toContain(101);
		expect(nobody).toContain(401);
		await goesOn('Après');
		for (const socket of sockets) socket.terminate();
	});
});

describe('a measure of what is sent', () => {
	const measure = { messages: [10, 2], bytes: [100, 10] } as const;

	it('is taken from at once, and refills with time', () => {
		const allowance = new Allowance(measure, 0);
		expect(allowance.takes(10, 0, 0)).toBe(true);
		expect(allowance.takes(1, 0, 0)).toBe(false);
		expect(allowance.takes(1, 0, 499)).toBe(false);
		expect(allowance.takes(1, 0, 1000)).toBe(true);
		expect(allowance.takes(0, 101, 60_000)).toBe(false);
		expect(allowance.takes(0, 100, 120_000)).toBe(true);
	});

	it('is a person’s on all their sockets, and forgotten when it is full', () => {
		const pace = new Pace();
		expect(pace.person('p', 0).takes(6_000, 0, 0)).toBe(true);
		pace.forget(1_000);
		expect(pace.person('p', 1_000).takes(401, 0, 1_000)).toBe(false);
		pace.forget(60_000);
		expect(pace.person('p', 60_000).takes(6_000, 0, 60_000)).toBe(true);
	});

	it('lets an hour of typing through, and what is sent on coming back', () => {
		const pace = new Pace();
		let now = 0;
		const socket = pace.socket(now);
		for (let i = 0; i < 3_600 * 25; i++) {
			now += 40;
			expect(socket.takes(1, 60, now) && pace.person('p', now).takes(1, 60, now)).toBe(true);
		}
		const again = pace.socket(now);
		expect(again.takes(20, 1_000, now) && again.takes(1, 2 ** 20, now)).toBe(true);
	});
});
