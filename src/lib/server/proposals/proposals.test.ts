import { and, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
	codeOf,
	sharedNotebook,
	type SharedNotebook
} from '../../../../tests/support/shared-notebook.ts';
import {
	connect,
	testPerson,
	type Client,
	type TestApp
} from '../../../../tests/support/live-notebook.ts';
import {
	cellText,
	deleteCell,
	insertCell,
	moveCell,
	readNotebook,
	setTitle
} from '../../collab/document.ts';
import { mentionOf } from '../../core/annotation/mentions.ts';
import { rewriteNotebook } from '../../collab/rewrite.ts';
import { MAX_SOURCE } from '../../core/notebook/limits.ts';
import { toCell, toNotebook } from '../../core/notebook/notebook.ts';
import { PROPOSAL_LIMITS, PROPOSALS_CHANGED } from '../../core/notebook/proposal.ts';
import type { Actor } from '../app.ts';
import { roomsOf } from '../collab/rooms.ts';
import {
	linkUses,
	memberships,
	notebookGrants,
	notebookHistory,
	notebooks,
	notifications,
	organisations,
	proposals,
	proposedChanges,
	series,
	workshopPeople,
	workshops
} from '../db/schema.ts';
import { forkNotebook } from '../notebooks/create.ts';
import { lookAtVersion, readHistory } from '../notebooks/history.ts';
import { deleteNotebook } from '../notebooks/manage.ts';
import { listNotifications } from '../notifications/list.ts';
import { markNotificationsRead } from '../notifications/read.ts';
import { revokeShare, shareNotebook } from '../sharing/grant.ts';
import { acceptChange, declineChange } from './decide.ts';
import {
	discussProposal,
	listProposals,
	proposalCounts,
	proposalPage,
	readProposal,
	readProposalNews
} from './list.ts';
import { proposalPeople } from './people.ts';
import { ownChanges, propose, withdraw } from './propose.ts';
import { choiceOf } from './shown-changes.ts';
import { originChanges, takeIn } from './take-in.ts';

let shared: SharedNotebook;
let t: TestApp;
let owner: Actor;
let editor: Actor;
let viewer: Actor;
let stranger: Actor;
let origin: string;
let fork: string;
const NOTEBOOK = toNotebook({
	title: 'Billets',
	cells: [
		{ id: 'a', mode: 'md', source: 'un\ndeux\ntrois' },
		{ id: 'b', source: 'billets\n  .filter(d => d.a > 1)\n  .orderby("a")' },
		{ id: 'c', source: '3' }
	]
});

beforeEach(async () => {
	shared = await sharedNotebook(NOTEBOOK);
	({ t, owner, editor, viewer, stranger, notebookId: origin } = shared);
	fork = forkNotebook(t.app, viewer, origin);
});
afterEach(async () => {
	for (const client of clients.splice(0)) client.destroy();
	await shared.close();
});
const clients: Client[] = [];

type Change = Parameters<ReturnType<typeof roomsOf>['change']>[1];
const edit = (id: string, make: Change) => roomsOf(t.app).change(id, make);
const write = (id: string, cell: string, source: string) =>
	edit(id, (doc) => {
		const text = cellText(doc, cell);
		text?.delete(0, text.length);
		text?.insert(0, source);
	});
const now = (id: string) => roomsOf(t.app).read(id).notebook;
const sourceOf = (id: string, cell: string) =>
	now(id).cells.find((one) => one.id === cell)?.source ?? null;
const send = (chosen: string[], message = 'Voyez') =>
	propose(t.app, viewer, fork, { chosen, message });
const accept = (id: string, change: string, asked?: Parameters<typeof acceptChange>[4]) =>
	acceptChange(t.app, owner, id, change, asked);
const statesOf = (id: string) =>
	Object.fromEntries(
		readProposal(t.app, owner, id).changes.map(({ change, state }) => [change.id, state])
	);

describe('a proposal', () => {
	it('holds the chosen changes as they were, and nothing else of the version', () => {
		write(fork, 'a', 'un\nDEUX\ntrois');
		write(fork, 'c', 'secret');
		edit(fork, (doc) => insertCell(doc, 3, toCell({ id: 'n', source: 'privé' })));
		expect(ownChanges(t.app, viewer, fork).changes.map(({ change }) => change.id)).toEqual([
			'changed:a',
			'changed:c',
			'added:n'
		]);
		const id = send(['changed:a']);
		write(fork, 'a', 'autre');
		const proposal = readProposal(t.app, owner, id);
		expect(JSON.stringify(proposal)).not.toMatch(/secret|privé|autre/);
		expect(proposal).toMatchObject({
			...{ by: 'Vera', message: 'Voyez', originTitle: 'Billets', forkTitle: 'Billets' },
			...{ forkId: null, mayDecide: true, mayWithdraw: false },
			changes: [{ change: { kind: 'changed', to: { source: 'un\nDEUX\ntrois' } }, state: 'open' }]
		});
		expect(listProposals(t.app, owner, origin)).toMatchObject({ received: [{ id }], made: [] });
		expect(listProposals(t.app, viewer, fork)).toMatchObject({ received: [], made: [{ id }] });
		expect(proposalCounts(t.app, owner, origin)).toMatchObject({ toDecide: 1, received: 1 });
		expect(proposalCounts(t.app, viewer, fork)).toMatchObject({ made: 1, toTakeIn: 0 });
	});

	it('replaces what waited of the same cell', () => {
		write(fork, 'c', '4');
		const first = send(['changed:c']);
		write(fork, 'c', '5');
		const second = send(['changed:c']);
		expect(statesOf(first)).toEqual({ 'changed:c': 'superseded' });
		expect(codeOf(() => accept(first, 'changed:c'))).toBe('proposal_decided');
		accept(second, 'changed:c');
		expect(sourceOf(origin, 'c')).toBe('5');
	});

	it('of nothing, of too much or too many is refused', () => {
		expect(codeOf(() => send([]))).toBe('nothing_to_propose');
		expect(codeOf(() => send(['changed:a']))).toBe('nothing_to_propose');
		write(fork, 'c', '4');
		expect(codeOf(() => send(['changed:c'], 'x'.repeat(PROPOSAL_LIMITS.message + 1)))).toBe(
			'too_long'
		);
		edit(fork, (doc) => {
			for (let i = 0; i <= PROPOSAL_LIMITS.changes; i++)
				insertCell(doc, 0, toCell({ id: `n${String(i)}` }));
		});
		const all = now(fork).cells.map(({ id }) => `added:${id}`);
		expect(codeOf(() => send(all))).toBe('too_many_changes');
		for (let i = 0; i < PROPOSAL_LIMITS.open; i++) send([`added:n${String(i)}`]);
		expect(codeOf(() => send(['added:n99']))).toBe('too_many_proposals');
		t.app.db.update(proposals).set({ bytes: PROPOSAL_LIMITS.bytes }).run();
		expect(codeOf(() => send(['added:n99']))).toBe('proposals_full');
	});

	it('is slowed when it comes again and again', () => {
		write(fork, 'c', '4');
		const codes = Array.from({ length: 80 }, () => codeOf(() => send(['changed:c'])));
		expect(codes[0]).toBe('done');
		expect(codes.at(-1)).toBe('throttled');
	});

	it('is of who edits the version, decided by who edits the origin, and nobody else knows of it', () => {
		write(fork, 'c', '4');
		expect(codeOf(() => propose(t.app, owner, fork, { chosen: [], message: '' }))).toBe(
			'not_found'
		);
		expect(codeOf(() => ownChanges(t.app, stranger, fork))).toBe('not_found');
		const id = send(['changed:c']);
		const other = forkNotebook(t.app, editor, origin);
		expect(codeOf(() => readProposal(t.app, stranger, id))).toBe('not_found');
		expect(codeOf(() => acceptChange(t.app, stranger, id, 'changed:c'))).toBe('not_found');
		expect(codeOf(() => acceptChange(t.app, viewer, id, 'changed:c'))).toBe('forbidden');
		expect(codeOf(() => declineChange(t.app, viewer, id, 'changed:c', ''))).toBe('forbidden');
		expect(codeOf(() => listProposals(t.app, viewer, origin))).toBe('forbidden');
		expect(codeOf(() => discussProposal(t.app, stranger, id, 'Hum'))).toBe('not_found');
		expect(codeOf(() => withdraw(t.app, owner, id))).toBe('not_found');
		expect(codeOf(() => readProposal(t.app, editor, id))).toBe('done');
		expect(proposalCounts(t.app, editor, other)).toMatchObject({ received: 0, made: 0 });
		expect(proposalCounts(t.app, viewer, origin)).toEqual({
			...{ toDecide: 0, received: 0, toTakeIn: null, made: 0 }
		});
		// Missing and foreign ids answer alike.
		expect(codeOf(() => readProposal(t.app, owner, 'x'))).toBe('not_found');
		expect(codeOf(() => accept(id, 'changed:x'))).toBe('not_found');
		expect(codeOf(() => declineChange(t.app, owner, id, 'changed:x', ''))).toBe('not_found');
		expect(codeOf(() => withdraw(t.app, viewer, 'x'))).toBe('not_found');
	});

	it('needs the origin to be there and readable', () => {
		write(fork, 'c', '4');
		const id = send(['changed:c']);
		revokeShare(t.app, owner, origin, shared.shares.viewer);
		expect(codeOf(() => send(['changed:c']))).toBe('not_found');
		expect(codeOf(() => originChanges(t.app, viewer, fork))).toBe('not_found');
		// What became of theirs is theirs to know; what the origin is called since is not.
		edit(origin, (doc) => setTitle(doc, 'Secret'));
		expect(readProposal(t.app, viewer, id).states.open).toBe(1);
		expect(readProposal(t.app, viewer, id).originTitle).toBe('Billets');
		expect(readProposal(t.app, owner, id).originTitle).toBe('Secret');
		shareNotebook(t.app, viewer, fork, {
			...{ kind: 'person', to: stranger.email ?? '', level: 'editor', days: 0 }
		});
		expect(readProposal(t.app, stranger, id)).toMatchObject({ originTitle: '', message: 'Voyez' });
		deleteNotebook(t.app, owner, origin);
		expect(codeOf(() => accept(id, 'changed:c'))).toBe('not_found');
		expect(codeOf(() => send(['changed:c']))).toBe('not_found');
		expect(codeOf(() => propose(t.app, owner, origin, { chosen: [], message: '' }))).toBe(
			'not_found'
		);
	});

	it('outlives the version that it comes from', () => {
		write(fork, 'c', '4');
		const id = send(['changed:c']);
		deleteNotebook(t.app, viewer, fork);
		accept(id, 'changed:c');
		expect(sourceOf(origin, 'c')).toBe('4');
	});

	it('is withdrawn by who made it; what was decided stays so', () => {
		write(fork, 'c', '4');
		write(fork, 'a', 'x');
		const id = send(['changed:c', 'changed:a']);
		accept(id, 'changed:c');
		shareNotebook(t.app, viewer, fork, {
			...{ kind: 'person', to: stranger.email ?? '', level: 'editor', days: 0 }
		});
		// Who edits the version may withdraw it too: it is not theirs.
		for (const [actor, mine, mayWithdraw] of [
			[viewer, true, true],
			[stranger, false, true],
			[owner, false, false]
		] as const)
			expect(readProposal(t.app, actor, id)).toMatchObject({ mine, mayWithdraw });
		withdraw(t.app, viewer, id);
		expect(statesOf(id)).toEqual({ 'changed:a': 'withdrawn', 'changed:c': 'accepted' });
		expect(codeOf(() => accept(id, 'changed:a'))).toBe('proposal_decided');
	});

	it('is discussed', () => {
		write(fork, 'c', '4');
		const id = send(['changed:c']);
		discussProposal(t.app, owner, id, 'Pourquoi ?');
		discussProposal(t.app, viewer, id, ' Parce que. ');
		expect(
			readProposal(t.app, viewer, id).discussion.map(({ author, body }) => [author, body])
		).toEqual([
			['Line', 'Pourquoi ?'],
			['Vera', 'Parce que.']
		]);
		expect(codeOf(() => discussProposal(t.app, owner, id, ' '))).toBe('comment_required');
		expect(
			codeOf(() => discussProposal(t.app, owner, id, 'x'.repeat(PROPOSAL_LIMITS.comment + 1)))
		).toBe('too_long');
		const codes = Array.from({ length: PROPOSAL_LIMITS.comments }, () => {
			t.advance(2000);
			return codeOf(() => discussProposal(t.app, owner, id, 'Encore'));
		});
		expect(codes.at(-1)).toBe('too_many_comments');
	});
});

describe('those concerned', () => {
	it('are told of a proposal, and once of its decisions', () => {
		write(fork, 'c', '4');
		write(fork, 'a', 'x');
		const id = send(['changed:c', 'changed:a']);
		const told = () =>
			t.app.db
				.select()
				.from(notifications)
				.all()
				.map(({ personId, kind, notebookId, subjectId }) => [
					personId,
					kind,
					notebookId,
					subjectId
				]);
		// Whoever may decide.
		const proposed = [owner, editor].map((one) => [one.personId, 'proposal', origin, id]);
		expect(told()).toEqual(proposed);
		accept(id, 'changed:c');
		declineChange(t.app, editor, id, 'changed:a', 'Non');
		expect(told()).toEqual([...proposed, [viewer.personId, 'decision', fork, id]]);
	});

	it('are those who may edit, however they came to: by a workshop, an organisation, a link; never who proposes', () => {
		const { db } = t.app;
		const [inWorkshop, inOrganisation, byLink, late] = ['W', 'O', 'L', 'X'].map((name) =>
			testPerson(t.app, name)
		);
		const at = t.app.now();
		db.insert(series)
			.values({ id: 's', title: 'S', createdBy: owner.personId, createdAt: at })
			.run();
		db.insert(workshops)
			.values({
				...{ id: 'w', seriesId: 's', title: 'W', questions: [], lang: 'fr' },
				...{ createdBy: owner.personId, createdAt: at }
			})
			.run();
		db.insert(organisations).values({ id: 'o', name: 'O', createdAt: at }).run();
		const joined = { role: 'participant' as const, joinedAt: at };
		for (const personId of [inWorkshop?.personId ?? '', viewer.personId])
			db.insert(workshopPeople)
				.values({ workshopId: 'w', personId, ...joined })
				.run();
		db.insert(memberships)
			.values({
				...{ organisationId: 'o', personId: inOrganisation?.personId ?? '' },
				...{ role: 'member', createdAt: at }
			})
			.run();
		type Grant = typeof notebookGrants.$inferInsert;
		const grant = (id: string, more: Pick<Grant, 'granteeKind'> & Partial<Grant>) =>
			db
				.insert(notebookGrants)
				.values({
					...{ id, notebookId: origin, level: 'editor', createdBy: owner.personId, createdAt: at },
					...more
				})
				.run();
		grant('g1', { granteeKind: 'workshop', granteeId: 'w' });
		grant('g2', { granteeKind: 'organisation', granteeId: 'o' });
		grant('g3', { granteeKind: 'link' });
		grant('g4', { granteeKind: 'person', granteeId: late?.personId ?? '', revokedAt: at });
		for (const personId of [byLink?.personId ?? '', stranger.personId])
			db.insert(linkUses).values({ grantId: 'g3', personId, at }).run();
		revokeShare(t.app, owner, origin, shared.shares.editor);
		write(fork, 'c', '4');
		send(['changed:c']);
		const told = db
			.select()
			.from(notifications)
			.all()
			.map(({ personId }) => personId);
		expect(told[0]).toBe(owner.personId);
		expect(new Set(told)).toEqual(
			new Set(
				[owner, inWorkshop, inOrganisation, byLink, stranger].map((one) => one?.personId ?? '')
			)
		);
		expect(told).toHaveLength(5);
	});

	const toldOf = (actor: Actor) =>
		listNotifications(t.app, actor).latest.map(
			({ kind, by, notebookId }) => `${kind} ${by} ${notebookId === fork ? 'fork' : 'origin'}`
		);
	const named = (actor: Actor) => mentionOf({ personId: actor.personId, name: 'Faux' });

	it('are told of a comment: who made it, who owns the origin, who decided or wrote; never its author', () => {
		write(fork, 'c', '4');
		const id = send(['changed:c']);
		markNotificationsRead(t.app, owner);
		t.app.db.delete(notifications).run();
		discussProposal(t.app, viewer, id, 'Un *mot*');
		expect(toldOf(owner)).toEqual(['proposal-comment Vera origin']);
		expect(listNotifications(t.app, owner).latest[0]).toMatchObject({
			...{ subjectId: id, excerpt: 'Un mot', notebookTitle: 'Billets', read: false }
		});
		for (const one of [viewer, editor, stranger]) expect(toldOf(one)).toEqual([]);
		t.advance(1);
		discussProposal(t.app, owner, id, 'Oui');
		expect(toldOf(viewer)).toEqual(['proposal-comment Line fork']);
		expect(toldOf(editor)).toEqual([]);
		declineChange(t.app, editor, id, 'changed:c', 'Non');
		t.advance(1);
		discussProposal(t.app, viewer, id, 'Pourquoi?');
		expect(toldOf(editor)).toEqual(['proposal-comment Vera origin']);
		t.advance(1);
		discussProposal(t.app, editor, id, 'Trop court');
		expect(toldOf(viewer)[0]).toBe('proposal-comment Edgar fork');
		expect(toldOf(owner)[0]).toBe('proposal-comment Edgar origin');
		t.advance(1);
		discussProposal(t.app, owner, id, 'Bon');
		expect(toldOf(editor)[0]).toBe('proposal-comment Line origin');
		expect(toldOf(owner)).not.toContain('proposal-comment Line origin');
	});

	it('are each of those, alone: who made it before writing, who wrote without deciding', () => {
		write(fork, 'c', '4');
		const id = send(['changed:c']);
		t.app.db.delete(notifications).run();
		discussProposal(t.app, editor, id, 'Bonjour');
		expect(toldOf(viewer)).toEqual(['proposal-comment Edgar fork']);
		expect(toldOf(owner)).toEqual(['proposal-comment Edgar origin']);
		t.app.db.delete(notifications).run();
		discussProposal(t.app, owner, id, 'Oui');
		expect(toldOf(editor)).toEqual(['proposal-comment Line origin']);
	});

	it('are not those who took a change back without a word', () => {
		write(fork, 'c', '4');
		const id = send(['changed:c']);
		shareNotebook(t.app, viewer, fork, {
			...{ kind: 'person', to: stranger.email ?? '', level: 'editor', days: 0 }
		});
		withdraw(t.app, stranger, id);
		discussProposal(t.app, owner, id, 'Dommage');
		expect(toldOf(viewer)).toEqual(['proposal-comment Line fork']);
		expect(toldOf(stranger)).toEqual([]);
	});

	it('are told where it is theirs to read: who made it on their version, others on what it is made to', () => {
		const own = forkNotebook(t.app, editor, origin);
		shareNotebook(t.app, editor, own, {
			...{ kind: 'person', to: owner.email ?? '', level: 'editor', days: 0 }
		});
		write(own, 'c', '4');
		write(own, 'a', 'x');
		const chosen = ['changed:c', 'changed:a'];
		const id = propose(t.app, editor, own, { chosen, message: '' });
		discussProposal(t.app, editor, id, 'Voyez');
		accept(id, 'changed:c');
		const places = (actor: Actor) =>
			listNotifications(t.app, actor).latest.map(({ kind, notebookId }) => [kind, notebookId]);
		expect(places(editor)).toEqual([['decision', own]]);
		expect(places(owner)).toContainEqual(['proposal-comment', origin]);
		// One that was read is told still, beside the next.
		t.advance(1);
		readProposalNews(t.app, editor, id);
		declineChange(t.app, owner, id, 'changed:a', 'Non');
		expect(listNotifications(t.app, editor).latest.map(({ read }) => read)).toEqual([false, true]);
	});

	it('are told that they are named, and of that alone, by their own name; of what they may not read, nothing', () => {
		write(fork, 'c', '4');
		const id = send(['changed:c']);
		t.app.db.delete(notifications).run();
		discussProposal(t.app, viewer, id, `${named(owner)} ${named(editor)} ${named(stranger)} voyez`);
		expect(toldOf(owner)).toEqual(['proposal-mention Vera origin']);
		expect(toldOf(editor)).toEqual(['proposal-mention Vera origin']);
		expect(toldOf(stranger)).toEqual([]);
		expect(t.app.db.select().from(notifications).all()).toHaveLength(2);
		expect(listNotifications(t.app, owner).latest[0]?.excerpt).toBe('@Line @Edgar @Faux voyez');
		const [said] = readProposal(t.app, owner, id).discussion;
		expect(said).toMatchObject({ mine: false, author: 'Vera' });
		expect(said?.body).toBe(
			`${mentionOf({ personId: owner.personId, name: 'Line' })} ${mentionOf({
				...{ personId: editor.personId, name: 'Edgar' }
			})} @Faux voyez`
		);
		expect(readProposal(t.app, viewer, id).discussion[0]?.mine).toBe(true);
	});

	it('are told no more of a proposal that they may not read: who edits no more reads the notebook still', () => {
		write(fork, 'c', '4');
		const id = send(['changed:c']);
		discussProposal(t.app, viewer, id, named(editor));
		expect(toldOf(editor)).toHaveLength(2);
		t.app.db
			.update(notebookGrants)
			.set({ level: 'viewer' })
			.where(eq(notebookGrants.id, shared.shares.editor))
			.run();
		expect(toldOf(editor)).toEqual([]);
		expect(listNotifications(t.app, editor).unread).toBe(0);
		const before = t.app.db.select().from(notifications).all().length;
		discussProposal(t.app, viewer, id, `${named(editor)} encore`);
		// The owner alone.
		expect(t.app.db.select().from(notifications).all()).toHaveLength(before + 1);
		expect(toldOf(editor)).toEqual([]);
	});

	it('are told of a decision where they read it: on the origin, once their version is gone', () => {
		const own = forkNotebook(t.app, editor, origin);
		write(own, 'c', '4');
		const id = propose(t.app, editor, own, { chosen: ['changed:c'], message: '' });
		expect(toldOf(owner)).toEqual(['proposal Edgar origin']);
		expect(toldOf(editor)).toEqual([]);
		deleteNotebook(t.app, editor, own);
		accept(id, 'changed:c');
		expect(toldOf(editor)).toEqual(['decision Line origin']);
	});

	it('have read what they were told once they look at it, at a pace; others have not', () => {
		write(fork, 'c', '4');
		const id = send(['changed:c']);
		expect(listNotifications(t.app, owner).unread).toBe(1);
		readProposalNews(t.app, owner, id);
		expect(listNotifications(t.app, owner).unread).toBe(0);
		expect(listNotifications(t.app, editor).unread).toBe(1);
		expect(codeOf(() => readProposalNews(t.app, stranger, id))).toBe('not_found');
		const codes = Array.from({ length: 130 }, () =>
			codeOf(() => readProposalNews(t.app, owner, id))
		);
		expect(codes).toContain('throttled');
	});

	it('are told on their open pages: of the origin and of the version', async () => {
		write(fork, 'c', '4');
		write(fork, 'a', 'x');
		const client = shared.connect('owner');
		await client.saved();
		const heard: string[] = [];
		client.provider.on('stateless', ({ payload }: { payload: string }) => heard.push(payload));
		const id = send(['changed:c', 'changed:a']);
		discussProposal(t.app, viewer, id, 'Voyez');
		declineChange(t.app, editor, id, 'changed:c', '');
		accept(id, 'changed:a');
		await vi.waitFor(() => {
			expect(heard.filter((notice) => notice === PROPOSALS_CHANGED)).toHaveLength(4);
		});
		const page = proposalPage(t.app, owner, origin, id);
		expect(page.proposal.changes.map(({ mine }) => mine)).toEqual([true, false]);
		expect(page.now).toEqual(now(origin));
	});

	it('are told to who proposes and only reads the origin, and so are its edits', async () => {
		write(fork, 'c', '4');
		const id = send(['changed:c']);
		const roomsFor = (actor: Actor) =>
			proposalPage(t.app, actor, actor === viewer ? fork : origin, id).rooms;
		const heard: string[] = [];
		for (const room of roomsFor(viewer)) {
			const client = connect(shared.server, room, shared.sessions.viewer);
			clients.push(client);
			await client.saved();
			client.provider.on('stateless', ({ payload }: { payload: string }) => heard.push(payload));
			client.doc.on('update', () => heard.push('edit'));
		}
		const told = async (notice: string, times: number) =>
			vi.waitFor(() => expect(heard.filter((one) => one === notice)).toHaveLength(times));
		discussProposal(t.app, owner, id, 'Pourquoi?');
		await told(PROPOSALS_CHANGED, 1);
		declineChange(t.app, editor, id, 'changed:c', '');
		await told(PROPOSALS_CHANGED, 2);
		write(origin, 'b', 'autre');
		await told('edit', 1);
		// Who edits the origin needs no other: the version may not be theirs to read.
		for (const actor of [owner, editor]) expect(roomsFor(actor)).toEqual([origin]);
		revokeShare(t.app, owner, origin, shared.shares.viewer);
		expect(roomsFor(viewer)).toEqual([fork]);
	});

	it('can be named: those who may read it and are known to who asks', () => {
		write(fork, 'c', '4');
		const id = send(['changed:c']);
		const names = (actor: Actor) => proposalPeople(t.app, actor, id).map(({ name }) => name);
		// A viewer of the origin knows with whom it is shared; who only reads it reads no proposal.
		const rose = testPerson(t.app, 'Rose');
		shareNotebook(t.app, owner, origin, {
			...{ kind: 'person', to: rose.email ?? '', level: 'viewer', days: 0 }
		});
		expect(names(viewer)).toEqual(['Edgar', 'Line']);
		expect(names(owner)).toEqual(['Edgar', 'Vera']);
		expect(codeOf(() => names(stranger))).toBe('not_found');
		expect(codeOf(() => proposalPeople(t.app, owner, 'x'))).toBe('not_found');
		revokeShare(t.app, owner, origin, shared.shares.viewer);
		// Who decides may be named still; whom the origin is shared with is theirs to know no more.
		expect(names(viewer)).toEqual(['Line']);
		revokeShare(t.app, owner, origin, shared.shares.editor);
		expect(names(owner)).toEqual(['Vera']);
	});
});

describe('an accepted change', () => {
	it('is merged into the origin as it is now, which is kept first; a declined one is not', () => {
		write(fork, 'a', 'un\ndeux\nTROIS');
		write(fork, 'c', '4');
		const id = send(['changed:a', 'changed:c']);
		write(origin, 'a', 'UN\ndeux\ntrois');
		const before = now(origin);
		t.advance(1000);
		expect(accept(id, 'changed:a')).toEqual({ kind: 'done' });
		expect(sourceOf(origin, 'a')).toBe('UN\ndeux\nTROIS');
		declineChange(t.app, owner, id, 'changed:c', '  Trop court. ');
		expect(sourceOf(origin, 'c')).toBe('3');
		const proposal = readProposal(t.app, viewer, id);
		expect(proposal.changes.map(({ state, by, reason }) => [state, by, reason])).toEqual([
			['accepted', 'Line', ''],
			['declined', 'Line', 'Trop court.']
		]);
		expect(proposal.mayWithdraw).toBe(false);
		const [version] = readHistory(t.app, owner, origin).versions;
		expect(version).toMatchObject({ kind: 'before-merge', by: 'Line' });
		expect(lookAtVersion(t.app, owner, origin, version?.id ?? '').notebook).toEqual(before);
		// The version is told what became of what it proposed, and lacks nothing of what was accepted.
		expect(
			ownChanges(t.app, viewer, fork).changes.map(({ change, proposed }) => [change.id, proposed])
		).toEqual([['changed:c', 'declined']]);
		expect(
			codeOf(() =>
				declineChange(t.app, owner, id, 'changed:c', 'x'.repeat(PROPOSAL_LIMITS.reason + 1))
			)
		).toBe('too_long');
	});

	it('is accepted once', () => {
		edit(fork, (doc) => insertCell(doc, 1, toCell({ id: 'n', source: '9' })));
		const id = send(['added:n']);
		accept(id, 'added:n');
		expect(codeOf(() => accept(id, 'added:n'))).toBe('proposal_decided');
		expect(codeOf(() => acceptChange(t.app, editor, id, 'added:n'))).toBe('proposal_decided');
		expect(codeOf(() => declineChange(t.app, editor, id, 'added:n', ''))).toBe('proposal_decided');
		expect(now(origin).cells.map((cell) => cell.id)).toEqual(['a', 'n', 'b', 'c']);
		expect(readHistory(t.app, owner, origin).versions).toHaveLength(1);
	});

	it('that is there already is accepted without a version', () => {
		write(fork, 'c', '4');
		const id = send(['changed:c']);
		write(origin, 'c', '4');
		expect(accept(id, 'changed:c')).toEqual({ kind: 'done' });
		expect(statesOf(id)).toEqual({ 'changed:c': 'accepted' });
		expect(t.app.db.select().from(notebookHistory).all()).toEqual([]);
	});

	it('gives the version, all accepted, whatever their order', () => {
		edit(fork, (doc) => {
			setTitle(doc, 'Nouveau');
			moveCell(doc, 'c', 0);
			deleteCell(doc, 'b');
			insertCell(doc, 0, toCell({ id: 'n', source: '1' }));
			insertCell(doc, 1, toCell({ id: 'm', source: '2' }));
		});
		const all = ownChanges(t.app, viewer, fork).changes.map(({ change }) => change.id);
		const id = send(all);
		for (const change of [...all].reverse()) accept(id, change);
		expect(now(origin)).toEqual(now(fork));
		// What it took away can be brought back.
		expect(readHistory(t.app, owner, origin).deleted?.map(({ cell }) => cell.id)).toEqual(['b']);
	});

	it('leaves all as it was where the history is full, or the notebook', () => {
		write(fork, 'c', 'x'.repeat(MAX_SOURCE - 200));
		const id = send(['changed:c']);
		write(origin, 'a', 'y'.repeat(1000));
		const before = now(origin);
		expect(codeOf(() => accept(id, 'changed:c'))).toBe('notebook_too_large');
		write(origin, 'a', 'un');
		t.app.db
			.insert(notebookHistory)
			.values({
				...{ id: 'v', notebookId: origin, kind: 'named', name: 'V', content: '{}' },
				...{ bytes: 64_000_000, createdBy: owner.personId, createdAt: 1 }
			})
			.run();
		expect(codeOf(() => accept(id, 'changed:c'))).toBe('history_full');
		expect(statesOf(id)).toEqual({ 'changed:c': 'open' });
		expect(sourceOf(origin, 'c')).toBe(before.cells[2]?.source);
	});
});

describe('a conflict', () => {
	let id: string;
	beforeEach(() => {
		write(fork, 'c', '4');
		id = send(['changed:c']);
		write(origin, 'c', '5');
	});
	const cell = (source: string) => toCell({ id: 'c', source });

	it('is answered, and nothing is done', () => {
		expect(accept(id, 'changed:c')).toMatchObject({
			...{ kind: 'conflict', again: false },
			conflict: {
				kind: 'edited-both',
				...{ base: { source: '3' }, ours: { source: '5' }, theirs: { source: '4' } }
			}
		});
		expect(sourceOf(origin, 'c')).toBe('5');
		expect(statesOf(id)).toEqual({ 'changed:c': 'open' });
		expect(readHistory(t.app, owner, origin).versions).toEqual([]);
	});

	it('is decided: theirs, a text, or what is here', () => {
		const asked = (decision: Parameters<typeof accept>[2]) => accept(id, 'changed:c', decision);
		const reset = () => {
			t.app.db.update(proposedChanges).set({ state: 'open' }).run();
			write(origin, 'c', '5');
		};
		const seen = cell('5');
		expect(asked({ decision: { take: 'theirs' }, seen })).toEqual({ kind: 'done' });
		expect(sourceOf(origin, 'c')).toBe('4');
		reset();
		asked({ decision: { take: 'text', text: '4.5' }, seen });
		expect(sourceOf(origin, 'c')).toBe('4.5');
		expect(statesOf(id)).toEqual({ 'changed:c': 'accepted' });
		reset();
		asked({ decision: { take: 'ours' }, seen });
		expect(sourceOf(origin, 'c')).toBe('5');
		expect(statesOf(id)).toEqual({ 'changed:c': 'declined' });
	});

	it('is asked again where the cell reads otherwise meanwhile', () => {
		write(origin, 'c', '6');
		expect(
			accept(id, 'changed:c', { decision: { take: 'theirs' }, seen: cell('5') })
		).toMatchObject({ kind: 'conflict', again: true, conflict: { ours: { source: '6' } } });
		expect(sourceOf(origin, 'c')).toBe('6');
		write(origin, 'c', '3');
		expect(
			codeOf(() => accept(id, 'changed:c', { decision: { take: 'theirs' }, seen: cell('5') }))
		).toBe('proposal_changed_since');
		expect(sourceOf(origin, 'c')).toBe('3');
	});
});

describe('what the origin changed since', () => {
	it('is taken in as it is chosen, and not offered again; the rest is', () => {
		write(fork, 'a', 'un\ndeux\nTROIS');
		write(origin, 'a', 'UN\ndeux\ntrois');
		edit(origin, (doc) => {
			insertCell(doc, 3, toCell({ id: 'n', source: '7' }));
			setTitle(doc, 'Autre');
		});
		const offered = () => originChanges(t.app, viewer, fork).changes.map((change) => change.id);
		expect(offered()).toEqual(['title', 'changed:a', 'added:n']);
		expect(proposalCounts(t.app, viewer, fork).toTakeIn).toBe(3);
		const before = now(fork);
		expect(takeIn(t.app, viewer, fork, ['changed:a'])).toEqual({ taken: 1, conflicts: [] });
		expect(sourceOf(fork, 'a')).toBe('UN\ndeux\nTROIS');
		expect(offered()).toEqual(['title', 'added:n']);
		// Its own is its own still, and nothing of the origin's is proposed back.
		expect(ownChanges(t.app, viewer, fork).changes.map(({ change }) => change)).toMatchObject([
			{ id: 'changed:a', from: { source: 'UN\ndeux\ntrois' } }
		]);
		const [version] = readHistory(t.app, viewer, fork).versions;
		expect(lookAtVersion(t.app, viewer, fork, version?.id ?? '').notebook).toEqual(before);
		const base = () =>
			t.app.db.select().from(notebooks).where(eq(notebooks.id, fork)).get()?.parentVersionId;
		const was = base();
		takeIn(t.app, viewer, fork, ['title', 'added:n']);
		expect(offered()).toEqual([]);
		expect(base()).not.toBe(was);
		expect(now(fork).cells.map((cell) => cell.id)).toEqual(['a', 'b', 'c', 'n']);
		// The next ones start from there.
		write(origin, 'c', '8');
		expect(offered()).toEqual(['changed:c']);
	});

	it('never replaces one’s own work: a person decides', () => {
		write(fork, 'c', '4');
		write(origin, 'c', '5');
		expect(takeIn(t.app, viewer, fork, ['changed:c'])).toMatchObject({
			taken: 0,
			conflicts: [{ again: false, conflict: { kind: 'edited-both', ours: { source: '4' } } }]
		});
		expect(sourceOf(fork, 'c')).toBe('4');
		const seen = toCell({ id: 'c', source: '4' });
		const ours = { decision: { take: 'ours' }, seen } as const;
		expect(takeIn(t.app, viewer, fork, ['changed:c'], ours).taken).toBe(1);
		expect(sourceOf(fork, 'c')).toBe('4');
		expect(originChanges(t.app, viewer, fork).changes).toEqual([]);
		write(origin, 'c', '6');
		takeIn(t.app, viewer, fork, ['changed:c'], { decision: { take: 'theirs' }, seen });
		expect(sourceOf(fork, 'c')).toBe('6');
	});

	it('is put together as far as it takes no long time; the rest alone, one by one', () => {
		const cells = (first: string, last: string) =>
			Array.from({ length: 40 }, (_, n) => {
				const lines = Array.from({ length: 990 }, (_, i) => String(i % 10));
				return toCell({
					...{ id: `l${String(n)}`, mode: 'md' },
					source: [first, ...lines, last].join('\n')
				});
			});
		const fill = (id: string, made: ReturnType<typeof cells>) =>
			edit(id, (doc) => rewriteNotebook(doc, { ...now(id), cells: made }));
		fill(origin, cells('un', 'deux'));
		const own = forkNotebook(t.app, viewer, origin);
		fill(own, cells('un', 'nôtre'));
		fill(origin, cells('leur', 'deux'));
		const chosen = originChanges(t.app, viewer, own).changes.map(({ id }) => id);
		expect(chosen).toHaveLength(40);
		const { taken, conflicts } = takeIn(t.app, viewer, own, chosen);
		expect(taken).toBeGreaterThan(0);
		expect(conflicts.length).toBeGreaterThan(20);
		expect(taken + conflicts.length).toBe(40);
		const left = conflicts[0]?.conflict.id ?? '';
		expect(sourceOf(own, left.slice('changed:'.length))).toMatch(/^un\n.*nôtre$/s);
		expect(takeIn(t.app, viewer, own, [left])).toEqual({ taken: 1, conflicts: [] });
		expect(sourceOf(own, left.slice('changed:'.length))).toMatch(/^leur\n.*nôtre$/s);
	});

	it('is of who edits the version and may read the origin', () => {
		write(origin, 'c', '5');
		for (const actor of [owner, stranger])
			expect(codeOf(() => takeIn(t.app, actor, fork, ['changed:c']))).toBe('not_found');
		expect(takeIn(t.app, viewer, fork, ['changed:x'])).toEqual({ taken: 0, conflicts: [] });
		expect(readNotebook(roomsOf(t.app).read(fork).doc)).toEqual(NOTEBOOK);
	});

	it('is counted anew after each edit of either and each taking in, for who may read the origin', () => {
		const lacking = () => proposalCounts(t.app, viewer, fork).toTakeIn;
		expect(lacking()).toBe(0);
		write(origin, 'c', '5');
		write(origin, 'a', 'un\nDEUX\ntrois');
		expect(lacking()).toBe(2);
		write(fork, 'c', '5');
		expect(lacking()).toBe(1);
		write(fork, 'a', 'autre');
		expect(lacking()).toBe(1);
		const ours = { decision: { take: 'ours' as const }, seen: now(fork).cells[0] ?? null };
		takeIn(t.app, viewer, fork, ['changed:a'], ours);
		expect(lacking()).toBe(0);
		write(origin, 'c', '6');
		expect(lacking()).toBe(1);
		expect(proposalCounts(t.app, owner, origin).toTakeIn).toBeNull();
		revokeShare(t.app, owner, origin, shared.shares.viewer);
		expect(lacking()).toBeNull();
	});

	it('of very many long cells that both changed is counted without looking into each', () => {
		const fill = (id: string, first: string, last: string) =>
			edit(id, (doc) => {
				const lines = Array.from({ length: 990 }, (_, i) => String(i % 10));
				const source = [first, ...lines, last].join('\n');
				const cells = Array.from({ length: 6 }, (_, n) =>
					toCell({ id: `l${String(n)}`, mode: 'md', source })
				);
				rewriteNotebook(doc, { ...now(id), cells });
			});
		fill(origin, 'un', 'deux');
		const own = forkNotebook(t.app, viewer, origin);
		fill(origin, 'leur', 'deux');
		fill(own, 'leur', 'nôtre');
		expect(originChanges(t.app, viewer, own).changes).toEqual([]);
		const { toTakeIn } = proposalCounts(t.app, viewer, own);
		expect(toTakeIn).toBeGreaterThan(3);
		expect(toTakeIn).toBeLessThanOrEqual(6);
	});

	it('is not what was accepted of one’s own', () => {
		write(fork, 'c', '4');
		accept(send(['changed:c']), 'changed:c');
		expect(originChanges(t.app, viewer, fork).changes).toEqual([]);
	});
});

describe('a table of proposals', () => {
	it('is not left with a notebook that is purged', () => {
		write(fork, 'c', '4');
		const id = send(['changed:c']);
		t.app.db
			.delete(notebooks)
			.where(and(eq(notebooks.id, origin)))
			.run();
		expect(t.app.db.select().from(proposals).where(eq(proposals.id, id)).all()).toEqual([]);
		expect(t.app.db.select().from(proposedChanges).all()).toEqual([]);
	});
});

describe('what was not shown', () => {
	const shownOf = (changes: readonly { readonly id: string }[], id: string) => {
		const change = changes.find((one) => one.id === id);
		if (!change) throw new Error('not shown');
		return choiceOf(change as Parameters<typeof choiceOf>[0]);
	};

	it('is not taken in: the origin was edited while its changes were looked at', () => {
		write(origin, 'a', 'un\ndeux\nTROIS');
		write(origin, 'c', '4');
		const { changes } = originChanges(t.app, viewer, fork);
		const [a, c] = [shownOf(changes, 'changed:a'), shownOf(changes, 'changed:c')];
		write(origin, 'c', 'autre chose');
		expect(codeOf(() => takeIn(t.app, viewer, fork, [a, c]))).toBe('proposal_changed_since');
		const theirs = { decision: { take: 'theirs' }, seen: null } as const;
		expect(codeOf(() => takeIn(t.app, viewer, fork, [c], theirs))).toBe('proposal_changed_since');
		expect(now(fork)).toEqual(NOTEBOOK);
		// What reads as it was shown is taken, whatever else changed.
		expect(takeIn(t.app, viewer, fork, [a]).taken).toBe(1);
		expect(sourceOf(fork, 'a')).toBe('un\ndeux\nTROIS');
		expect(sourceOf(fork, 'c')).toBe('3');
		write(origin, 'c', '3');
		expect(takeIn(t.app, viewer, fork, [c]).taken).toBe(0);
	});

	it('is not proposed: somebody else edits the version too', () => {
		write(fork, 'a', 'un\nDEUX\ntrois');
		edit(fork, (doc) => insertCell(doc, 3, toCell({ id: 'n', source: '5' })));
		const changes = ownChanges(t.app, viewer, fork).changes.map(({ change }) => change);
		const [a, n] = [shownOf(changes, 'changed:a'), shownOf(changes, 'added:n')];
		write(fork, 'a', 'pas encore dit');
		edit(fork, (doc) => insertCell(doc, 3, toCell({ id: 'm', source: '6' })));
		expect(codeOf(() => send([a, n]))).toBe('proposal_changed_since');
		expect(listProposals(t.app, viewer, fork).made).toEqual([]);
		expect(readProposal(t.app, viewer, send([n])).changes.map(({ change }) => change.id)).toEqual([
			'added:n'
		]);
	});
});

it('who looks at what changed apart again and again waits: each time it is put together', () => {
	const codes = (look: () => unknown) => Array.from({ length: 61 }, () => codeOf(look));
	const own = codes(() => ownChanges(t.app, viewer, fork));
	expect(own.indexOf('throttled')).toBe(60);
	expect(codeOf(() => originChanges(t.app, viewer, fork))).toBe('throttled');
	t.advance(2_000);
	expect(codeOf(() => originChanges(t.app, viewer, fork))).toBe('done');
	// Asked by someone else, and of what is not theirs, it answers as ever.
	expect(codeOf(() => ownChanges(t.app, stranger, fork))).toBe('not_found');
});

it('is told to the open pages of those who edit the notebook, and of no reader', async () => {
	const heard = { editor: [] as string[], viewer: [] as string[] };
	const parts = ['editor', 'viewer'] as const;
	const clients = parts.map((part) => shared.connect(part));
	await Promise.all(clients.map((client) => client.saved()));
	const done = parts.map(
		(part, i) =>
			new Promise<void>((resolve) => {
				clients[i]?.provider.on('stateless', ({ payload }: { payload: string }) => {
					heard[part].push(payload);
					if (payload === 'fin') resolve();
				});
			})
	);
	write(fork, 'c', '4');
	send(['changed:c']);
	shared.server.rooms.tell(origin, 'fin');
	await Promise.all(done);
	expect(heard.editor).toEqual([PROPOSALS_CHANGED, 'fin']);
	expect(heard.viewer).toEqual(['fin']);
});
