/** A comment answered without a word. */
import { and, count, eq, isNull } from 'drizzle-orm';
import {
	REACTIONS,
	THREAD_LIMITS,
	THREADS_CHANGED,
	type Reaction
} from '../../core/annotation/thread.ts';
import { InvalidError, NotFoundError } from '../../core/errors.ts';
import { requireOnNotebook } from '../access/notebook.ts';
import type { Actor, App } from '../app.ts';
import { roomsOf } from '../collab/rooms.ts';
import { commentReactions, comments, threads } from '../db/schema.ts';
import { pace, threadOf } from './thread.ts';

/** Answers of one comment that are kept: a room of people, each with all of them. */
export const MAX_REACTIONS = 600;

/**
 * Puts the reaction of the actor, or takes it back; twice is once.
 * @param reaction as it was sent
 * @throws InvalidError `reaction_unknown`, `too_many_reactions`, `too_many_reactions_in_all`; NotFoundError also for a deleted comment; ThrottledError
 */
export function react(
	app: App,
	actor: Actor,
	notebookId: string,
	threadId: string,
	commentId: string,
	{ reaction, on }: { readonly reaction: unknown; readonly on: boolean }
): void {
	requireOnNotebook(app, actor, notebookId, 'thread.react');
	threadOf(app, notebookId, threadId);
	if (!isReaction(reaction)) throw new InvalidError('reaction_unknown');
	const comment = app.db
		.select({ id: comments.id })
		.from(comments)
		.where(
			and(eq(comments.id, commentId), eq(comments.threadId, threadId), isNull(comments.deletedAt))
		)
		.get();
	if (!comment) throw new NotFoundError();
	pace(app, actor);
	const { personId } = actor;
	const changed = app.db.transaction(
		(tx) => {
			if (!on)
				return tx
					.delete(commentReactions)
					.where(
						and(
							eq(commentReactions.commentId, commentId),
							eq(commentReactions.personId, personId),
							eq(commentReactions.reaction, reaction)
						)
					)
					.run().changes;
			const number = tx
				.select({ n: count() })
				.from(commentReactions)
				.where(eq(commentReactions.commentId, commentId))
				.get();
			if ((number?.n ?? 0) >= MAX_REACTIONS)
				throw new InvalidError('too_many_reactions', { max: MAX_REACTIONS });
			const inAll = tx
				.select({ n: count() })
				.from(commentReactions)
				.innerJoin(comments, eq(comments.id, commentReactions.commentId))
				.innerJoin(threads, eq(threads.id, comments.threadId))
				.where(eq(threads.notebookId, notebookId))
				.get();
			if ((inAll?.n ?? 0) >= THREAD_LIMITS.reactionsInAll)
				throw new InvalidError('too_many_reactions_in_all', { max: THREAD_LIMITS.reactionsInAll });
			return tx
				.insert(commentReactions)
				.values({ commentId, personId, reaction, createdAt: app.now() })
				.onConflictDoNothing()
				.run().changes;
		},
		{ behavior: 'immediate' }
	);
	if (changed > 0) roomsOf(app).tell(notebookId, THREADS_CHANGED);
}

const isReaction = (value: unknown): value is Reaction =>
	(REACTIONS as readonly unknown[]).includes(value);
