import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testPerson, type TestApp } from '../../../../tests/support/app.ts';
import {
	codeOf,
	sharedNotebook,
	type SharedNotebook
} from '../../../../tests/support/shared-notebook.ts';
import { deleteCell } from '../../collab/document.ts';
import { THREAD_LIMITS } from '../../core/annotation/thread.ts';
import { newId } from '../../core/ids.ts';
import { toNotebook } from '../../core/notebook/notebook.ts';
import type { Actor } from '../app.ts';
import { roomsOf } from '../collab/rooms.ts';
import { comments, notebooks, threads } from '../db/schema.ts';
import { rolesOnThread } from '../access/thread.ts';
import { createNotebook } from '../notebooks/create.ts';
import { revokeShare, shareNotebook } from '../sharing/grant.ts';
import { prepareWorkshop } from '../workshops/prepare.ts';
import { deleteComment, editComment } from './comment.ts';
import { listThreads } from './list.ts';
import { openThread, replyToThread, setResolved, type NewThread } from './thread.ts';

let shared: SharedNotebook;
let t: TestApp;
let owner: Actor;
let editor: Actor;
let viewer: Actor;
let stranger: Actor;
let notebookId: string;

beforeEach(async () => {
	shared = await sharedNotebook(
		toNotebook({
			title: 'Billets',
			cells: [
				{ id: 'a', source: '1' },
				{ id: 'b', source: '2' }
			]
		})
	);
	({ t, owner, editor, viewer, stranger, notebookId } = shared);
});
afterEach(() => shared.close());

const open = (actor: Actor, more: Partial<NewThread> = {}, id = notebookId) =>
	openThread(t.app, actor, id, {
		anchor: { kind: 'cell', cell: 'a' },
		excerpt: 'ventes',
		body: 'Pourquoi?',
		...more
	});
const list = (actor: Actor = owner) => listThreads(t.app, actor, notebookId);
const only = (actor: Actor = owner) => {
	const [thread] = list(actor);
	if (!thread) throw new Error('no thread');
	return thread;
};

describe('a thread', () => {
	it('is opened, answered in order, resolved and opened again', () => {
		const id = open(viewer);
		t.advance(1000);
		replyToThread(t.app, editor, notebookId, id, ' Voir **ici** ');
		replyToThread(t.app, owner, notebookId, id, 'Merci');
		expect(only(viewer)).toEqual({
			id,
			anchor: { kind: 'cell', cell: 'a' },
			excerpt: '1',
			excerptChecked: true,
			createdAt: t.app.now() - 1000,
			resolved: null,
			mayResolve: true,
			comments: [
				{
					id: expect.any(String),
					authorId: expect.any(String),
					author: 'Vera',
					mine: true,
					body: 'Pourquoi?',
					edited: false,
					deleted: false,
					mayEdit: true,
					mayDelete: true,
					unread: false,
					reactions: [],
					createdAt: t.app.now() - 1000
				},
				{
					id: expect.any(String),
					authorId: expect.any(String),
					author: 'Edgar',
					mine: false,
					body: 'Voir **ici**',
					edited: false,
					deleted: false,
					mayEdit: false,
					mayDelete: false,
					unread: true,
					reactions: [],
					createdAt: t.app.now()
				},
				{
					id: expect.any(String),
					authorId: expect.any(String),
					author: 'Line',
					mine: false,
					body: 'Merci',
					edited: false,
					deleted: false,
					mayEdit: false,
					mayDelete: false,
					unread: true,
					reactions: [],
					createdAt: t.app.now()
				}
			]
		});
		setResolved(t.app, editor, notebookId, id, true);
		const at = t.app.now();
		t.advance(1000);
		setResolved(t.app, owner, notebookId, id, true);
		expect(only().resolved).toEqual({ by: 'Edgar', at });
		expect(codeOf(() => replyToThread(t.app, owner, notebookId, id, 'Encore'))).toBe(
			'thread_resolved'
		);
		setResolved(t.app, owner, notebookId, id, false);
		expect(only().resolved).toBeNull();
		replyToThread(t.app, owner, notebookId, id, 'Encore');
		expect(only().comments).toHaveLength(4);
	});

	it('stays readable once its cell is gone, and takes answers', () => {
		const id = open(viewer);
		roomsOf(t.app).change(notebookId, (doc) => deleteCell(doc, 'a'));
		expect(only(viewer)).toMatchObject({ anchor: { kind: 'cell', cell: 'a' }, excerpt: '1' });
		replyToThread(t.app, editor, notebookId, id, 'Retirée');
		setResolved(t.app, viewer, notebookId, id, true);
		expect(only().comments).toHaveLength(2);
		expect(codeOf(() => open(editor))).toBe('cell_not_found');
	});

	it('is about a cell of the notebook', () => {
		expect(codeOf(() => open(owner, { anchor: { kind: 'cell', cell: 'z' } }))).toBe(
			'cell_not_found'
		);
		for (const cell of ['', '__proto__', 'x'.repeat(1000)])
			expect(codeOf(() => open(owner, { anchor: { kind: 'cell', cell } }))).toBe(
				'anchor_malformed'
			);
		expect(list()).toEqual([]);
	});
});

describe('who does what', () => {
	it('readers read and write; nobody else knows that there is anything', () => {
		const id = open(editor);
		expect(list(viewer)).toHaveLength(1);
		expect(codeOf(() => replyToThread(t.app, viewer, notebookId, id, 'Oui'))).toBe('done');
		const all: ((notebook: string) => unknown)[] = [
			(notebook) => listThreads(t.app, stranger, notebook),
			(notebook) => open(stranger, {}, notebook),
			(notebook) => replyToThread(t.app, stranger, notebook, id, 'Oui'),
			(notebook) => setResolved(t.app, stranger, notebook, id, true)
		];
		for (const work of all)
			for (const notebook of [notebookId, newId(t.app.random)])
				expect(codeOf(() => work(notebook))).toBe('not_found');
		expect(only().comments).toHaveLength(2);
		expect(only().resolved).toBeNull();
	});

	it('editors resolve any thread, a reader only the one that they opened', () => {
		const theirs = open(editor);
		const own = open(viewer, { anchor: { kind: 'cell', cell: 'b' } });
		expect(list(viewer).map(({ mayResolve }) => mayResolve)).toEqual([false, true]);
		expect(list(editor).map(({ mayResolve }) => mayResolve)).toEqual([true, true]);
		expect(codeOf(() => setResolved(t.app, viewer, notebookId, theirs, true))).toBe('forbidden');
		expect(codeOf(() => setResolved(t.app, viewer, notebookId, own, true))).toBe('done');
		expect(codeOf(() => setResolved(t.app, editor, notebookId, own, false))).toBe('done');
	});

	it('who lost the notebook lost their own threads with it', () => {
		const own = open(viewer);
		expect([
			...rolesOnThread(new Set(['account']), viewer, { createdBy: viewer.personId })
		]).toEqual(['account']);
		revokeShare(t.app, owner, notebookId, shared.shares.viewer);
		expect(codeOf(() => list(viewer))).toBe('not_found');
		expect(codeOf(() => setResolved(t.app, viewer, notebookId, own, true))).toBe('not_found');
		expect(codeOf(() => replyToThread(t.app, viewer, notebookId, own, 'Et?'))).toBe('not_found');
	});

	it('a thread of another notebook answers like a missing one', () => {
		const id = open(owner);
		const mine = createNotebook(t.app, stranger, { notebook: toNotebook({ title: 'À moi' }) });
		for (const thread of [id, newId(t.app.random)]) {
			expect(codeOf(() => replyToThread(t.app, stranger, mine, thread, 'Oui'))).toBe('not_found');
			expect(codeOf(() => setResolved(t.app, stranger, mine, thread, true))).toBe('not_found');
		}
		expect(listThreads(t.app, stranger, mine)).toEqual([]);
	});
});

describe('a comment', () => {
	/** Vera asks, Edgar answers, Line thanks: the thread, and the three comments' ids. */
	function said() {
		const id = open(viewer);
		replyToThread(t.app, editor, notebookId, id, 'Fermé');
		replyToThread(t.app, owner, notebookId, id, 'Merci');
		const [asked, answer, thanks] = only().comments.map((comment) => comment.id);
		return { id, asked: asked ?? '', answer: answer ?? '', thanks: thanks ?? '' };
	}
	const edit = (actor: Actor, thread: string, comment: string, body = 'Corrigé') =>
		editComment(t.app, actor, notebookId, thread, comment, body);
	const remove = (actor: Actor, thread: string, comment: string) =>
		deleteComment(t.app, actor, notebookId, thread, comment);
	const rights = (actor: Actor) =>
		only(actor).comments.map(({ mayEdit, mayDelete }) => [mayEdit, mayDelete]);

	it('is edited by its author alone, and says so', () => {
		const { id, asked, answer } = said();
		edit(viewer, id, asked, ' **Quand**? ');
		expect(only().comments[0]).toMatchObject({ body: '**Quand**?', edited: true });
		// Saying the same again is no edit.
		edit(editor, id, answer, 'Fermé');
		expect(only().comments[1]).toMatchObject({ body: 'Fermé', edited: false });
		for (const actor of [owner, editor])
			expect(codeOf(() => edit(actor, id, asked))).toBe('forbidden');
		expect(codeOf(() => edit(stranger, id, asked))).toBe('not_found');
		expect(codeOf(() => edit(viewer, id, asked, ' '))).toBe('comment_required');
		expect(codeOf(() => edit(viewer, id, asked, 'x'.repeat(THREAD_LIMITS.body + 1)))).toBe(
			'too_long'
		);
		expect(only().comments[0]?.body).toBe('**Quand**?');
	});

	it('is deleted by its author or the owner of the notebook; what others answered leaves a line', () => {
		const { id, asked, answer } = said();
		expect(rights(viewer)).toEqual([
			[true, true],
			[false, false],
			[false, false]
		]);
		expect(rights(editor)[0]).toEqual([false, false]);
		expect(rights(owner)).toEqual([
			[false, true],
			[false, true],
			[true, true]
		]);
		expect(codeOf(() => remove(editor, id, asked))).toBe('forbidden');
		expect(codeOf(() => remove(stranger, id, asked))).toBe('not_found');
		remove(viewer, id, asked);
		remove(owner, id, answer);
		for (const actor of [owner, viewer]) {
			const [first, second, third] = only(actor).comments;
			for (const gone of [first, second])
				expect(gone).toMatchObject({ body: '', deleted: true, mayEdit: false, mayDelete: false });
			expect(third).toMatchObject({ body: 'Merci', deleted: false });
		}
		// Not on the disk either.
		const kept = t.app.db.select().from(comments).all();
		expect(JSON.stringify(kept)).not.toMatch(/Pourquoi|Fermé/);
		expect(codeOf(() => edit(viewer, id, asked))).toBe('not_found');
		expect(codeOf(() => remove(viewer, id, asked))).toBe('not_found');
	});

	it('that nothing follows goes whole, and the thread with its last word', () => {
		const { id, asked, answer, thanks } = said();
		remove(editor, id, answer);
		expect(only().comments.map(({ deleted }) => deleted)).toEqual([false, true, false]);
		remove(owner, id, thanks);
		expect(only().comments.map(({ deleted }) => deleted)).toEqual([false]);
		remove(viewer, id, asked);
		expect(list()).toEqual([]);
		expect(t.app.db.select().from(comments).all()).toEqual([]);
	});

	it('is deleted, not edited, by who facilitates the notebook’s workshop and may read it', () => {
		const facilitator = testPerson(t.app, 'Farah');
		const workshopId = prepareWorkshop(t.app, facilitator, {
			title: 'Atelier',
			questions: [1],
			lang: 'fr',
			seriesId: null,
			seriesTitle: 'Démarche',
			tables: []
		});
		t.app.db.update(notebooks).set({ workshopId }).where(eq(notebooks.id, notebookId)).run();
		const { id, asked } = said();
		expect(codeOf(() => remove(facilitator, id, asked))).toBe('not_found');
		shareNotebook(t.app, owner, notebookId, {
			kind: 'person',
			to: 'farah@exemple.org',
			level: 'viewer',
			days: 0
		});
		expect(rights(facilitator)[0]).toEqual([false, true]);
		expect(codeOf(() => edit(facilitator, id, asked))).toBe('forbidden');
		remove(facilitator, id, asked);
		expect(only().comments[0]).toMatchObject({ body: '', deleted: true });
	});

	it('of another thread or notebook answers like a missing one', () => {
		const { asked } = said();
		const other = open(viewer, { anchor: { kind: 'cell', cell: 'b' } });
		const mine = createNotebook(t.app, viewer, { notebook: toNotebook({ title: 'À moi' }) });
		for (const work of [editComment, deleteComment])
			for (const [notebook, thread, comment] of [
				[notebookId, other, asked],
				[mine, other, asked],
				[notebookId, other, newId(t.app.random)]
			] as const)
				expect(codeOf(() => work(t.app, viewer, notebook, thread, comment, 'Oui'))).toBe(
					'not_found'
				);
	});

	it('whose author lost the notebook is theirs no more', () => {
		const { id, asked } = said();
		revokeShare(t.app, owner, notebookId, shared.shares.viewer);
		expect(codeOf(() => edit(viewer, id, asked))).toBe('not_found');
		expect(codeOf(() => remove(viewer, id, asked))).toBe('not_found');
	});
});

describe('limits', () => {
	it('a comment says something, and not too much', () => {
		const most = 'x'.repeat(THREAD_LIMITS.body);
		for (const body of ['', ' \n '])
			expect(codeOf(() => open(owner, { body }))).toBe('comment_required');
		expect(codeOf(() => open(owner, { body: `${most}x` }))).toBe('too_long');
		const id = open(owner, { body: most });
		expect(codeOf(() => replyToThread(t.app, owner, notebookId, id, `${most}x`))).toBe('too_long');
		expect(codeOf(() => replyToThread(t.app, owner, notebookId, id, ''))).toBe('comment_required');
		expect(list()).toHaveLength(1);
	});

	it('the discussions of a notebook hold so many comments', () => {
		const id = open(owner, { body: 'un' });
		open(owner, { body: 'deux' });
		const [comment] = t.app.db.select().from(comments).all();
		if (!comment) throw new Error('nothing stored');
		// In another discussion: each has a limit of its own.
		const other = list()[1]?.id ?? '';
		const rows = Array.from({ length: THREAD_LIMITS.commentsInAll - 3 }, (_, i) => ({
			...{ ...comment, id: `c${i}`, threadId: other, body: 'x' }
		}));
		for (let i = 0; i < rows.length; i += 1000)
			t.app.db
				.insert(comments)
				.values(rows.slice(i, i + 1000))
				.run();
		expect(codeOf(() => replyToThread(t.app, owner, notebookId, id, 'dernier'))).toBe('done');
		expect(codeOf(() => replyToThread(t.app, owner, notebookId, id, 'trop'))).toBe(
			'too_many_comments_in_all'
		);
		expect(codeOf(() => open(owner, { body: 'trop' }))).toBe('too_many_comments_in_all');
		// What was said can still be said better.
		const change = () => editComment(t.app, owner, notebookId, id, comment.id, 'un peu plus');
		expect(codeOf(change)).toBe('done');
	});

	it('the discussions of a notebook hold so many characters, edited ones too', () => {
		const id = open(owner, { body: 'un' });
		const [comment] = t.app.db.select().from(comments).all();
		if (!comment) throw new Error('nothing stored');
		const rest = { body: 'x'.repeat(THREAD_LIMITS.characters - 'un'.length - 'deux'.length) };
		t.app.db
			.insert(comments)
			.values({ ...comment, id: 'rest', ...rest })
			.run();
		expect(codeOf(() => open(owner, { body: 'plus!' }))).toBe('discussions_full');
		expect(codeOf(() => replyToThread(t.app, owner, notebookId, id, 'deux'))).toBe('done');
		expect(codeOf(() => replyToThread(t.app, owner, notebookId, id, '3'))).toBe('discussions_full');
		const change = (body: string) => editComment(t.app, owner, notebookId, id, comment.id, body);
		expect(codeOf(() => change('une'))).toBe('discussions_full');
		expect(codeOf(() => change('u'))).toBe('done');
		expect(codeOf(() => replyToThread(t.app, owner, notebookId, id, '3'))).toBe('done');
	});

	it('an excerpt is cut, never inside a character', () => {
		const outcome = { kind: 'outcome', cell: 'a', reading: '1' };
		open(owner, { anchor: outcome, excerpt: '🎭'.repeat(1000) });
		expect(only().excerpt).toBe('🎭'.repeat(THREAD_LIMITS.excerpt));
	});

	it('a notebook has so many threads, a thread so many comments', () => {
		const id = open(owner);
		const [row] = t.app.db.select().from(threads).all();
		const [comment] = t.app.db.select().from(comments).all();
		if (!row || !comment) throw new Error('nothing stored');
		for (let i = 1; i < THREAD_LIMITS.comments; i++)
			t.app.db
				.insert(comments)
				.values({ ...comment, id: `c${i}` })
				.run();
		expect(codeOf(() => replyToThread(t.app, owner, notebookId, id, 'De trop'))).toBe(
			'too_many_comments'
		);
		for (let i = 1; i < THREAD_LIMITS.threads; i++)
			t.app.db
				.insert(threads)
				.values({ ...row, id: `t${i}` })
				.run();
		expect(codeOf(() => open(owner))).toBe('too_many_threads');
	});
});

it('those who have the notebook open are told of each change, and of nothing once cut', async () => {
	const client = shared.connect('viewer');
	await client.saved();
	const notices: string[] = [];
	let heard = () => {};
	client.provider.on('stateless', ({ payload }: { payload: string }) => {
		notices.push(payload);
		heard();
	});
	const next = (work: () => unknown) =>
		new Promise<void>((resolve) => {
			heard = resolve;
			work();
		});
	let id = '';
	await next(() => (id = open(editor)));
	await next(() => replyToThread(t.app, owner, notebookId, id, 'Oui'));
	await next(() => setResolved(t.app, owner, notebookId, id, true));
	const [asked] = only().comments;
	await next(() => editComment(t.app, editor, notebookId, id, asked?.id ?? '', 'Quand?'));
	await next(() => deleteComment(t.app, editor, notebookId, id, asked?.id ?? ''));
	expect(notices).toEqual(Array.from({ length: 5 }, () => 'threads'));
	revokeShare(t.app, owner, notebookId, shared.shares.viewer);
	setResolved(t.app, owner, notebookId, id, false);
	expect(await client.denied).toBe('not_found');
	expect(notices).toHaveLength(5);
});
