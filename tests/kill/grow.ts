/**
 * `npm run growth`: what a document weighs on the disk after many edits and deletions, against what it says; how long
 * folding it holds up everybody; and the memory that opening and closing documents leaves behind.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as Y from 'yjs';
import { cellText, deleteCell, insertCell, readNotebook } from '../../src/lib/collab/document.ts';
import { toCell, toNotebook } from '../../src/lib/core/notebook/notebook.ts';
import type { Actor, App } from '../../src/lib/server/app.ts';
import { Journal } from '../../src/lib/server/collab/journal.ts';
import { createNotebook } from '../../src/lib/server/notebooks/create.ts';
import {
	connect,
	testApp,
	testPerson,
	testServer,
	testSession,
	unmeasured
} from '../support/live-notebook.ts';
import { seeded } from '../support/seeded.ts';

/** How somebody writes. */
export type Habit =
	/** Words, a few letters of which are taken back, then on from there; now and then elsewhere; lines that go. */
	| 'writing'
	/** Words anywhere, and words taken away anywhere. */
	| 'scattered'
	/** One letter anywhere, or one letter taken away anywhere: the worst there is. */
	| 'letters';

export interface Grown {
	readonly habit: Habit;
	readonly edits: number;
	/** Bytes of the notebook as JSON. */
	readonly content: number;
	/** Bytes in the database: its snapshot and its log. */
	readonly stored: number;
	readonly ratio: number;
}

const WORDS = 'billets spectacle saison région Montréal public jeune théâtre total moyenne'.split(
	' '
);

/** Five people write in a notebook, in turns; each comes back as somebody new from time to time. */
export async function grow(habit: Habit, edits: number, seed: number): Promise<Grown> {
	const folder = mkdtempSync(join(tmpdir(), 'carnet-grow-'));
	const { app, close } = testApp(folder);
	try {
		const owner = testPerson(app, 'Line');
		const cells = Array.from({ length: 10 }, (_, i) => ({ id: `c${i}`, source: '' }));
		const notebookId = createNotebook(app, owner, { notebook: toNotebook({ title: 'T', cells }) });
		const journal = new Journal(app);
		const doc = journal.load(notebookId, new Y.Doc());
		await write(journal, notebookId, owner, doc, habit, edits, seeded(seed));
		await journal.left(notebookId);
		await journal.close();
		const content = Buffer.byteLength(JSON.stringify(readNotebook(doc)));
		const stored = bytesOf(app, notebookId);
		return { habit, edits, content, stored, ratio: Math.round((stored / content) * 100) / 100 };
	} finally {
		close();
		rmSync(folder, { recursive: true });
	}
}

const bytesOf = (app: App, id: string): number =>
	Number(
		app.db.$client
			.prepare(
				`select (select coalesce(sum(length("update")), 0) from notebook_updates where notebook_id = @id) +
					(select coalesce(sum(length(state)), 0) from notebook_snapshots where notebook_id = @id)`
			)
			.pluck()
			.get({ id })
	);

async function write(
	journal: Journal,
	notebookId: string,
	owner: Actor,
	doc: Y.Doc,
	habit: Habit,
	edits: number,
	random: () => number
): Promise<void> {
	const at = (length: number): number => Math.floor(random() * length);
	const updates: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => updates.push(update));
	const carets = Array.from({ length: 5 }, (_, i) => ({ client: 1000 + i, cell: i, place: 0 }));
	let clients = 2000;
	for (let edit = 0; edit < edits;) {
		const who = carets[at(carets.length)];
		if (!who) break;
		if (random() < 0.002) who.client = clients++;
		doc.clientID = who.client;
		if (habit === 'letters' || random() < 0.03) {
			who.cell = at(10);
			who.place = at(1 + (cellText(doc, `c${who.cell}`)?.length ?? 0));
		}
		const text = cellText(doc, `c${who.cell}`);
		if (!text) throw new Error('the cell is gone');
		who.place = Math.min(who.place, text.length);
		const start = updates.length;
		if (habit === 'letters') {
			const place = at(text.length);
			if (random() < 0.45 && text.length > 0) text.delete(place, 1);
			else text.insert(place, 'x');
		} else if (habit === 'scattered') {
			const word = `${WORDS[at(WORDS.length)] ?? ''} `;
			const place = at(text.length);
			if (random() < 0.45 && text.length > 0)
				text.delete(place, Math.min(word.length, text.length - place));
			else text.insert(place, word);
		} else if (random() < 0.01) {
			// A cell that was tried, and goes.
			insertCell(doc, 0, toCell({ id: `t${edit}`, source: '' }));
			cellText(doc, `t${edit}`)?.insert(0, 'essai');
			deleteCell(doc, `t${edit}`);
		} else if (random() < 0.04 && who.place > 30) {
			const length = 10 + at(20);
			text.delete(who.place - length, length);
			who.place -= length;
		} else {
			for (const letter of `${WORDS[at(WORDS.length)] ?? ''} `) text.insert(who.place++, letter);
			for (let back = random() < 0.4 ? at(6) : 0; back > 0 && who.place > 0; back--)
				text.delete(--who.place, 1);
		}
		edit += updates.length - start;
		if (updates.length >= 50 || edit >= edits)
			await Promise.all(
				updates.splice(0).map((update) =>
					journal.append({
						...{ notebookId, update, personId: owner.personId },
						writers: Y.decodeUpdate(update).structs.map(({ id }) => id.client)
					})
				)
			);
	}
}

export interface Pause {
	readonly characters: number;
	/** How long folding took, and the longest time in which nobody was served. Milliseconds. */
	readonly took: number;
	readonly held: number;
}

/** What folding a large document of many small pieces holds up. */
async function holdUp(pieces: number): Promise<Pause> {
	const folder = mkdtempSync(join(tmpdir(), 'carnet-pause-'));
	const { app, close } = testApp(folder);
	try {
		const owner = testPerson(app, 'Line');
		const notebookId = createNotebook(app, owner, {
			notebook: toNotebook({ title: 'T', cells: [{ id: 'a', source: '' }] })
		});
		const journal = new Journal(app);
		const doc = journal.load(notebookId, new Y.Doc());
		const random = seeded(1);
		const text = cellText(doc, 'a');
		const keep = async (make: () => void) => {
			const before = Y.encodeStateVector(doc);
			make();
			const update = Y.encodeStateAsUpdate(doc, before);
			await journal.append({ notebookId, update, personId: owner.personId, writers: [] });
		};
		await keep(() =>
			doc.transact(() => {
				for (let i = 0; i < pieces; i++)
					text?.insert(Math.floor(random() * text.length), 'abcdefghijk lmno;');
			})
		);
		for (let i = 0; i < 110; i++) await keep(() => text?.insert(0, 'abc'));
		// The thread is there, and the first folding done: the next is as any other.
		await journal.left(notebookId);
		for (let i = 0; i < 110; i++) await keep(() => text?.insert(0, 'abc'));
		const held = monitorEventLoopDelay({ resolution: 1 });
		await new Promise((resolve) => setTimeout(resolve, 20));
		held.enable();
		const began = performance.now();
		await journal.left(notebookId);
		const took = performance.now() - began;
		await new Promise((resolve) => setTimeout(resolve, 5));
		held.disable();
		await journal.close();
		return {
			characters: text?.length ?? 0,
			took: Math.round(took),
			held: Math.round(held.max / 1e5) / 10
		};
	} finally {
		close();
		rmSync(folder, { recursive: true });
	}
}

export interface Memory {
	/** Bytes of the heap after a full collection: at first, and after all the openings. */
	readonly before: number;
	readonly after: number;
	readonly ratio: number;
	readonly openings: number;
}

/** Opens and closes documents by real sockets; needs `--expose-gc`. */
export async function reopen(openings: number): Promise<Memory> {
	const collect = (globalThis as { gc?: () => void }).gc;
	if (!collect) throw new Error('start it with --expose-gc');
	const { app, close } = testApp();
	// Nobody opens hundreds of notebooks in a minute: one person would be told to wait.
	const people = Array.from({ length: 50 }, (_, i) => {
		const owner = testPerson(app, `Line ${i}`);
		return { owner, session: testSession(app, owner) };
	});
	const server = await testServer(
		app,
		new Map(people.map(({ owner, session }) => [session, owner]))
	);
	const visit = async (i: number) => {
		const who = people[i % people.length];
		if (!who) throw new Error('nobody');
		const id = createNotebook(unmeasured(app), who.owner, {
			notebook: toNotebook({ title: `T${i}`, cells: [{ id: 'a', source: 'x'.repeat(5000) }] })
		});
		const client = connect(server, id, who.session);
		await client.saved();
		cellText(client.doc, 'a')?.insert(0, 'y');
		await client.saved();
		client.destroy();
	};
	const heap = async () => {
		while (server.rooms.count() > 0) await new Promise((resolve) => setTimeout(resolve, 10));
		// A socket that was cut is kept for 2 s, for its goodbye.
		await new Promise((resolve) => setTimeout(resolve, 2500));
		for (let i = 0; i < 4; i++) {
			collect();
			await new Promise((resolve) => setImmediate(resolve));
		}
		return process.memoryUsage().heapUsed;
	};
	// A first round, for what is made once.
	for (let i = 0; i < 100; i++) await visit(i);
	const before = await heap();
	for (let i = 0; i < openings; i++) await visit(i);
	const after = await heap();
	await server.stop();
	close();
	return { before, after, ratio: Math.round((after / before) * 1000) / 1000, openings };
}

if (process.argv[1] === import.meta.filename) {
	const [what = 'all', number = '100000'] = process.argv.slice(2);
	if (what === 'all' || what === 'grow')
		for (const habit of ['writing', 'scattered', 'letters'] as const)
			console.log(await grow(habit, Number(number), 1));
	if (what === 'all' || what === 'pause') console.log(await holdUp(60_000));
	if (what === 'all' || what === 'memory') console.log(await reopen(1000));
}
