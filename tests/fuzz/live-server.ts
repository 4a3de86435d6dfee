/**
 * The live server without its sockets: what a simulation of many people needs to be repeatable. Updates go through the
 * product's own inspection, capacity and journal, on a database on disk; its end is that of a killed process (what was
 * not committed is gone), and it starts again from that disk.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as Y from 'yjs';
import { toNotebook } from '../../src/lib/core/notebook/notebook.ts';
import type { Actor, App } from '../../src/lib/server/app.ts';
import { Capacity } from '../../src/lib/server/collab/capacity.ts';
import { inspectUpdate, UpdateRefused } from '../../src/lib/server/collab/inspect-update.ts';
import { appendNow, foldHere, Journal, SERVER } from '../../src/lib/server/collab/journal.ts';
import { openDatabase } from '../../src/lib/server/db/database.ts';
import { createNotebook } from '../../src/lib/server/notebooks/create.ts';
import { deletedFrom, keepDeleted } from '../../src/lib/server/notebooks/history-deleted.ts';
import { testApp, testPerson } from '../support/app.ts';
import { STEP_1, STEP_2, statusFrame, syncFrame, syncOf, UPDATE, type Link } from './live-link.ts';

/** The disk that outlives servers, and the people who have accounts on it. */
export interface Disk {
	readonly people: readonly Actor[];
	/** A notebook of the first person's. */
	make(): string;
	start(notebookId: string): SimulatedServer;
	destroy(): void;
}

export function makeDisk(people: number): Disk {
	const folder = mkdtempSync(join(tmpdir(), 'carnet-live-'));
	const test = testApp(folder);
	const actors = Array.from({ length: people }, (_, i) => testPerson(test.app, `P${i}`));
	const [owner] = actors;
	if (!owner) throw new RangeError('someone must own the notebooks');
	let { db } = test.app;
	return {
		people: actors,
		make: () =>
			createNotebook({ ...test.app, db }, owner, {
				notebook: toNotebook({
					title: 'Départ',
					cells: [
						{ id: 'first', source: 'const a = 1;\na + 1' },
						{ id: 'prose', mode: 'md', source: '# Titre' }
					]
				})
			}),
		start: (notebookId) => {
			// Whatever the last server had not committed dies with its connection to the file.
			db.$client.close();
			db = openDatabase(join(folder, 'carnet.sqlite'), 'drizzle');
			return new SimulatedServer({ ...test.app, db, now: () => 0 }, notebookId);
		},
		destroy: () => {
			db.$client.close();
			rmSync(folder, { recursive: true, force: true });
		}
	};
}

export class SimulatedServer {
	/** Why honest people's updates were not taken. */
	readonly refusals: string[] = [];
	readonly doc: Y.Doc;
	readonly #app: App;
	readonly #notebookId: string;
	readonly #journal: Journal;
	readonly #capacity = new Capacity();
	readonly #links = new Set<Link>();
	readonly #busy = new Set<Link>();
	#dead = false;

	constructor(app: App, notebookId: string) {
		this.#app = app;
		this.#notebookId = notebookId;
		this.#journal = new Journal(app);
		this.doc = this.#journal.load(notebookId);
		this.doc.on('update', (update: Uint8Array) => {
			for (const link of this.#links) link.down.push(syncFrame(UPDATE, update));
		});
	}

	accept(link: Link): void {
		this.#links.add(link);
	}
	leave(link: Link): void {
		this.#links.delete(link);
	}
	/** Whether the link's last write still waits for the disk: until then the next is not read. */
	isBusy(link: Link): boolean {
		return this.#busy.has(link);
	}

	/** Reads one frame. What is answered comes after the disk, as in rooms. */
	async take(link: Link, frame: Uint8Array): Promise<void> {
		const { step, payload } = syncOf(frame);
		if (step === STEP_1) {
			link.down.push(syncFrame(STEP_2, Y.encodeStateAsUpdate(this.doc, payload)));
			link.down.push(syncFrame(STEP_1, Y.encodeStateVector(this.doc)));
			return;
		}
		this.#busy.add(link);
		try {
			const facts = inspectUpdate(payload, this.doc);
			if (!facts.known) {
				if (!this.#capacity.takes(this.doc, facts)) throw new UpdateRefused('full');
				const { personId } = link.actor;
				const removed = deletedFrom(this.doc, facts.removes);
				await this.#journal.append({
					notebookId: this.#notebookId,
					update: payload,
					personId,
					writers: facts.writers,
					...(removed.length > 0 && {
						also: () => keepDeleted(this.#app, this.#notebookId, personId, removed)
					})
				});
			}
			if (this.#dead) return;
			Y.applyUpdate(this.doc, payload, link);
			if (this.#links.has(link)) link.down.push(statusFrame());
		} catch (cause) {
			if (this.#dead) return;
			if (!(cause instanceof UpdateRefused)) throw cause;
			this.refusals.push(cause.reason);
			this.leave(link);
			link.cut();
		} finally {
			this.#busy.delete(link);
		}
	}

	/** Puts what waits on the disk. */
	commit(): void {
		this.#journal.flush();
	}

	/** The server's own edit, as a rename from a list makes one. */
	change(make: (doc: Y.Doc) => void): void {
		this.#journal.flush();
		const doc = this.#journal.load(this.#notebookId);
		const parts: Uint8Array[] = [];
		doc.on('update', (part: Uint8Array) => parts.push(part));
		make(doc);
		if (parts.length === 0) return;
		const update = Y.mergeUpdates(parts);
		appendNow(this.#app, {
			notebookId: this.#notebookId,
			update,
			personId: SERVER,
			writers: [doc.clientID]
		});
		Y.applyUpdate(this.doc, update);
		this.#capacity.forget(this.doc);
	}

	fold(): void {
		foldHere(this.#app, this.#notebookId);
	}

	stored(): Y.Doc {
		return this.#journal.load(this.#notebookId);
	}

	/** Killed: what waited for the disk is lost, and every link with it. */
	kill(): void {
		this.#dead = true;
		for (const link of this.#links) link.cut();
		this.#links.clear();
	}
}
