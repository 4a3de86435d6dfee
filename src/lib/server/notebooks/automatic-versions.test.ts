import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { testApp, testPerson } from '../../../../tests/support/app.ts';
import { until, type Client, type TestApp } from '../../../../tests/support/live-notebook.ts';
import {
	codeOf,
	sharedNotebook,
	type SharedNotebook
} from '../../../../tests/support/shared-notebook.ts';
import { cellText, setTitle } from '../../collab/document.ts';
import { HISTORY_CHANGED, HISTORY_LIMITS } from '../../core/notebook/history.ts';
import { toNotebook, type Notebook } from '../../core/notebook/notebook.ts';
import { VERSION_TIMES } from '../../core/notebook/version-times.ts';
import type { Actor } from '../app.ts';
import { foldHere } from '../collab/journal.ts';
import { roomsOf } from '../collab/rooms.ts';
import { notebookHistory, notebooks, notebookUpdates } from '../db/schema.ts';
import { mergeInto } from '../proposals/merge-into.ts';
import { keepDueVersions } from './automatic-versions.ts';
import { createNotebook } from './create.ts';
import {
	deleteVersion,
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
let notebookId: string;
const MINUTE = 60_000;

beforeEach(async () => {
	shared = await sharedNotebook(
		toNotebook({ title: 'Billets', cells: [{ id: 'a', source: 'un' }] })
	);
	({ t, owner, editor, viewer, notebookId } = shared);
});
afterEach(() => shared.close());

async function open(part: 'owner' | 'editor'): Promise<Client> {
	const client = shared.connect(part);
	await client.saved();
	return client;
}
async function write(client: Client, text: string): Promise<void> {
	const stored = roomsOf(t.app).read(notebookId).notebook.cells[0]?.source;
	await until(client.doc, (doc) => cellText(doc, 'a')?.toString() === stored);
	cellText(client.doc, 'a')?.insert(0, text);
	await client.saved();
}
const rows = () =>
	readHistory(t.app, owner, notebookId).versions.map(({ kind, people, at }) => ({
		...{ kind, people },
		text: textOf(at)
	}));
/** What the cell said in the version of that time. */
const textOf = (at: number): string => {
	const version = readHistory(t.app, owner, notebookId).versions.find((one) => one.at === at);
	const { notebook } = lookAtVersion(t.app, owner, notebookId, version?.id ?? '');
	return notebook.cells[0]?.source ?? '';
};
const round = () => keepDueVersions(t.app);
const history = () => readHistory(t.app, owner, notebookId);
const renamed = (now: Notebook): Notebook => ({ ...now, title: 'Repris' });

describe('a version is kept by itself', () => {
	it('at a rest, with who took part and when; and none where nothing changed', async () => {
		const one = await open('owner');
		const two = await open('editor');
		t.advance(MINUTE);
		const began = t.app.now();
		await write(one, 'A');
		t.advance(MINUTE);
		await write(two, 'B');
		const last = t.app.now();
		t.advance(VERSION_TIMES.rest - 1);
		expect(await round()).toBe(0);
		t.advance(1);
		expect(await round()).toBe(1);
		const [version] = readHistory(t.app, editor, notebookId).versions;
		expect(version).toMatchObject({
			kind: 'automatic',
			name: null,
			by: '',
			people: ['Line', 'Edgar'],
			since: began,
			at: last,
			mayName: true,
			mayManage: false
		});
		expect(textOf(last)).toBe('BAun');
		t.advance(VERSION_TIMES.rest);
		expect(await round()).toBe(0);
		// Written and taken back: an edit, and nothing changed.
		await write(one, 'x');
		cellText(one.doc, 'a')?.delete(0, 1);
		await one.saved();
		t.advance(VERSION_TIMES.rest);
		expect(await round()).toBe(0);
		expect(rows().map(({ kind }) => kind)).toEqual(['automatic', 'automatic']);
	});

	it('before the first edit of all: what the notebook was', async () => {
		t.advance(MINUTE);
		const one = await open('owner');
		expect(rows()).toEqual([]);
		await write(one, 'A');
		expect(rows()).toEqual([{ kind: 'automatic', people: [], text: 'un' }]);
		const blank = createNotebook(t.app, owner, { notebook: toNotebook({ title: 'Vide' }) });
		t.advance(MINUTE);
		roomsOf(t.app).beginnings.edits(blank, owner.personId);
		expect(readHistory(t.app, owner, blank).versions).toEqual([]);
	});

	it('when nobody has it open any more', async () => {
		const one = await open('owner');
		t.advance(MINUTE);
		await write(one, 'A');
		t.advance(VERSION_TIMES.left);
		expect(await round()).toBe(0);
		one.destroy();
		await vi.waitFor(() => expect(roomsOf(t.app).count(notebookId)).toBe(0));
		expect(await round()).toBe(1);
	});

	it('now and then while people go on, and no more often', async () => {
		const one = await open('owner');
		for (let minute = 1; minute <= 60; minute++) {
			t.advance(MINUTE);
			await write(one, 'A');
			await round();
		}
		// The first of all, then one each quarter of an hour.
		expect(rows()).toHaveLength(4);
	});

	it('when somebody else begins, if the last one is not just of now', async () => {
		const one = await open('owner');
		const two = await open('editor');
		t.advance(VERSION_TIMES.other);
		await write(one, 'A');
		t.advance(VERSION_TIMES.other - 1);
		await write(two, 'B');
		expect(rows()).toHaveLength(2);
		expect(rows()[0]).toEqual({ kind: 'automatic', people: ['Line'], text: 'Aun' });
		// Both have begun: their turns keep none.
		t.advance(VERSION_TIMES.other);
		await write(two, 'B');
		expect(rows()).toHaveLength(2);
		// A version was kept, and whoever goes on begins again.
		await write(one, 'A');
		expect(rows()).toHaveLength(3);
		expect(rows()[0]).toEqual({ kind: 'automatic', people: ['Edgar'], text: 'BBAun' });
	});

	it('when somebody begins again after a rest: it was kept, and each is new', async () => {
		const one = await open('owner');
		const two = await open('editor');
		t.advance(MINUTE);
		await write(one, 'A');
		t.advance(VERSION_TIMES.rest);
		expect(await round()).toBe(1);
		await write(two, 'B');
		t.advance(VERSION_TIMES.other);
		await write(one, 'C');
		expect(rows()[0]).toEqual({ kind: 'automatic', people: ['Edgar'], text: 'BAun' });
	});

	it.each<[what: string, keep: () => unknown]>([
		['named', () => nameVersion(t.app, owner, notebookId, 'Le bon')],
		[
			'that a restoration kept',
			() => restoreVersion(t.app, owner, notebookId, history().versions.at(-1)?.id ?? '')
		],
		['that a merge kept', () => mergeInto(t.app, owner, notebookId, renamed, () => {})]
	])('when somebody else begins after a version %s: each is new', async (_, keep) => {
		const one = await open('owner');
		const two = await open('editor');
		t.advance(MINUTE);
		await write(one, 'A');
		await write(two, 'B');
		keep();
		const before = rows().length;
		t.advance(VERSION_TIMES.other);
		await write(one, 'C');
		expect(rows()).toHaveLength(before);
		await write(two, 'D');
		expect(rows()).toHaveLength(before + 1);
		expect(rows()[0]).toMatchObject({ kind: 'automatic', people: ['Line'] });
	});

	it('and is told to those who have the notebook open', async () => {
		const one = await open('owner');
		t.advance(MINUTE);
		const told: string[] = [];
		one.provider.on('stateless', ({ payload }: { payload: string }) => told.push(payload));
		await write(one, 'A');
		await vi.waitFor(() => expect(told).toContain(HISTORY_CHANGED));
		told.length = 0;
		t.advance(VERSION_TIMES.rest);
		await round();
		await vi.waitFor(() => expect(told).toContain(HISTORY_CHANGED));
	});

	it('of edits that the log holds no more, and of those before a restart', async () => {
		const one = await open('owner');
		const two = await open('editor');
		t.advance(MINUTE);
		await write(one, 'A');
		foldHere(t.app, notebookId);
		expect(t.app.db.select().from(notebookUpdates).all()).toEqual([]);
		t.advance(MINUTE);
		await write(two, 'B');
		foldHere(t.app, notebookId);
		t.advance(VERSION_TIMES.rest);
		// Another process would know what the store says, and nothing else.
		roomsOf(t.app).beginnings.forget(notebookId);
		await round();
		expect(rows()[0]).toMatchObject({ people: ['Line', 'Edgar'], text: 'BAun' });
		foldHere(t.app, notebookId);
		await write(one, 'C');
		t.advance(VERSION_TIMES.rest);
		await round();
		expect(rows()[0]).toMatchObject({ people: ['Line'] });
	});

	it('not of a notebook that is deleted, nor again and again of one that cannot be read', async () => {
		const one = await open('owner');
		t.advance(MINUTE);
		await write(one, 'A');
		t.advance(VERSION_TIMES.rest);
		t.app.db.update(notebooks).set({ deletedAt: 1 }).run();
		expect(await round()).toBe(0);
		t.app.db.update(notebooks).set({ deletedAt: null }).run();
		const broken = t.app.db
			.insert(notebookUpdates)
			.values({ notebookId, update: Buffer.from('faux'), at: 1 })
			.returning({ seq: notebookUpdates.seq })
			.get();
		const said: string[] = [];
		const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
			said.push(String(text));
			return true;
		});
		try {
			expect(await round()).toBe(0);
			expect(await round()).toBe(0);
		} finally {
			stderr.mockRestore();
		}
		expect(said).toHaveLength(1);
		t.app.db.delete(notebookUpdates).where(eq(notebookUpdates.seq, broken.seq)).run();
		t.advance(3_600_000);
		expect(await round()).toBe(1);
	});

	it('of every notebook that waits, however it was left, and of none that was only made', async () => {
		const again = testApp();
		try {
			const person = testPerson(again.app, 'Line');
			const notebook = toNotebook({ cells: [{ id: 'a', source: '1' }], title: 'Un' });
			const ids = [1, 2, 3].map(() => createNotebook(again.app, person, { notebook }));
			again.advance(MINUTE);
			for (const id of ids.slice(0, 2))
				roomsOf(again.app).change(id, (doc) => setTitle(doc, 'Deux'));
			again.advance(VERSION_TIMES.rest);
			expect(await keepDueVersions(again.app)).toBe(2);
			expect(await keepDueVersions(again.app)).toBe(0);
			await roomsOf(again.app).close();
		} finally {
			again.close();
		}
	});
});

describe('one that was kept by itself', () => {
	const kept = async (text = 'A'): Promise<string> => {
		const one = shared.connect('owner');
		await one.saved();
		t.advance(MINUTE);
		await write(one, text);
		t.advance(VERSION_TIMES.rest);
		await round();
		return readHistory(t.app, owner, notebookId).versions[0]?.id ?? '';
	};

	it('is for those who edit: who only reads sees no draft', async () => {
		const id = await kept();
		expect(readHistory(t.app, viewer, notebookId).versions).toEqual([]);
		expect(codeOf(() => lookAtVersion(t.app, viewer, notebookId, id))).toBe('not_found');
		expect(codeOf(() => renameVersion(t.app, viewer, notebookId, id, 'À moi'))).toBe('not_found');
		expect(codeOf(() => lookAtVersion(t.app, editor, notebookId, id))).toBe('done');
		expect(codeOf(() => deleteVersion(t.app, editor, notebookId, id))).toBe('forbidden');
	});

	it('stays once it has a name, and is then of who named it', async () => {
		const id = await kept();
		renameVersion(t.app, editor, notebookId, id, 'Le bon');
		expect(readHistory(t.app, editor, notebookId).versions[0]).toMatchObject({
			kind: 'named',
			name: 'Le bon',
			by: 'Edgar',
			people: ['Line'],
			mayManage: true
		});
		expect(readHistory(t.app, viewer, notebookId).versions).toHaveLength(1);
		t.advance(400 * 86_400_000);
		await kept('B');
		await kept('C');
		expect(readHistory(t.app, editor, notebookId).versions.map(({ name }) => name)).toContain(
			'Le bon'
		);
	});

	it('is restored as any is, and who restores took part in what follows', async () => {
		const id = await kept();
		const one = await open('owner');
		t.advance(MINUTE);
		await write(one, 'B');
		t.advance(MINUTE);
		const { kept: before } = restoreVersion(t.app, editor, notebookId, id);
		expect(rows()[0]).toEqual({ kind: 'before-restore', people: ['Line'], text: 'BAun' });
		expect(before).not.toBeNull();
		t.advance(VERSION_TIMES.rest);
		expect(await round()).toBe(1);
		expect(rows()[0]).toMatchObject({ people: ['Edgar'], text: 'Aun' });
	});

	it('is not kept of what has a name', async () => {
		const one = await open('owner');
		t.advance(MINUTE);
		await write(one, 'A');
		nameVersion(t.app, editor, notebookId, 'Le bon');
		expect(rows()[0]).toMatchObject({ kind: 'named', people: ['Line'] });
		t.advance(VERSION_TIMES.rest);
		expect(await round()).toBe(0);
	});

	it('makes room, the oldest first, and is not kept where there is none', async () => {
		const first = await kept();
		const set = (bytes: number, kind: 'named' | 'automatic') =>
			t.app.db
				.update(notebookHistory)
				.set({ bytes, kind })
				.where(eq(notebookHistory.id, first))
				.run();
		set(HISTORY_LIMITS.automaticBytes - 5, 'automatic');
		const second = await kept('B');
		const left = () => readHistory(t.app, owner, notebookId).versions.map(({ id }) => id);
		expect(left()).toContain(second);
		expect(left()).not.toContain(first);
		t.app.db.update(notebookHistory).set({ bytes: HISTORY_LIMITS.bytes, kind: 'named' }).run();
		const before = left();
		const stderr = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
		try {
			await kept('C');
			expect(left()).toEqual(before);
			expect(await round()).toBe(0);
			// It is no fault: the operator is told nothing.
			expect(stderr).not.toHaveBeenCalled();
		} finally {
			stderr.mockRestore();
		}
	});

	it('is one of so many at most', async () => {
		const id = await kept();
		const row = t.app.db.select().from(notebookHistory).where(eq(notebookHistory.id, id)).get();
		if (!row) throw new Error('not kept');
		for (let i = 0; i < HISTORY_LIMITS.automatic; i++)
			t.app.db
				.insert(notebookHistory)
				.values({ ...row, id: `v${String(i)}`, createdAt: row.createdAt + i })
				.run();
		const last = await kept('B');
		const automatic = readHistory(t.app, owner, notebookId).versions;
		expect(automatic).toHaveLength(HISTORY_LIMITS.automatic);
		expect(automatic[0]?.id).toBe(last);
	});
});
