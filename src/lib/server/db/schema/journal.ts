/** What is kept of a notebook's live document: its log of edits, and the state that they add up to. */
import { blob, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { time } from './columns.ts';
import { notebooks } from './notebooks.ts';

/** The write-ahead log of a notebook's Yjs document: appended before an edit is acknowledged. */
export const notebookUpdates = sqliteTable(
	'notebook_updates',
	{
		seq: integer('seq').primaryKey({ autoIncrement: true }),
		notebookId: text('notebook_id')
			.notNull()
			.references(() => notebooks.id, { onDelete: 'cascade' }),
		update: blob('update', { mode: 'buffer' }).notNull(),
		personId: text('person_id'),
		at: time('at').notNull()
	},
	(t) => [index('notebook_updates_notebook').on(t.notebookId, t.seq)]
);

/** Whose edits of a notebook no version of its history holds yet: those that are in the log no more. */
export const notebookWriters = sqliteTable(
	'notebook_writers',
	{
		notebookId: text('notebook_id')
			.notNull()
			.references(() => notebooks.id, { onDelete: 'cascade' }),
		personId: text('person_id').notNull(),
		firstAt: time('first_at').notNull(),
		lastAt: time('last_at').notNull()
	},
	(t) => [primaryKey({ columns: [t.notebookId, t.personId] })]
);

/** The state up to and including `throughSeq`, so that older updates can go. */
export const notebookSnapshots = sqliteTable('notebook_snapshots', {
	notebookId: text('notebook_id')
		.primaryKey()
		.references(() => notebooks.id, { onDelete: 'cascade' }),
	throughSeq: integer('through_seq').notNull(),
	state: blob('state', { mode: 'buffer' }).notNull(),
	at: time('at').notNull()
});

/** Whose structs a Yjs client id writes: a client id belongs to one person for good. */
export const notebookClients = sqliteTable(
	'notebook_clients',
	{
		notebookId: text('notebook_id')
			.notNull()
			.references(() => notebooks.id, { onDelete: 'cascade' }),
		clientId: integer('client_id').notNull(),
		personId: text('person_id').notNull()
	},
	(t) => [primaryKey({ columns: [t.notebookId, t.clientId] })]
);
