/** What a notebook was: versions frozen for what came of them, versions to come back to, cells that were deleted. */
import {
	blob,
	index,
	integer,
	primaryKey,
	sqliteTable,
	text,
	uniqueIndex
} from 'drizzle-orm/sqlite-core';
import { VERSION_KINDS } from '../../../core/notebook/history.ts';
import { id, time } from './columns.ts';
import { notebooks } from './notebooks.ts';
import { people } from './people.ts';

/** A frozen state of a notebook: what a fork came from, what a report was made of. */
export const notebookVersions = sqliteTable(
	'notebook_versions',
	{
		id: id(),
		notebookId: text('notebook_id')
			.notNull()
			.references(() => notebooks.id, { onDelete: 'cascade' }),
		number: integer('number').notNull(),
		state: blob('state', { mode: 'buffer' }).notNull(),
		reason: text('reason', { enum: ['fork', 'report', 'named'] }).notNull(),
		createdBy: text('created_by')
			.notNull()
			.references(() => people.id),
		createdAt: time('created_at').notNull()
	},
	(t) => [
		uniqueIndex('notebook_versions_number').on(t.notebookId, t.number),
		index('notebook_versions_maker').on(t.createdBy)
	]
);

/** Versions of a notebook to come back to, as values: readable whatever becomes of the live document. */
export const notebookHistory = sqliteTable(
	'notebook_history',
	{
		id: id(),
		notebookId: text('notebook_id')
			.notNull()
			.references(() => notebooks.id, { onDelete: 'cascade' }),
		kind: text('kind', { enum: VERSION_KINDS }).notNull(),
		/** null: nobody named it. */
		name: text('name'),
		/** A `Notebook` of core/notebook, in JSON. */
		content: text('content').notNull(),
		/** Of `content`, in UTF-8. */
		bytes: integer('bytes').notNull(),
		/** Ids of those whose edits came since the version before, who began first first. */
		people: text('people', { mode: 'json' }).$type<readonly string[]>().notNull().default([]),
		/** The first of those edits; null: not known, or none. */
		since: time('since'),
		/** Who kept it; the notebook's owner where it was kept by itself. */
		createdBy: text('created_by')
			.notNull()
			.references(() => people.id),
		/** Of one that was kept by itself, its last edit. */
		createdAt: time('created_at').notNull()
	},
	(t) => [index('notebook_history_notebook').on(t.notebookId, t.createdAt)]
);

/** Cells that were deleted, kept with the very edit that deleted them. */
export const deletedCells = sqliteTable(
	'deleted_cells',
	{
		notebookId: text('notebook_id')
			.notNull()
			.references(() => notebooks.id, { onDelete: 'cascade' }),
		cellId: text('cell_id').notNull(),
		/** A `Cell` of core/notebook, in JSON. */
		content: text('content').notNull(),
		bytes: integer('bytes').notNull(),
		/** The cell it stood after; null for the first. */
		after: text('after'),
		/** null: the server itself. */
		deletedBy: text('deleted_by').references(() => people.id),
		deletedAt: time('deleted_at').notNull()
	},
	(t) => [
		primaryKey({ columns: [t.notebookId, t.cellId] }),
		index('deleted_cells_notebook').on(t.notebookId, t.deletedAt)
	]
);
