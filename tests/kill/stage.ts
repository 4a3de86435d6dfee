/** What the kill test plays on: people, notebooks that they share, and their sessions, in a folder of its own. */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '../../src/lib/core/ids.ts';
import { toNotebook } from '../../src/lib/core/notebook/notebook.ts';
import { createSession } from '../../src/lib/server/auth/session.ts';
import { Journal } from '../../src/lib/server/collab/journal.ts';
import { readNotebook } from '../../src/lib/collab/document.ts';
import { notebookGrants } from '../../src/lib/server/db/schema.ts';
import { createNotebook } from '../../src/lib/server/notebooks/create.ts';
import { testApp, testPerson } from '../support/app.ts';
import type { Writer } from './messages.ts';

export interface Stage {
	/** The server's data. */
	readonly folder: string;
	readonly writers: readonly Writer[];
	readonly notebookIds: readonly string[];
	/** Reads what a server that starts now would find, from a copy: this one's files stay as the end left them. */
	look(): Found;
	remove(): void;
}

export interface Found {
	/** All the sources of all the notebooks. */
	readonly texts: readonly string[];
	/** What `PRAGMA integrity_check` says, if not « ok », and notebooks that cannot be read. */
	readonly damage: readonly string[];
	/** How far each notebook's snapshot goes; 0 where there is none yet. */
	readonly folded: readonly number[];
}

export async function setStage(people: number, documents: number, port: number): Promise<Stage> {
	const root = mkdtempSync(join(tmpdir(), 'carnet-kill-'));
	const folder = join(root, 'data');
	mkdirSync(folder);
	const { app, close } = testApp(folder, port);
	const owner = testPerson(app, 'Line');
	const notebookIds = Array.from({ length: documents }, (_, i) =>
		createNotebook(app, owner, {
			notebook: toNotebook({ title: `Carnet ${i}`, cells: [{ id: 'a', source: '' }] })
		})
	);
	const writers: Writer[] = [];
	for (let number = 0; number < people; number++) {
		const person = testPerson(app, `Personne${number}`);
		const notebookId = notebookIds[number % documents] ?? '';
		app.db
			.insert(notebookGrants)
			.values({
				id: newId(app.random),
				notebookId,
				granteeKind: 'person',
				granteeId: person.personId,
				level: 'editor',
				createdBy: owner.personId,
				createdAt: app.now()
			})
			.run();
		const { name, value } = await createSession(app, person.personId);
		writers.push({ number, notebookId, cookie: `${name}=${value}` });
	}
	close();

	const copy = join(root, 'copy');
	return {
		folder,
		writers,
		notebookIds,
		look() {
			rmSync(copy, { recursive: true, force: true });
			mkdirSync(copy);
			// The index of the log is not the database's: a new one is made of the log, as after a power cut.
			for (const name of ['carnet.sqlite', 'carnet.sqlite-wal'])
				if (existsSync(join(folder, name))) copyFileSync(join(folder, name), join(copy, name));
			const kept = testApp(copy);
			try {
				const { $client } = kept.app.db;
				const journal = new Journal(kept.app);
				const through = $client
					.prepare<[string], number>(
						'select through_seq from notebook_snapshots where notebook_id = ?'
					)
					.pluck();
				const damage: string[] = [];
				const integrity = String($client.pragma('integrity_check', { simple: true }));
				if (integrity !== 'ok') damage.push(integrity);
				const texts = notebookIds.flatMap((id) => {
					try {
						return readNotebook(journal.load(id)).cells.map(({ source }) => source);
					} catch (cause) {
						damage.push(cause instanceof Error ? cause.message : String(cause));
						return [];
					}
				});
				return {
					texts,
					damage,
					folded: notebookIds.map((id) => through.get(id) ?? 0)
				};
			} finally {
				kept.close();
			}
		},
		remove: () => rmSync(root, { recursive: true, force: true })
	};
}
