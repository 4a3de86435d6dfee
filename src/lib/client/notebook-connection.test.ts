import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { WebSocket as NodeWebSocket } from 'ws';
import { fillDisk } from '../../../tests/support/full-disk.ts';
import {
	testApp,
	testPerson,
	testServer,
	testSession,
	type TestApp,
	type TestServer
} from '../../../tests/support/live-notebook.ts';
import { cellText, insertCell, readNotebook, deleteCell, setTitle } from '../collab/document.ts';
import { newId } from '../core/ids.ts';
import { toCell, toNotebook } from '../core/notebook/notebook.ts';
import type { Actor } from '../server/app.ts';
import { notebookGrants, notebookUpdates } from '../server/db/schema.ts';
import { createNotebook } from '../server/notebooks/create.ts';
import { memoryDrafts, type DraftStore } from './draft-store.ts';
import { NotebookConnection } from './notebook-connection.svelte.ts';
import { writtenWords } from './written-words.ts';

let test: TestApp;
let server: TestServer;
let owner: Actor;
let session: string;
let actors: Map<string, Actor>;
let notebookId: string;
let drafts: DraftStore;
let open: NotebookConnection[];
/** The sockets opened, so that a test can cut one as a network does. */
let sockets: NodeWebSocket[];
/** While true, nothing reaches the server. */
let unplugged: boolean;

beforeEach(async () => {
	test = testApp();
	owner = testPerson(test.app, 'Line');
	session = testSession(test.app, owner);
	actors = new Map([[session, owner]]);
	server = await testServer(test.app, actors);
	notebookId = createNotebook(test.app, owner, {
		notebook: toNotebook({ title: 'Premier', cells: [{ id: 'a', source: '' }] })
	});
	drafts = memoryDrafts();
	open = [];
	sockets = [];
	unplugged = false;
});

afterEach(async () => {
	for (const connection of open) connection.destroy();
	await server.stop();
	test.close();
});

function connect(cookie: string = session, unseen = false): NotebookConnection {
	const { origin } = server;
	class Socket extends NodeWebSocket {
		constructor(url: string) {
			super(url, { headers: { origin, cookie: `carnet=${cookie}` } });
			sockets.push(this);
			// Closed before it is open, it says so as an error, when nobody listens any more.
			this.on('error', () => {});
			if (unplugged) this.terminate();
		}
	}
	const connection = new NotebookConnection({
		notebookId,
		writable: true,
		draftKey: 'k',
		url: server.url,
		drafts,
		unseen,
		fullDelay: 20,
		leftDelay: 20,
		socket: Socket as unknown as typeof WebSocket
	});
	open.push(connection);
	return connection;
}

function grant(to: Actor, level: 'viewer' | 'editor'): void {
	test.app.db
		.insert(notebookGrants)
		.values({
			id: newId(test.app.random),
			notebookId,
			granteeKind: 'person',
			granteeId: to.personId,
			level,
			createdBy: owner.personId,
			createdAt: test.app.now()
		})
		.run();
}

/** Everybody's share. */
const regrant = (level: 'viewer' | 'editor'): void =>
	void test.app.db.update(notebookGrants).set({ level }).run();

/** Polls a plain field, for the runes are not tracked outside components. */
async function when(truth: () => boolean): Promise<void> {
	while (!truth()) await new Promise((resolve) => setTimeout(resolve, 5));
}
/** A page that was in step with the server, and then lost the network. */
async function openAndCut(): Promise<NotebookConnection> {
	const one = connect();
	await one.synced;
	await when(() => one.saving === 'saved');
	unplugged = true;
	sockets.at(-1)?.terminate();
	await when(() => one.status === 'offline');
	return one;
}
const stored = () => server.rooms.read(notebookId).notebook;
const rows = () => test.app.db.select().from(notebookUpdates).all().length;

it('says saved only once the edit is on disk, and then keeps nothing on the device', async () => {
	const one = connect();
	expect(one.saving).toBe('saving');
	await one.synced;
	await when(() => one.saving === 'saved');
	const before = rows();
	setTitle(one.doc, 'Deuxième');
	expect(one.saving).toBe('saving');
	expect(rows()).toBe(before);
	expect(await drafts.load('k')).toHaveLength(1);
	await when(() => one.saving === 'saved');
	expect(rows()).toBe(before + 1);
	expect(stored().title).toBe('Deuxième');
	expect(await drafts.load('k')).toEqual([]);
});

it('is never ahead of the disk while many edits are under way and sockets fall', async () => {
	const one = connect();
	await one.synced;
	let told = 0;
	for (let i = 0; i < 60; i++) {
		const text = cellText(one.doc, 'a');
		text?.insert(text.length, `${i};`);
		if (i % 17 === 16) sockets.at(-1)?.terminate();
		if (i % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
		if (one.saving === 'saved') {
			told++;
			expect(stored().cells[0]?.source).toBe(text?.toString());
		}
		if (i % 20 === 19) {
			await when(() => one.saving === 'saved');
			told++;
			expect(stored().cells[0]?.source).toBe(text?.toString());
		}
	}
	expect(told).toBeGreaterThanOrEqual(3);
	expect(one.status).toBe('online');
});

it('shows offline, and sends what was written meanwhile', async () => {
	const one = await openAndCut();
	setTitle(one.doc, 'Hors ligne');
	expect(one.saving).toBe('offline');
	expect(one.unsaved).toBe(1);
	expect(stored().title).toBe('Premier');
	unplugged = false;
	await when(() => one.saving === 'saved');
	expect(stored().title).toBe('Hors ligne');
});

it('keeps edits over a closed tab', async () => {
	const one = await openAndCut();
	setTitle(one.doc, 'Gardé');
	insertCell(one.doc, 1, toCell({ id: 'b', source: 'gardée' }));
	cellText(one.doc, 'b')?.insert(0, 'bien ');
	expect(await drafts.load('k')).toHaveLength(3);
	one.destroy();
	unplugged = false;
	const two = connect();
	await two.synced;
	expect(readNotebook(two.doc).title).toBe('Gardé');
	await when(() => two.saving === 'saved');
	expect(stored().cells.map((cell) => cell.source)).toEqual(['', 'bien gardée']);
	expect(await drafts.load('k')).toEqual([]);
});

it('opens no socket any more once it is closed, although it was to come back from a cut', async () => {
	const one = connect();
	await one.synced;
	vi.useFakeTimers({ toFake: ['setTimeout'] });
	try {
		unplugged = true;
		sockets.at(-1)?.terminate();
		while (one.status !== 'offline') await new Promise((resolve) => setImmediate(resolve));
		one.destroy();
		const before = sockets.length;
		await vi.advanceTimersByTimeAsync(60_000);
		expect(sockets).toHaveLength(before);
	} finally {
		vi.useRealTimers();
	}
});

it('forgets kept edits that the server turns out to have (the answer was lost)', async () => {
	const one = connect();
	await one.synced;
	setTitle(one.doc, 'Su');
	const [kept] = await drafts.load('k');
	await when(() => one.saving === 'saved');
	one.destroy();
	if (!kept) throw new Error('nothing was kept');
	await drafts.put('k', kept.id, kept.update);
	const before = rows();
	const two = connect();
	await two.synced;
	await when(() => two.saving === 'saved');
	expect(await drafts.load('k')).toEqual([]);
	expect(rows()).toBe(before);
});

it('tells a reader that edits are not taken, and a stranger that there is nothing', async () => {
	const reader = testPerson(test.app, 'Omar');
	const readerSession = testSession(test.app, reader);
	actors.set(readerSession, reader);
	const stranger = connect(readerSession);
	await when(() => stranger.status === 'refused');
	expect(stranger.refusal).toBe('not_found');
	grant(reader, 'viewer');
	const one = connect(readerSession);
	await one.synced;
	expect(one.writable).toBe(false);
	setTitle(one.doc, 'Pas à moi');
	await when(() => one.saving === 'failed');
	expect(one.refusal).toBe('edits_refused');
	expect(stored().title).toBe('Premier');
});

/** What a page wrote away from the network before it was closed, kept on the device. */
async function writtenAway(words: string): Promise<void> {
	const one = await openAndCut();
	for (const letter of words) {
		const text = cellText(one.doc, 'a');
		text?.insert(text.length, letter);
	}
	one.destroy();
	unplugged = false;
}

it('puts back what fits, tells what rests on edits that are gone, and forgets it when told to', async () => {
	await writtenAway('abcd');
	const kept = await drafts.load('k');
	await drafts.remove('k', [kept[2]?.id ?? '']);
	const two = connect();
	await two.synced;
	await when(() => two.saving === 'saved');
	expect(stored().cells[0]?.source).toBe('ab');
	await when(() => two.left !== null);
	expect(two.left).toEqual({ why: 'rests', edits: [kept[3]] });
	expect(await drafts.load('k')).toEqual([kept[3]]);
	if (two.left) two.giveUp(two.left);
	expect(two.left).toBeNull();
	expect(await drafts.load('k')).toEqual([]);
});

it('does not tell of what another tab was only about to send', async () => {
	await writtenAway('ab');
	const [first, second] = await drafts.load('k');
	if (!first || !second) throw new Error('too few');
	await drafts.remove('k', [first.id]);
	const { load } = drafts;
	let looks = 0;
	// Between the two looks, the other tab's first edit has come, and its second is its to send.
	drafts.load = async (key) => {
		if (looks++ > 0) await drafts.remove(key, [second.id]);
		return load(key);
	};
	const two = connect();
	let told = false;
	await two.synced;
	await when(() => {
		told ||= two.left !== null;
		return looks > 1;
	});
	await new Promise((resolve) => setImmediate(resolve));
	expect(told || two.left !== null).toBe(false);
	expect(looks).toBe(2);
});

it('tells who may only read now, and puts their edits back once they may edit again', async () => {
	const guest = testPerson(test.app, 'Omar');
	const guestSession = testSession(test.app, guest);
	actors.set(guestSession, guest);
	await writtenAway('ab');
	const kept = await drafts.load('k');
	grant(guest, 'viewer');
	const one = connect(guestSession);
	await one.synced;
	await when(() => one.left !== null);
	expect(one.left).toEqual({ why: 'reads', edits: kept });
	expect(readNotebook(one.doc).cells[0]?.source).toBe('');
	grant(guest, 'editor');
	sockets.at(-1)?.terminate();
	await when(() => one.left === null);
	await when(() => one.saving === 'saved');
	expect(stored().cells[0]?.source).toBe('ab');
	expect(await drafts.load('k')).toEqual([]);
});

/** Somebody else's page, with a cell more; what it does is on the server when this is over. */
async function elsewhere(work: (doc: NotebookConnection['doc']) => void): Promise<void> {
	const other = testPerson(test.app, `Zoé ${open.length}`);
	const otherSession = testSession(test.app, other);
	actors.set(otherSession, other);
	grant(other, 'editor');
	const mine = drafts;
	drafts = memoryDrafts();
	const cut = unplugged;
	unplugged = false;
	const two = connect(otherSession);
	await two.synced;
	work(two.doc);
	await when(() => two.saving === 'saved');
	two.destroy();
	drafts = mine;
	unplugged = cut;
}

it('tells words written away in a cell that somebody deleted, until they are given up', async () => {
	const one = await openAndCut();
	const text = cellText(one.doc, 'a');
	for (const letter of 'Une heure de travaul') text?.insert(text.length, letter);
	text?.delete(18, 1);
	text?.insert(18, 'i');
	await elsewhere((doc) => deleteCell(doc, 'a'));
	unplugged = false;
	await when(() => one.saving === 'saved' && one.buried !== null);
	expect(stored().cells).toEqual([]);
	expect(writtenWords((one.buried?.edits ?? []).map(({ update }) => update))).toBe(
		'Une heure de travail'
	);
	one.destroy();

	// Another page of the same device, later.
	const two = connect();
	await when(() => two.saving === 'saved' && two.buried !== null);
	expect(two.buried).toEqual({ why: 'deleted', edits: one.buried?.edits });
	// A cut has nothing told or sent twice.
	const before = rows();
	sockets.at(-1)?.terminate();
	await when(() => two.status !== 'online');
	await when(() => two.saving === 'saved');
	expect(two.buried).toEqual(one.buried);
	expect(rows()).toBe(before);
	if (two.buried) two.giveUp(two.buried);
	expect(two.buried).toBeNull();
	expect(await drafts.load('k')).toEqual([]);
});

it('tells nothing of what its own author took away, nor of what others deleted beside', async () => {
	await elsewhere((doc) => insertCell(doc, 1, toCell({ id: 'b', source: 'autre' })));
	const one = await openAndCut();
	const text = cellText(one.doc, 'a');
	text?.insert(0, 'gardé et non');
	text?.delete(5, 7);
	insertCell(one.doc, 2, toCell({ id: 'c', source: 'à ôter' }));
	deleteCell(one.doc, 'c');
	await elsewhere((doc) => deleteCell(doc, 'b'));
	one.destroy();
	unplugged = false;
	const two = connect();
	await when(() => two.saving === 'saved');
	await when(() => stored().cells[0]?.source === 'gardé');
	// The whole device is looked through before anything goes from it.
	while ((await drafts.load('k')).length > 0) await new Promise((done) => setImmediate(done));
	expect(two.buried).toBeNull();
});

it('is refused nothing any more once who could only read for a while may edit again', async () => {
	const guest = testPerson(test.app, 'Omar');
	const guestSession = testSession(test.app, guest);
	actors.set(guestSession, guest);
	grant(guest, 'editor');
	const one = connect(guestSession);
	await one.synced;
	await when(() => one.saving === 'saved');
	unplugged = true;
	sockets.at(-1)?.terminate();
	await when(() => one.status === 'offline');
	setTitle(one.doc, 'Deuxième');
	regrant('viewer');
	unplugged = false;
	await when(() => one.status === 'refused');
	expect(one.refusal).toBe('edits_refused');
	regrant('editor');
	sockets.at(-1)?.terminate();
	await when(() => one.saving === 'saved');
	expect(stored().title).toBe('Deuxième');
	expect(one.status).toBe('online');
	expect(one.refusal).toBeNull();
});

it('opens where what the device kept is damaged', async () => {
	await drafts.put('k', 's-1-7', Uint8Array.of(9, 9, 9));
	const one = connect();
	await one.synced;
	await when(() => one.left !== null);
	expect(one.left?.why).toBe('rests');
});

it('keeps edits that a full disk cannot take, says so, and saves them by itself once there is room', async () => {
	const one = connect();
	await one.synced;
	await when(() => one.saving === 'saved');
	const before = rows();
	const room = fillDisk(test.app);
	const said = new Set<string>();
	for (let i = 0; i < 6; i++) {
		const tried = sockets.length;
		cellText(one.doc, 'a')?.insert(0, 'x'.repeat(20_000));
		await when(() => {
			said.add(one.saving);
			return one.status === 'full' && sockets.length > tried;
		});
		expect(one.unsaved).toBe(i + 1);
	}
	// More refusals than make edits that will never pass.
	expect(one.refusal).toBeNull();
	expect(said).toEqual(new Set(['saving', 'full']));
	expect(rows()).toBe(before);
	expect(stored().cells[0]?.source).toBe('');
	expect(await drafts.load('k')).toHaveLength(6);

	// Reading goes on, for whoever opens it meanwhile.
	const elsewhere = memoryDrafts();
	[drafts] = [elsewhere];
	const two = connect();
	await two.synced;
	await when(() => two.saving === 'saved');
	expect(readNotebook(two.doc).title).toBe('Premier');

	room();
	await when(() => one.saving === 'saved');
	expect(one.status).toBe('online');
	expect(stored().cells[0]?.source).toBe('x'.repeat(120_000));
	await when(() => cellText(two.doc, 'a')?.length === 120_000);
	setTitle(one.doc, 'Suite');
	await when(() => one.saving === 'saved');
	expect(stored().title).toBe('Suite');
});

it('waits longer each time for a server that cannot write', async () => {
	const one = connect();
	await one.synced;
	await when(() => one.saving === 'saved');
	fillDisk(test.app);
	setTitle(one.doc, 'x'.repeat(150));
	const insert = vi.spyOn(globalThis, 'setTimeout');
	try {
		cellText(one.doc, 'a')?.insert(0, 'x'.repeat(20_000));
		await when(() => sockets.length >= 6);
		const waits = insert.mock.calls
			.map(([, wait]) => wait ?? 0)
			// The provider's and the test's own are whole.
			.filter((wait) => !Number.isInteger(wait));
		expect(waits.length).toBeGreaterThanOrEqual(4);
		waits.forEach((wait, i) => {
			expect(wait).toBeGreaterThanOrEqual(20 * 1.7 ** i * 0.7);
			expect(wait).toBeLessThanOrEqual(20 * 1.7 ** i);
		});
	} finally {
		insert.mockRestore();
	}
});

it('comes back by itself to a notebook that could not be opened, later each time, and sends what waits', async () => {
	const one = await openAndCut();
	setTitle(one.doc, 'Écrit');
	await when(() => server.rooms.count(notebookId) === 0);
	const kept = test.app.db.select().from(notebookUpdates).all();
	const set = (update: Buffer) => test.app.db.update(notebookUpdates).set({ update }).run();
	set(Buffer.from('bonjour'));
	const stderr = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
	const timer = vi.spyOn(globalThis, 'setTimeout');
	const said = new Set<string>();
	try {
		const tried = sockets.length;
		unplugged = false;
		await when(() => {
			said.add(`${one.status} ${one.saving} ${one.refusal ?? ''}`);
			return sockets.length >= tried + 5;
		});
		const waits = timer.mock.calls
			.map(([, wait]) => wait ?? 0)
			// The provider's and the test's own are whole.
			.filter((wait) => !Number.isInteger(wait));
		expect(waits.length).toBeGreaterThanOrEqual(3);
		waits.forEach((wait, i) => {
			expect(wait).toBeGreaterThanOrEqual(20 * 1.7 ** i * 0.7);
			expect(wait).toBeLessThanOrEqual(20 * 1.7 ** i);
		});
	} finally {
		timer.mockRestore();
		stderr.mockRestore();
	}
	expect(said).toEqual(new Set(['offline offline ']));
	expect(await drafts.load('k')).toHaveLength(1);
	expect(rows()).toBe(kept.length);
	set(kept[0]?.update ?? Buffer.alloc(0));
	await when(() => one.saving === 'saved');
	expect(stored().title).toBe('Écrit');
	expect(one.status).toBe('online');
	expect(one.refusal).toBeNull();
});

it('hears notices, and that it may have missed some after a cut', async () => {
	const connection = connect();
	await connection.synced;
	const heard: (string | null)[] = [];
	let next = () => {};
	const stop = connection.onNotice((notice) => {
		heard.push(notice);
		next();
	});
	const one = () => new Promise<void>((resolve) => (next = resolve));
	const first = one();
	server.rooms.tell(notebookId, 'threads');
	await first;
	const again = one();
	for (const socket of sockets) socket.terminate();
	await again;
	expect(heard).toEqual(['threads', null]);
	stop();
	const other = new Promise<string | null>((resolve) => connection.onNotice(resolve));
	server.rooms.tell(notebookId, 'autre');
	expect(await other).toBe('autre');
	expect(heard).toHaveLength(2);
});

it('hears notices and edits for a page that only listens, and shows its person to nobody', async () => {
	const omar = testPerson(test.app, 'Omar');
	grant(omar, 'viewer');
	const cookie = testSession(test.app, omar);
	actors.set(cookie, omar);
	const one = connect();
	await one.synced;
	const names = () => [...one.awareness.screens.values()].map(({ name }) => name).sort();
	await when(() => names().length === 1);

	const page = connect(cookie, true);
	await page.synced;
	const back = new Promise<string | null>((resolve) => page.onNotice(resolve));
	// After a cut, and after the page was left and found again, it stays so.
	sockets.at(-1)?.terminate();
	expect(await back).toBeNull();
	page.awareness.away(false);
	const told = new Promise<string | null>((resolve) => page.onNotice(resolve));
	server.rooms.tell(notebookId, 'threads');
	expect(await told).toBe('threads');
	setTitle(one.doc, 'Second');
	await when(() => readNotebook(page.doc).title === 'Second');

	// One who comes after it is shown: had it said anything, that was told before.
	const seen = connect(cookie);
	await when(() => names().includes('Omar'));
	expect([...one.awareness.screens.keys()].sort()).toEqual(
		[one.doc.clientID, seen.doc.clientID].sort()
	);
});
