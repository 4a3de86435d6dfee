import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { until, type Client, type TestApp } from '../../../../tests/support/live-notebook.ts';
import {
	codeOf,
	sharedNotebook,
	type SharedNotebook
} from '../../../../tests/support/shared-notebook.ts';
import {
	cellOrder,
	cellText,
	deleteCell,
	insertCell,
	readNotebook,
	setTitle
} from '../../collab/document.ts';
import { newId } from '../../core/ids.ts';
import { HISTORY_CHANGED, HISTORY_LIMITS, restorerOf } from '../../core/notebook/history.ts';
import { MAX_CELLS, MAX_SOURCE } from '../../core/notebook/limits.ts';
import { toCell, toNotebook } from '../../core/notebook/notebook.ts';
import { rolesOnKept } from '../access/version.ts';
import type { Actor } from '../app.ts';
import { roomsOf } from '../collab/rooms.ts';
import { deletedCells, notebookHistory } from '../db/schema.ts';
import { revokeShare } from '../sharing/grant.ts';
import { createNotebook } from './create.ts';
import {
	bringBackCell,
	deleteVersion,
	forgetCell,
	lookAtVersion,
	nameVersion,
	readHistory,
	renameVersion,
	restoreVersion
} from './history.ts';

let shared: SharedNotebook;
let t: TestApp;
let owner: Actor;
let editor: Actor;
let viewer: Actor;
let stranger: Actor;
let notebookId: string;
const NOTEBOOK = toNotebook({
	title: 'Billets',
	cells: [
		{ id: 'a', source: 'un\ndeux\ntrois' },
		{ id: 'b', mode: 'md', source: '# Titre' },
		{ id: 'c', source: '3', pinned: false }
	]
});

beforeEach(async () => {
	shared = await sharedNotebook(NOTEBOOK);
	({ t, owner, editor, viewer, stranger, notebookId } = shared);
});
afterEach(() => shared.close());

async function open(part: 'owner' | 'editor' = 'editor'): Promise<Client> {
	const client = shared.connect(part);
	await client.saved();
	return client;
}
const name = (actor: Actor = editor, words = 'Avant', id = notebookId) =>
	nameVersion(t.app, actor, id, words);
const history = (actor: Actor = owner) => readHistory(t.app, actor, notebookId);
const stored = () => roomsOf(t.app).read(notebookId).notebook;
const change = (make: Parameters<ReturnType<typeof roomsOf>['change']>[1]) =>
	roomsOf(t.app).change(notebookId, make);

describe('a version', () => {
	it('is what the server holds, and says who kept it and when', () => {
		const id = name(editor, '  Avant   la réunion ');
		t.advance(1000);
		change((doc) => setTitle(doc, 'Autre'));
		expect(lookAtVersion(t.app, viewer, notebookId, id)).toEqual({
			version: {
				id,
				kind: 'named',
				name: 'Avant la réunion',
				by: 'Edgar',
				people: [],
				at: t.app.now() - 1000,
				since: null,
				mayName: false,
				mayManage: false
			},
			notebook: NOTEBOOK
		});
		name(owner, 'Après');
		expect(history(viewer).versions.map((version) => version.name)).toEqual([
			'Après',
			'Avant la réunion'
		]);
	});

	it('holds the edits that the server has taken and not written yet', async () => {
		const client = await open();
		setTitle(client.doc, 'Tout juste');
		await client.saved();
		const id = name();
		expect(lookAtVersion(t.app, owner, notebookId, id).notebook.title).toBe('Tout juste');
	});

	it('is renamed and deleted by who kept it or owns the notebook', () => {
		const theirs = name(editor);
		const own = name(owner);
		expect(history(editor).versions.map(({ mayManage }) => mayManage)).toEqual([false, true]);
		expect(history(owner).versions.map(({ mayManage }) => mayManage)).toEqual([true, true]);
		expect(codeOf(() => renameVersion(t.app, editor, notebookId, own, 'À moi'))).toBe('forbidden');
		expect(codeOf(() => deleteVersion(t.app, editor, notebookId, own))).toBe('forbidden');
		expect(codeOf(() => deleteVersion(t.app, viewer, notebookId, theirs))).toBe('forbidden');
		renameVersion(t.app, editor, notebookId, theirs, 'Le mien');
		expect(history().versions[1]?.name).toBe('Le mien');
		deleteVersion(t.app, owner, notebookId, theirs);
		expect(history().versions).toHaveLength(1);
	});

	it('has a name, and not too long a one', () => {
		for (const words of ['', ' \u200b '])
			expect(codeOf(() => name(editor, words))).toBe('version_name_required');
		expect(codeOf(() => name(editor, 'x'.repeat(HISTORY_LIMITS.name + 1)))).toBe('too_long');
		const id = name(editor, 'x'.repeat(HISTORY_LIMITS.name));
		expect(codeOf(() => renameVersion(t.app, editor, notebookId, id, ''))).toBe(
			'version_name_required'
		);
		expect(history().versions).toHaveLength(1);
	});
});

describe('who', () => {
	it('reads may look; who edits keeps and restores; nobody else knows that there is anything', () => {
		const id = name();
		const all: [(actor: Actor, notebook: string) => unknown, string][] = [
			[(actor, notebook) => readHistory(t.app, actor, notebook), 'done'],
			[(actor, notebook) => lookAtVersion(t.app, actor, notebook, id), 'done'],
			[(actor, notebook) => name(actor, 'Non', notebook), 'forbidden'],
			[(actor, notebook) => restoreVersion(t.app, actor, notebook, id), 'forbidden'],
			[(actor, notebook) => renameVersion(t.app, actor, notebook, id, 'Non'), 'forbidden'],
			[(actor, notebook) => deleteVersion(t.app, actor, notebook, id), 'forbidden'],
			[(actor, notebook) => bringBackCell(t.app, actor, notebook, 'a'), 'forbidden'],
			[(actor, notebook) => forgetCell(t.app, actor, notebook, 'a'), 'forbidden']
		];
		for (const [work, reader] of all) {
			expect(codeOf(() => work(viewer, notebookId))).toBe(reader);
			for (const notebook of [notebookId, newId(t.app.random)])
				expect(codeOf(() => work(stranger, notebook))).toBe('not_found');
		}
		expect(history(viewer).deleted).toBeNull();
		expect(history().versions).toHaveLength(1);
	});

	it('lost the notebook lost the versions that they kept in it', () => {
		const id = name(editor);
		revokeShare(t.app, owner, notebookId, shared.shares.editor);
		expect([...rolesOnKept(new Set(['account']), editor, editor.personId)]).toEqual(['account']);
		expect(codeOf(() => lookAtVersion(t.app, editor, notebookId, id))).toBe('not_found');
		expect(codeOf(() => deleteVersion(t.app, editor, notebookId, id))).toBe('not_found');
	});

	it('names a version of another notebook finds nothing', () => {
		const id = name(owner);
		const other = createNotebook(t.app, owner, { notebook: NOTEBOOK });
		expect(codeOf(() => lookAtVersion(t.app, owner, other, id))).toBe('not_found');
		expect(codeOf(() => restoreVersion(t.app, owner, other, id))).toBe('not_found');
		expect(codeOf(() => renameVersion(t.app, owner, other, id, 'Non'))).toBe('not_found');
		expect(codeOf(() => deleteVersion(t.app, owner, other, id))).toBe('not_found');
	});
});

describe('a restoration', () => {
	it('keeps the present, and gives back each cell with its id, its place and the title', () => {
		const id = name();
		change((doc) => {
			setTitle(doc, 'Après');
			deleteCell(doc, 'a');
			insertCell(doc, 0, toCell({ id: 'x', source: '9' }));
			cellText(doc, 'c')?.insert(1, '3');
		});
		const present = stored();
		const { kept, change: made, history: after } = restoreVersion(t.app, editor, notebookId, id);
		expect(stored()).toEqual(NOTEBOOK);
		expect(made).not.toBeNull();
		expect(after.versions.map(({ kind, name: words, by }) => [kind, words, by])).toEqual([
			['before-restore', null, 'Edgar'],
			['named', 'Avant', 'Edgar']
		]);
		expect(lookAtVersion(t.app, owner, notebookId, kept ?? '').notebook).toEqual(present);
		// A draft that nobody chose to show is not for readers.
		expect(readHistory(t.app, viewer, notebookId).versions.map(({ kind }) => kind)).toEqual([
			'named'
		]);
		expect(codeOf(() => lookAtVersion(t.app, viewer, notebookId, kept ?? ''))).toBe('not_found');
		// What it took away is among the deleted cells as well.
		expect(after.deleted?.map(({ cell }) => cell.id)).toEqual(['x']);
		// And back again.
		restoreVersion(t.app, owner, notebookId, kept ?? '');
		expect(stored()).toEqual(present);
	});

	it('of what is there already does nothing', () => {
		const id = name();
		expect(restoreVersion(t.app, editor, notebookId, id)).toMatchObject({
			kept: null,
			change: null
		});
		expect(history().versions).toHaveLength(1);
	});

	it('that cannot keep the present changes nothing', async () => {
		const client = await open();
		const id = name();
		change((doc) => deleteCell(doc, 'a'));
		const present = stored();
		t.app.db.update(notebookHistory).set({ bytes: HISTORY_LIMITS.bytes }).run();
		expect(codeOf(() => restoreVersion(t.app, editor, notebookId, id))).toBe('history_full');
		expect(stored()).toEqual(present);
		expect(history().versions).toHaveLength(1);
		await until(client.doc, (doc) => cellOrder(doc).length === 2);
		expect(readNotebook(client.doc)).toEqual(present);
	});

	it('follows on every open screen, beside what someone is writing', async () => {
		const [one, two] = [await open('editor'), await open('owner')];
		const id = name();
		cellText(one.doc, 'a')?.insert(0, 'ZÉRO\n');
		await one.saved();
		await until(two.doc, (doc) => cellText(doc, 'a')?.toString().startsWith('ZÉRO') ?? false);
		// Written and not heard of by the server when the version is restored.
		two.doc.transact(() => cellText(two.doc, 'a')?.insert('ZÉRO\nun\ndeux'.length, ' et demi'));
		restoreVersion(t.app, editor, notebookId, id);
		const merged = 'un\ndeux et demi\ntrois';
		for (const { doc } of [one, two])
			await until(doc, (now) => cellText(now, 'a')?.toString() === merged);
		await two.saved();
		expect(stored().cells[0]?.source).toBe(merged);
	});

	it('does not lose what others wrote before it: it is in the version that it keeps', async () => {
		const client = await open('owner');
		const id = name();
		cellText(client.doc, 'c')?.insert(1, ' + 4');
		await client.saved();
		const { kept } = restoreVersion(t.app, editor, notebookId, id);
		expect(lookAtVersion(t.app, owner, notebookId, kept ?? '').notebook.cells[2]?.source).toBe(
			'3 + 4'
		);
		expect(stored()).toEqual(NOTEBOOK);
	});

	it('tells those who have the notebook open that its history changed', async () => {
		const client = await open();
		const heard = new Promise<string>((resolve) =>
			client.provider.on('stateless', ({ payload }: { payload: string }) => resolve(payload))
		);
		name(owner);
		expect(await heard).toBe(HISTORY_CHANGED);
	});

	it('is told to the others who have the notebook open, by who did it', async () => {
		const id = name();
		change((doc) => deleteCell(doc, 'a'));
		const heard = await Promise.all(
			(['owner', 'editor'] as const).map(async (part) => {
				const list: string[] = [];
				const { provider } = await open(part);
				provider.on('stateless', ({ payload }: { payload: string }) => list.push(payload));
				return list;
			})
		);
		restoreVersion(t.app, editor, notebookId, id);
		// Whoever did it hears what comes after it, and not that.
		name(owner, 'Après');
		await vi.waitFor(() => expect(Math.min(...heard.map(({ length }) => length))).toBe(2));
		expect(heard.map((list) => list.map(restorerOf).filter((one) => one !== null))).toEqual([
			['Edgar'],
			[]
		]);
	});
});

describe('a deleted cell', () => {
	const deleteAs = async (client: Client, id: string): Promise<void> => {
		deleteCell(client.doc, id);
		await client.saved();
	};

	it('is kept with the edit that deletes it, and brought back where it was', async () => {
		const client = await open();
		await deleteAs(client, 'b');
		expect(stored().cells.map(({ id }) => id)).toEqual(['a', 'c']);
		expect(history(editor).deleted).toEqual([
			{ cell: NOTEBOOK.cells[1], by: 'Edgar', at: t.app.now(), mayForget: true }
		]);
		bringBackCell(t.app, owner, notebookId, 'b');
		expect(stored()).toEqual(NOTEBOOK);
		await until(client.doc, (doc) => cellOrder(doc).length === 3);
		expect(history().deleted).toEqual([]);
		// Twice is once.
		expect(bringBackCell(t.app, owner, notebookId, 'b').change).toBeNull();
		expect(stored()).toEqual(NOTEBOOK);
	});

	it('whose page undid it at once is not listed; deleted again, it is as it last read', async () => {
		const client = await open();
		await deleteAs(client, 'c');
		insertCell(client.doc, 2, toCell({ id: 'c', source: '33' }));
		await client.saved();
		expect(history().deleted).toEqual([]);
		await deleteAs(client, 'c');
		expect(history().deleted?.map(({ cell }) => cell.source)).toEqual(['33']);
	});

	it('comes back first, or last, where the one above is gone too', async () => {
		const client = await open();
		await deleteAs(client, 'a');
		await deleteAs(client, 'b');
		await deleteAs(client, 'c');
		bringBackCell(t.app, editor, notebookId, 'c');
		bringBackCell(t.app, editor, notebookId, 'a');
		bringBackCell(t.app, editor, notebookId, 'b');
		expect(stored().cells.map(({ id }) => id)).toEqual(['b', 'a', 'c']);
	});

	it('in which nothing was written is not kept', async () => {
		const client = await open();
		insertCell(client.doc, 0, toCell({ id: 'vide', source: ' \n' }));
		await deleteAs(client, 'vide');
		expect(history().deleted).toEqual([]);
	});

	it('is forgotten by who deleted it or owns the notebook', async () => {
		const [theirs, own] = [await open('editor'), await open('owner')];
		await deleteAs(theirs, 'a');
		await deleteAs(own, 'b');
		expect(codeOf(() => forgetCell(t.app, editor, notebookId, 'b'))).toBe('forbidden');
		forgetCell(t.app, editor, notebookId, 'a');
		forgetCell(t.app, owner, notebookId, 'b');
		expect(t.app.db.select().from(deletedCells).all()).toEqual([]);
		expect(codeOf(() => bringBackCell(t.app, owner, notebookId, 'a'))).toBe('not_found');
	});

	it('does not come back into a notebook that has no room for it', async () => {
		const client = await open();
		await deleteAs(client, 'a');
		change((doc) => insertCell(doc, 0, toCell({ id: 'g', source: 'x'.repeat(MAX_SOURCE - 12) })));
		expect(codeOf(() => bringBackCell(t.app, editor, notebookId, 'a'))).toBe('notebook_too_large');
		change((doc) => {
			deleteCell(doc, 'g');
			for (let i = cellOrder(doc).length; i < MAX_CELLS; i++)
				insertCell(doc, i, toCell({ id: `v${i}` }));
		});
		expect(codeOf(() => bringBackCell(t.app, editor, notebookId, 'a'))).toBe(
			'notebook_too_many_cells'
		);
		// The room is asked of the document that is open, as it now is.
		insertCell(client.doc, 0, toCell({ id: 'trop', source: '1' }));
		await until(client.doc, (doc) => cellOrder(doc).length > MAX_CELLS);
		expect(stored().cells).toHaveLength(MAX_CELLS);
	});
});

describe('limits', () => {
	const rows = (kind?: 'named' | 'before-restore') =>
		t.app.db
			.select()
			.from(notebookHistory)
			.where(kind && eq(notebookHistory.kind, kind))
			.all();

	it('so many named versions', () => {
		name();
		const [row] = rows();
		if (!row) throw new Error('nothing kept');
		for (let i = 1; i < HISTORY_LIMITS.named; i++)
			t.app.db
				.insert(notebookHistory)
				.values({ ...row, id: `v${i}` })
				.run();
		expect(codeOf(() => name())).toBe('too_many_versions');
		change((doc) => deleteCell(doc, 'a'));
		const { kept } = restoreVersion(t.app, editor, notebookId, row.id);
		expect(codeOf(() => renameVersion(t.app, editor, notebookId, kept ?? '', 'De plus'))).toBe(
			'too_many_versions'
		);
		expect(codeOf(() => renameVersion(t.app, editor, notebookId, row.id, 'Autre'))).toBe('done');
	});

	it('of those that restorations keep, the oldest that nobody named goes', () => {
		const [one, two] = [name(), (change((doc) => deleteCell(doc, 'a')), name())];
		const first = restoreVersion(t.app, editor, notebookId, one).kept ?? '';
		const second = restoreVersion(t.app, editor, notebookId, two).kept ?? '';
		renameVersion(t.app, editor, notebookId, second, 'À garder');
		for (let i = 0; i < HISTORY_LIMITS.beforeRestore; i++)
			restoreVersion(t.app, editor, notebookId, i % 2 === 0 ? one : two);
		const ids = rows().map(({ id }) => id);
		expect(rows('before-restore')).toHaveLength(HISTORY_LIMITS.beforeRestore);
		expect([one, two, first, second].map((id) => ids.includes(id))).toEqual([
			true,
			true,
			false,
			true
		]);
	});

	it('so many bytes: those that nobody named make room, named ones are refused', () => {
		const id = name();
		change((doc) => deleteCell(doc, 'a'));
		const { kept } = restoreVersion(t.app, editor, notebookId, id);
		const weigh = (version: string) =>
			t.app.db
				.update(notebookHistory)
				.set({ bytes: HISTORY_LIMITS.bytes })
				.where(eq(notebookHistory.id, version))
				.run();
		weigh(kept ?? '');
		const next = name(editor, 'Suite');
		expect(rows().map((row) => row.id)).toEqual([id, next]);
		weigh(next);
		expect(codeOf(() => name(editor, 'De trop'))).toBe('history_full');
		deleteVersion(t.app, editor, notebookId, next);
		expect(codeOf(() => name(editor, 'Encore'))).toBe('done');
	});

	it('named versions leave the room that a restoration needs, whoever fills the rest', () => {
		const id = name(owner);
		change((doc) => deleteCell(doc, 'a'));
		const { kept } = restoreVersion(t.app, owner, notebookId, id);
		const [row] = rows('named');
		if (!row || !kept) throw new Error('nothing kept');
		const megabyte = { ...row, bytes: 1_000_000, createdBy: editor.personId };
		for (let i = 1; i < HISTORY_LIMITS.namedBytes / 1e6; i++)
			t.app.db
				.insert(notebookHistory)
				.values({ ...megabyte, id: `v${i}` })
				.run();
		const left = HISTORY_LIMITS.namedBytes - 55_000_000 - row.bytes;
		t.app.db.update(notebookHistory).set({ bytes: left }).where(eq(notebookHistory.id, kept)).run();
		// Just fits; a byte more does not, by a name given anew or to what a restoration kept.
		expect(codeOf(() => name(editor, 'De trop'))).toBe('done');
		const [mine] = rows('named').filter(({ name: words }) => words === 'De trop');
		expect(codeOf(() => renameVersion(t.app, owner, notebookId, kept, 'Mien'))).toBe(
			'history_full'
		);
		deleteVersion(t.app, editor, notebookId, mine?.id ?? '');
		expect(codeOf(() => renameVersion(t.app, owner, notebookId, kept, 'Mien'))).toBe('done');
		expect(codeOf(() => name(editor, 'De trop'))).toBe('history_full');
		change((doc) => deleteCell(doc, 'a'));
		expect(codeOf(() => restoreVersion(t.app, owner, notebookId, id))).toBe('done');
		expect(stored()).toEqual(NOTEBOOK);
	});

	it('so many at once for a person, whatever they have the server write; others go on', () => {
		const id = name(editor);
		for (let i = 1; i < 60; i++)
			expect(codeOf(() => restoreVersion(t.app, editor, notebookId, id))).toBe('done');
		expect(codeOf(() => restoreVersion(t.app, editor, notebookId, id))).toBe('throttled');
		expect(codeOf(() => name(editor, 'Encore'))).toBe('throttled');
		expect(codeOf(() => bringBackCell(t.app, editor, notebookId, 'a'))).toBe('throttled');
		expect(codeOf(() => restoreVersion(t.app, owner, notebookId, id))).toBe('done');
		t.advance(5_000);
		expect(codeOf(() => name(editor, 'Encore'))).toBe('done');
	});

	it('of deleted cells, the oldest go', async () => {
		const client = await open();
		deleteCell(client.doc, 'a');
		await client.saved();
		const [row] = t.app.db.select().from(deletedCells).all();
		if (!row) throw new Error('nothing kept');
		for (let i = 0; i < HISTORY_LIMITS.deletedCells - 1; i++)
			t.app.db
				.insert(deletedCells)
				.values({ ...row, cellId: `v${i}` })
				.run();
		t.advance(1000);
		deleteCell(client.doc, 'b');
		await client.saved();
		const kept = () =>
			t.app.db
				.select()
				.from(deletedCells)
				.all()
				.map(({ cellId }) => cellId);
		expect(kept()).toHaveLength(HISTORY_LIMITS.deletedCells);
		expect([kept().includes('a'), kept().includes('b')]).toEqual([false, true]);
		t.app.db
			.update(deletedCells)
			.set({ bytes: HISTORY_LIMITS.deletedBytes - 10 })
			.run();
		t.advance(1000);
		deleteCell(client.doc, 'c');
		await client.saved();
		expect(kept()).toEqual(['c']);
	});
});
