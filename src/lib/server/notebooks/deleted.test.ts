/** What becomes of a deleted notebook, and of frozen states that nothing needs. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { testApp, testPerson, type TestApp } from '../../../../tests/support/app.ts';
import { codeOf } from '../../../../tests/support/shared-notebook.ts';
import { setTitle } from '../../collab/document.ts';
import { toNotebook } from '../../core/notebook/notebook.ts';
import { levelOnNotebook } from '../access/notebook.ts';
import type { Actor } from '../app.ts';
import { foldHere } from '../collab/journal.ts';
import { roomsOf } from '../collab/rooms.ts';
import { notebooks, notebookVersions, reports, reportVersions } from '../db/schema.ts';
import { ownChanges, propose } from '../proposals/propose.ts';
import { readProposal } from '../proposals/list.ts';
import { originChanges, takeIn } from '../proposals/take-in.ts';
import { shareNotebook } from '../sharing/grant.ts';
import { listThreads } from '../threads/list.ts';
import { openThread } from '../threads/thread.ts';
import { keepUp } from '../upkeep.ts';
import { readState } from './compare-states.ts';
import { createNotebook, forkNotebook } from './create.ts';
import { bringBack, forgetDeleted, listDeleted } from './deleted.ts';
import { nameVersion, readHistory } from './history.ts';
import { lineageOf } from './lineage.ts';
import { deleteNotebook } from './manage.ts';
import { collectFrozen, purgeDeleted } from './purge.ts';
import { heldBy } from './quota.ts';
import { freeze } from './versions.ts';

const DAY = 86_400_000;
let t: TestApp;
let ana: Actor;
let bea: Actor;
beforeEach(() => start());
afterEach(async () => {
	await roomsOf(t.app).close();
	t.close();
});
function start(folder?: string): void {
	t = testApp(folder);
	ana = testPerson(t.app, 'Ana');
	bea = testPerson(t.app, 'Bea');
}

const NOTEBOOK = toNotebook({ title: 'Départ', cells: [{ id: 'a', source: 'un' }] });
const rename = (id: string, title: string) =>
	roomsOf(t.app).change(id, (doc) => setTitle(doc, title));
/** Ana's, that Bea reads, with a version, a discussion, a folded log and something after it. */
function made(): string {
	const id = createNotebook(t.app, ana, { notebook: NOTEBOOK });
	shareNotebook(t.app, ana, id, { kind: 'person', to: bea.email ?? '', level: 'viewer', days: 0 });
	nameVersion(t.app, ana, id, 'Le bon');
	openThread(t.app, bea, id, { anchor: { kind: 'cell', cell: 'a' }, excerpt: '', body: 'Ah?' });
	rename(id, 'Après');
	foldHere(t.app, id);
	rename(id, 'Encore');
	return id;
}
const rowOf = (id: string) =>
	t.app.db.select().from(notebooks).where(eq(notebooks.id, id)).get() ?? null;
const frozen = () =>
	t.app.db
		.select()
		.from(notebookVersions)
		.all()
		.map(({ number }) => number)
		.sort();
const TABLES = [
	...['notebook_updates', 'notebook_snapshots', 'notebook_clients', 'notebook_history', 'threads'],
	...['notebook_grants', 'notifications']
];
/** Which of these tables hold something of it. */
const tablesOf = (id: string) =>
	TABLES.filter((table) =>
		t.app.db.$client.prepare(`select 1 from ${table} where notebook_id = ? limit 1`).get(id)
	);
/** A report of the notebook, made of its frozen state. */
function report(id: string, versionId: string): void {
	const by = { ownerId: ana.personId, createdAt: 1 };
	t.app.db
		.insert(reports)
		.values({ id: 'r', slug: 'r', notebookId: id, ...by })
		.run();
	t.app.db.$client
		.prepare(
			`insert into report_versions (id, report_id, lang, number, content, notebook_id, notebook_version_id, published_by, published_at)
				values ('v', 'r', 'fr', 1, '{}', ?, ?, ?, 1)`
		)
		.run(id, versionId, ana.personId);
}

describe('a deleted notebook', () => {
	it('comes back whole to its owner, and to nobody else', () => {
		const id = made();
		deleteNotebook(t.app, ana, id);
		expect(listDeleted(t.app, ana)).toEqual([
			{ id, title: 'Encore', deletedAt: t.app.now(), purgeAt: t.app.now() + 30 * DAY }
		]);
		expect(listDeleted(t.app, bea)).toEqual([]);
		expect(levelOnNotebook(t.app, ana, id)).toBeNull();
		for (const work of [bringBack, forgetDeleted])
			expect(codeOf(() => work(t.app, bea, id))).toBe('not_found');
		bringBack(t.app, ana, id);
		expect(codeOf(() => bringBack(t.app, ana, id))).toBe('not_found');
		expect(codeOf(() => forgetDeleted(t.app, ana, id))).toBe('not_found');
		expect(roomsOf(t.app).read(id).notebook.title).toBe('Encore');
		expect(readHistory(t.app, ana, id).versions).toHaveLength(1);
		expect(listThreads(t.app, bea, id)).toHaveLength(1);
		expect(rowOf(id)).toMatchObject({ deletedAt: null, purgeAt: null, purgedAt: null });
	});

	it('comes back only where there is room for it', () => {
		const id = made();
		deleteNotebook(t.app, ana, id);
		Object.assign(t.app.config, {
			quotas: { ...t.app.config.quotas, account: { notebooks: 2, bytes: 1e6 } }
		});
		const [first] = [1, 2].map(() => createNotebook(t.app, ana, { notebook: NOTEBOOK }));
		expect(codeOf(() => bringBack(t.app, ana, id))).toBe('too_many_notebooks');
		expect(listDeleted(t.app, ana)).toHaveLength(1);
		// The deleted ones are full then, which is nothing to one that leaves them.
		deleteNotebook(t.app, ana, first ?? '');
		expect(codeOf(() => bringBack(t.app, ana, id))).toBe('done');
	});

	it('is whole until its day, then nothing of it is left', async () => {
		const id = made();
		expect(tablesOf(id)).toEqual(TABLES);
		deleteNotebook(t.app, ana, id);
		t.advance(30 * DAY - 1);
		await keepUp(t.app);
		expect(tablesOf(id)).toEqual(TABLES);
		t.advance(1);
		await keepUp(t.app);
		expect([rowOf(id), tablesOf(id)]).toEqual([null, []]);
		expect(t.app.db.$client.prepare('select count(*) from comments').pluck().get()).toBe(0);
		expect(codeOf(() => bringBack(t.app, ana, id))).toBe('not_found');
	});

	it('goes at once where its owner wants it to, and makes room', () => {
		const id = made();
		const version = freeze(t.app, ana, id, roomsOf(t.app).read(id).doc, 'fork');
		expect(version.number).toBe(1);
		deleteNotebook(t.app, ana, id);
		forgetDeleted(t.app, ana, id);
		expect([rowOf(id), tablesOf(id), frozen()]).toEqual([null, [], []]);
		expect(heldBy(t.app, ana.personId)).toEqual({ notebooks: 0, bytes: 0 });
	});

	it('that was deleted before there was a day has all of it from now', async () => {
		const id = made();
		deleteNotebook(t.app, ana, id);
		t.app.db.update(notebooks).set({ deletedAt: 1, purgeAt: null }).run();
		expect(await purgeDeleted(t.app)).toEqual([]);
		t.advance(30 * DAY);
		expect(await purgeDeleted(t.app)).toEqual([id]);
	});

	it('leaves what others made of it: a copy still knows what it came from', async () => {
		const id = made();
		const copy = forkNotebook(t.app, bea, id);
		deleteNotebook(t.app, ana, id);
		t.advance(31 * DAY);
		await keepUp(t.app);
		expect(rowOf(id)).toMatchObject({ title: '', purgedAt: t.app.now() });
		expect([tablesOf(id), frozen()]).toEqual([[], [1]]);
		const origin = { notebook: null, kind: 'origin' } as const;
		expect(readState(t.app, bea, copy, origin)).toMatchObject({ title: 'Encore', readable: false });
		expect((await lineageOf(t.app, bea, copy, 'fr')).ancestors).toEqual([null]);
		// The copy may be brought back for as long as it is not purged itself.
		deleteNotebook(t.app, bea, copy);
		await keepUp(t.app);
		expect(frozen()).toEqual([1]);
		bringBack(t.app, bea, copy);
		expect(readState(t.app, bea, copy, origin).title).toBe('Encore');
		deleteNotebook(t.app, bea, copy);
		forgetDeleted(t.app, bea, copy);
		expect([rowOf(id), rowOf(copy), frozen()]).toEqual([null, null, []]);
	});

	it('leaves reports, and proposals while either end of them is there', async () => {
		const id = made();
		const { versionId } = freeze(t.app, ana, id, roomsOf(t.app).read(id).doc, 'report');
		report(id, versionId);
		const other = made();
		const copy = forkNotebook(t.app, bea, other);
		rename(copy, 'Mieux');
		const chosen = ownChanges(t.app, bea, copy).changes.map(({ change }) => change.id);
		const proposal = propose(t.app, bea, copy, { chosen, message: 'Voyez' });
		deleteNotebook(t.app, bea, copy);
		deleteNotebook(t.app, ana, id);
		t.advance(31 * DAY);
		await keepUp(t.app);
		expect([rowOf(id)?.title, rowOf(copy)?.title]).toEqual(['', '']);
		expect(t.app.db.select().from(reportVersions).all()).toHaveLength(1);
		expect(frozen()).toEqual([1]);
		expect(readProposal(t.app, ana, proposal)).toMatchObject({ forkTitle: 'Mieux', forkId: null });
		deleteNotebook(t.app, ana, other);
		forgetDeleted(t.app, ana, other);
		expect([rowOf(other), rowOf(copy)]).toEqual([null, null]);
		// The other way round: who proposed still sees what became of it.
		const gone = made();
		const stays = forkNotebook(t.app, bea, gone);
		rename(stays, 'Encore mieux');
		const again = ownChanges(t.app, bea, stays).changes.map(({ change }) => change.id);
		const waiting = propose(t.app, bea, stays, { chosen: again, message: 'Et ici' });
		deleteNotebook(t.app, ana, gone);
		forgetDeleted(t.app, ana, gone);
		expect(readProposal(t.app, bea, waiting)).toMatchObject({
			originTitle: 'Encore',
			changes: [{}]
		});
		expect(rowOf(id)).not.toBeNull();
	});
});

describe('a frozen state that nothing points at', () => {
	it('goes, and its number is never given again', async () => {
		const id = made();
		const copy = forkNotebook(t.app, bea, id);
		rename(id, 'Trois');
		const second = forkNotebook(t.app, bea, id);
		expect(collectFrozen(t.app)).toBe(0);
		const changes = originChanges(t.app, bea, copy).changes.map(({ id: change }) => change);
		takeIn(t.app, bea, copy, changes);
		expect(frozen()).toEqual([1, 2]);
		await keepUp(t.app);
		expect(frozen()).toEqual([2]);
		for (const one of [copy, second]) {
			deleteNotebook(t.app, bea, one);
			forgetDeleted(t.app, bea, one);
		}
		expect(frozen()).toEqual([]);
		rename(id, 'Quatre');
		forkNotebook(t.app, bea, id);
		expect(frozen()).toEqual([3]);
	});

	it('stays for a report, and where somebody named it', () => {
		const id = made();
		const { doc } = roomsOf(t.app).read(id);
		report(id, freeze(t.app, ana, id, doc, 'report').versionId);
		rename(id, 'Deux');
		const named = freeze(t.app, ana, id, roomsOf(t.app).read(id).doc, 'fork').versionId;
		t.app.db
			.update(notebookVersions)
			.set({ reason: 'named' })
			.where(eq(notebookVersions.id, named))
			.run();
		rename(id, 'Trois');
		freeze(t.app, ana, id, roomsOf(t.app).read(id).doc, 'fork');
		expect(frozen()).toEqual([1, 2, 3]);
		expect(collectFrozen(t.app)).toBe(1);
		expect(frozen()).toEqual([1, 2]);
	});

	it('of an earlier release is read as it is', () => {
		const id = made();
		const copy = forkNotebook(t.app, bea, id);
		const { doc } = roomsOf(t.app).read(id);
		const state = Buffer.from(Y.encodeStateAsUpdate(doc));
		t.app.db.update(notebookVersions).set({ state }).run();
		const origin = { notebook: null, kind: 'origin' } as const;
		expect(readState(t.app, bea, copy, origin).title).toBe('Encore');
		forkNotebook(t.app, bea, id);
		expect(frozen()).toEqual([1]);
	});
});

describe('a process that is killed in the middle', () => {
	let folder: string;
	beforeEach(() => {
		t.close();
		folder = mkdtempSync(join(tmpdir(), 'carnet-purge-'));
		start(folder);
	});
	afterEach(() => rmSync(folder, { recursive: true }));

	it.each(['notebook_clients', 'threads', 'notebook_versions', 'notebooks'])(
		'leaves all of a notebook or nothing (%s)',
		async (table) => {
			const ids = [made(), made()];
			for (const id of ids) {
				freeze(t.app, ana, id, roomsOf(t.app).read(id).doc, 'fork');
				deleteNotebook(t.app, ana, id);
			}
			t.app.db.update(notebooks).set({ purgeAt: 1 }).run();
			await roomsOf(t.app).close();
			t.close();
			const child = spawnSync(process.execPath, ['tests/support/purge-killed.ts', folder, table]);
			expect(child.signal).toBe('SIGKILL');
			t = testApp(folder);
			expect(t.app.db.$client.pragma('integrity_check', { simple: true })).toBe('ok');
			expect(t.app.db.$client.pragma('foreign_key_check')).toEqual([]);
			for (const id of ids) expect([rowOf(id)?.purgedAt, tablesOf(id)]).toEqual([null, TABLES]);
			expect(frozen()).toEqual([1, 1]);
			expect((await purgeDeleted(t.app)).sort()).toEqual(ids.sort());
			for (const id of ids) expect([rowOf(id), tablesOf(id)]).toEqual([null, []]);
			expect(frozen()).toEqual([]);
		}
	);
});
