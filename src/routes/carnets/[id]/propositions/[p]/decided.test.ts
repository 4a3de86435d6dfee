/** What a person is told of a change that they accept: what became of it, and nothing where nothing was done. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
	sharedNotebook,
	type SharedNotebook
} from '../../../../../../tests/support/shared-notebook.ts';
import { cellText } from '$lib/collab/document';
import { toCell, toNotebook } from '$lib/core/notebook/notebook';
import { roomsOf } from '$lib/server/collab/rooms';
import { forkNotebook } from '$lib/server/notebooks/create';
import { propose } from '$lib/server/proposals/propose';
import { decidedWords } from '$lib/ui/proposal/proposal-words';
import { actions } from './+page.server.ts';

let shared: SharedNotebook;
let proposal: string;
const write = (id: string, source: string) =>
	roomsOf(shared.t.app).change(id, (doc) => {
		const text = cellText(doc, 'a');
		text?.delete(0, text.length);
		text?.insert(0, source);
	});
beforeEach(async () => {
	shared = await sharedNotebook(
		toNotebook({ title: 'Billets', cells: [{ id: 'a', source: '1' }] })
	);
	const { t, viewer, notebookId } = shared;
	const fork = forkNotebook(t.app, viewer, notebookId);
	write(fork, '2');
	proposal = propose(t.app, viewer, fork, { chosen: ['changed:a'], message: '' });
});
afterEach(() => shared.close());

/** What the page says of what the action answers. */
async function said(fields: Readonly<Record<string, string>> = {}): Promise<string | null> {
	const form = new FormData();
	for (const [name, value] of Object.entries({ change: 'changed:a', ...fields }))
		form.set(name, value);
	const { t, owner, notebookId } = shared;
	const event = {
		locals: { app: t.app, actor: owner },
		params: { id: notebookId, p: proposal },
		request: { formData: async () => form }
	};
	const answer = await (actions.accept as unknown as (asked: typeof event) => unknown)(event);
	return decidedWords((answer as { state?: unknown }).state);
}
const seen = (source: string) => JSON.stringify(toCell({ id: 'a', source }));

it('is that it was accepted, once it was', async () => {
	expect(await said()).toBe('Changement accepté.');
});

it('is nothing where the notebook was changed meanwhile: a person has to decide', async () => {
	write(shared.notebookId, '3');
	expect(await said()).toBeNull();
	// What they had before their eyes is no more what is there.
	expect(await said({ take: 'theirs', seen: seen('1') })).toBeNull();
});

it('is that it was declined, where what is here is kept', async () => {
	write(shared.notebookId, '3');
	expect(await said({ take: 'ours', seen: seen('3') })).toBe('Changement refusé.');
});
