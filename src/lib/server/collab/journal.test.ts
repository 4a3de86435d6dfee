import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { testApp, testPerson, type TestApp } from '../../../../tests/support/app.ts';
import { fillDisk } from '../../../../tests/support/full-disk.ts';
import {
	connect,
	testServer,
	testSession,
	type Client
} from '../../../../tests/support/live-notebook.ts';
import { cellText, readNotebook, setTitle } from '../../collab/document.ts';
import { toNotebook } from '../../core/notebook/notebook.ts';
import type { Actor, App } from '../app.ts';
import { notebookSnapshots, notebookUpdates } from '../db/schema.ts';
import { createNotebook } from '../notebooks/create.ts';
import { Journal } from './journal.ts';
import { CLOSE } from './peer.ts';
import { UnreadableNotebook } from './stored-document.ts';

let folder: string;
let test: TestApp;
let app: App;
let owner: Actor;
let notebookId: string;
let journal: Journal;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'carnet-journal-'));
	test = testApp(folder);
	app = test.app;
	owner = testPerson(app, 'Line');
	notebookId = createNotebook(app, owner, {
		notebook: toNotebook({ title: 'Premier', cells: [{ id: 'a', source: 'début;' }] })
	});
	journal = new Journal(app);
});
afterEach(async () => {
	await journal.close();
	test.close();
	rmSync(folder, { recursive: true });
});

/** Someone who edits the document as it is stored. */
function writer() {
	const doc = journal.load(notebookId);
	const updates: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => updates.push(update));
	return {
		doc,
		/** Makes an edit and has it kept. */
		write: (edit: (doc: Y.Doc) => void): Promise<void> => {
			edit(doc);
			const update = updates.splice(0)[0] ?? new Uint8Array();
			return journal.append({
				...{ notebookId, update, personId: owner.personId },
				writers: [doc.clientID]
			});
		}
	};
}
const type = (text: string) => (doc: Y.Doc) => {
	const source = cellText(doc, 'a');
	source?.insert(source.length, text);
};
async function write(times: number) {
	const { doc, write: kept } = writer();
	await Promise.all(Array.from({ length: times }, (_, i) => kept(type(`${i};`))));
	return doc;
}
const rows = () =>
	app.db.select().from(notebookUpdates).where(eq(notebookUpdates.notebookId, notebookId)).all();
const snapshot = () =>
	app.db.select().from(notebookSnapshots).where(eq(notebookSnapshots.notebookId, notebookId)).get();
const stored = () => readNotebook(journal.load(notebookId));
/** The code with which the server ends a client's socket. */
const cutWith = ({ provider }: Client): Promise<number> =>
	new Promise((resolve) =>
		provider.on('close', ({ event }: { event: { code: number } }) => resolve(event.code))
	);
async function when(truth: () => boolean): Promise<void> {
	while (!truth()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('what is acknowledged', () => {
	it('is written by a connection that syncs at each commit, and is there for any other', async () => {
		const { $client } = app.db;
		expect($client.pragma('synchronous', { simple: true })).toBe(2);
		expect($client.pragma('journal_mode', { simple: true })).toBe('wal');
		const other = new Sqlite(join(folder, 'carnet.sqlite'), { readonly: true });
		const count = other.prepare('select count(*) from notebook_updates').pluck();
		const { write: kept } = writer();
		const order: string[] = [];
		for (let i = 0; i < 5; i++) {
			const before = count.get();
			const done = kept(type(`${i};`)).then(() => order.push(`told ${i}: ${String(count.get())}`));
			expect(count.get()).toBe(before);
			await done;
		}
		expect(order).toEqual([0, 1, 2, 3, 4].map((i) => `told ${i}: ${i + 2}`));
		other.close();
	});

	it('does not hang on what another edit of the same moment does wrong', async () => {
		const one = writer();
		const broken = journal.append({
			...{ notebookId, update: new Uint8Array(), personId: owner.personId, writers: [] },
			also: () => {
				throw new Error('broken');
			}
		});
		const gone = journal.append({
			...{ notebookId: 'absent', update: new Uint8Array(2), personId: owner.personId },
			writers: []
		});
		const kept = one.write(type('bon'));
		await expect(broken).rejects.toThrow('broken');
		await expect(gone).rejects.toThrow('FOREIGN KEY');
		await kept;
		expect(stored().cells[0]?.source).toBe('début;bon');
	});
});

describe('a log', () => {
	it('is folded after so many updates, into a document that is the same', async () => {
		const doc = await write(520);
		await when(() => rows().length < 100);
		const kept = snapshot();
		expect(kept?.throughSeq).toBeGreaterThanOrEqual(500);
		expect(rows().every(({ seq }) => seq > (kept?.throughSeq ?? 0))).toBe(true);
		const again = journal.load(notebookId);
		expect(Y.equalSnapshots(Y.snapshot(again), Y.snapshot(doc))).toBe(true);
		expect(stored()).toEqual(readNotebook(doc));
	});

	it('keeps what came while it was being folded', async () => {
		journal.load(notebookId, new Y.Doc());
		await write(120);
		const { write: kept, doc } = writer();
		const folded = journal.left(notebookId);
		await kept(type('pendant;'));
		await folded;
		expect(snapshot()).toBeDefined();
		expect(rows()).toHaveLength(1);
		expect(stored()).toEqual(readNotebook(doc));
	});

	it('is folded when the last person leaves, if it is worth it', async () => {
		journal.load(notebookId, new Y.Doc());
		await write(20);
		await journal.left(notebookId);
		expect(snapshot()).toBeUndefined();
		journal.load(notebookId, new Y.Doc());
		await write(100);
		await journal.left(notebookId);
		expect(rows()).toEqual([]);
		// And folded again, over its own snapshot.
		journal.load(notebookId, new Y.Doc());
		const doc = await write(100);
		await journal.left(notebookId);
		expect(rows()).toEqual([]);
		expect(stored()).toEqual(readNotebook(doc));
	});

	it('is folded too when its bytes are many', async () => {
		const { write: kept } = writer();
		for (let i = 0; i < 5; i++) await kept((doc) => setTitle(doc, 'x'.repeat(900_000)));
		await when(() => rows().length < 5);
		expect(stored().title).toBe('x'.repeat(900_000));
	});

	it('is folded before it is opened when it is much too long', async () => {
		const doc = await write(100);
		journal.foldAfter = { rows: 30, bytes: 1e9 };
		journal.load(notebookId, new Y.Doc());
		expect(rows()).toHaveLength(101);
		const next = new Journal(app);
		next.foldAfter = { rows: 25, bytes: 1e9 };
		expect(readNotebook(next.load(notebookId, new Y.Doc()))).toEqual(readNotebook(doc));
		expect(rows()).toEqual([]);
		await next.close();
		expect(stored()).toEqual(readNotebook(doc));
	});

	it('is read from a snapshot of an earlier release', async () => {
		const doc = await write(10);
		const seq = rows().at(-1)?.seq ?? 0;
		app.db
			.insert(notebookSnapshots)
			.values({
				notebookId,
				throughSeq: seq,
				state: Buffer.from(Y.encodeStateAsUpdate(doc)),
				at: 0
			})
			.run();
		app.db.delete(notebookUpdates).run();
		expect(stored()).toEqual(readNotebook(doc));
		const more = await write(120);
		await journal.left(notebookId);
		expect(stored()).toEqual(readNotebook(more));
	});

	it('is whole after a process that was killed in the middle of folding it', async () => {
		const doc = await write(150);
		const before = rows().length;
		const { signal, stdout, stderr } = spawnSync(
			process.execPath,
			['tests/kill/die-folding.ts', folder, notebookId],
			{ encoding: 'utf8' }
		);
		expect({ signal, stdout, stderr }).toEqual({ signal: 'SIGKILL', stdout: '', stderr: '' });
		expect(snapshot()).toBeUndefined();
		expect(rows()).toHaveLength(before);
		expect(stored()).toEqual(readNotebook(doc));
		expect(app.db.$client.pragma('integrity_check', { simple: true })).toBe('ok');
	});

	it('stays where another folding came first', async () => {
		// Its thread runs already: it will be done before the other's has started.
		journal.load(notebookId, new Y.Doc());
		await write(120);
		await journal.left(notebookId);
		await write(120);
		const cold = new Journal(app);
		cold.load(notebookId, new Y.Doc());
		const order: string[] = [];
		const late = cold.left(notebookId).then(() => order.push('late'));
		journal.load(notebookId, new Y.Doc());
		const doc = await write(120);
		await journal.left(notebookId).then(() => order.push('first'));
		const through = snapshot()?.throughSeq;
		await late;
		await cold.close();
		expect(order).toEqual(['first', 'late']);
		expect(snapshot()?.throughSeq).toBe(through);
		expect(stored()).toEqual(readNotebook(doc));
	});

	it('stays where the document cannot be read', async () => {
		journal.load(notebookId, new Y.Doc());
		await write(120);
		await journal.left(notebookId);
		journal.load(notebookId, new Y.Doc());
		await write(120);
		const first = snapshot();
		app.db
			.update(notebookSnapshots)
			.set({ state: Buffer.from([0, 2, 1, 2, 3]) })
			.run();
		const before = rows().length;
		await journal.left(notebookId);
		expect(rows()).toHaveLength(before);
		expect(snapshot()?.throughSeq).toBe(first?.throughSeq);
	});
});

describe('a document that cannot be read whole', () => {
	const unreadable: Record<string, () => void | Promise<void>> = {
		'no row at all': () => void app.db.delete(notebookUpdates).run(),
		'its first row is missing': async () => {
			await write(3);
			app.db.delete(notebookUpdates).where(eq(notebookUpdates.seq, 1)).run();
		},
		'a row in the middle is missing': async () => {
			await write(3);
			app.db.delete(notebookUpdates).where(eq(notebookUpdates.seq, 3)).run();
		},
		'a row is cut short': async () => {
			await write(3);
			app.db
				.update(notebookUpdates)
				.set({ update: (rows()[2]?.update ?? Buffer.alloc(0)).subarray(0, 9) })
				.where(eq(notebookUpdates.seq, 3))
				.run();
		},
		'a row is of something else': () =>
			void app.db
				.update(notebookUpdates)
				.set({ update: Buffer.from('bonjour') })
				.run(),
		'half of its snapshot is missing': async () => {
			journal.load(notebookId, new Y.Doc());
			await write(120);
			await journal.left(notebookId);
			const state = snapshot()?.state ?? Buffer.alloc(0);
			app.db
				.update(notebookSnapshots)
				.set({ state: state.subarray(0, state.length / 2) })
				.run();
		},
		'its snapshot is missing, and later rows are there': async () => {
			journal.load(notebookId, new Y.Doc());
			await write(120);
			await journal.left(notebookId);
			await write(1);
			app.db.delete(notebookSnapshots).run();
		}
	};
	for (const [name, harm] of Object.entries(unreadable))
		it(`is not opened, nor overwritten: ${name}`, async () => {
			await harm();
			expect(() => journal.load(notebookId)).toThrow(UnreadableNotebook);
			const before = JSON.stringify([rows(), snapshot()]);
			const session = testSession(app, owner);
			const server = await testServer(app, new Map([[session, owner]]));
			const doc = new Y.Doc();
			const client = connect(server, notebookId, session, doc);
			try {
				// What this person has from before is not taken for the document.
				setTitle(doc, 'Vide');
				expect(await cutWith(client)).toBe(CLOSE.notOpened.code);
				expect(client.provider.isSynced).toBe(false);
				expect(JSON.stringify([rows(), snapshot()])).toBe(before);
			} finally {
				client.destroy();
				await server.stop();
			}
		});
});

it('is opened by all who came while it could not be read, once it can', async () => {
	const session = testSession(app, owner);
	const server = await testServer(app, new Map([[session, owner]]));
	const clients: Client[] = [];
	const said: string[] = [];
	const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
		said.push(String(text));
		return true;
	});
	try {
		const [row] = rows();
		const set = (update: Buffer) => app.db.update(notebookUpdates).set({ update }).run();
		set(Buffer.from('bonjour'));
		for (let i = 0; i < 20; i++) clients.push(connect(server, notebookId, session));
		const codes = await Promise.all(clients.map(cutWith));
		expect(new Set(codes)).toEqual(new Set([CLOSE.notOpened.code]));
		set(row?.update ?? Buffer.alloc(0));
		await Promise.all(clients.map((client) => client.saved()));
		for (const { doc } of clients) expect(readNotebook(doc).title).toBe('Premier');
		expect(rows()).toEqual([row]);
		expect(said).toHaveLength(1);
	} finally {
		stderr.mockRestore();
		for (const client of clients) client.destroy();
		await server.stop();
	}
});

it('is one document for twenty people who open it first, at once', async () => {
	const session = testSession(app, owner);
	const server = await testServer(app, new Map([[session, owner]]));
	const clients: Client[] = [];
	try {
		for (let i = 0; i < 20; i++) clients.push(connect(server, notebookId, session));
		await Promise.all(clients.map((client) => client.saved()));
		expect(rows()).toHaveLength(1);
		clients.forEach(({ doc }, i) => type(`${i};`)(doc));
		await Promise.all(clients.map((client) => client.saved()));
		const source = stored().cells[0]?.source ?? '';
		expect(stored().cells).toHaveLength(1);
		expect(source.split(';').sort()).toEqual(
			['', 'début', ...Array.from({ length: 20 }, (_, i) => String(i))].sort()
		);
	} finally {
		for (const client of clients) client.destroy();
		await server.stop();
	}
});

it('keeps nothing of a moment in which the disk is full, and goes on when there is room', async () => {
	const { write: kept, doc } = writer();
	const room = fillDisk(app);
	const before = rows().length;
	await expect(kept(type('x'.repeat(100_000)))).rejects.toMatchObject({ code: 'SQLITE_FULL' });
	expect(rows()).toHaveLength(before);
	expect(stored().cells[0]?.source).toBe('début;');
	room();
	await journal.append({
		notebookId,
		update: Y.encodeStateAsUpdate(doc),
		personId: owner.personId,
		writers: [doc.clientID]
	});
	expect(stored()).toEqual(readNotebook(doc));
});
