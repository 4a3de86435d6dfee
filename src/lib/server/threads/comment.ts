/**
 * A comment after it was sent: its author changes it; they, or who leads the discussion, take it away. Its words are
 * then kept nowhere; a line stands in its place where others answered.
 */
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { THREADS_CHANGED } from '../../core/annotation/thread.ts';
import { NotFoundError } from '../../core/errors.ts';
import type { Action } from '../../core/permissions/table.ts';
import { rolesOnComments } from '../access/comment.ts';
import { requireOnNotebook } from '../access/notebook.ts';
import { requireAllowed } from '../access/require.ts';
import type { Actor, App } from '../app.ts';
import { roomsOf } from '../collab/rooms.ts';
import { commentMentions, commentReactions, comments, threads } from '../db/schema.ts';
import {
	tell,
	tellAnew,
	toldOfMention,
	untellComment,
	untellSubject
} from '../notifications/tell.ts';
import { keepMentions, shownBody } from './mention.ts';
import { cleanBody, pace, roomToSay, threadOf } from './thread.ts';

/** @throws InvalidError `comment_required`, `too_long`; AppError `discussions_full`; ThrottledError */
export function editComment(
	app: App,
	actor: Actor,
	notebookId: string,
	threadId: string,
	commentId: string,
	body: string
): void {
	const comment = commentFor(app, actor, notebookId, threadId, commentId, 'comment.edit');
	const clean = cleanBody(body);
	if (clean === comment.body) return;
	app.db.transaction(
		(tx) => {
			roomToSay(app, notebookId, clean.length - comment.body.length);
			tx.update(comments)
				.set({ body: clean, editedAt: app.now() })
				.where(eq(comments.id, commentId))
				.run();
			const named = keepMentions(app, actor, notebookId, commentId, clean);
			const text = shownBody(app, commentId, clean);
			tellAnew(app, commentId, text);
			const subject = { byId: actor.personId, notebookId, subjectId: threadId, commentId };
			// Taken out and named again, they are not told again.
			const before = toldOfMention(app, commentId);
			const anew = named.filter((personId) => !before.has(personId));
			tell(app, { kind: 'mention', ...subject, text }, anew);
		},
		{ behavior: 'immediate' }
	);
	roomsOf(app).tell(notebookId, THREADS_CHANGED);
}

/** Takes the words away; what nothing follows goes whole, and a thread in which nothing is said any more with it. */
export function deleteComment(
	app: App,
	actor: Actor,
	notebookId: string,
	threadId: string,
	commentId: string
): void {
	commentFor(app, actor, notebookId, threadId, commentId, 'comment.delete');
	app.db.transaction(
		(tx) => {
			tx.update(comments)
				.set({ body: '', deletedAt: app.now() })
				.where(eq(comments.id, commentId))
				.run();
			tx.delete(commentMentions).where(eq(commentMentions.commentId, commentId)).run();
			tx.delete(commentReactions).where(eq(commentReactions.commentId, commentId)).run();
			untellComment(app, commentId);
			const all = tx
				.select({ id: comments.id, deletedAt: comments.deletedAt })
				.from(comments)
				.where(eq(comments.threadId, threadId))
				.orderBy(asc(comments.createdAt), sql`${comments}.rowid`)
				.all();
			const last = all.findLastIndex(({ deletedAt }) => deletedAt === null);
			if (last < 0) {
				tx.delete(threads).where(eq(threads.id, threadId)).run();
				untellSubject(app, threadId);
			} else {
				const unanswered = all.slice(last + 1).map(({ id }) => id);
				tx.delete(comments).where(inArray(comments.id, unanswered)).run();
			}
		},
		{ behavior: 'immediate' }
	);
	roomsOf(app).tell(notebookId, THREADS_CHANGED);
}

/** The comment, if it stands and the actor may do this to it; one that is elsewhere answers like a missing one. */
function commentFor(
	app: App,
	actor: Actor,
	notebookId: string,
	threadId: string,
	commentId: string,
	action: Action
) {
	const onNotebook = requireOnNotebook(app, actor, notebookId, 'thread.read');
	threadOf(app, notebookId, threadId);
	const comment = app.db
		.select()
		.from(comments)
		.where(
			and(eq(comments.id, commentId), eq(comments.threadId, threadId), isNull(comments.deletedAt))
		)
		.get();
	if (!comment) throw new NotFoundError();
	const roles = rolesOnComments(app, onNotebook, actor, notebookId)(comment);
	requireAllowed(roles, 'thread.read', action);
	pace(app, actor);
	return comment;
}
