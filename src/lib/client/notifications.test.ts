import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { sharedNotebook, type SharedNotebook } from '../../../tests/support/shared-notebook.ts';
import { mentionOf } from '../core/annotation/mentions.ts';
import { THREADS_CHANGED } from '../core/annotation/thread.ts';
import { HISTORY_CHANGED } from '../core/notebook/history.ts';
import { PROPOSALS_CHANGED } from '../core/notebook/proposal.ts';
import { toNotebook } from '../core/notebook/notebook.ts';
import { listNotifications } from '../server/notifications/list.ts';
import { openThread } from '../server/threads/thread.ts';
import { heardNotice, PersonNotifications } from './notifications.svelte.ts';

let shared: SharedNotebook;
let asked: number;
let stop: () => void;
let told: PersonNotifications;
let page: EventTarget & { hidden: boolean };

beforeEach(async () => {
	shared = await sharedNotebook(
		toNotebook({ title: 'Billets', cells: [{ id: 'a', source: 'un' }] })
	);
	vi.useFakeTimers();
	asked = 0;
	vi.stubGlobal('fetch', () => {
		asked++;
		return Promise.resolve(Response.json(listNotifications(shared.t.app, shared.viewer)));
	});
	page = Object.assign(new EventTarget(), { hidden: false });
	vi.stubGlobal('window', new EventTarget());
	vi.stubGlobal('document', page);
	told = new PersonNotifications();
	stop = told.watch();
	await vi.advanceTimersByTimeAsync(0);
});
afterEach(async () => {
	stop();
	vi.unstubAllGlobals();
	vi.useRealTimers();
	await shared.close();
});

it('is asked again soon after an open notebook hears of its discussions, once for many notices', async () => {
	expect([asked, told.unread]).toEqual([1, 0]);
	const { t, owner, viewer, notebookId } = shared;
	const name = mentionOf({ personId: viewer.personId, name: 'x' });
	openThread(t.app, owner, notebookId, {
		anchor: { kind: 'cell', cell: 'a' },
		excerpt: 'un',
		body: `Qu’en dis-tu, ${name}?`
	});
	heardNotice(THREADS_CHANGED);
	heardNotice(PROPOSALS_CHANGED);
	heardNotice(null);
	await vi.advanceTimersByTimeAsync(1_000);
	expect([asked, told.unread]).toEqual([2, 1]);

	// A notebook where much is said has it asked at a pace, and what comes last is not missed.
	for (let second = 0; second < 35; second++) {
		heardNotice(THREADS_CHANGED);
		await vi.advanceTimersByTimeAsync(1_000);
	}
	expect(asked).toBe(5);
	await vi.advanceTimersByTimeAsync(10_000);
	expect(asked).toBe(6);
	// Nothing is heard: now and then.
	await vi.advanceTimersByTimeAsync(114_000);
	expect(asked).toBe(6);
	await vi.advanceTimersByTimeAsync(1_000);
	expect(asked).toBe(7);
});

it('is not asked for a notice of something else, while it is not seen, or once it is gone', async () => {
	heardNotice(HISTORY_CHANGED);
	await vi.advanceTimersByTimeAsync(20_000);
	expect(asked).toBe(1);
	page.hidden = true;
	heardNotice(THREADS_CHANGED);
	await vi.advanceTimersByTimeAsync(20_000);
	expect(asked).toBe(1);
	page.hidden = false;
	heardNotice(THREADS_CHANGED);
	stop();
	heardNotice(THREADS_CHANGED);
	await vi.advanceTimersByTimeAsync(20_000);
	expect(asked).toBe(1);
});
