import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import * as encoding from 'lib0/encoding';
import {
	cellText,
	deleteCell,
	insertCell,
	moveCell,
	readNotebook,
	setCellMode,
	setCellPinned,
	setTitle
} from '../../collab/document.ts';
import { MAX_SOURCE } from '../../core/notebook/limits.ts';
import { toCell, toNotebook } from '../../core/notebook/notebook.ts';
import { newId } from '../../core/ids.ts';
import type { Actor } from '../app.ts';
import { notebookGrants, notebooks, notebookUpdates, sessions } from '../db/schema.ts';
import { createNotebook } from '../notebooks/create.ts';
import { deleteNotebook } from '../notebooks/manage.ts';
import { eq } from 'drizzle-orm';
import type { Cookies } from '@sveltejs/kit';
import { setTimeout as pause } from 'node:timers/promises';
import { enter } from '../auth/enter.ts';
import { inspectUpdate, MAX_WRITERS, UpdateRefused } from './inspect-update.ts';
import { MAX_FRAME } from './rooms.ts';
import { fillDisk } from '../../../../tests/support/full-disk.ts';
import {
	connect,
	testApp,
	testPerson,
	testServer,
	testSession,
	until,
	type Client,
	type TestApp,
	type TestServer
} from '../../../../tests/support/live-notebook.ts';

let test: TestApp;
let server: TestServer;
let owner: Actor;
let other: Actor;
let ownerSession: string;
let otherSession: string;
let notebookId: string;
let clients: Client[];

beforeEach(async () => {
	test = testApp();
	owner = testPerson(test.app, 'Line');
	other = testPerson(test.app, 'Omar');
	ownerSession = testSession(test.app, owner);
	otherSession = testSession(test.app, other);
	server = await testServer(
		test.app,
		new Map([
			[ownerSession, owner],
			[otherSession, other]
		])
	);
	notebookId = createNotebook(test.app, owner, {
		notebook: toNotebook({ title: 'Premier', cells: [{ id: 'a', source: '1 + 1' }] })
	});
	clients = [];
});

afterEach(async () => {
	for (const client of clients) client.destroy();
	await server.stop();
	test.close();
});

function open(session: string | null = ownerSession, id = notebookId): Client {
	const client = connect(server, id, session);
	clients.push(client);
	return client;
}

function share(person: Actor, level: 'viewer' | 'editor'): string {
	const id = newId(test.app.random);
	test.app.db
		.insert(notebookGrants)
		.values({
			id,
			notebookId,
			granteeKind: 'person',
			granteeId: person.personId,
			level,
			createdBy: owner.personId,
			createdAt: test.app.now()
		})
		.run();
	return id;
}

function revoke(grantId: string): void {
	test.app.db
		.update(notebookGrants)
		.set({ revokedAt: test.app.now() })
		.where(eq(notebookGrants.id, grantId))
		.run();
	server.rooms.recheck({ notebookId });
}

const stored = () => server.rooms.read(notebookId).notebook;
const sources = (doc: Y.Doc) => readNotebook(doc).cells.map((cell) => cell.source);

describe('two people in one notebook', () => {
	it('merge and lose nothing, and what is acknowledged is on disk', async () => {
		share(other, 'editor');
		const one = open();
		const two = open(otherSession);
		await Promise.all([one.saved(), two.saved()]);
		for (let i = 0; i < 40; i++) {
			cellText(one.doc, 'a')?.insert(0, `x${i};`);
			cellText(two.doc, 'a')?.insert(cellText(two.doc, 'a')?.length ?? 0, `;y${i}`);
			insertCell(two.doc, 0, toCell({ id: `c${i}`, source: String(i) }));
			if (i % 2) deleteCell(one.doc, `c${i - 1}`);
			if (i % 7 === 0) await new Promise((resolve) => setImmediate(resolve));
		}
		await Promise.all([one.saved(), two.saved()]);
		const written = stored();
		const text = written.cells.find((cell) => cell.id === 'a')?.source ?? '';
		for (let i = 0; i < 40; i++) {
			expect(text).toContain(`x${i};`);
			expect(text).toContain(`;y${i}`);
		}
		const same = (doc: Y.Doc) => JSON.stringify(readNotebook(doc)) === JSON.stringify(written);
		await Promise.all([until(one.doc, same), until(two.doc, same)]);
	});

	it('keeps edits made while the connection is cut', async () => {
		const one = open();
		await one.saved();
		const { websocketProvider } = one.provider.configuration;
		const gone = new Promise((resolve) => websocketProvider.on('disconnect', resolve));
		websocketProvider.disconnect();
		await gone;
		setTitle(one.doc, 'Hors ligne');
		insertCell(one.doc, 1, toCell({ id: 'b', source: '2' }));
		expect(stored().title).toBe('Premier');
		// Its promise may be that of an attempt that a later one took over: what comes of it is waited for.
		void websocketProvider.connect();
		await one.saved();
		expect(stored().title).toBe('Hors ligne');
		expect(stored().cells.map((cell) => cell.id)).toEqual(['a', 'b']);
	});

	it('keeps the title of the lists in step, and shows what the server renames to those inside', async () => {
		const one = open();
		await one.saved();
		setTitle(one.doc, 'Deuxième');
		await one.saved();
		const title = () =>
			test.app.db.select().from(notebooks).where(eq(notebooks.id, notebookId)).get()?.title;
		expect(title()).toBe('Deuxième');
		server.rooms.change(notebookId, (doc) => setTitle(doc, 'Troisième'));
		expect(title()).toBe('Troisième');
		await until(one.doc, (doc) => readNotebook(doc).title === 'Troisième');
		setTitle(one.doc, 'Quatrième');
		await one.saved();
		expect(stored().title).toBe('Quatrième');
	});
});

describe('a disk without room', () => {
	it('acknowledges nothing, cuts who edits with a code of its own, and lets the others read', async () => {
		share(other, 'viewer');
		const reader = open(otherSession);
		const writer = open();
		await Promise.all([reader.saved(), writer.saved()]);
		const { websocketProvider } = writer.provider.configuration;
		let readerLeft = false;
		reader.provider.on('close', () => (readerLeft = true));
		const left = new Promise<number>((resolve) =>
			writer.provider.on('close', ({ event }: { event: { code: number } }) => {
				websocketProvider.disconnect();
				resolve(event.code);
			})
		);
		const room = fillDisk(test.app);
		cellText(writer.doc, 'a')?.insert(0, 'x'.repeat(50_000));
		expect(await left).toBe(4507);
		expect(writer.provider.unsyncedChanges).toBeGreaterThan(0);
		expect(stored().cells[0]?.source).toBe('1 + 1');
		expect(sources(reader.doc)).toEqual(['1 + 1']);
		expect(readerLeft).toBe(false);
		const another = open();
		await another.saved();
		expect(sources(another.doc)).toEqual(['1 + 1']);

		room();
		// Its promise may be that of an attempt that a later one took over: what comes of it is waited for.
		void websocketProvider.connect();
		await writer.saved();
		const whole = 'x'.repeat(50_000) + '1 + 1';
		expect(stored().cells[0]?.source).toBe(whole);
		await until(reader.doc, (doc) => sources(doc)[0] === whole);
	});

	it('and a database that may only be read are alike', async () => {
		const writer = open();
		await writer.saved();
		const left = new Promise<number>((resolve) =>
			writer.provider.on('close', ({ event }: { event: { code: number } }) => resolve(event.code))
		);
		test.app.db.$client.pragma('query_only = 1');
		setTitle(writer.doc, 'Pas encore');
		expect(await left).toBe(4507);
		expect(stored().title).toBe('Premier');
		test.app.db.$client.pragma('query_only = 0');
		await writer.saved();
		await until(writer.doc, () => stored().title === 'Pas encore');
	});
});

describe('a mishap of one notebook', () => {
	it('opens a stored document whose title and cells are of other types', async () => {
		const doc = server.rooms.journal.load(notebookId);
		const before = Y.encodeStateVector(doc);
		const unreadable = { toString: 1, valueOf: 1 };
		doc.getMap('meta').set('title', unreadable);
		doc.getMap('cells').set('x', 'boom');
		doc.getMap<Y.Map<unknown>>('cells').get('a')?.set('order', unreadable);
		test.app.db
			.insert(notebookUpdates)
			.values({ notebookId, update: Buffer.from(Y.encodeStateAsUpdate(doc, before)), at: 0 })
			.run();
		const one = open();
		await one.saved();
		expect(sources(one.doc)).toEqual(['1 + 1']);
		insertCell(one.doc, 1, toCell({ id: 'b', source: '2' }));
		setTitle(one.doc, 'Réparé');
		await one.saved();
		expect(stored()).toMatchObject({ title: 'Réparé', cells: [{ id: 'a' }, { id: 'b' }] });
	});

	it('lets in, when they come back, those who came while the store could not say who they are', async () => {
		const { $client } = test.app.db;
		const said: string[] = [];
		const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
			said.push(String(text));
			return true;
		});
		try {
			$client.exec('alter table notebooks rename to away');
			const one = open();
			const code = await new Promise<number>((resolve) =>
				one.provider.on('close', ({ event }: { event: { code: number } }) => resolve(event.code))
			);
			expect(code).toBe(4503);
			$client.exec('alter table away rename to notebooks');
			await one.saved();
			expect(readNotebook(one.doc).title).toBe('Premier');
			expect(said).toHaveLength(1);
		} finally {
			stderr.mockRestore();
		}
	});

	it('does not end the process when what follows an edit fails', async () => {
		const unhandled: unknown[] = [];
		const heard = (cause: unknown) => unhandled.push(cause);
		process.on('unhandledRejection', heard);
		try {
			const one = open();
			await one.saved();
			test.app.db.$client.exec(
				"create trigger broken before update of title on notebooks begin select raise(abort, 'broken'); end"
			);
			setTitle(one.doc, 'Gardé');
			await one.saved();
			await new Promise((resolve) => setImmediate(resolve));
			expect(stored().title).toBe('Gardé');
			expect(unhandled).toEqual([]);
			test.app.db.$client.exec('drop trigger broken');
			setTitle(one.doc, 'Suite');
			await one.saved();
			const row = test.app.db.select().from(notebooks).where(eq(notebooks.id, notebookId)).get();
			expect(row?.title).toBe('Suite');
		} finally {
			process.off('unhandledRejection', heard);
		}
	});
});

describe('who comes in', () => {
	it('tells someone without a session to sign in, and a stranger that there is nothing', async () => {
		expect(await open(null).denied).toBe('sign_in_required');
		expect(await open(otherSession).denied).toBe('not_found');
		expect(await open(otherSession, newId(test.app.random)).denied).toBe('not_found');
	});

	it('keeps nothing of a socket without a session, and little of one that is let into nothing yet', async () => {
		const socket = (session: string | null) =>
			new WebSocket(server.url, {
				headers: {
					origin: server.origin,
					...(session === null ? {} : { cookie: `carnet=${session}` })
				}
			});
		const ended = (one: WebSocket) =>
			new Promise<number>((resolve) => {
				one.on('error', () => {});
				one.once('close', (code) => resolve(code));
			});
		const frame = (bytes: number) => {
			const e = encoding.createEncoder();
			encoding.writeVarString(e, notebookId);
			for (const n of [0, 2]) encoding.writeVarUint(e, n);
			encoding.writeVarUint8Array(e, new Uint8Array(bytes));
			return encoding.toUint8Array(e);
		};
		const nobody = socket(null);
		const refused = ended(nobody);
		nobody.once('open', () => nobody.send(frame(1_000_000)));
		expect([4407, 1006]).toContain(await refused);
		expect(server.rooms.count()).toBe(0);

		const flood = socket(ownerSession);
		const flooded = ended(flood);
		flood.once('open', () => {
			for (let i = 0; i < 20; i++) flood.send(frame(8_000));
		});
		expect(await flooded).toBe(4400);

		const little = socket(ownerSession);
		await new Promise((resolve) => little.once('open', resolve));
		little.send(frame(8_000));
		const one = open();
		await one.saved();
		expect(little.readyState).toBe(WebSocket.OPEN);
		little.terminate();
	});

	it('drops a socket that asks for no notebook in time', async () => {
		const slow = testApp();
		const person = testPerson(slow.app, 'Ida');
		const session = testSession(slow.app, person);
		const brief = await testServer(slow.app, new Map([[session, person]]), 400);
		const id = createNotebook(slow.app, person, { notebook: toNotebook({ title: 'Bref' }) });
		const good = connect(brief, id, session);
		try {
			await good.saved();
			const silent = new WebSocket(brief.url, {
				headers: { origin: brief.origin, cookie: `carnet=${session}` }
			});
			expect(await new Promise((resolve) => silent.once('close', resolve))).toBe(4408);
			expect(brief.rooms.count(id)).toBe(1);
		} finally {
			good.destroy();
			await brief.stop();
			slow.close();
		}
	});

	it('refuses a page of another origin, and no origin at all', async () => {
		const answer = (origin: string | undefined) =>
			new Promise<number>((resolve) => {
				const socket = new WebSocket(server.url, {
					headers: { cookie: `carnet=${ownerSession}`, ...(origin ? { origin } : {}) }
				});
				socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
				socket.on('open', () => {
					socket.terminate();
					resolve(101);
				});
				socket.on('error', () => {});
			});
		expect(await answer(server.origin)).toBe(101);
		expect(await answer('https://ailleurs.example')).toBe(403);
		expect(await answer(undefined)).toBe(403);
	});

	it('refuses a reader’s edits, and the editor goes on', async () => {
		share(other, 'viewer');
		const writer = open();
		const reader = open(otherSession);
		await Promise.all([writer.saved(), reader.saved()]);
		expect(reader.provider.authorizedScope).toBe('readonly');
		setTitle(reader.doc, 'Pas à moi');
		setTitle(writer.doc, 'Toujours là');
		await writer.saved();
		await until(writer.doc, (doc) => readNotebook(doc).title === 'Toujours là');
		expect(stored().title).toBe('Toujours là');
		expect(reader.provider.unsyncedChanges).toBeGreaterThan(0);
	});

	it('cuts a person whose share is revoked: nothing more comes in or goes out', async () => {
		const grant = share(other, 'editor');
		const one = open();
		const two = open(otherSession);
		await Promise.all([one.saved(), two.saved()]);
		setTitle(two.doc, 'Avant');
		await two.saved();
		await until(one.doc, (doc) => readNotebook(doc).title === 'Avant');
		revoke(grant);
		setTitle(two.doc, 'Après');
		setTitle(one.doc, 'Sans témoin');
		await one.saved();
		expect(await two.denied).toBe('not_found');
		expect(stored().title).toBe('Sans témoin');
		expect(readNotebook(two.doc).title).not.toBe('Sans témoin');
		expect(server.rooms.count(notebookId)).toBe(1);
	});

	it('makes an editor a reader when the share says so', async () => {
		const grant = share(other, 'editor');
		const two = open(otherSession);
		await two.saved();
		expect(two.provider.authorizedScope).toBe('read-write');
		const again = new Promise<string>((resolve) =>
			two.provider.on('authenticated', ({ scope }: { scope: string }) => resolve(scope))
		);
		test.app.db
			.update(notebookGrants)
			.set({ level: 'viewer' })
			.where(eq(notebookGrants.id, grant))
			.run();
		server.rooms.recheck({ personId: other.personId });
		expect(await again).toBe('readonly');
	});

	it('ends when its browser signs in as somebody else, and no other does', async () => {
		share(other, 'editor');
		const elsewhere = open();
		const two = open(otherSession);
		await Promise.all([elsewhere.saved(), two.saved()]);
		const left = new Promise<number>((resolve) =>
			two.provider.on('close', ({ event }: { event: { code: number } }) => resolve(event.code))
		);
		let otherLeft = false;
		elsewhere.provider.on('close', () => (otherLeft = true));
		const set: string[] = [];
		const cookies = { set: (name: string) => set.push(name) } as unknown as Cookies;
		await enter(test.app, cookies, owner.personId, otherSession);
		expect(set).toEqual(['carnet_session']);
		expect(await Promise.race([left, pause(1500)])).toBe(4401);
		expect(otherLeft).toBe(false);
	});

	it('ends with the session, when it expires, and when the notebook is deleted', async () => {
		const closed = (client: Client) =>
			new Promise<number>((resolve) =>
				client.provider.on('close', ({ event }: { event: { code: number } }) => resolve(event.code))
			);
		share(other, 'editor');
		const two = open(otherSession);
		await two.saved();
		const left = closed(two);
		test.app.db.delete(sessions).where(eq(sessions.idHash, otherSession)).run();
		server.rooms.recheck({ sessionHash: otherSession });
		expect(await left).toBe(4401);

		const one = open();
		await one.saved();
		const expired = closed(one);
		server.rooms.recheck();
		expect(server.rooms.count(notebookId)).toBeGreaterThan(0);
		test.advance(2 * 86_400_000);
		server.rooms.recheck();
		expect(await expired).toBe(4401);

		test.app.db
			.update(sessions)
			.set({ expiresAt: test.app.now() + 1000 })
			.run();
		const three = open();
		await three.saved();
		deleteNotebook(test.app, owner, notebookId);
		expect(await three.denied).toBe('not_found');
	});
});

describe('hostile messages', () => {
	/** A socket that spoke its way in, then sends raw frames. */
	async function raw(session = ownerSession) {
		const socket = new WebSocket(server.url, {
			headers: { origin: server.origin, cookie: `carnet=${session}` }
		});
		await new Promise((resolve) => socket.once('open', resolve));
		const frame = (write: (encoder: encoding.Encoder) => void) => {
			const encoder = encoding.createEncoder();
			encoding.writeVarString(encoder, notebookId);
			write(encoder);
			socket.send(encoding.toUint8Array(encoder));
		};
		frame((e) => {
			encoding.writeVarUint(e, 2);
			encoding.writeVarUint(e, 0);
			encoding.writeVarString(e, '');
		});
		await new Promise((resolve) => socket.once('message', resolve));
		const ended = new Promise<number>((resolve) => socket.once('close', (code) => resolve(code)));
		let acknowledged = 0;
		socket.on('message', (data: Buffer) => {
			if (data[27] === 8 && data[28] === 1) acknowledged++;
		});
		return {
			socket,
			frame,
			ended,
			acks: () => acknowledged,
			update: (bytes: Uint8Array, type = 2) =>
				frame((e) => {
					encoding.writeVarUint(e, 0);
					encoding.writeVarUint(e, type);
					encoding.writeVarUint8Array(e, bytes);
				})
		};
	}
	const rows = () => test.app.db.select().from(notebookUpdates).all().length;

	/** An update of the notebook as it is, by a client of our choosing. */
	function edit(make: (doc: Y.Doc) => void, clientID?: number): Uint8Array {
		const doc = server.rooms.journal.load(notebookId);
		if (clientID !== undefined) doc.clientID = clientID;
		const parts: Uint8Array[] = [];
		doc.on('update', (update: Uint8Array) => parts.push(update));
		make(doc);
		return Y.mergeUpdates(parts);
	}

	it('lets a good edit through on the same path', async () => {
		const peer = await raw();
		const before = rows();
		const done = new Promise((resolve) =>
			peer.socket.on('message', (data: Buffer) => data[27] === 8 && resolve(null))
		);
		peer.update(edit((doc) => setTitle(doc, 'Bon')));
		await done;
		expect(peer.acks()).toBe(1);
		expect(rows()).toBe(before + 1);
		expect(stored().title).toBe('Bon');
		peer.socket.terminate();
	});

	/** Strings of as many clients, each resting on the next one's: written in the worst order to place them in. */
	function chain(clients: number, within?: Y.ID): Uint8Array {
		const e = encoding.createEncoder();
		encoding.writeVarUint(e, clients);
		for (let i = 0; i < clients; i++) {
			for (const n of [1, 3_000_000 + i, 0]) encoding.writeVarUint(e, n);
			if (i < clients - 1) {
				encoding.writeUint8(e, 4 | 128);
				for (const n of [3_000_000 + i + 1, 0]) encoding.writeVarUint(e, n);
			} else {
				encoding.writeUint8(e, 4);
				encoding.writeVarUint(e, within ? 0 : 1);
				if (within) for (const n of [within.client, within.clock]) encoding.writeVarUint(e, n);
				else encoding.writeVarString(e, 'meta');
			}
			encoding.writeVarString(e, 'a');
		}
		encoding.writeVarUint(e, 0);
		return encoding.toUint8Array(e);
	}

	it('does not read a reader’s edit, nor past the first new thing of a reader’s handshake', async () => {
		share(other, 'viewer');
		const reader = await raw(otherSession);
		const answers: number[] = [];
		const answered = (n: number) =>
			new Promise<void>((resolve) => {
				const look = () => answers.length >= n && resolve();
				reader.socket.on('message', look);
				look();
			});
		reader.socket.on('message', (data: Buffer) => {
			if (data[27] === 8) answers.push(data[28] ?? -1);
		});
		const reads = vi.spyOn(Y.UpdateDecoderV1.prototype, 'readLeftID');
		try {
			// The first is no update at all: whoever decodes it, throws.
			reader.update(Uint8Array.of(255, 255, 255), 2);
			reader.update(chain(20_000), 2);
			reader.update(chain(20_000), 1);
			// Nothing new: taken as before.
			reader.update(Y.encodeStateAsUpdate(server.rooms.read(notebookId).doc), 1);
			await answered(4);
			expect(answers).toEqual([0, 0, 0, 1]);
			expect(reads.mock.calls.length).toBeLessThan(100);
		} finally {
			reads.mockRestore();
		}
		reader.socket.terminate();
	});

	it('places structs in a number of steps that follows theirs', () => {
		const doc = server.rooms.journal.load(notebookId);
		const text = cellText(doc, 'a')?._item?.id;
		const steps = (clients: number): number => {
			const states = vi.spyOn(Map.prototype, 'get');
			try {
				expect(() => inspectUpdate(chain(clients, text), doc)).not.toThrow();
				return states.mock.calls.length;
			} finally {
				states.mockRestore();
			}
		};
		const once = steps(100);
		expect(steps(200) / once).toBeLessThan(2.5);
		expect(() => inspectUpdate(chain(MAX_WRITERS + 1, text), doc)).toThrow(
			expect.objectContaining({ reason: 'too-large' }) as Error
		);
	});

	it('refuses deletions that lie over each other', () => {
		const doc = new Y.Doc();
		doc.clientID = 5;
		doc.getMap('meta').set('title', 'un');
		const deletions = (...ranges: number[][]) => {
			const e = encoding.createEncoder();
			for (const n of [0, 1, 5, ranges.length, ...ranges.flat()]) encoding.writeVarUint(e, n);
			return encoding.toUint8Array(e);
		};
		expect(inspectUpdate(deletions([0, 1]), doc).known).toBe(false);
		expect(() => inspectUpdate(deletions([0, 1], [0, 1]), doc)).toThrow(UpdateRefused);
	});

	const cellWith = (key: string, value: unknown) => (doc: Y.Doc) => {
		const cell = new Y.Map<unknown>();
		cell.set('mode', 'js');
		cell.set('order', 'a5');
		cell.set('source', new Y.Text('1'));
		cell.set(key, value);
		doc.getMap('cells').set('q', cell);
	};

	it('lets cells of the right shape through, made, moved, changed and deleted away from the network', async () => {
		const peer = await raw();
		const doc = server.rooms.journal.load(notebookId);
		const before = Y.encodeStateVector(doc);
		for (let i = 0; i < 12; i++) {
			insertCell(doc, i % 3, toCell({ id: `n${i}`, source: `${i}`, mode: i % 2 ? 'md' : 'js' }));
			cellText(doc, `n${i}`)?.insert(0, 'début ');
			cellText(doc, 'a')?.insert(1, `${i}`);
			cellText(doc, 'a')?.delete(0, 1);
			moveCell(doc, `n${i}`, 0);
			setCellMode(doc, `n${i}`, 'md');
			setCellPinned(doc, `n${i}`, true);
			if (i % 3 === 0) deleteCell(doc, `n${i}`);
		}
		cellWith('pinned', false)(doc);
		const done = new Promise((resolve) =>
			peer.socket.on('message', (data: Buffer) => data[27] === 8 && resolve(null))
		);
		peer.update(Y.encodeStateAsUpdate(doc, before), 1);
		await done;
		expect(peer.acks()).toBe(1);
		expect(stored()).toEqual(readNotebook(doc));
		peer.socket.terminate();
	});

	const hostile: Record<string, () => Uint8Array> = {
		'random bytes': () => Uint8Array.from({ length: 200 }, (_, i) => (i * 89 + 7) % 256),
		'a truncated update': () => edit((doc) => setTitle(doc, 'x'.repeat(50))).slice(0, -9),
		'an update with a tail': () => Uint8Array.of(...edit((doc) => setTitle(doc, 'x')), 1, 2, 3),
		'a V2 update': () => Y.convertUpdateFormatV1ToV2(edit((doc) => setTitle(doc, 'v2'))),
		'a missing dependency': () => {
			const doc = server.rooms.journal.load(notebookId);
			setTitle(doc, 'un');
			const parts: Uint8Array[] = [];
			doc.on('update', (update: Uint8Array) => parts.push(update));
			setTitle(doc, 'deux');
			return Y.mergeUpdates(parts);
		},
		'a deletion of what is not there': () => {
			const e = encoding.createEncoder();
			for (const n of [0, 1, 12345, 1, 0, 5]) encoding.writeVarUint(e, n);
			return encoding.toUint8Array(e);
		},
		'a Skip struct': () => {
			const parts: Uint8Array[] = [];
			const doc = server.rooms.journal.load(notebookId);
			doc.on('update', (update: Uint8Array) => parts.push(update));
			for (const title of ['un', 'deux', 'trois']) setTitle(doc, title);
			return Y.mergeUpdates([parts[0], parts[2]].filter((part) => part !== undefined));
		},
		'a clock past 2^31': () => {
			const e = encoding.createEncoder();
			for (const n of [1, 1, 77, 2 ** 31, 0, 1, 0]) encoding.writeVarUint(e, n);
			return encoding.toUint8Array(e);
		},
		'two structs that wait for each other': () => {
			const e = encoding.createEncoder();
			const item = (client: number, other: number) => {
				for (const n of [1, client, 0]) encoding.writeVarUint(e, n);
				encoding.writeUint8(e, 4 | 128); // a string whose origin is the other's
				for (const n of [other, 0]) encoding.writeVarUint(e, n);
				encoding.writeVarString(e, 'x');
			};
			encoding.writeVarUint(e, 2);
			item(78, 77);
			item(77, 78);
			encoding.writeVarUint(e, 0);
			return encoding.toUint8Array(e);
		},
		'a title that is no text': () =>
			edit((doc) => doc.getMap('meta').set('title', { toString: 1, valueOf: 1 })),
		'a title without end': () => edit((doc) => setTitle(doc, 'x'.repeat(100_000))),
		'a language that is none': () => edit((doc) => doc.getMap('meta').set('lang', 'xx')),
		'another entry beside the title': () => edit((doc) => doc.getMap('meta').set('k', 'z')),
		'a cell that is no map': () => edit((doc) => doc.getMap('cells').set('x', 'boom')),
		'a cell that is a text': () => edit((doc) => doc.getMap('cells').set('x', new Y.Text('boom'))),
		'a cell of a strange id': () =>
			edit((doc) => doc.getMap('cells').set('__proto__', new Y.Map())),
		'a place that is no key': () => edit(cellWith('order', 'zzz!!')),
		'a place that is no text': () => edit(cellWith('order', { toString: 1 })),
		'a place of an existing cell that is no key': () =>
			edit((doc) => doc.getMap<Y.Map<unknown>>('cells').get('a')?.set('order', 'zzz!!')),
		'a mode that is none': () => edit(cellWith('mode', { toString: 1 })),
		'a pin that is no answer': () => edit(cellWith('pinned', 'yes')),
		'a source that is no shared text': () => edit(cellWith('source', '1')),
		'a map in a text': () => edit((doc) => cellText(doc, 'a')?.insertEmbed(0, new Y.Map())),
		'a cell with another entry': () => edit(cellWith('extra', 'z')),
		'a map in a cell': () => edit(cellWith('deep', new Y.Map([['a', 1]]))),
		'more text than a notebook holds': () =>
			edit((doc) => cellText(doc, 'a')?.insert(0, 'x'.repeat(MAX_SOURCE))),
		'another top-level name': () => edit((doc) => doc.getMap('secret').set('a', 1)),
		'a subdocument': () => edit((doc) => doc.getMap('meta').set('sub', new Y.Doc())),
		'binary content': () => edit((doc) => doc.getMap('meta').set('b', new Uint8Array(3)))
	};
	for (const [name, make] of Object.entries(hostile))
		for (const type of [1, 2])
			it(`${name} (sync message ${type}) is neither kept nor acknowledged, and ends that socket alone`, async () => {
				const bystander = open();
				await bystander.saved();
				const peer = await raw();
				const before = rows();
				peer.update(make(), type);
				expect(await peer.ended).toBe(4400);
				expect(peer.acks()).toBe(0);
				expect(rows()).toBe(before);
				setTitle(bystander.doc, 'Toujours là');
				await bystander.saved();
				expect(stored().title).toBe('Toujours là');
				expect(server.rooms.read(notebookId).doc.store.pendingStructs).toBeNull();
			});

	it('refuses structs of another person’s client id, also after a restart', async () => {
		share(other, 'editor');
		const one = open();
		await one.saved();
		setTitle(one.doc, 'À moi');
		await one.saved();
		const thief = await raw(otherSession);
		thief.update(edit((doc) => setTitle(doc, 'Volé'), one.doc.clientID));
		expect(await thief.ended).toBe(4400);
		expect(stored().title).toBe('À moi');
		const again = await raw(otherSession);
		again.update(edit((doc) => setTitle(doc, 'Le mien')));
		await until(one.doc, (doc) => readNotebook(doc).title === 'Le mien');
		again.socket.terminate();
	});

	it('ends a frame over 1 MiB, an address that is no notebook, a text frame and an unknown type', async () => {
		const large = await raw();
		large.socket.send(new Uint8Array(MAX_FRAME + 1));
		expect(await large.ended).toBe(1009);
		for (const send of [
			(socket: WebSocket) => socket.send(Uint8Array.of(9, ...Buffer.from('__proto__'), 0)),
			(socket: WebSocket) => socket.send('bonjour'),
			(socket: WebSocket) => socket.send(Uint8Array.of())
		]) {
			const peer = await raw();
			send(peer.socket);
			expect(await peer.ended).toBe(4400);
		}
		const peer = await raw();
		peer.frame((e) => {
			encoding.writeVarUint(e, 6); // a message between servers
			encoding.writeVarString(e, 'faux');
		});
		expect(await peer.ended).toBe(4400);
		expect(sources(server.rooms.read(notebookId).doc)).toEqual(['1 + 1']);
	});
});
