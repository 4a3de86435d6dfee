/** Datasets, their versions, who may use them and who did. */
import {
	index,
	integer,
	primaryKey,
	sqliteTable,
	text,
	uniqueIndex
} from 'drizzle-orm/sqlite-core';
import type { DatasetAbout } from '../../../core/dataset/about.ts';
import type { ColumnAbout } from '../../../core/dataset/column-about.ts';
import type { ImportRecipe } from '../../../core/dataset/recipe.ts';
import {
	MINIMUM_GROUP,
	type Audience,
	type Licence,
	type PublicationTerms
} from '../../../core/governance/terms.ts';
import { id, time } from './columns.ts';
import { organisations, people } from './people.ts';
import { pools } from './pools.ts';

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
		poolId: text('pool_id').references(() => pools.id)
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
