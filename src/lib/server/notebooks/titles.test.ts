/** Titles that would show otherwise than they are written, wherever a title comes in. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { eq } from 'drizzle-orm';
import { testApp, testPerson, type TestApp } from '../../../../tests/support/app.ts';
import { readNotebook, setTitle, writeNotebook } from '../../collab/document.ts';
import { toNotebook } from '../../core/notebook/notebook.ts';
import { notebooks } from '../db/schema.ts';
import { cleanFields } from '../datasets/dataset-fields.ts';
import { roomsOf } from '../collab/rooms.ts';
import { createNotebook } from './create.ts';

const TRICK = '\u202Egnp.exe\u200B des\u2066 salles';
const PLAIN = 'gnp.exe des salles';

let host: TestApp;
beforeEach(() => (host = testApp()));
afterEach(() => host.close());

test('a notebook is made, renamed and listed without invisible characters', () => {
	const ana = testPerson(host.app, 'Ana');
	const notebook = toNotebook({ title: TRICK, lang: 'fr', cells: [] });
	const id = createNotebook(host.app, ana, { notebook });
	const kept = () => host.app.db.select().from(notebooks).where(eq(notebooks.id, id)).get()?.title;
	expect(kept()).toBe(PLAIN);
	roomsOf(host.app).change(id, (doc) => setTitle(doc, `Autre\u202E`));
	expect(kept()).toBe('Autre');
});

test('a document that another program wrote is read without them', () => {
	const doc = new Y.Doc();
	writeNotebook(doc, toNotebook({ title: 'Salles', lang: 'fr', cells: [] }));
	setTitle(doc, TRICK);
	expect(readNotebook(doc).title).toBe(PLAIN);
});

test('a dataset is described without them', () => {
	const fields = { licence: 'CC-BY-4.0', publication: 'rows', synthetic: true } as const;
	expect(cleanFields({ ...fields, title: TRICK, description: 'Un\u202E\ndeux' })).toMatchObject({
		title: PLAIN,
		description: 'Un\ndeux'
	});
});
