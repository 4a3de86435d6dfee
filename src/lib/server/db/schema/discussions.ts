/** Discussions of notebooks. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Anchor } from '../../../core/annotation/anchor.ts';
import { REACTIONS } from '../../../core/annotation/thread.ts';
import { id, time } from './columns.ts';
import { notebooks } from './notebooks.ts';
import { people } from './people.ts';

export const threads = sqliteTable(
	'threads',
	{
		id: id(),
		notebookId: text('notebook_id')
			.notNull()
			.references(() => notebooks.id, { onDelete: 'cascade' }),
		/** What the thread is about. It may be gone: the thread stays. */
		anchor: text('anchor', { mode: 'json' }).$type<Anchor>().notNull(),
		/** How the cell read when the thread was opened, so that it is understood once the cell is gone. */
		excerpt: text('excerpt').notNull().default(''),
		/** The server read it in the notebook; otherwise it is the word of who opened the thread. */
		excerptChecked: integer('excerpt_checked', { mode: 'boolean' }).notNull().default(false),
		createdBy: text('created_by')
			.notNull()
			.references(() => people.id),
		createdAt: time('created_at').notNull(),
		resolvedBy: text('resolved_by').references(() => people.id),
		resolvedAt: time('resolved_at')
	},
	(t) => [index('threads_notebook').on(t.notebookId)]
);

export const comments = sqliteTable(
	'comments',
	{
		id: id(),
		threadId: text('thread_id')
			.notNull()
			.references(() => threads.id, { onDelete: 'cascade' }),
		authorId: text('author_id')
			.notNull()
			.references(() => people.id),
		/** Markdown, sanitised when shown; '' once it is deleted. */
		body: text('body').notNull(),
		createdAt: time('created_at').notNull(),
		editedAt: time('edited_at'),
		/** Its words are gone; its line stands where others answered. */
		deletedAt: time('deleted_at')
	},
	(t) => [index('comments_thread').on(t.threadId)]
);

/** Who is named in a comment: could read the notebook when it was written, and is shown by their present name. */
export const commentMentions = sqliteTable(
	'comment_mentions',
	{
		commentId: text('comment_id')
			.notNull()
			.references(() => comments.id, { onDelete: 'cascade' }),
		personId: text('person_id')
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' })
	},
	(t) => [primaryKey({ columns: [t.commentId, t.personId] })]
);

export const commentReactions = sqliteTable(
	'comment_reactions',
	{
		commentId: text('comment_id')
			.notNull()
			.references(() => comments.id, { onDelete: 'cascade' }),
		personId: text('person_id')
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		reaction: text('reaction', { enum: REACTIONS }).notNull(),
		createdAt: time('created_at').notNull()
	},
	(t) => [primaryKey({ columns: [t.commentId, t.personId, t.reaction] })]
);

/** How far a person has read a thread: what others wrote later is unread. */
export const threadReads = sqliteTable(
	'thread_reads',
	{
		personId: text('person_id')
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		threadId: text('thread_id')
			.notNull()
			.references(() => threads.id, { onDelete: 'cascade' }),
		/** When the last comment that they read was written. */
		upTo: time('up_to').notNull()
	},
	(t) => [
		primaryKey({ columns: [t.personId, t.threadId] }),
		index('thread_reads_thread').on(t.threadId)
	]
);
