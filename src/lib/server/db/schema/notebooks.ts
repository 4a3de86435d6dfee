/** Notebooks, and who may read and write them. */
import {
	index,
	integer,
	primaryKey,
	sqliteTable,
	text,
	uniqueIndex
} from 'drizzle-orm/sqlite-core';
import type { Lang } from '../../../core/notebook/notebook.ts';
import { id, time } from './columns.ts';
import { people } from './people.ts';
import { workshops } from './workshops.ts';

export const notebooks = sqliteTable(
	'notebooks',
	{
		id: id(),
		ownerId: text('owner_id')
			.notNull()
			.references(() => people.id),
		/** A copy of the document's title and language, for lists; the document is the truth. */
		title: text('title').notNull(),
		lang: text('lang').$type<Lang>().notNull(),
		workshopId: text('workshop_id').references(() => workshops.id, { onDelete: 'set null' }),
		/** 1 to 8, for a workshop's notebook. */
		question: integer('question'),
		/** A workshop's starter notebook: offered to its participants. */
		starter: integer('starter', { mode: 'boolean' }).notNull().default(false),
		/** « Dérivé de »: the notebook and the version that this one was copied from. */
		parentId: text('parent_id'),
		parentVersionId: text('parent_version_id'),
		/** The same notebook in the other language, where there is one. */
		twinId: text('twin_id'),
		createdAt: time('created_at').notNull(),
		updatedAt: time('updated_at').notNull(),
		deletedAt: time('deleted_at'),
		/** Deleted: until then its owner can bring it back; null: deleted before there was such a day. */
		purgeAt: time('purge_at'),
		/** When what it held went; its line stays for what was made of it. */
		purgedAt: time('purged_at'),
		/** The number of the last state that was frozen of it; never given again. */
		frozenNumber: integer('frozen_number').notNull().default(0),
		/** The last edit that a version of its history holds: its place in the log, and when. Later ones are to be kept. */
		historySeq: integer('history_seq').notNull().default(0),
		historyAt: time('history_at').notNull().default(0)
	},
	(t) => [
		index('notebooks_owner').on(t.ownerId),
		index('notebooks_workshop').on(t.workshopId),
		index('notebooks_parent').on(t.parentId),
		index('notebooks_parent_version').on(t.parentVersionId)
	]
);

/** A share of a notebook with a person, a workshop, an organisation, or whoever holds a link. */
export const notebookGrants = sqliteTable(
	'notebook_grants',
	{
		id: id(),
		notebookId: text('notebook_id')
			.notNull()
			.references(() => notebooks.id, { onDelete: 'cascade' }),
		granteeKind: text('grantee_kind', {
			enum: ['person', 'workshop', 'organisation', 'link', 'facilitators']
		}).notNull(),
		/** The grantee's id, of the workshop for its facilitators; null for a link. */
		granteeId: text('grantee_id'),
		/** link: SHA-256 (hex) of its token of at least 128 bits. */
		tokenHash: text('token_hash'),
		level: text('level', { enum: ['viewer', 'editor'] }).notNull(),
		expiresAt: time('expires_at'),
		revokedAt: time('revoked_at'),
		createdBy: text('created_by')
			.notNull()
			.references(() => people.id),
		createdAt: time('created_at').notNull()
	},
	(t) => [
		index('notebook_grants_notebook').on(t.notebookId),
		uniqueIndex('notebook_grants_token').on(t.tokenHash),
		index('notebook_grants_grantee').on(t.granteeKind, t.granteeId)
	]
);

/** A session that opened a share link keeps what the link gives while the link holds. */
export const linkUses = sqliteTable(
	'link_uses',
	{
		grantId: text('grant_id')
			.notNull()
			.references(() => notebookGrants.id, { onDelete: 'cascade' }),
		personId: text('person_id')
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		at: time('at').notNull()
	},
	(t) => [primaryKey({ columns: [t.grantId, t.personId] })]
);
