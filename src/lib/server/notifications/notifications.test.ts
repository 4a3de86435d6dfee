import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testPerson, type TestApp } from '../../../../tests/support/app.ts';
import {
	codeOf,
	sharedNotebook,
	type SharedNotebook
} from '../../../../tests/support/shared-notebook.ts';
import { mentionOf } from '../../core/annotation/mentions.ts';
import { NOTIFICATION_LIMITS } from '../../core/annotation/notification.ts';
import { newId } from '../../core/ids.ts';
import { toNotebook } from '../../core/notebook/notebook.ts';
import type { Actor } from '../app.ts';
import {
	comments,
	linkUses,
	notebookGrants,
	notebooks,
	notifications,
	proposals,
	threads
} from '../db/schema.ts';
import { forkNotebook } from '../notebooks/create.ts';
import { revokeShare } from '../sharing/grant.ts';
import { deleteComment, editComment } from '../threads/comment.ts';
import { listThreads } from '../threads/list.ts';
import { markThreadsRead } from '../threads/read.ts';
import { openThread, replyToThread, setResolved } from '../threads/thread.ts';
import { keepUp } from '../upkeep.ts';
import { listNotifications, toldTo } from './list.ts';
import { markNotificationsRead } from './read.ts';
import { tell } from './tell.ts';

let shared: SharedNotebook;
let t: TestApp;
let owner: Actor;
let editor: Actor;
let viewer: Actor;
let stranger: Actor;
let notebookId: string;

beforeEach(async () => {
	shared = await sharedNotebook(
		toNotebook({ title: 'Billets', cells: [{ id: 'a', source: 'un' }] })
	);
	({ t, owner, editor, viewer, stranger, notebookId } = shared);
});
afterEach(() => shared.close());

const open = (actor: Actor, body = 'Pourquoi?') =>
	openThread(t.app, actor, notebookId, {
		anchor: { kind: 'cell', cell: 'a' },
		excerpt: 'un',
		body
	});
const reply = (actor: Actor, id: string, body = 'Oui') =>
	replyToThread(t.app, actor, notebookId, id, body);
const told = (actor: Actor) => listNotifications(t.app, actor);
const kinds = (actor: Actor) => told(actor).latest.map(({ kind, by }) => `${kind} ${by}`);
const named = (actor: Actor) => mentionOf({ personId: actor.personId, name: 'x' });
const firstComment = (actor: Actor) => {
	const [comment] = listThreads(t.app, actor, notebookId)[0]?.comments ?? [];
	return comment?.id ?? '';
};

describe('people are told', () => {
	it('of a thread on their notebook, with its first words and where it is', () => {
		const id = open(viewer, '**Pourquoi** `ici`?\n\nVraiment');
		expect(told(owner)).toEqual({
			unread: 1,
			latest: [
				{
					id: expect.any(String),
					kind: 'thread',
					by: 'Vera',
					notebookId,
					notebookTitle: 'Billets',
					subjectId: id,
					excerpt: 'Pourquoi ici? Vraiment',
					read: false,
					at: t.app.now()
				}
			]
		});
		for (const actor of [viewer, editor, stranger]) expect(told(actor).latest).toEqual([]);
	});

	it('of answers in threads that they opened or wrote in, never of their own', () => {
		const id = open(viewer);
		t.advance(1);
		reply(editor, id);
		t.advance(1);
		reply(owner, id);
		expect(kinds(viewer)).toEqual(['reply Line', 'reply Edgar']);
		expect(kinds(editor)).toEqual(['reply Line']);
		expect(kinds(owner)).toEqual(['thread Vera']);
	});

	it('that they are named, and of that alone, once', () => {
		const id = open(viewer, `${named(owner)} ${named(editor)} ${named(owner)} ${named(viewer)}`);
		expect(kinds(owner)).toEqual(['mention Vera']);
		expect(kinds(editor)).toEqual(['mention Vera']);
		expect(kinds(viewer)).toEqual([]);
		reply(editor, id, `Oui ${named(viewer)}`);
		expect(kinds(viewer)).toEqual(['mention Edgar']);
		// In an edit, those who are named anew.
		const comment = listThreads(t.app, editor, notebookId)[0]?.comments[1]?.id ?? '';
		editComment(t.app, editor, notebookId, id, comment, `Oui ${named(viewer)} et ${named(owner)}`);
		expect(kinds(viewer)).toEqual(['mention Edgar']);
		expect(kinds(owner).filter((kind) => kind === 'mention Edgar')).toHaveLength(1);
		// Nor again and again by taking the name out and putting it back, though they have read it.
		for (const body of ['Oui', `Non ${named(owner)}`, 'Oui', `Encore ${named(owner)}`]) {
			editComment(t.app, editor, notebookId, id, comment, body);
			markNotificationsRead(t.app, owner);
		}
		expect(kinds(owner).filter((kind) => kind === 'mention Edgar')).toHaveLength(1);
	});

	it('with names that are people’s own, whatever was typed', () => {
		const forged = mentionOf({ personId: editor.personId, name: 'Line' });
		const id = open(viewer, `${forged} a dit oui`);
		expect(told(owner).latest[0]?.excerpt).toBe('@Edgar a dit oui');
		editComment(t.app, viewer, notebookId, id, firstComment(viewer), `Non, ${forged}`);
		expect(told(owner).latest[0]?.excerpt).toBe('Non, @Edgar');
	});

	it('that a thread of theirs is resolved by another, not that it is opened again', () => {
		const id = open(viewer);
		setResolved(t.app, editor, notebookId, id, true);
		setResolved(t.app, editor, notebookId, id, false);
		expect(kinds(viewer)).toEqual(['resolved Edgar']);
		expect(told(viewer).latest[0]).toMatchObject({ subjectId: id, excerpt: 'un' });
		setResolved(t.app, viewer, notebookId, id, true);
		expect(kinds(viewer)).toEqual(['resolved Edgar']);
	});

	it('only of notebooks that they may read, when it happens and when they look', () => {
		const id = open(viewer, `${named(stranger)} ${named(editor)}`);
		expect(t.app.db.select().from(notifications).all()).toHaveLength(2);
		revokeShare(t.app, owner, notebookId, shared.shares.editor);
		expect(told(editor)).toEqual({ unread: 0, latest: [] });
		reply(owner, id, `Et ${named(editor)}?`);
		expect(t.app.db.select().from(notifications).all()).toHaveLength(3);
		revokeShare(t.app, owner, notebookId, shared.shares.viewer);
		expect(told(viewer)).toEqual({ unread: 0, latest: [] });
		expect(told(owner).latest).toHaveLength(1);
		t.app.db.update(notebooks).set({ deletedAt: 1 }).where(eq(notebooks.id, notebookId)).run();
		expect(told(owner)).toEqual({ unread: 0, latest: [] });
	});

	it('by proposals too, in the transaction of what is told', () => {
		const forkId = forkNotebook(t.app, viewer, notebookId);
		t.app.db
			.insert(proposals)
			.values({
				...{
					id: 'p',
					originId: notebookId,
					forkId,
					forkTitle: '',
					message: '',
					base: [],
					bytes: 0
				},
				...{ createdBy: viewer.personId, createdAt: 1 }
			})
			.run();
		const proposal = { byId: viewer.personId, notebookId, subjectId: 'p', text: 'Mes *étapes*' };
		tell(t.app, { kind: 'proposal', ...proposal }, [owner.personId, viewer.personId]);
		expect(told(owner).latest[0]).toMatchObject({
			kind: 'proposal',
			subjectId: 'p',
			excerpt: 'Mes étapes'
		});
		expect(() =>
			t.app.db.transaction(() => {
				tell(t.app, { kind: 'proposal', ...proposal }, [owner.personId]);
				throw new RangeError('undone');
			})
		).toThrow('undone');
		expect(told(owner).latest).toHaveLength(1);
		expect(told(viewer).latest).toEqual([]);
	});
});

/** Someone who may read the notebook, and no more. */
function reader(name: string): Actor {
	const person = testPerson(t.app, name);
	const { db } = t.app;
	const at = t.app.now();
	db.insert(notebookGrants)
		.values({
			...{ id: 'readers', notebookId, granteeKind: 'link', level: 'viewer' },
			...{ createdBy: owner.personId, createdAt: at }
		})
		.onConflictDoNothing()
		.run();
	db.insert(linkUses).values({ grantId: 'readers', personId: person.personId, at }).run();
	return person;
}

describe('what one may not read', () => {
	it('is told to nobody: a proposal is not its notebook', () => {
		const forkId = forkNotebook(t.app, viewer, notebookId);
		const ends = { originId: notebookId, forkId, createdBy: viewer.personId };
		t.app.db
			.insert(proposals)
			.values({ ...ends, id: 'p', forkTitle: '', message: '', base: [], bytes: 0, createdAt: 1 })
			.run();
		const other = reader('Rose');
		const proposal = { kind: 'proposal-comment' as const, byId: viewer.personId, notebookId };
		expect(
			tell(t.app, { ...proposal, subjectId: 'p', text: 'x' }, [other.personId, owner.personId])
		).toEqual([owner.personId]);
		// Nor of one that is not there, nor of none.
		for (const subjectId of ['q', null])
			expect(tell(t.app, { ...proposal, subjectId, text: 'x' }, [owner.personId])).toEqual([]);
		// A thread, they may read.
		const reply = { kind: 'reply' as const, byId: viewer.personId, notebookId, subjectId: 'p' };
		expect(tell(t.app, { ...reply, text: 'x' }, [other.personId])).toEqual([other.personId]);
	});
});

describe('what is told', () => {
	it('of one comment or one thread alone changes and goes with it', () => {
		const [one, two] = [open(viewer, 'Un'), open(viewer, 'Deux')];
		const excerpts = () =>
			told(owner)
				.latest.map(({ excerpt }) => excerpt)
				.sort();
		editComment(t.app, viewer, notebookId, one, firstComment(viewer), 'Trois');
		expect(excerpts()).toEqual(['Deux', 'Trois']);
		const { id = '' } = listThreads(t.app, viewer, notebookId)[1]?.comments[0] ?? {};
		deleteComment(t.app, viewer, notebookId, two, id);
		expect(excerpts()).toEqual(['Trois']);
	});

	it('of an answer does not keep a name in it from being told', () => {
		const id = open(viewer);
		reply(editor, id, 'Oui');
		expect(kinds(viewer)).toEqual(['reply Edgar']);
		const { id: comment = '' } = listThreads(t.app, editor, notebookId)[0]?.comments[1] ?? {};
		editComment(t.app, editor, notebookId, id, comment, `Oui ${named(viewer)}`);
		expect(kinds(viewer).sort()).toEqual(['mention Edgar', 'reply Edgar']);
	});

	it('of a time is what came after its beginning, up to its end, and was not read', () => {
		const at: number[] = [];
		for (const body of ['Un', 'Deux', 'Trois', 'Quatre']) {
			t.advance(10);
			at.push(t.app.now());
			open(viewer, body);
		}
		const [first = 0, , third = 0] = at;
		const within = () =>
			toldTo(t.app, owner.personId, { since: first, upTo: third }).map(({ excerpt }) => excerpt);
		expect(within()).toEqual(['Trois', 'Deux']);
		const read = told(owner).latest.find(({ excerpt }) => excerpt === 'Deux');
		markNotificationsRead(t.app, owner, [read?.id ?? '']);
		expect(within()).toEqual(['Trois']);
		// Whatever was read, all of it is told where no time is asked.
		expect(toldTo(t.app, owner.personId)).toHaveLength(4);
	});

	it('was read when it was read first', () => {
		const id = open(viewer);
		const readAt = () => t.app.db.select().from(notifications).get()?.readAt;
		markNotificationsRead(t.app, owner);
		const first = readAt();
		expect(first).toBe(t.app.now());
		t.advance(1000);
		markNotificationsRead(t.app, owner);
		expect(readAt()).toBe(first);
		markThreadsRead(t.app, owner, notebookId, [id]);
		expect(readAt()).toBe(first);
	});

	it('changes with the comment, and goes with it', () => {
		const id = open(viewer, 'Secret');
		editComment(t.app, viewer, notebookId, id, firstComment(viewer), 'Public');
		expect(told(owner).latest[0]?.excerpt).toBe('Public');
		reply(editor, id);
		deleteComment(t.app, viewer, notebookId, id, firstComment(viewer));
		expect(JSON.stringify(t.app.db.select().from(notifications).all())).not.toMatch(
			/Secret|Public/
		);
		setResolved(t.app, editor, notebookId, id, true);
		const last = listThreads(t.app, editor, notebookId)[0]?.comments[1]?.id ?? '';
		deleteComment(t.app, editor, notebookId, id, last);
		expect(t.app.db.select().from(threads).all()).toEqual([]);
		expect(t.app.db.select().from(notifications).all()).toEqual([]);
	});

	it('leads nowhere once its thread is gone otherwise', () => {
		const id = open(viewer);
		setResolved(t.app, editor, notebookId, id, true);
		t.app.db.delete(comments).run();
		t.app.db.delete(threads).where(eq(threads.id, id)).run();
		expect(told(viewer).latest[0]).toMatchObject({ kind: 'resolved', subjectId: null });
	});

	it('is short, and hides nothing that reorders it', () => {
		open(viewer, `\u202e${'x'.repeat(1000)}`);
		const [one] = told(owner).latest;
		expect(one?.excerpt).toHaveLength(NOTIFICATION_LIMITS.excerpt - 1);
		expect(one?.excerpt).toMatch(/^x+…$/);
	});

	it('is read one by one, all at once, or with its thread; others’ is left alone', () => {
		const first = open(viewer);
		open(viewer);
		open(editor);
		const ids = told(owner).latest.map(({ id }) => id);
		markNotificationsRead(t.app, viewer, ids);
		expect(told(owner).unread).toBe(3);
		markThreadsRead(t.app, owner, notebookId, [first]);
		expect(told(owner).unread).toBe(2);
		expect(
			told(owner)
				.latest.filter(({ read }) => read)
				.map((one) => one.subjectId)
		).toEqual([first]);
		markNotificationsRead(
			t.app,
			owner,
			told(owner)
				.latest.filter(({ read }) => !read)
				.slice(0, 1)
				.map(({ id }) => id)
		);
		expect(told(owner).unread).toBe(1);
		markNotificationsRead(t.app, owner);
		expect(told(owner).unread).toBe(0);
		for (const bad of ['x', {}, [1], Array.from({ length: 501 }, () => 'x')])
			expect(codeOf(() => markNotificationsRead(t.app, owner, bad))).toBe('request_malformed');
	});

	it('is read at a pace', () => {
		const codes = Array.from({ length: 130 }, () =>
			codeOf(() => markNotificationsRead(t.app, viewer))
		);
		expect(codes.indexOf('throttled')).toBe(120);
		// Each at their own.
		expect(codeOf(() => markNotificationsRead(t.app, owner))).toBe('done');
	});
});

describe('limits', () => {
	const one = { kind: 'reply' as const, subjectId: null, text: 'x' };

	it('the last ones are listed, all that are kept counted, the oldest forgotten', () => {
		const many = Array.from(
			{ length: 10 },
			(_, i) => testPerson(t.app, `Qui${String(i)}`).personId
		);
		for (let i = 0; i < NOTIFICATION_LIMITS.kept + 10; i++) {
			t.advance(1);
			const byId = many[i % many.length] ?? '';
			tell(t.app, { ...one, byId, notebookId, text: String(i) }, [owner.personId]);
		}
		const { unread, latest } = told(owner);
		expect(unread).toBe(NOTIFICATION_LIMITS.kept);
		expect(latest).toHaveLength(NOTIFICATION_LIMITS.latest);
		expect(latest[0]?.excerpt).toBe(String(NOTIFICATION_LIMITS.kept + 9));
		expect(t.app.db.select().from(notifications).all()).toHaveLength(NOTIFICATION_LIMITS.kept);
	});

	it('of one person’s acts no more are kept than leave room for what others did', () => {
		const of = (byId: string, text: string) =>
			tell(t.app, { ...one, byId, notebookId, text }, [owner.personId]);
		of(editor.personId, 'important');
		for (let i = 0; i < NOTIFICATION_LIMITS.kept + 10; i++) {
			t.advance(1);
			of(viewer.personId, String(i));
		}
		const rows = t.app.db.select().from(notifications).all();
		expect(rows.filter(({ byId }) => byId === viewer.personId)).toHaveLength(
			NOTIFICATION_LIMITS.keptOfOne
		);
		expect(rows.filter(({ excerpt }) => excerpt === 'important')).toHaveLength(1);
	});

	it('what one person did is counted for each of those who were told', () => {
		for (let i = 0; i < NOTIFICATION_LIMITS.keptOfOne - 10; i++) {
			t.advance(1);
			const of = { ...one, byId: viewer.personId, notebookId, text: String(i) };
			tell(t.app, of, [owner.personId, editor.personId]);
		}
		for (const actor of [owner, editor])
			expect(told(actor).unread).toBe(NOTIFICATION_LIMITS.keptOfOne - 10);
	});

	it('one act tells the first of them, up to so many', () => {
		const many = Array.from(
			{ length: NOTIFICATION_LIMITS.people + 3 },
			(_, i) => reader(`R${String(i)}`).personId
		);
		const reached = tell(t.app, { ...one, byId: owner.personId, notebookId }, many);
		expect(reached).toEqual(many.slice(0, NOTIFICATION_LIMITS.people));
		expect(t.app.db.select().from(notifications).all()).toHaveLength(NOTIFICATION_LIMITS.people);
	});

	it('one act tells so many people', () => {
		const many = Array.from({ length: NOTIFICATION_LIMITS.people + 5 }, (_, i) => {
			const { personId } = testPerson(t.app, `P${i}`);
			return personId;
		});
		const workshop = newId(t.app.random);
		expect(tell(t.app, { ...one, byId: owner.personId, notebookId }, many)).toEqual([]);
		t.app.db
			.update(notebooks)
			.set({ ownerId: many[0] ?? workshop })
			.run();
		expect(tell(t.app, { ...one, byId: owner.personId, notebookId }, many)).toEqual([many[0]]);
	});

	it('what was read long ago is forgotten, what was not is kept', async () => {
		open(viewer);
		open(viewer);
		const [first] = told(owner).latest;
		markNotificationsRead(t.app, owner, [first?.id ?? '']);
		t.advance(89 * 86_400_000);
		await keepUp(t.app);
		expect(told(owner).latest).toHaveLength(2);
		t.advance(2 * 86_400_000);
		await keepUp(t.app);
		expect(told(owner).latest.map(({ read }) => read)).toEqual([false]);
	});
});
