import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { testApp, testPerson } from '../../../../tests/support/app.ts';
import { setTitle, writeNotebook } from '../../collab/document.ts';
import { toNotebook } from '../../core/notebook/notebook.ts';
import { createNotebook } from '../notebooks/create.ts';
import { ReadDocuments } from './read-documents.ts';
import { roomsOf } from './rooms.ts';

const made = (title: string): Y.Doc => {
	const doc = new Y.Doc();
	writeNotebook(doc, toNotebook({ title }));
	return doc;
};

test('a notebook that nobody edited is put together once, whatever a page asks of it', async () => {
	const t = testApp();
	const id = createNotebook(t.app, testPerson(t.app, 'Line'), {
		notebook: toNotebook({ title: 'Un' })
	});
	const rooms = roomsOf(t.app);
	const first = rooms.read(id);
	expect(rooms.read(id).doc).toBe(first.doc);
	rooms.change(id, (doc) => setTitle(doc, 'Deux'));
	expect(rooms.read(id).notebook.title).toBe('Deux');
	await rooms.journal.fold(id);
	const folded = rooms.read(id);
	expect(folded.notebook.title).toBe('Deux');
	// Another process has the same database open.
	const elsewhere = rooms.journal.load(id);
	let update = new Uint8Array();
	elsewhere.on('update', (bytes: Uint8Array<ArrayBuffer>) => (update = bytes));
	setTitle(elsewhere, 'Trois');
	t.app.db.$client
		.prepare(
			'insert into notebook_updates (notebook_id, "update", person_id, at) values (?, ?, null, 0)'
		)
		.run(id, Buffer.from(update));
	expect(rooms.read(id).notebook.title).toBe('Trois');
	await rooms.close();
	t.close();
});

test('those read last are kept, and no more of them than there is room for', () => {
	const documents = new ReadDocuments(30, 300);
	let loads = 0;
	const read = (id: string, doc = made(id)) => {
		const before = loads;
		const { notebook } = documents.read(id, 1, () => {
			loads++;
			return doc;
		});
		expect(notebook.title).toBe(id);
		return loads > before;
	};
	for (let i = 0; i < 30; i++) expect(read(`n${i}`)).toBe(true);
	expect(read('n0')).toBe(false);
	expect(read('n30')).toBe(true);
	expect(read('n0')).toBe(false);
	expect(read('n1')).toBe(true);
	const large = made('large');
	const text = large.getText('more');
	for (let i = 0; i < 290; i++) text.insert(0, 'x');
	expect(read('large', large)).toBe(true);
	expect(read('large')).toBe(false);
	expect(read('n9')).toBe(true);
});
