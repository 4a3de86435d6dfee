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
	const written: Uint8Array[] = [];
	elsewhere.on('update', (bytes: Uint8Array) => written.push(bytes));
	setTitle(elsewhere, 'Trois');
	t.app.db.$client
		.prepare(
			'insert into notebook_updates (notebook_id, "update", person_id, at) values (?, ?, null, 0)'
		)
		.run(id, Buffer.from(Y.mergeUpdates(written)));
	expect(rooms.read(id).notebook.title).toBe('Trois');
	await rooms.close();
	t.close();
});

test('what came since is added to what is kept, but where it was folded away or cannot be read', () => {
	const doc = made('Un');
	const updates: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => updates.push(update));
	let loads = 0;
	let folded = 0;
	const documents = new ReadDocuments({
		load: () => {
			loads++;
			const loaded = new Y.Doc();
			Y.applyUpdate(loaded, Y.encodeStateAsUpdate(doc));
			return loaded;
		},
		updatesSince: (_id, place) => (folded > place ? null : updates.slice(place))
	});
	const read = () => {
		const { notebook, doc: found } = documents.read('n', updates.length);
		expect(Y.encodeStateAsUpdate(found)).toEqual(Y.encodeStateAsUpdate(doc));
		return notebook.title;
	};
	expect(read()).toBe('Un');
	for (const title of ['Deux', 'Trois']) setTitle(doc, title);
	expect([read(), loads]).toEqual(['Trois', 1]);
	// Folded up to where it was read: all that came after is there.
	folded = updates.length;
	setTitle(doc, 'Quatre');
	expect([read(), loads]).toEqual(['Quatre', 1]);
	setTitle(doc, 'Cinq');
	folded = updates.length;
	expect([read(), loads]).toEqual(['Cinq', 2]);
	// What rests on something that is not there, and what is no update: it is read whole.
	for (const broken of [0, 1]) {
		setTitle(doc, `Six ${broken}`);
		setTitle(doc, `Sept ${broken}`);
		updates[updates.length - 2] = broken ? Uint8Array.of(255) : Uint8Array.of(0, 0);
		expect([read(), loads]).toEqual([`Sept ${broken}`, 3 + broken]);
	}
});

test('those read last are kept, and no more of them than there is room for', () => {
	let loads = 0;
	let next = made('');
	const source = { load: () => (loads++, next), updatesSince: () => null };
	const documents = new ReadDocuments(source, 30, 300);
	const read = (id: string, doc = made(id)) => {
		const before = loads;
		next = doc;
		const { notebook } = documents.read(id, 1);
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
