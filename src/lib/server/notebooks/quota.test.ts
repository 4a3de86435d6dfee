/** A person's notebooks have an end, on every path that makes one; what is refused leaves nothing behind. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testApp, testPerson, type TestApp } from '../../../../tests/support/app.ts';
import { insertCell, setTitle } from '../../collab/document.ts';
import { AppError } from '../../core/errors.ts';
import { toCell, toNotebook } from '../../core/notebook/notebook.ts';
import type { Actor, App } from '../app.ts';
import { roomsOf } from '../collab/rooms.ts';
import { notebooks, notebookVersions } from '../db/schema.ts';
import { originChanges, takeIn } from '../proposals/take-in.ts';
import { shareNotebook } from '../sharing/grant.ts';
import { createNotebook, forkNotebook } from './create.ts';
import { nameVersion } from './history.ts';
import { importNotebook } from './import.ts';
import { deleteNotebook } from './manage.ts';
import { heldBy } from './quota.ts';
import { freeze } from './versions.ts';

let t: TestApp;
let ana: Actor;
let guest: Actor;
beforeEach(() => {
	t = testApp();
	ana = testPerson(t.app, 'Ana');
	guest = testPerson(t.app, 'Zoé', 'guest');
});
afterEach(async () => {
	await roomsOf(t.app).close();
	t.close();
});

/** Other quotas, over the same store. */
function held(guests: number, accounts: number, guestBytes = 1e9, accountBytes = 1e9): App {
	Object.assign(t.app.config, {
		quotas: {
			guest: { notebooks: guests, bytes: guestBytes },
			account: { notebooks: accounts, bytes: accountBytes }
		}
	});
	return t.app;
}
const refusal = async (work: () => unknown): Promise<unknown> => {
	try {
		await work();
	} catch (error) {
		if (error instanceof AppError) return { code: error.code, ...error.details };
		throw error;
	}
	return 'done';
};
const of = (letters: number) =>
	toNotebook({ title: 'Un', cells: [{ id: 'a', source: 'x'.repeat(letters) }] });
const make = (actor: Actor, letters = 1) => createNotebook(t.app, actor, { notebook: of(letters) });
const file = new Blob([
	'<!doctype html><notebook><title>Venu</title><script id="1" type="module">1</script></notebook>'
]);
const count = (table: typeof notebooks | typeof notebookVersions) =>
	t.app.db.select().from(table).all().length;
/** A notebook of Ana's that the guest may copy. */
function shared(letters = 1): string {
	const id = make(ana, letters);
	const zoe = testPerson(t.app, 'Zed');
	shareNotebook(t.app, ana, id, { kind: 'person', to: zoe.email ?? '', level: 'viewer', days: 0 });
	t.app.db.$client.prepare('update notebook_grants set grantee_id = ?').run(guest.personId);
	return id;
}

describe('the number of notebooks', () => {
	it('has an end for a guest and another for an account, and deleting makes room', async () => {
		held(2, 3);
		const first = make(guest);
		make(guest);
		expect(await refusal(() => make(guest))).toEqual({ code: 'too_many_guest_notebooks', max: 2 });
		for (let i = 0; i < 3; i++) make(ana);
		expect(await refusal(() => make(ana))).toEqual({ code: 'too_many_notebooks', max: 3 });
		deleteNotebook(t.app, guest, first);
		expect(await refusal(() => make(guest))).toBe('done');
	});

	it('is held to by copies and imports too, which then leave nothing', async () => {
		held(1, 9);
		const origin = shared();
		const mine = forkNotebook(t.app, guest, origin);
		const before = [count(notebooks), count(notebookVersions)];
		const full = { code: 'too_many_guest_notebooks', max: 1 };
		roomsOf(t.app).change(origin, (doc) => setTitle(doc, 'Deux'));
		expect(await refusal(() => forkNotebook(t.app, guest, origin))).toEqual(full);
		expect(await refusal(() => forkNotebook(t.app, guest, mine))).toEqual(full);
		expect(await refusal(() => importNotebook(t.app, guest, file, '?'))).toEqual(full);
		expect([count(notebooks), count(notebookVersions)]).toEqual(before);
		held(2, 9);
		expect(await refusal(() => importNotebook(t.app, guest, file, '?'))).toBe('done');
	});

	it('counts what is deleted and can come back apart: as many again, then no more are made', async () => {
		held(2, 3);
		for (let i = 0; i < 2; i++) deleteNotebook(t.app, guest, make(guest));
		expect(await refusal(() => make(guest))).toEqual({ code: 'deleted_notebooks_full' });
		held(3, 3);
		expect(await refusal(() => make(guest))).toBe('done');
	});
});

describe('what notebooks take', () => {
	it('is their documents, what is kept of them, and the states that were frozen for the person', () => {
		const nothing = heldBy(t.app, guest.personId);
		expect(nothing).toEqual({ notebooks: 0, bytes: 0 });
		const id = make(guest, 5_000);
		const document = heldBy(t.app, guest.personId).bytes;
		expect(document).toBeGreaterThan(5_000);
		nameVersion(t.app, guest, id, 'Le bon');
		const kept = heldBy(t.app, guest.personId).bytes;
		expect(kept).toBeGreaterThan(document + 5_000);
		freeze(t.app, guest, id, roomsOf(t.app).read(id).doc, 'fork');
		expect(heldBy(t.app, guest.personId).bytes).toBeGreaterThan(kept);
		expect(heldBy(t.app, ana.personId)).toEqual({ notebooks: 0, bytes: 0 });
		deleteNotebook(t.app, guest, id);
		expect(heldBy(t.app, guest.personId).bytes).toBeLessThan(kept);
	});

	it('has an end, for guests and for accounts', async () => {
		held(9, 9, 20_000, 30_000);
		const full = { code: 'guest_notebooks_full', megabytes: 0.02 };
		make(guest, 15_000);
		expect(await refusal(() => make(guest, 6_000))).toEqual(full);
		expect(await refusal(() => make(guest, 1_000))).toBe('done');
		make(ana, 15_000);
		expect(await refusal(() => make(ana, 15_000))).toEqual({
			...{ code: 'notebooks_full', megabytes: 0.03 }
		});
		expect(await refusal(() => make(ana, 13_000))).toBe('done');
	});

	it('holds a frozen state back, and what waits for it: taking in leaves all as it was', async () => {
		const origin = shared();
		const mine = forkNotebook(t.app, guest, origin);
		roomsOf(t.app).change(origin, (doc) =>
			insertCell(doc, 1, toCell({ id: 'b', source: 'y'.repeat(9_000) }))
		);
		const changes = originChanges(t.app, guest, mine).changes.map(({ id }) => id);
		const before = [roomsOf(t.app).read(mine).notebook, count(notebookVersions)];
		held(9, 9, heldBy(t.app, guest.personId).bytes + 100);
		expect(await refusal(() => takeIn(t.app, guest, mine, changes))).toMatchObject({
			code: 'guest_notebooks_full'
		});
		expect([roomsOf(t.app).read(mine).notebook, count(notebookVersions)]).toEqual(before);
		held(9, 9);
		expect(takeIn(t.app, guest, mine, changes).taken).toBe(1);
		expect(count(notebookVersions)).toBe(2);
	});
});

describe('the pace of making notebooks', () => {
	it('is a room’s, then a person’s, and comes back with time', async () => {
		held(1e6, 1e6);
		for (let i = 0; i < 120; i++) make(ana);
		expect(await refusal(() => make(ana))).toEqual({ code: 'throttled', seconds: 30 });
		expect(await refusal(() => make(guest))).toBe('done');
		t.advance(30_000);
		expect(await refusal(() => make(ana))).toBe('done');
	});

	it('is kept to by copies', async () => {
		held(1e6, 1e6);
		const id = make(ana);
		for (let i = 0; i < 119; i++) forkNotebook(t.app, ana, id);
		expect(await refusal(() => forkNotebook(t.app, ana, id))).toMatchObject({ code: 'throttled' });
	});
});
