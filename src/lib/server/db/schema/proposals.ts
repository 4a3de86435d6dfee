/** What a version of one's own has of its origin, and what it proposes to it. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { CHANGE_STATES } from '../../../core/notebook/proposal.ts';
import { id, time } from './columns.ts';
import { notebooks } from './notebooks.ts';
import { people } from './people.ts';

/**
 * What a version of one's own has of its origin, where it is no frozen version of it: the origin's changes that were
 * taken in one by one.
 */
export const forkBases = sqliteTable('fork_bases', {
	notebookId: text('notebook_id')
		.primaryKey()
		.references(() => notebooks.id, { onDelete: 'cascade' }),
	/** A `Notebook` of core/notebook, in JSON. */
	content: text('content').notNull(),
	at: time('at').notNull()
});

/** Changes of a version of one's own that are proposed to its origin, as they were when they were proposed. */
export const proposals = sqliteTable(
	'proposals',
	{
		id: id(),
		originId: text('origin_id')
			.notNull()
			.references(() => notebooks.id, { onDelete: 'cascade' }),
		forkId: text('fork_id')
			.notNull()
			.references(() => notebooks.id, { onDelete: 'cascade' }),
		/** As the version was called. */
		forkTitle: text('fork_title').notNull(),
		message: text('message').notNull(),
		/** Ids of the cells of the state that the changes start from, in order. */
		base: text('base', { mode: 'json' }).$type<readonly string[]>().notNull(),
		/** Of all the changes, in UTF-8. */
		bytes: integer('bytes').notNull(),
		createdBy: text('created_by')
			.notNull()
			.references(() => people.id),
		createdAt: time('created_at').notNull()
	},
	(t) => [
		index('proposals_origin').on(t.originId, t.createdAt),
		index('proposals_fork').on(t.forkId)
	]
);

export const proposedChanges = sqliteTable(
	'proposed_changes',
	{
		proposalId: text('proposal_id')
			.notNull()
			.references(() => proposals.id, { onDelete: 'cascade' }),
		/** Of a `NotebookChange`. */
		changeId: text('change_id').notNull(),
		/** In the order of the version that they come from. */
		place: integer('place').notNull(),
		/** A `NotebookChange` of core/notebook, in JSON. */
		content: text('content').notNull(),
		state: text('state', { enum: CHANGE_STATES }).notNull().default('open'),
		decidedBy: text('decided_by').references(() => people.id),
		decidedAt: time('decided_at'),
		reason: text('reason').notNull().default('')
	},
	(t) => [primaryKey({ columns: [t.proposalId, t.changeId] })]
);

export const proposalComments = sqliteTable(
	'proposal_comments',
	{
		id: id(),
		proposalId: text('proposal_id')
			.notNull()
			.references(() => proposals.id, { onDelete: 'cascade' }),
		authorId: text('author_id')
			.notNull()
			.references(() => people.id),
		body: text('body').notNull(),
		createdAt: time('created_at').notNull()
	},
	(t) => [index('proposal_comments_proposal').on(t.proposalId, t.createdAt)]
);
