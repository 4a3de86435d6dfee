/** What was contributed to pools, and which versions of their datasets are made of it. */
import { sql } from 'drizzle-orm';
import {
	index,
	integer,
	primaryKey,
	sqliteTable,
	text,
	uniqueIndex
} from 'drizzle-orm/sqlite-core';
import { id, time } from './columns.ts';
import { datasetVersions, type StoredColumn } from './datasets.ts';
import { organisations, people } from './people.ts';
import { pools } from './pools.ts';

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
