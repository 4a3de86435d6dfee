/** Pools: the shared schemas to which several organisations contribute, and who takes part. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Contract } from '../../../core/pool/contract.ts';
import { id, time } from './columns.ts';
import { organisations, people } from './people.ts';

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
