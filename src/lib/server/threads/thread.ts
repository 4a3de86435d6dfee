/**
 * Discussions about what is in a notebook. A thread keeps how that read, so that it is understood once it is gone. Those who have the notebook open are told of each change.
 */
import { and, count, eq, sql } from 'drizzle-orm';
import type * as Y from 'yjs';
import { readCell } from '../../collab/document.ts';
import { verifiedRange } from '../../collab/range-anchor.ts';
import type { Anchor } from '../../core/annotation/anchor.ts';
import { anchorOf } from '../../core/annotation/anchor-guard.ts';
import { THREAD_LIMITS, THREADS_CHANGED } from '../../core/annotation/thread.ts';
import { AppError, InvalidError, NotFoundError } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { requireOnNotebook } from '../access/notebook.ts';
import { requireAllowed } from '../access/require.ts';
import { rolesOnThread } from '../access/thread.ts';
import type { Actor, App } from '../app.ts';
import { throttlesOf } from '../auth/throttles.ts';
import { roomsOf } from '../collab/rooms.ts';
import { comments, notebooks, threads } from '../db/schema.ts';
import { tell } from '../notifications/tell.ts';
import { excerptOf } from './excerpt.ts';
import { keepMentions, shownBody } from './mention.ts';
import { readThreads } from './read.ts';

export interface NewThread {
	/** As it was sent: what it is about, in a cell of the notebook. */
	readonly anchor: unknown;
	/** How what it is about reads to who opens the thread: heeded where the server cannot read it (`excerptOf`). */
	readonly excerpt: string;
	/** Markdown: the first comment. */
	readonly body: string;
}

/**
 * @throws InvalidError `comment_required`, `too_long`, `anchor_malformed`, `cell_not_found`, `anchor_moved` (the words
 * are not, or not yet, what the server has); AppError `too_many_threads`, `discussions_full`, `too_many_comments_in_all`;
 * ThrottledError
 */
export function openThread(
	app: App,
	actor: Actor,
	notebookId: string,
	{ anchor: sent, excerpt, body }: NewThread
): string {
	requireOnNotebook(app, actor, notebookId, 'thread.write');
	const clean = cleanBody(body);
	const asked = anchorOf(sent);
	if (!asked) throw new InvalidError('anchor_malformed');
	pace(app, actor);
	const { doc } = roomsOf(app).read(notebookId);
	const anchor = standing(doc, asked);
	const taken = excerptOf(doc, anchor, excerpt, actor.lang);
	const id = newId(app.random);
	const at = app.now();
	app.db.transaction(
		(tx) => {
			const number = tx
				.select({ n: count() })
				.from(threads)
				.where(eq(threads.notebookId, notebookId))
				.get();
			if ((number?.n ?? 0) >= THREAD_LIMITS.threads)
				throw new AppError('too_many_threads', { max: THREAD_LIMITS.threads });
			tx.insert(threads)
				.values({
					id,
					notebookId,
					anchor,
					excerpt: taken.excerpt,
					excerptChecked: taken.checked,
					createdBy: actor.personId,
					createdAt: at
				})
				.run();
			const owner = tx
				.select({ id: notebooks.ownerId })
				.from(notebooks)
				.where(eq(notebooks.id, notebookId))
				.get();
			say(app, actor, notebookId, id, clean, 'thread', owner ? [owner.id] : []);
		},
		{ behavior: 'immediate' }
	);
	roomsOf(app).tell(notebookId, THREADS_CHANGED);
	return id;
}

/** @throws InvalidError `comment_required`, `too_long`; AppError `thread_resolved`, `too_many_comments`, `discussions_full` */
export function replyToThread(
	app: App,
	actor: Actor,
	notebookId: string,
	threadId: string,
	body: string
): void {
	requireOnNotebook(app, actor, notebookId, 'thread.write');
	pace(app, actor);
	app.db.transaction(
		(tx) => {
			const thread = threadOf(app, notebookId, threadId);
			const clean = cleanBody(body);
			if (thread.resolvedAt !== null) throw new AppError('thread_resolved');
			const number = tx
				.select({ n: count() })
				.from(comments)
				.where(eq(comments.threadId, threadId))
				.get();
			if ((number?.n ?? 0) >= THREAD_LIMITS.comments)
				throw new AppError('too_many_comments', { max: THREAD_LIMITS.comments });
			const wrote = tx
				.selectDistinct({ id: comments.authorId })
				.from(comments)
				.where(eq(comments.threadId, threadId))
				.all()
				.map(({ id }) => id);
			say(app, actor, notebookId, threadId, clean, 'reply', [thread.createdBy, ...wrote]);
		},
		{ behavior: 'immediate' }
	);
	roomsOf(app).tell(notebookId, THREADS_CHANGED);
}

/** Resolves a thread, or opens it again: who opened it, and whoever edits the notebook. */
export function setResolved(
	app: App,
	actor: Actor,
	notebookId: string,
	threadId: string,
	resolved: boolean
): void {
	const roles = requireOnNotebook(app, actor, notebookId, 'thread.read');
	const thread = threadOf(app, notebookId, threadId);
	requireAllowed(rolesOnThread(roles, actor, thread), 'thread.read', 'thread.resolve');
	pace(app, actor);
	// Resolved twice, it stays as the first one left it.
	if (resolved === (thread.resolvedAt !== null)) return;
	app.db.transaction(
		(tx) => {
			tx.update(threads)
				.set(
					resolved
						? { resolvedBy: actor.personId, resolvedAt: app.now() }
						: { resolvedBy: null, resolvedAt: null }
				)
				.where(eq(threads.id, threadId))
				.run();
			if (!resolved) return;
			const subject = { byId: actor.personId, notebookId, subjectId: threadId };
			tell(app, { kind: 'resolved', ...subject, text: thread.excerpt }, [thread.createdBy]);
		},
		{ behavior: 'immediate' }
	);
	roomsOf(app).tell(notebookId, THREADS_CHANGED);
}

/**
 * Adds a comment in the transaction under way, and tells whom it concerns: those named in it of that alone, then the
 * others. Its author has read the thread so far.
 */
function say(
	app: App,
	actor: Actor,
	notebookId: string,
	threadId: string,
	body: string,
	kind: 'thread' | 'reply',
	concerned: readonly string[]
): void {
	roomToSay(app, notebookId, body.length, true);
	const id = newId(app.random);
	app.db
		.insert(comments)
		.values({ id, threadId, authorId: actor.personId, body, createdAt: app.now() })
		.run();
	const named = keepMentions(app, actor, notebookId, id, body);
	const text = shownBody(app, id, body);
	const told = { byId: actor.personId, notebookId, subjectId: threadId, commentId: id, text };
	tell(app, { kind: 'mention', ...told }, named);
	tell(
		app,
		{ kind, ...told },
		concerned.filter((personId) => !named.includes(personId))
	);
	readThreads(app, actor.personId, notebookId, [threadId]);
}

/** The anchor in the notebook as it is stored; a range with what stands around it there. */
function standing(doc: Y.Doc, anchor: Anchor): Anchor {
	if (!readCell(doc, anchor.cell)) throw new InvalidError('cell_not_found');
	if (anchor.kind !== 'text' && anchor.kind !== 'step') return anchor;
	const range = verifiedRange(doc, anchor.cell, anchor);
	if (!range) throw new InvalidError('anchor_moved');
	return { kind: anchor.kind, cell: anchor.cell, ...range };
}

/**
 * @param more characters
 * @param anew whether it is one more comment
 * @throws AppError `discussions_full`, `too_many_comments_in_all`
 */
export function roomToSay(app: App, notebookId: string, more: number, anew = false): void {
	if (more <= 0) return;
	const said = app.db
		.select({ n: count(), characters: sql<number | null>`sum(length(${comments.body}))` })
		.from(comments)
		.innerJoin(threads, eq(threads.id, comments.threadId))
		.where(eq(threads.notebookId, notebookId))
		.get();
	if ((said?.characters ?? 0) + more > THREAD_LIMITS.characters)
		throw new AppError('discussions_full', { millions: THREAD_LIMITS.characters / 1e6 });
	if (anew && (said?.n ?? 0) >= THREAD_LIMITS.commentsInAll)
		throw new AppError('too_many_comments_in_all', { max: THREAD_LIMITS.commentsInAll });
}

/** @throws ThrottledError for who writes faster than a person does */
export function pace(app: App, actor: Actor): void {
	void throttlesOf(app).discussion.attempt([{ key: actor.personId }]);
}

/** A thread of another notebook answers like a missing one. */
export function threadOf(app: App, notebookId: string, threadId: string) {
	const thread = app.db
		.select()
		.from(threads)
		.where(and(eq(threads.id, threadId), eq(threads.notebookId, notebookId)))
		.get();
	if (!thread) throw new NotFoundError();
	return thread;
}

/** @throws InvalidError `comment_required`, `too_long` */
export function cleanBody(body: string): string {
	const clean = body.trim();
	if (clean === '') throw new InvalidError('comment_required', {}, 'body');
	if (clean.length > THREAD_LIMITS.body)
		throw new InvalidError('too_long', { max: THREAD_LIMITS.body }, 'body');
	return clean;
}
