/** A pool as it is kept: its contract in force, its dataset, the parts that stand. */
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { NotFoundError } from '../../core/errors.ts';
import type { Contract } from '../../core/pool/contract.ts';
import type { Column } from '../../tables/column.ts';
import type { App } from '../app.ts';
import {
	datasets,
	organisations,
	poolContractVersions,
	poolMembers,
	poolParts,
	pools
} from '../db/schema.ts';

export interface StoredPool {
	readonly id: string;
	/** The organisation that runs it. */
	readonly organisationId: string;
	readonly contract: Contract;
	readonly contractVersion: number;
	readonly generation: number;
	readonly dataset: typeof datasets.$inferSelect;
	/** Ids of the organisations that take part, in the order in which they joined. */
	readonly members: readonly string[];
}

/** @throws NotFoundError */
export function storedPool(app: App, id: string): StoredPool {
	const found = app.db
		.select({ pool: pools, dataset: datasets, version: poolContractVersions })
		.from(pools)
		.innerJoin(datasets, eq(datasets.poolId, pools.id))
		.innerJoin(
			poolContractVersions,
			and(
				eq(poolContractVersions.poolId, pools.id),
				eq(poolContractVersions.number, pools.contractVersion)
			)
		)
		.where(eq(pools.id, id))
		.get();
	if (!found) throw new NotFoundError();
	const { pool, dataset, version } = found;
	return {
		id,
		organisationId: pool.organisationId,
		contract: version.contract,
		contractVersion: version.number,
		generation: version.generation,
		dataset,
		members: app.db
			.select({ id: poolMembers.organisationId })
			.from(poolMembers)
			.where(eq(poolMembers.poolId, id))
			// Two that joined at the same millisecond: in the order in which they were written down.
			.orderBy(poolMembers.joinedAt, sql`rowid`)
			.all()
			.map((member) => member.id)
	};
}

export type StoredPart = typeof poolParts.$inferSelect & {
	/** Name of its organisation. */
	readonly organisation: string;
	readonly generation: number;
};

/** What each organisation contributed last and did not withdraw, by organisation and period. */
export function standingParts(app: App, poolId: string): StoredPart[] {
	return app.db
		.select({
			part: poolParts,
			organisation: organisations.name,
			generation: poolContractVersions.generation
		})
		.from(poolParts)
		.innerJoin(organisations, eq(organisations.id, poolParts.organisationId))
		.innerJoin(
			poolContractVersions,
			and(
				eq(poolContractVersions.poolId, poolParts.poolId),
				eq(poolContractVersions.number, poolParts.contractVersion)
			)
		)
		.where(
			and(
				eq(poolParts.poolId, poolId),
				isNull(poolParts.supersededAt),
				isNull(poolParts.withdrawnAt)
			)
		)
		.orderBy(organisations.name, poolParts.organisationId, poolParts.period)
		.all()
		.map(({ part, ...rest }) => ({ ...part, ...rest }));
}

/**
 * Of what its bytes hold, the columns of the contract that it meets: one that the contract lost since, and that might
 * come back as another thing under the same name, is not among them.
 */
export function columnsOfPart(
	{ columns }: Pick<StoredPart, 'columns'>,
	read: readonly Column[]
): Column[] {
	const names = new Set(columns.map(({ name }) => name));
	return read.filter(({ name }) => names.has(name));
}

/** Each version of the pool's contract, by its number. */
export const contractVersions = (app: App, poolId: string): Map<number, Contract> =>
	new Map(
		app.db
			.select({ number: poolContractVersions.number, contract: poolContractVersions.contract })
			.from(poolContractVersions)
			.where(eq(poolContractVersions.poolId, poolId))
			.all()
			.map(({ number, contract }) => [number, contract])
	);

/** The last part an organisation contributed for a period, standing or not: numbers are never given twice. */
export function lastPartNumber(
	app: App,
	{ poolId, organisationId, period }: Pick<StoredPart, 'poolId' | 'organisationId' | 'period'>
): number {
	return (
		app.db
			.select({ number: poolParts.number })
			.from(poolParts)
			.where(
				and(
					eq(poolParts.poolId, poolId),
					eq(poolParts.organisationId, organisationId),
					eq(poolParts.period, period)
				)
			)
			.orderBy(desc(poolParts.number))
			.get()?.number ?? 0
	);
}
