/** What threads are about, who is named, what is read, what is answered without a word, and what a copy shows. */
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testPerson, type TestApp } from '../../../../tests/support/app.ts';
import {
	codeOf,
	sharedNotebook,
	type SharedNotebook
} from '../../../../tests/support/shared-notebook.ts';
import { cellText, deleteCell, insertCell } from '../../collab/document.ts';
import { anchorRange, standingOfRange } from '../../collab/range-anchor.ts';
import type { SourceRange } from '../../core/annotation/anchor.ts';
import { mentionOf } from '../../core/annotation/mentions.ts';
import { REACTIONS, THREAD_LIMITS } from '../../core/annotation/thread.ts';
import { newId } from '../../core/ids.ts';
import { toCell, toNotebook } from '../../core/notebook/notebook.ts';
import type { Actor } from '../app.ts';
import { roomsOf } from '../collab/rooms.ts';
import {
	commentMentions,
	commentReactions,
	comments,
	memberships,
	notebookGrants,
	notebooks,
	organisations,
	people,
	threadReads,
	workshopPeople
} from '../db/schema.ts';
import { createNotebook, forkNotebook } from '../notebooks/create.ts';
import { revokeShare, shareNotebook } from '../sharing/grant.ts';
import { openShareLink } from '../sharing/share-link.ts';
import { prepareWorkshop } from '../workshops/prepare.ts';
import { deleteComment, editComment } from './comment.ts';
import { listOriginThreads, listThreads } from './list.ts';
import { mentionable } from './people.ts';
import { MAX_REACTIONS, react } from './react.ts';
import { markThreadsRead } from './read.ts';
import { openThread, replyToThread, setResolved } from './thread.ts';

let shared: SharedNotebook;
let t: TestApp;
let owner: Actor;
let editor: Actor;
let viewer: Actor;
let stranger: Actor;
let notebookId: string;
const SOURCE = 'Les ventes montent depuis mars.';

beforeEach(async () => {
	shared = await sharedNotebook(
		toNotebook({
			title: 'Billets',
			cells: [
				{ id: 'a', mode: 'md', source: SOURCE },
				{ id: 'b', source: '2' }
			]
		})
	);
	({ t, owner, editor, viewer, stranger, notebookId } = shared);
});
afterEach(() => shared.close());

const CELL = { kind: 'cell', cell: 'a' };
const open = (actor: Actor, body = 'Pourquoi?', anchor: unknown = CELL) =>
	openThread(t.app, actor, notebookId, { anchor, excerpt: 'ventes', body });
const list = (actor: Actor = owner) => listThreads(t.app, actor, notebookId);
const only = (actor: Actor = owner) => {
	const [thread] = list(actor);
	if (!thread) throw new Error('no thread');
	return thread;
};
const firstOf = (actor: Actor = owner) => {
	const [comment] = only(actor).comments;
	if (!comment) throw new Error('no comment');
	return comment;
};
const named = (actor: Actor, name = actor.displayName) =>
	mentionOf({ personId: actor.personId, name });
const docOf = (id = notebookId) => roomsOf(t.app).read(id).doc;
function range(words: string): SourceRange {
	const from = SOURCE.indexOf(words);
	const made = anchorRange(docOf(), 'a', from, from + words.length);
	if (!made) throw new Error('no range');
	return made;
}
const change = (work: Parameters<ReturnType<typeof roomsOf>['change']>[1]) =>
	roomsOf(t.app).change(notebookId, work);

describe('a thread is about', () => {
	it('words or a step of a cell, as the stored document has them', () => {
		const words = range('montent');
		for (const kind of ['text', 'step']) {
			open(viewer, 'Vraiment?', { kind, cell: 'a', ...words, before: 'menti', after: 'menti' });
			expect(list().at(-1)?.anchor).toEqual({ kind, cell: 'a', ...words });
		}
		expect(codeOf(() => open(viewer, '?', { kind: 'text', cell: 'b', ...words }))).toBe(
			'anchor_moved'
		);
		const forged = { kind: 'text', cell: 'a', ...words, quote: 'descendent' };
		expect(codeOf(() => open(viewer, '?', forged))).toBe('anchor_moved');
		const backwards = { kind: 'text', cell: 'a', ...words, from: words.to, to: words.from };
		expect(codeOf(() => open(viewer, '?', backwards))).toBe('anchor_moved');
		change((doc) => cellText(doc, 'a')?.insert(SOURCE.indexOf('montent') + 3, '!'));
		expect(codeOf(() => open(viewer, '?', { kind: 'text', cell: 'a', ...words }))).toBe(
			'anchor_moved'
		);
		expect(list()).toHaveLength(2);
	});

	it('a mark, a row, a value or an outcome, by what they are', () => {
		const keys = [{ column: 'région', value: 'Montréal' }];
		const anchors = [
			{ kind: 'mark', cell: 'b', mark: 'barY', keys },
			{ kind: 'row', cell: 'b', keys },
			{ kind: 'value', cell: 'b', keys, column: 'ventes', value: null },
			{ kind: 'outcome', cell: 'b', reading: '2' }
		];
		for (const anchor of anchors) open(editor, 'Ici', anchor);
		expect(list().map(({ anchor }) => anchor)).toEqual(anchors);
		expect(codeOf(() => open(editor, 'Ici', { ...anchors[0], cell: 'z' }))).toBe('cell_not_found');
		expect(codeOf(() => open(editor, 'Ici', { ...anchors[0], keys: [] }))).toBe('anchor_malformed');
	});

	it('what it reads there, whatever who opens it says that it reads', () => {
		const says = (anchor: unknown, excerpt: string) => {
			openThread(t.app, viewer, notebookId, { anchor, excerpt, body: 'Voyez' });
			const thread = list().at(-1);
			return [thread?.excerpt, thread?.excerptChecked];
		};
		const words = range('montent');
		expect(says({ kind: 'text', cell: 'a', ...words }, 'descendent')).toEqual(['montent', true]);
		// A step of what is no transformation is quoted.
		expect(says({ kind: 'step', cell: 'a', ...words }, 'Tout garder')).toEqual(['montent', true]);
		expect(says(CELL, 'Les ventes baissent')).toEqual([SOURCE, true]);
		expect(says(CELL, '')).toEqual([SOURCE, true]);
		expect(says(CELL, ' ventes\nmontent ')).toEqual(['ventes\nmontent', true]);
		change((doc) => {
			const text = cellText(doc, 'b');
			text?.delete(0, text.length);
			text?.insert(0, 'aq.from(x)\n  .filter(d => d.ville === "Laval")\n  .orderby("an")');
		});
		const source = cellText(docOf(), 'b')?.toString() ?? '';
		const from = source.indexOf('.filter');
		const step = anchorRange(docOf(), 'b', from, source.indexOf(')\n  .orderby') + 1);
		expect(says({ kind: 'step', cell: 'b', ...step }, 'Garder Québec')).toEqual([
			...['garde les lignes où ville est Laval', true]
		]);
		const keys = [{ column: 'région', value: 'Montréal' }];
		for (const anchor of [
			{ kind: 'mark', cell: 'b', mark: 'barY', keys },
			{ kind: 'row', cell: 'b', keys },
			{ kind: 'value', cell: 'b', keys, column: 'ventes', value: null },
			{ kind: 'outcome', cell: 'b', reading: '2' }
		])
			expect(says(anchor, 'Montréal : 12')).toEqual(['Montréal : 12', false]);
	});

	it('words that are found again in a cell deleted and brought back, and in a copy', () => {
		open(viewer, 'Vraiment?', { kind: 'text', cell: 'a', ...range('montent') });
		const { anchor } = only();
		if (anchor.kind !== 'text') throw new Error('not text');
		const copy = forkNotebook(t.app, viewer, notebookId);
		const at = SOURCE.indexOf('montent');
		const here = { from: at, to: at + 7, standing: 'here' };
		expect(standingOfRange(docOf(copy), anchor)).toEqual(here);
		change((doc) => deleteCell(doc, 'a'));
		expect(standingOfRange(docOf(), anchor).standing).toBe('gone');
		change((doc) => insertCell(doc, 0, toCell({ id: 'a', mode: 'md', source: SOURCE })));
		expect(standingOfRange(docOf(), anchor)).toEqual(here);
		expect(list().filter((thread) => thread.anchor.cell === 'a')).toHaveLength(1);
	});
});

describe('a copy', () => {
	it('shows its origin’s discussions to who may read both, and changes nothing there', () => {
		open(viewer);
		replyToThread(t.app, editor, notebookId, only().id, 'Oui');
		const copy = forkNotebook(t.app, viewer, notebookId);
		const seen = listOriginThreads(t.app, viewer, copy);
		expect(seen).toMatchObject({ notebookId, title: 'Billets' });
		expect(seen?.threads).toHaveLength(1);
		expect(seen?.threads[0]).toMatchObject({ id: only().id, mayResolve: false });
		for (const comment of seen?.threads[0]?.comments ?? [])
			expect(comment).toMatchObject({ mayEdit: false, mayDelete: false });
		expect(listThreads(t.app, viewer, copy)).toEqual([]);
		expect(codeOf(() => replyToThread(t.app, viewer, copy, only().id, 'Ici'))).toBe('not_found');
		expect(listOriginThreads(t.app, owner, notebookId)).toBeNull();
		expect(codeOf(() => listOriginThreads(t.app, owner, copy))).toBe('not_found');
		revokeShare(t.app, owner, notebookId, shared.shares.viewer);
		expect(listOriginThreads(t.app, viewer, copy)).toBeNull();
	});

	it('of one whose author may no longer read the origin: their words stay there, and they see none of them', () => {
		open(viewer, 'Les miens');
		const id = only().id;
		const theirs = forkNotebook(t.app, viewer, notebookId);
		const others = forkNotebook(t.app, editor, notebookId);
		shareNotebook(t.app, editor, others, {
			...{ kind: 'person', to: viewer.email ?? '', level: 'editor', days: 0 }
		});
		const comment = firstOf().id;
		revokeShare(t.app, owner, notebookId, shared.shares.viewer);
		// In a copy of their own, and in one that they may edit.
		for (const copy of [theirs, others])
			expect([listOriginThreads(t.app, viewer, copy), listThreads(t.app, viewer, copy)]).toEqual([
				...[null, []]
			]);
		for (const work of [
			() => deleteComment(t.app, viewer, notebookId, id, comment),
			() => editComment(t.app, viewer, notebookId, id, comment, 'Plus rien')
		])
			expect(codeOf(work)).toBe('not_found');
		// Who reads both sees them, under their name.
		const seen = listOriginThreads(t.app, editor, others)?.threads[0]?.comments[0];
		expect(seen).toMatchObject({ author: 'Vera', body: 'Les miens', mine: false });
		// Whoever owns the notebook can take them away.
		deleteComment(t.app, owner, notebookId, id, comment);
		expect(listOriginThreads(t.app, editor, others)?.threads).toEqual([]);
	});

	it('of a notebook that was deleted shows nothing of it', () => {
		open(owner);
		const copy = forkNotebook(t.app, owner, notebookId);
		expect(listOriginThreads(t.app, owner, copy)?.threads).toHaveLength(1);
		t.app.db
			.update(notebooks)
			.set({ deletedAt: t.app.now() })
			.where(eq(notebooks.id, notebookId))
			.run();
		expect(listOriginThreads(t.app, owner, copy)).toBeNull();
	});
});

describe('who is named', () => {
	it('is shown by their present name, whatever was typed', () => {
		open(editor, `${named(viewer, 'Line')} voyez`);
		expect(firstOf().body).toBe(`${named(viewer, 'Vera')} voyez`);
		t.app.db
			.update(people)
			.set({ displayName: 'Véra [R]' })
			.where(eq(people.id, viewer.personId))
			.run();
		expect(firstOf().body).toBe(`${named(viewer, 'Véra [R]')} voyez`);
		// Even once they read the notebook no more: they were named.
		revokeShare(t.app, owner, notebookId, shared.shares.viewer);
		expect(firstOf().body).toBe(`${named(viewer, 'Véra [R]')} voyez`);
	});

	it('may read the notebook, or is words alone: an id tells no name', () => {
		open(
			editor,
			`${named(stranger, 'Qui')} ${mentionOf({ personId: newId(t.app.random), name: 'X' })}`
		);
		expect(firstOf().body).toBe('@Qui @X');
		expect(t.app.db.select().from(commentMentions).all()).toEqual([]);
		// Let in later, they were not named for all that.
		shareNotebook(t.app, owner, notebookId, {
			kind: 'person',
			to: 'zoe@exemple.org',
			level: 'viewer',
			days: 0
		});
		expect(firstOf().body).toBe('@Qui @X');
	});

	it('is someone whom its author may know there: an id from elsewhere does not tell who opened a link', () => {
		const { token } = shareNotebook(t.app, owner, notebookId, {
			...{ kind: 'link', to: '', level: 'viewer', days: 0 }
		});
		openShareLink(t.app, stranger, token ?? '', { displayName: '', lang: 'fr' }, '192.0.2.1');
		const id = open(viewer, `${named(stranger, 'Qui')} ${named(owner, 'X')}`);
		expect(firstOf().body).toBe(`@Qui ${named(owner)}`);
		// An edit asks the same.
		const { id: commentId } = firstOf();
		editComment(t.app, viewer, notebookId, id, commentId, `${named(stranger, 'Qui')}?`);
		expect(firstOf().body).toBe('@Qui?');
		// Once they wrote, they are known.
		replyToThread(t.app, stranger, notebookId, id, 'Moi');
		replyToThread(t.app, viewer, notebookId, id, named(stranger, 'Qui'));
		expect(only().comments.at(-1)?.body).toBe(named(stranger));
	});

	it('follows an edit, and goes with the comment', () => {
		const id = open(editor, `${named(viewer)} voyez`);
		const { id: commentId } = firstOf();
		editComment(t.app, editor, notebookId, id, commentId, `${named(owner)} plutôt`);
		expect(t.app.db.select().from(commentMentions).all()).toEqual([
			{ commentId, personId: owner.personId }
		]);
		replyToThread(t.app, viewer, notebookId, id, 'Ah');
		deleteComment(t.app, editor, notebookId, id, commentId);
		expect(t.app.db.select().from(commentMentions).all()).toEqual([]);
	});
});

describe('who can be named', () => {
	const names = (actor: Actor) => mentionable(t.app, actor, notebookId).map(({ name }) => name);

	it('is the owner and those it is shared with, oneself left out', () => {
		expect(names(viewer)).toEqual(['Edgar', 'Line']);
		expect(names(owner)).toEqual(['Edgar', 'Vera']);
		expect(codeOf(() => names(stranger))).toBe('not_found');
		revokeShare(t.app, owner, notebookId, shared.shares.editor);
		expect(names(viewer)).toEqual(['Line']);
	});

	it('is not someone who opened a link, until they write', () => {
		const { token } = shareNotebook(t.app, owner, notebookId, {
			kind: 'link',
			to: '',
			level: 'viewer',
			days: 0
		});
		openShareLink(t.app, stranger, token ?? '', { displayName: '', lang: 'fr' }, '192.0.2.1');
		expect(names(viewer)).toEqual(['Edgar', 'Line']);
		expect(names(stranger)).toEqual(['Edgar', 'Line', 'Vera']);
		open(stranger);
		expect(names(viewer)).toEqual(['Edgar', 'Line', 'Zoe']);
	});

	it('may read the notebook by any share in force, those who facilitate a workshop too', () => {
		const facilitator = testPerson(t.app, 'Farah');
		const seated = testPerson(t.app, 'Sam');
		const guest = testPerson(t.app, 'Gil', 'guest');
		const workshopId = prepareWorkshop(t.app, facilitator, {
			...{ title: 'Atelier', questions: [1], lang: 'fr', seriesId: null },
			...{ seriesTitle: 'Démarche', tables: [] }
		});
		const at = t.app.now();
		for (const [{ personId }, role] of [
			[seated, 'facilitator'],
			[guest, 'participant']
		] as const)
			t.app.db.insert(workshopPeople).values({ workshopId, personId, role, joinedAt: at }).run();
		const grant = {
			...{ id: newId(t.app.random), notebookId, granteeKind: 'facilitators' as const },
			...{ granteeId: workshopId, level: 'viewer' as const, createdBy: owner.personId }
		};
		t.app.db
			.insert(notebookGrants)
			.values({ ...grant, createdAt: at })
			.run();
		// Known to who is of that workshop, before they write anything.
		expect(names(owner)).toEqual(['Edgar', 'Vera']);
		expect(names(seated)).toEqual(['Edgar', 'Farah', 'Line', 'Vera']);
		const aside = { workshopId, personId: owner.personId, role: 'participant' as const };
		t.app.db
			.insert(workshopPeople)
			.values({ ...aside, joinedAt: at })
			.run();
		expect(names(owner)).toEqual(['Edgar', 'Farah', 'Sam', 'Vera']);
		t.app.db.delete(workshopPeople).where(eq(workshopPeople.personId, owner.personId)).run();
		open(facilitator);
		open(seated);
		expect(names(owner)).toEqual(['Edgar', 'Farah', 'Sam', 'Vera']);
		expect(codeOf(() => open(guest))).toBe('not_found');
		t.app.db.delete(notebookGrants).where(eq(notebookGrants.id, grant.id)).run();
		expect(names(owner)).toEqual(['Edgar', 'Vera']);
	});

	it('is the people of a workshop or an organisation that it is shared with, for those who are of it', () => {
		const facilitator = testPerson(t.app, 'Farah');
		const guest = testPerson(t.app, 'Gil', 'guest');
		const member = testPerson(t.app, 'Marc');
		const workshopId = prepareWorkshop(t.app, facilitator, {
			title: 'Atelier',
			questions: [1],
			lang: 'fr',
			seriesId: null,
			seriesTitle: 'Démarche',
			tables: []
		});
		const at = t.app.now();
		const organisationId = newId(t.app.random);
		t.app.db.insert(organisations).values({ id: organisationId, name: 'O', createdAt: at }).run();
		t.app.db
			.insert(memberships)
			.values({ organisationId, personId: member.personId, role: 'member', createdAt: at })
			.run();
		const seat = (personId: string) =>
			t.app.db
				.insert(workshopPeople)
				.values({ workshopId, personId, role: 'participant', joinedAt: at })
				.run();
		seat(guest.personId);
		const share = (kind: 'workshop' | 'organisation', granteeId: string) =>
			t.app.db
				.insert(notebookGrants)
				.values({
					id: newId(t.app.random),
					notebookId,
					granteeKind: kind,
					granteeId,
					level: 'viewer',
					createdBy: owner.personId,
					createdAt: at
				})
				.run();
		// Of a workshop that it is not shared with: nobody more.
		t.app.db.update(notebooks).set({ workshopId }).where(eq(notebooks.id, notebookId)).run();
		expect(names(viewer)).toEqual(['Edgar', 'Line']);
		share('workshop', workshopId);
		share('organisation', organisationId);
		expect(names(viewer)).toEqual(['Edgar', 'Line']);
		expect(names(guest)).toEqual(['Edgar', 'Farah', 'Line', 'Vera']);
		expect(names(member)).toEqual(['Edgar', 'Line', 'Vera']);
		seat(viewer.personId);
		expect(names(viewer)).toEqual(['Edgar', 'Farah', 'Gil', 'Line']);
	});
});

describe('what is unread', () => {
	const unread = (actor: Actor) =>
		list(actor).map(({ comments }) => comments.map((comment) => comment.unread));

	it('is what others wrote since one last read the thread, each for oneself', () => {
		const id = open(editor);
		const other = open(owner, 'Et ici?', { kind: 'cell', cell: 'b' });
		expect(unread(viewer)).toEqual([[true], [true]]);
		expect(unread(editor)).toEqual([[false], [true]]);
		markThreadsRead(t.app, viewer, notebookId, [id]);
		expect(unread(viewer)).toEqual([[false], [true]]);
		t.advance(1000);
		replyToThread(t.app, editor, notebookId, id, 'Encore');
		expect(unread(viewer)).toEqual([[false, true], [true]]);
		markThreadsRead(t.app, viewer, notebookId);
		expect(unread(viewer)).toEqual([[false, false], [false]]);
		// Who answers has read what was said before.
		t.advance(1000);
		replyToThread(t.app, owner, notebookId, id, 'Oui');
		expect(unread(owner)[0]).toEqual([false, false, false]);
		expect(unread(editor)[0]).toEqual([false, false, true]);
		expect(other).not.toBe('');
	});

	it('is said of threads of the notebook alone, by those who may read it', () => {
		const id = open(editor);
		const mine = createNotebook(t.app, stranger, { notebook: toNotebook({ title: 'À moi' }) });
		markThreadsRead(t.app, stranger, mine, [id]);
		expect(t.app.db.select().from(threadReads).all()).toHaveLength(1);
		expect(codeOf(() => markThreadsRead(t.app, stranger, notebookId, [id]))).toBe('not_found');
		for (const bad of ['x', 1, null, [1], Array.from({ length: 501 }, () => 'x')])
			expect(codeOf(() => markThreadsRead(t.app, viewer, notebookId, bad))).toBe(
				'request_malformed'
			);
	});

	it('is said at a pace', () => {
		const codes = Array.from({ length: 130 }, () =>
			codeOf(() => markThreadsRead(t.app, viewer, notebookId))
		);
		expect(codes.indexOf('throttled')).toBe(120);
		t.advance(60_000);
		expect(codeOf(() => markThreadsRead(t.app, viewer, notebookId))).toBe('done');
	});
});

describe('a reaction', () => {
	const put = (actor: Actor, reaction: unknown, on = true, thread = only().id) =>
		react(t.app, actor, notebookId, thread, firstOf().id, { reaction, on });

	it('is put once, and taken back; names are those of others, in the order of REACTIONS', () => {
		open(editor);
		put(viewer, 'idea');
		put(viewer, 'idea');
		t.advance(1);
		put(owner, 'agree');
		put(owner, 'idea');
		expect(firstOf(owner).reactions).toEqual([
			{ reaction: 'agree', by: [], mine: true },
			{ reaction: 'idea', by: ['Vera'], mine: true }
		]);
		expect(firstOf(editor).reactions).toEqual([
			{ reaction: 'agree', by: ['Line'], mine: false },
			{ reaction: 'idea', by: ['Vera', 'Line'], mine: false }
		]);
		put(viewer, 'idea', false);
		put(viewer, 'idea', false);
		expect(firstOf(viewer).reactions).toEqual([
			{ reaction: 'agree', by: ['Line'], mine: false },
			{ reaction: 'idea', by: ['Line'], mine: false }
		]);
	});

	it('is one of those there are, of a comment that stands, by who may read it', () => {
		const id = open(editor);
		replyToThread(t.app, owner, notebookId, id, 'Oui');
		for (const bad of ['', '👍', 'toString', null, 1, ['agree']])
			expect(codeOf(() => put(viewer, bad))).toBe('reaction_unknown');
		expect(codeOf(() => put(stranger, 'agree'))).toBe('not_found');
		expect(codeOf(() => put(viewer, 'agree', true, newId(t.app.random)))).toBe('not_found');
		const other = open(owner, 'Autre', { kind: 'cell', cell: 'b' });
		expect(codeOf(() => put(viewer, 'agree', true, other))).toBe('not_found');
		put(viewer, 'agree');
		deleteComment(t.app, editor, notebookId, id, firstOf().id);
		expect(firstOf().reactions).toEqual([]);
		expect(t.app.db.select().from(commentReactions).all()).toEqual([]);
		expect(codeOf(() => put(viewer, 'agree'))).toBe('not_found');
	});

	it('has its limit, and its pace', () => {
		open(editor);
		const { id: commentId } = firstOf();
		for (let i = 0; i < MAX_REACTIONS / REACTIONS.length; i++) {
			const { personId } = testPerson(t.app, `P${i}`);
			for (const reaction of REACTIONS)
				t.app.db
					.insert(commentReactions)
					.values({ commentId, personId, reaction, createdAt: i })
					.run();
		}
		expect(codeOf(() => put(viewer, 'agree'))).toBe('too_many_reactions');
		const codes = Array.from({ length: 70 }, () => codeOf(() => put(viewer, 'agree', false)));
		expect(codes.indexOf('throttled')).toBe(59);
	});

	it('has a limit for all the discussions of a notebook', () => {
		open(editor);
		open(editor, 'Autre');
		const [one, other] = t.app.db.select().from(comments).all();
		if (!one || !other) throw new Error('nothing stored');
		const left = THREAD_LIMITS.reactionsInAll - 1;
		const persons = t.app.db
			.insert(people)
			.values(
				Array.from({ length: Math.ceil(left / REACTIONS.length) }, (_, i) => ({
					...{ id: `p${i}`, kind: 'guest' as const, displayName: 'P' },
					...{ lang: 'fr' as const, createdAt: 0 }
				}))
			)
			.returning({ id: people.id })
			.all();
		const rows = persons.flatMap(({ id: personId }) =>
			REACTIONS.map((reaction) => ({ commentId: other.id, personId, reaction, createdAt: 0 }))
		);
		for (let i = 0; i < left; i += 2000)
			t.app.db
				.insert(commentReactions)
				.values(rows.slice(i, Math.min(left, i + 2000)))
				.run();
		const on = (reaction: string) =>
			codeOf(() => {
				const asked = { reaction, on: true };
				react(t.app, viewer, notebookId, one.threadId, one.id, asked);
			});
		expect(on('agree')).toBe('done');
		expect(on('love')).toBe('too_many_reactions_in_all');
	});
});

it('who writes faster than a person does waits', () => {
	const id = open(editor);
	const tries: readonly (() => unknown)[] = [
		() => open(owner),
		() => replyToThread(t.app, owner, notebookId, id, 'Encore'),
		() => setResolved(t.app, owner, notebookId, id, true)
	];
	for (let i = 0; i < 60; i++) codeOf(() => replyToThread(t.app, owner, notebookId, id, 'Encore'));
	for (const work of tries) expect(codeOf(work)).toBe('throttled');
	expect(codeOf(() => replyToThread(t.app, viewer, notebookId, id, 'Moi'))).toBe('done');
	t.advance(60_000);
	for (const work of tries) expect(codeOf(work)).toBe('done');
});
