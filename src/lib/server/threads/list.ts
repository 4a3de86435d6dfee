/** The threads of a notebook, those of its deleted cells with them. */
import { eq, inArray, sql } from 'drizzle-orm';
import type { Thread, ThreadComment } from '../../core/annotation/thread.ts';
import { allows } from '../../core/permissions/table.ts';
import { rolesOnComments } from '../access/comment.ts';
import { requireOnNotebook } from '../access/notebook.ts';
import { rolesOnThread } from '../access/thread.ts';
import type { Actor, App } from '../app.ts';
import { comments, people, threads } from '../db/schema.ts';

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
	const said = commentsOf(app, actor, notebookId, rolesOnComments(app, roles, actor, notebookId));
	return rows.map(({ thread, resolver }) => ({
		id: thread.id,
		anchor: thread.anchor,
		excerpt: thread.excerpt,
		createdAt: thread.createdAt,
		resolved: thread.resolvedAt === null ? null : { by: resolver ?? '', at: thread.resolvedAt },
		mayResolve: allows(rolesOnThread(roles, actor, thread), 'thread.resolve'),
		comments: said.get(thread.id) ?? []
	}));
}

function commentsOf(
	app: App,
	actor: Actor,
	notebookId: string,
	rolesOn: ReturnType<typeof rolesOnComments>
): Map<string, ThreadComment[]> {
	const rows = app.db
		.select({ comment: comments, author: people.displayName })
		.from(comments)
		.innerJoin(people, eq(people.id, comments.authorId))
		.where(
			inArray(
				comments.threadId,
				app.db.select({ id: threads.id }).from(threads).where(eq(threads.notebookId, notebookId))
			)
		)
		.orderBy(comments.createdAt, sql`${comments}.rowid`)
		.all();
	const byThread = new Map<string, ThreadComment[]>();
	for (const { comment, author } of rows) {
		const { id, threadId, authorId, body, createdAt, editedAt } = comment;
		const deleted = comment.deletedAt !== null;
		const roles = rolesOn(comment);
		const list = byThread.get(threadId) ?? [];
		list.push({
			id,
			authorId,
			author,
			mine: authorId === actor.personId,
			body: deleted ? '' : body,
			edited: editedAt !== null && !deleted,
			deleted,
			mayEdit: !deleted && allows(roles, 'comment.edit'),
			mayDelete: !deleted && allows(roles, 'comment.delete'),
			unread: false,
			reactions: [],
			createdAt
		});
		byThread.set(threadId, list);
	}
	return byThread;
}
