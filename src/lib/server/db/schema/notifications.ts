/** What people are told of, in the product and by e-mail. */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { NOTIFICATION_KINDS } from '../../../core/annotation/notification.ts';
import { id, time } from './columns.ts';
import { comments } from './discussions.ts';
import { notebooks } from './notebooks.ts';
import { people } from './people.ts';

/** What a person is told of; shown only while they may read the notebook. */
export const notifications = sqliteTable(
	'notifications',
	{
		id: id(),
		personId: text('person_id')
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		kind: text('kind', { enum: NOTIFICATION_KINDS }).notNull(),
		byId: text('by_id')
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		notebookId: text('notebook_id')
			.notNull()
			.references(() => notebooks.id, { onDelete: 'cascade' }),
		/** The thread or the proposal. */
		subjectId: text('subject_id'),
		/** Whose words the excerpt is: they go with it. */
		commentId: text('comment_id').references(() => comments.id, { onDelete: 'cascade' }),
		/** Plain text. */
		excerpt: text('excerpt').notNull(),
		createdAt: time('created_at').notNull(),
		readAt: time('read_at')
	},
	(t) => [
		index('notifications_person').on(t.personId, t.createdAt),
		index('notifications_notebook').on(t.notebookId),
		index('notifications_comment').on(t.commentId),
		index('notifications_subject').on(t.subjectId)
	]
);

/** The last daily e-mail of each person. It is claimed here before it is sent, so that it is never sent twice. */
export const digests = sqliteTable('digests', {
	personId: text('person_id')
		.primaryKey()
		.references(() => people.id, { onDelete: 'cascade' }),
	/** `YYYY-MM-DD` in Québec. */
	day: text('day').notNull(),
	/** `claimed`: being sent, or the server stopped meanwhile, and nobody knows; it counts as sent. */
	state: text('state', { enum: ['claimed', 'sent', 'failed'] }).notNull(),
	/** It told what came after `since`, up to `upTo`. */
	since: time('since').notNull(),
	upTo: time('up_to').notNull(),
	attempts: integer('attempts').notNull(),
	/** When a failed one is tried again. */
	retryAt: time('retry_at')
});

/** Links at the foot of e-mails that stop them without signing in. */
export const mailTokens = sqliteTable(
	'mail_tokens',
	{
		/** SHA-256 (hex) of the token that the e-mail holds. */
		tokenHash: text('token_hash').primaryKey(),
		personId: text('person_id')
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		createdAt: time('created_at').notNull()
	},
	(t) => [index('mail_tokens_created').on(t.createdAt)]
);
