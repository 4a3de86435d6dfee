/** The threads of a notebook, those of its deleted cells with them. */
import { and, eq, inArray, sql } from 'drizzle-orm';
import {
	REACTIONS,
	type OriginThreads,
	type ReactionCount,
	type Thread,
	type ThreadComment
} from '../../core/annotation/thread.ts';
import { allows, type Role } from '../../core/permissions/table.ts';
import { rolesOnComments } from '../access/comment.ts';
import { mayRead, requireOnNotebook } from '../access/notebook.ts';
import { rolesOnThread } from '../access/thread.ts';
import type { Actor, App } from '../app.ts';
import {
	commentReactions,
	comments,
	notebooks,
	people,
	threadReads,
	threads
} from '../db/schema.ts';
import { namesIn } from './mention.ts';

/**
 * The threads of the notebook that this one was copied from, for who may read that one too; nothing is done to them
 * from here. What they point at is found in the copy by what it reads. null: it is no copy, or the origin is not theirs.
 */
export function listOriginThreads(
	app: App,
	actor: Actor,
	notebookId: string
): OriginThreads | null {
	requireOnNotebook(app, actor, notebookId, 'thread.read');
	const origin = app.db
		.select({ id: notebooks.parentId })
		.from(notebooks)
		.where(eq(notebooks.id, notebookId))
		.get();
	if (!origin?.id || !mayRead(app, actor.personId, origin.id)) return null;
	const parent = app.db
		.select({ title: notebooks.title })
		.from(notebooks)
		.where(eq(notebooks.id, origin.id))
		.get();
	return {
		notebookId: origin.id,
		title: parent?.title ?? '',
		threads: listThreads(app, actor, origin.id).map((thread) => ({
			...thread,
			mayResolve: false,
			comments: thread.comments.map((comment) => ({
				...comment,
				mayEdit: false,
				mayDelete: false
			}))
		}))
	};
}

/** In the order in which they were opened. Throws NotFoundError if the actor may not read the notebook. */
export function listThreads(app: App, actor: Actor, notebookId: string): Thread[] {
	const roles = requireOnNotebook(app, actor, notebookId, 'thread.read');
	const rows = app.db
		.select({ thread: threads, resolver: people.displayName })
		.from(threads)
		.leftJoin(people, eq(people.id, threads.resolvedBy))
		.where(eq(threads.notebookId, notebookId))
		.orderBy(threads.createdAt, sql`${threads}.rowid`)
		.all();
	const said = commentsOf(app, actor, notebookId, roles);
	return rows.map(({ thread, resolver }) => ({
		id: thread.id,
		anchor: thread.anchor,
		excerpt: thread.excerpt,
		excerptChecked: thread.excerptChecked,
		createdAt: thread.createdAt,
		resolved: thread.resolvedAt === null ? null : { by: resolver ?? '', at: thread.resolvedAt },
		mayResolve: allows(rolesOnThread(roles, actor, thread), 'thread.resolve'),
		comments: said.get(thread.id) ?? []
	}));
}

/** Ids of the comments of a notebook, as a condition takes them. */
const commentIds = (app: App, notebookId: string) =>
	app.db
		.select({ id: comments.id })
		.from(comments)
		.innerJoin(threads, eq(threads.id, comments.threadId))
		.where(eq(threads.notebookId, notebookId));

function commentsOf(
	app: App,
	actor: Actor,
	notebookId: string,
	onNotebook: ReadonlySet<Role>
): Map<string, ThreadComment[]> {
	const rows = app.db
		.select({ comment: comments, author: people.displayName, upTo: threadReads.upTo })
		.from(comments)
		.innerJoin(threads, eq(threads.id, comments.threadId))
		.innerJoin(people, eq(people.id, comments.authorId))
		.leftJoin(
			threadReads,
			and(eq(threadReads.threadId, comments.threadId), eq(threadReads.personId, actor.personId))
		)
		.where(eq(threads.notebookId, notebookId))
		.orderBy(comments.createdAt, sql`${comments}.rowid`)
		.all();
	const rolesOn = rolesOnComments(app, onNotebook, actor, notebookId);
	const reactions = reactionsOf(app, actor, notebookId);
	const named = namesIn(app, notebookId);
	const byThread = new Map<string, ThreadComment[]>();
	for (const { comment, author, upTo } of rows) {
		const { id, threadId, authorId, body, createdAt, editedAt } = comment;
		const deleted = comment.deletedAt !== null;
		const mine = authorId === actor.personId;
		const roles = rolesOn(comment);
		const list = byThread.get(threadId) ?? [];
		list.push({
			id,
			authorId,
			author,
			mine,
			body: deleted ? '' : named(id, body),
			edited: editedAt !== null && !deleted,
			deleted,
			mayEdit: !deleted && allows(roles, 'comment.edit'),
			mayDelete: !deleted && allows(roles, 'comment.delete'),
			unread: !mine && !deleted && createdAt > (upTo ?? -Infinity),
			reactions: reactions.get(id) ?? [],
			createdAt
		});
		byThread.set(threadId, list);
	}
	return byThread;
}

/** By comment, in the order of REACTIONS. */
function reactionsOf(app: App, actor: Actor, notebookId: string): Map<string, ReactionCount[]> {
	const rows = app.db
		.select({
			commentId: commentReactions.commentId,
			personId: commentReactions.personId,
			reaction: commentReactions.reaction,
			name: people.displayName
		})
		.from(commentReactions)
		.innerJoin(people, eq(people.id, commentReactions.personId))
		.where(inArray(commentReactions.commentId, commentIds(app, notebookId)))
		.orderBy(commentReactions.createdAt, sql`${commentReactions}.rowid`)
		.all();
	const byComment = new Map<string, typeof rows>();
	for (const row of rows) {
		const list = byComment.get(row.commentId) ?? [];
		list.push(row);
		byComment.set(row.commentId, list);
	}
	return new Map(
		[...byComment].map(([id, all]) => [
			id,
			REACTIONS.flatMap((reaction) => {
				const those = all.filter((row) => row.reaction === reaction);
				if (those.length === 0) return [];
				const others = those.filter(({ personId }) => personId !== actor.personId);
				return [
					{ reaction, by: others.map(({ name }) => name), mine: others.length < those.length }
				];
			})
		])
	);
}
