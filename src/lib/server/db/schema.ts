/**
 * The relational store. Times are milliseconds since the epoch; ids are `core/ids` texts; secrets (session ids,
 * link tokens) are kept as SHA-256 only. A migration is committed SQL in drizzle/ (`npm run db:generate`).
 */
import { sql } from 'drizzle-orm';
import {
	blob,
	index,
	integer,
	primaryKey,
	sqliteTable,
	text,
	uniqueIndex,
	type AnySQLiteColumn
} from 'drizzle-orm/sqlite-core';
import type { Anchor } from '../../core/annotation/anchor.ts';
import { NOTIFICATION_KINDS } from '../../core/annotation/notification.ts';
import { REACTIONS } from '../../core/annotation/thread.ts';
import type { DatasetAbout } from '../../core/dataset/about.ts';
import type { ColumnAbout } from '../../core/dataset/column-about.ts';
import type { ImportRecipe } from '../../core/dataset/recipe.ts';
import {
	MINIMUM_GROUP,
	type Audience,
	type Licence,
	type PublicationTerms
} from '../../core/governance/terms.ts';
import { VERSION_KINDS } from '../../core/notebook/history.ts';
import { CHANGE_STATES } from '../../core/notebook/proposal.ts';
import type { Lang } from '../../core/notebook/notebook.ts';
import type { Contract } from '../../core/pool/contract.ts';
import type { LeftOut, ReportContent } from '../../core/report/report.ts';

const id = () => text('id').primaryKey();
const time = (name: string) => integer(name);

/** Everyone who can act: an account (e-mail and password), or a guest of a workshop who may become one. */
export const people = sqliteTable(
	'people',
	{
		id: id(),
		kind: text('kind', { enum: ['account', 'guest'] }).notNull(),
		displayName: text('display_name').notNull(),
		/** Lower case; accounts only. */
		email: text('email'),
		passwordHash: text('password_hash'),
		administrator: integer('administrator', { mode: 'boolean' }).notNull().default(false),
		/** What a guest chose to say of themselves; all optional. */
		organisationName: text('organisation_name'),
		region: text('region'),
		discipline: text('discipline'),
		lang: text('lang').$type<Lang>().notNull().default('fr'),
		/** Whether a daily e-mail tells them what they have not read; for accounts. */
		dailyMail: integer('daily_mail', { mode: 'boolean' }).notNull().default(true),
		createdAt: time('created_at').notNull()
	},
	(t) => [uniqueIndex('people_email').on(t.email)]
);

export const sessions = sqliteTable(
	'sessions',
	{
		/** SHA-256 (hex) of the session id that the cookie holds. */
		idHash: text('id_hash').primaryKey(),
		personId: text('person_id')
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		expiresAt: time('expires_at').notNull(),
		createdAt: time('created_at').notNull()
	},
	(t) => [index('sessions_person').on(t.personId)]
);

/** One-time links: sign in as a person, or (without one) create the first administrator. */
export const signInLinks = sqliteTable('sign_in_links', {
	tokenHash: text('token_hash').primaryKey(),
	personId: text('person_id').references(() => people.id, { onDelete: 'cascade' }),
	expiresAt: time('expires_at').notNull(),
	usedAt: time('used_at')
});

export const organisations = sqliteTable('organisations', {
	id: id(),
	name: text('name').notNull(),
	region: text('region'),
	discipline: text('discipline'),
	createdAt: time('created_at').notNull()
});

export const memberships = sqliteTable(
	'memberships',
	{
		organisationId: text('organisation_id')
			.notNull()
			.references(() => organisations.id, { onDelete: 'cascade' }),
		personId: text('person_id')
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		role: text('role', { enum: ['member', 'steward'] }).notNull(),
		createdAt: time('created_at').notNull()
	},
	(t) => [
		primaryKey({ columns: [t.organisationId, t.personId] }),
		index('memberships_person').on(t.personId)
	]
);

/** A « démarche »: the workshops over which needs will be combined. */
export const series = sqliteTable('series', {
	id: id(),
	title: text('title').notNull(),
	createdBy: text('created_by')
		.notNull()
		.references(() => people.id),
	createdAt: time('created_at').notNull()
});

export const workshops = sqliteTable(
	'workshops',
	{
		id: id(),
		seriesId: text('series_id')
			.notNull()
			.references(() => series.id),
		title: text('title').notNull(),
		description: text('description').notNull().default(''),
		/** Questions 1 to 8. */
		questions: text('questions', { mode: 'json' }).$type<number[]>().notNull(),
		lang: text('lang').$type<Lang>().notNull(),
		createdBy: text('created_by')
			.notNull()
			.references(() => people.id),
		createdAt: time('created_at').notNull(),
		endedAt: time('ended_at')
	},
	(t) => [index('workshops_series').on(t.seriesId)]
);

/** A table (team) of a workshop. */
export const workshopTables = sqliteTable(
	'workshop_tables',
	{
		id: id(),
		workshopId: text('workshop_id')
			.notNull()
			.references(() => workshops.id, { onDelete: 'cascade' }),
		name: text('name').notNull(),
		position: integer('position').notNull()
	},
	(t) => [index('workshop_tables_workshop').on(t.workshopId)]
);

export const workshopPeople = sqliteTable(
	'workshop_people',
	{
		workshopId: text('workshop_id')
			.notNull()
			.references(() => workshops.id, { onDelete: 'cascade' }),
		personId: text('person_id')
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		role: text('role', { enum: ['facilitator', 'participant'] }).notNull(),
		tableId: text('table_id').references(() => workshopTables.id, { onDelete: 'set null' }),
		joinedAt: time('joined_at').notNull()
	},
	(t) => [
		primaryKey({ columns: [t.workshopId, t.personId] }),
		index('workshop_people_person').on(t.personId)
	]
);

/** Kept readable: the facilitator shows it on a screen. At least 40 random bits; expires; revocable. */
export const joinCodes = sqliteTable(
	'join_codes',
	{
		code: text('code').primaryKey(),
		workshopId: text('workshop_id')
			.notNull()
			.references(() => workshops.id, { onDelete: 'cascade' }),
		expiresAt: time('expires_at').notNull(),
		revokedAt: time('revoked_at'),
		createdAt: time('created_at').notNull()
	},
	(t) => [index('join_codes_workshop').on(t.workshopId)]
);

export const datasets = sqliteTable(
	'datasets',
	{
		id: id(),
		/** Names the dataset in notebooks' sources (`slug@version.arrow`); unique, never reused. */
		slug: text('slug').notNull(),
		organisationId: text('organisation_id')
			.notNull()
			.references(() => organisations.id),
		title: text('title').notNull(),
		description: text('description').notNull().default(''),
		/** What else is said of it; null: nothing yet. */
		about: text('about', { mode: 'json' }).$type<DatasetAbout>(),
		/** What is said of its columns, by name; null: nothing yet. */
		columnsAbout: text('columns_about', { mode: 'json' }).$type<readonly ColumnAbout[]>(),
		licence: text('licence').$type<Licence>().notNull(),
		/** What may be published of it. */
		publication: text('publication').$type<PublicationTerms>().notNull().default('nothing'),
		/** Who besides its organisation reads it: whom it was granted to, or everyone who is signed in. */
		audience: text('audience').$type<Audience>().notNull().default('granted'),
		/** Fewest rows of a published group, where aggregates are published. */
		minimumGroup: integer('minimum_group').notNull().default(MINIMUM_GROUP),
		/** Last day of its terms, `YYYY-MM-DD` in Québec; null: no end. */
		validUntil: text('valid_until'),
		purpose: text('purpose').notNull().default(''),
		/** To be printed under what uses it. */
		acknowledgement: text('acknowledgement').notNull().default(''),
		remuneration: text('remuneration').notNull().default(''),
		synthetic: integer('synthetic', { mode: 'boolean' }).notNull().default(false),
		createdBy: text('created_by')
			.notNull()
			.references(() => people.id),
		createdAt: time('created_at').notNull(),
		withdrawnAt: time('withdrawn_at'),
		/** Until then a withdrawal can be undone; after it the bytes go. */
		purgeAt: time('purge_at'),
		/** When the bytes went; hashes and the record stay. */
		purgedAt: time('purged_at'),
		/** The pool whose parts its versions are made of; null for a dataset of an organisation's own. */
		poolId: text('pool_id').references((): AnySQLiteColumn => pools.id)
	},
	(t) => [
		uniqueIndex('datasets_slug').on(t.slug),
		index('datasets_organisation').on(t.organisationId),
		uniqueIndex('datasets_pool').on(t.poolId)
	]
);

/** A column of a stored version. `type` is a `ColumnType` of core/protocol. */
export interface StoredColumn {
	name: string;
	type: string;
	/** What its values are (`ValueType`), where that says more than `type`. */
	valueType?: string;
	missing: number;
}

export const datasetVersions = sqliteTable(
	'dataset_versions',
	{
		id: id(),
		datasetId: text('dataset_id')
			.notNull()
			.references(() => datasets.id),
		/** 1, 2, 3… within the dataset. */
		number: integer('number').notNull(),
		/** Hex SHA-256 of the Arrow IPC bytes, which the blob store keeps under it. */
		hash: text('hash').notNull(),
		byteLength: integer('byte_length').notNull(),
		rows: integer('rows').notNull(),
		columns: text('columns', { mode: 'json' }).$type<StoredColumn[]>().notNull(),
		/** What was guessed, corrected, dropped and generalised at import, for the record. */
		importNotes: text('import_notes', { mode: 'json' }).$type<unknown>(),
		/** The recipe that made it; null: none was sent. */
		recipe: text('recipe', { mode: 'json' }).$type<ImportRecipe>(),
		createdBy: text('created_by')
			.notNull()
			.references(() => people.id),
		createdAt: time('created_at').notNull(),
		/** Nobody reads it any more: a part of a pool that it was made of was withdrawn. */
		withdrawnAt: time('withdrawn_at'),
		/** Withdrawn: when its bytes go, and when they went; the hash and the record stay. */
		purgeAt: time('purge_at'),
		purgedAt: time('purged_at')
	},
	(t) => [
		uniqueIndex('dataset_versions_number').on(t.datasetId, t.number),
		index('dataset_versions_hash').on(t.hash),
		index('dataset_versions_purge').on(t.purgeAt)
	]
);

/** Ways in which a dataset is read: on its own page, by a notebook, taken away as a file, for a report,
 * by a reader of a report who explores it. */
export const ACCESS_WAYS = ['page', 'notebook', 'export', 'report', 'explore'] as const;
export type AccessWay = (typeof ACCESS_WAYS)[number];

/** Who read which version, and when: a line a person, version, way and day. */
export const datasetAccess = sqliteTable(
	'dataset_access',
	{
		id: integer('id').primaryKey({ autoIncrement: true }),
		datasetId: text('dataset_id')
			.notNull()
			.references(() => datasets.id, { onDelete: 'cascade' }),
		version: integer('version').notNull(),
		/** No reference: the line outlives the account. */
		personId: text('person_id').notNull(),
		/** As it was at the last reading of the line. */
		displayName: text('display_name').notNull(),
		way: text('way', { enum: ACCESS_WAYS }).notNull(),
		/** `YYYY-MM-DD` in Québec. */
		day: text('day').notNull(),
		readings: integer('readings').notNull(),
		firstAt: time('first_at').notNull(),
		lastAt: time('last_at').notNull()
	},
	(t) => [
		uniqueIndex('dataset_access_line').on(t.datasetId, t.day, t.personId, t.version, t.way),
		index('dataset_access_last').on(t.datasetId, t.lastAt),
		index('dataset_access_day').on(t.day)
	]
);

/** Who besides its organisation may use a dataset. */
export const datasetGrants = sqliteTable(
	'dataset_grants',
	{
		datasetId: text('dataset_id')
			.notNull()
			.references(() => datasets.id, { onDelete: 'cascade' }),
		granteeKind: text('grantee_kind', { enum: ['workshop', 'organisation'] }).notNull(),
		granteeId: text('grantee_id').notNull(),
		createdBy: text('created_by')
			.notNull()
			.references(() => people.id),
		createdAt: time('created_at').notNull()
	},
	(t) => [primaryKey({ columns: [t.datasetId, t.granteeKind, t.granteeId] })]
);

/** A shared schema to which several organisations contribute parts; its rows are read as the dataset that names it. */
export const pools = sqliteTable(
	'pools',
	{
		id: id(),
		/** Runs it: writes its contract, invites. */
		organisationId: text('organisation_id')
			.notNull()
			.references(() => organisations.id),
		/** Number of the contract in force. */
		contractVersion: integer('contract_version').notNull(),
		createdBy: text('created_by')
			.notNull()
			.references(() => people.id),
		createdAt: time('created_at').notNull()
	},
	(t) => [index('pools_organisation').on(t.organisationId)]
);

export const poolContractVersions = sqliteTable(
	'pool_contract_versions',
	{
		poolId: text('pool_id')
			.notNull()
			.references(() => pools.id),
		/** 1, 2, 3… within the pool. */
		number: integer('number').notNull(),
		/** Grows with each breaking change: parts of an earlier generation are to be contributed anew. */
		generation: integer('generation').notNull(),
		contract: text('contract', { mode: 'json' }).$type<Contract>().notNull(),
		createdBy: text('created_by')
			.notNull()
			.references(() => people.id),
		createdAt: time('created_at').notNull()
	},
	(t) => [primaryKey({ columns: [t.poolId, t.number] })]
);

/** Organisations that take part: their stewards contribute, their people read the pool. */
export const poolMembers = sqliteTable(
	'pool_members',
	{
		poolId: text('pool_id')
			.notNull()
			.references(() => pools.id),
		organisationId: text('organisation_id')
			.notNull()
			.references(() => organisations.id, { onDelete: 'cascade' }),
		joinedBy: text('joined_by')
			.notNull()
			.references(() => people.id),
		joinedAt: time('joined_at').notNull()
	},
	(t) => [
		primaryKey({ columns: [t.poolId, t.organisationId] }),
		index('pool_members_organisation').on(t.organisationId)
	]
);

/** Someone asked to bring an organisation that they look after; gone once answered. */
export const poolInvitations = sqliteTable(
	'pool_invitations',
	{
		poolId: text('pool_id')
			.notNull()
			.references(() => pools.id),
		personId: text('person_id')
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		invitedBy: text('invited_by')
			.notNull()
			.references(() => people.id),
		invitedAt: time('invited_at').notNull()
	},
	(t) => [
		primaryKey({ columns: [t.poolId, t.personId] }),
		index('pool_invitations_person').on(t.personId)
	]
);

/** What an organisation contributed for a period: each refresh is one more line, the last one stands. */
export const poolParts = sqliteTable(
	'pool_parts',
	{
		id: id(),
		poolId: text('pool_id')
			.notNull()
			.references(() => pools.id),
		organisationId: text('organisation_id')
			.notNull()
			.references(() => organisations.id),
		/** `2025`, `2025-Q3`, `2025-03`; '' where the contract has no periods. */
		period: text('period').notNull(),
		/** 1, 2, 3… within the pool, organisation and period. */
		number: integer('number').notNull(),
		/** Of the contract that it meets. */
		contractVersion: integer('contract_version').notNull(),
		/** Hex SHA-256 of its Arrow IPC bytes, which the blob store keeps under it. */
		hash: text('hash').notNull(),
		byteLength: integer('byte_length').notNull(),
		rows: integer('rows').notNull(),
		/** Of its contract, in order: how many cells are missing in each. */
		columns: text('columns', { mode: 'json' }).$type<StoredColumn[]>().notNull(),
		contributedBy: text('contributed_by')
			.notNull()
			.references(() => people.id),
		contributedAt: time('contributed_at').notNull(),
		/** A later one stands for the same organisation and period. */
		supersededAt: time('superseded_at'),
		withdrawnAt: time('withdrawn_at'),
		/** Withdrawn: when its bytes go, and when they went. */
		purgeAt: time('purge_at'),
		purgedAt: time('purged_at')
	},
	(t) => [
		uniqueIndex('pool_parts_number').on(t.poolId, t.organisationId, t.period, t.number),
		// One stands at a time.
		uniqueIndex('pool_parts_standing')
			.on(t.poolId, t.organisationId, t.period)
			.where(sql`superseded_at is null and withdrawn_at is null`),
		index('pool_parts_hash').on(t.hash)
	]
);

/** Which parts a version of a pool's dataset is made of. */
export const poolVersionParts = sqliteTable(
	'pool_version_parts',
	{
		datasetVersionId: text('dataset_version_id')
			.notNull()
			.references(() => datasetVersions.id),
		partId: text('part_id')
			.notNull()
			.references(() => poolParts.id)
	},
	(t) => [
		primaryKey({ columns: [t.datasetVersionId, t.partId] }),
		index('pool_version_parts_part').on(t.partId)
	]
);

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

export const reports = sqliteTable(
	'reports',
	{
		id: id(),
		slug: text('slug').notNull(),
		/** The notebook it was first published from. */
		notebookId: text('notebook_id')
			.notNull()
			.references(() => notebooks.id),
		ownerId: text('owner_id')
			.notNull()
			.references(() => people.id),
		createdAt: time('created_at').notNull(),
		/** The last withdrawal; null while its versions stand, or once another was published. */
		withdrawnAt: time('withdrawn_at'),
		/** An administrator withdrew it, who is not its owner: its owner publishes no version until one lifts that. */
		withdrawnByAdministrator: integer('withdrawn_by_administrator', { mode: 'boolean' })
			.notNull()
			.default(false)
	},
	(t) => [uniqueIndex('reports_slug').on(t.slug)]
);

/** One frozen version, in one language; numbers count per report and language. */
export const reportVersions = sqliteTable(
	'report_versions',
	{
		id: id(),
		reportId: text('report_id')
			.notNull()
			.references(() => reports.id),
		lang: text('lang').$type<Lang>().notNull(),
		number: integer('number').notNull(),
		content: text('content', { mode: 'json' }).$type<ReportContent>().notNull(),
		/** What its author left out, to start the next version from; null where nobody said. Never public. */
		leftOut: text('left_out', { mode: 'json' }).$type<readonly LeftOut[]>(),
		notebookId: text('notebook_id').notNull(),
		notebookVersionId: text('notebook_version_id').notNull(),
		publishedBy: text('published_by')
			.notNull()
			.references(() => people.id),
		publishedAt: time('published_at').notNull(),
		/** Withdrawn with the report; stays so when a later version is published. */
		withdrawnAt: time('withdrawn_at'),
		/** What its page says once withdrawn, in the author's words: a later withdrawal does not change it. */
		withdrawnReason: text('withdrawn_reason')
	},
	(t) => [
		uniqueIndex('report_versions_number').on(t.reportId, t.lang, t.number),
		index('report_versions_frozen').on(t.notebookVersionId)
	]
);
