/**
 * An organisation's part of a pool: contributed, refreshed, withdrawn, by its own stewards alone. Each change and the
 * version of the pool that it makes are written together, from the parts that stand at that moment.
 */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { AppError, ForbiddenError, InvalidError, NotFoundError } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { allows } from '../../core/permissions/table.ts';
import { isPeriod } from '../../core/pool/period.ts';
import { checkArrow } from '../../tables/check-arrow.ts';
import type { Column } from '../../tables/column.ts';
import { encodeTable } from '../../tables/arrow.ts';
import { ProblemList } from '../../tables/pool/problems.ts';
import { hasShapeOf, validateTable } from '../../tables/pool/validate.ts';
import { rolesOnOrganisation } from '../access/organisation.ts';
import { rolesOnPool } from '../access/pool.ts';
import { requireAllowed } from '../access/require.ts';
import type { Actor, App } from '../app.ts';
import { keepRecorded } from '../datasets/kept-bytes.ts';
import { purgeTime } from '../datasets/purge.ts';
import { storedColumns } from '../datasets/stored-columns.ts';
import {
	datasetVersions,
	organisations,
	poolMembers,
	poolParts,
	poolVersionParts
} from '../db/schema.ts';
import {
	insertVersion,
	makeSnapshot,
	pooledParts,
	renewVersion,
	sameParts,
	TRIES
} from './snapshot.ts';
import { lastPartNumber, storedPool, type StoredPool } from './stored-pool.ts';

/** Rows of a part: every one of them is compared with the others by its key. */
const MAX_PART_ROWS = 5_000_000;

export interface Contribution {
	readonly organisationId: string;
	/** '' where the contract has no periods. */
	readonly period: string;
	/** Of the contract that the bytes were made for, and whose terms were accepted. */
	readonly contractVersion: number;
	readonly accepted: boolean;
}
export interface Contributed {
	/** Of the pool's dataset. */
	readonly id: string;
	readonly slug: string;
	readonly version: number;
	/** Of the part. */
	readonly number: number;
	readonly rows: number;
}

/**
 * Takes a part in; one that stands for the same organisation and period is replaced, and no other is touched.
 * @param bytes Arrow IPC of the contract's columns
 * @param mostRows for tests: the limit of a part
 * @throws NotFoundError, ForbiddenError; AppError `pool_contract_changed`, `dataset_withdrawn`, `pool_busy`; InvalidError
 *   `pool_terms_to_accept`, `pool_period`, `pool_part_shape`, `pool_part_empty`, `pool_part_problems` (rows), or on
 *   the bytes
 */
export async function contributePart(
	app: App,
	actor: Actor | null,
	poolId: string,
	sent: Contribution,
	bytes: Uint8Array,
	mostRows = MAX_PART_ROWS
): Promise<Contributed> {
	const person = requireContributor(app, actor, poolId, sent.organisationId);
	const first = poolAsSent(app, poolId, sent);
	const columns = checkPart(checkArrow(bytes), first, sent.period, mostRows);
	const encoded = encodeTable(columns);
	const rows = columns[0]?.length ?? 0;
	const organisation =
		app.db
			.select({ name: organisations.name })
			.from(organisations)
			.where(eq(organisations.id, sent.organisationId))
			.get()?.name ?? '';
	const made = {
		id: newId(app.random),
		poolId,
		organisationId: sent.organisationId,
		period: sent.period,
		contractVersion: first.contractVersion,
		byteLength: encoded.length,
		rows,
		columns: storedColumns(columns),
		contributedBy: person.personId
	};

	const done = await keepRecorded(app, encoded, async (hash) => {
		const part = { ...made, hash };
		for (let i = 0; i < TRIES; i++) {
			const pool = poolAsSent(app, poolId, sent);
			const others = othersThan(app, pool, sent);
			const snapshot = await makeSnapshot(app, pool, [...others, { ...part, organisation }]);
			const written = await keepRecorded(app, snapshot.bytes, (table) =>
				app.db.transaction(
					() => {
						// Asked again: much may have happened while the bytes were written.
						requireContributor(app, actor, poolId, sent.organisationId);
						const now = poolAsSent(app, poolId, sent);
						const still = othersThan(app, now, sent);
						const ids = (parts: readonly { readonly id: string }[]) => parts.map(({ id }) => id);
						if (!sameParts(ids(still), ids(others))) return null;
						const number = replacePart(app, part);
						const version = insertVersion(app, person, now, snapshot, table);
						return { id: now.dataset.id, slug: now.dataset.slug, version, number, rows };
					},
					{ behavior: 'immediate' }
				)
			);
			if (written) return written;
		}
		return null;
	});
	if (!done) throw new AppError('pool_busy');
	return done;
}

/** Inside a transaction: the part stands, in place of the one that did; answers its number. */
function replacePart(
	app: App,
	part: Omit<typeof poolParts.$inferInsert, 'number' | 'contributedAt'>
): number {
	const at = app.now();
	app.db
		.update(poolParts)
		.set({ supersededAt: at })
		.where(and(isOf(part.poolId, part.organisationId, part.period), isNull(poolParts.supersededAt)))
		.run();
	const number = lastPartNumber(app, part) + 1;
	app.db
		.insert(poolParts)
		.values({ ...part, number, contributedAt: at })
		.run();
	return number;
}

/** The pool, if it is still the one that the contribution was made for. */
function poolAsSent(app: App, poolId: string, sent: Contribution): StoredPool {
	const pool = storedPool(app, poolId);
	if (pool.dataset.withdrawnAt !== null) throw new AppError('dataset_withdrawn');
	if (pool.contractVersion !== sent.contractVersion) throw new AppError('pool_contract_changed');
	if (!sent.accepted) throw new InvalidError('pool_terms_to_accept', {}, 'accepted');
	const { period } = pool.contract;
	if (period ? !isPeriod(sent.period, period.grain) : sent.period !== '')
		throw new InvalidError('pool_period', {}, 'period');
	return pool;
}

const othersThan = (app: App, pool: StoredPool, { organisationId, period }: Contribution) =>
	pooledParts(app, pool).filter(
		(part) => part.organisationId !== organisationId || part.period !== period
	);

/** The part's columns, said to be of the contract's types, once every row of it meets the contract. */
function checkPart(
	columns: Column[],
	{ contract }: StoredPool,
	period: string,
	mostRows: number
): Column[] {
	if (!hasShapeOf(columns, contract)) throw new InvalidError('pool_part_shape');
	const rows = columns[0]?.length ?? 0;
	if (rows === 0) throw new InvalidError('pool_part_empty');
	if (rows > mostRows) throw new InvalidError('table_too_long', { max: mostRows });
	const problems = new ProblemList(rows, null, 0);
	validateTable(columns, contract, contract.period ? period : null, problems);
	if (problems.size) throw new InvalidError('pool_part_problems', { rows: problems.flaggedRows });
	return columns.map((column, i) => {
		const type = contract.columns[i]?.type;
		return type ? { ...column, valueType: type } : column;
	});
}

/**
 * Takes a part back, all its refreshes with it: from now on nobody reads its rows, nor any version of the pool that
 * held them; their bytes go once the delay of withdrawals has passed. The others' parts stay as they are, in a version
 * without it. It is not undone: the part may be contributed anew.
 *
 * @returns the number of that version; null if nothing is left
 */
export async function withdrawPart(
	app: App,
	actor: Actor | null,
	poolId: string,
	organisationId: string,
	period: string
): Promise<number | null> {
	const person = app.db.transaction(
		() => {
			const found = requireOwn(app, actor, poolId, organisationId);
			if (withdrawParts(app, poolId, organisationId, period) === 0) throw new NotFoundError();
			return found;
		},
		{ behavior: 'immediate' }
	);
	return renewVersion(app, person, poolId);
}

/**
 * Inside a transaction: marks an organisation's parts, and each version of the pool made of one, as withdrawn.
 * @param period null for all of them
 * @returns how many parts
 */
export function withdrawParts(
	app: App,
	poolId: string,
	organisationId: string,
	period: string | null
): number {
	const withdrawal = { withdrawnAt: app.now(), purgeAt: purgeTime(app) };
	const parts = app.db
		.select({ id: poolParts.id })
		.from(poolParts)
		.where(and(isOf(poolId, organisationId, period), isNull(poolParts.withdrawnAt)));
	const versions = app.db
		.select({ id: poolVersionParts.datasetVersionId })
		.from(poolVersionParts)
		.where(inArray(poolVersionParts.partId, parts));
	// Versions first: the parts are found by their not being withdrawn yet.
	app.db
		.update(datasetVersions)
		.set(withdrawal)
		.where(and(inArray(datasetVersions.id, versions), isNull(datasetVersions.withdrawnAt)))
		.run();
	return app.db
		.update(poolParts)
		.set(withdrawal)
		.where(and(isOf(poolId, organisationId, period), isNull(poolParts.withdrawnAt)))
		.run().changes;
}

const isOf = (poolId: string, organisationId: string, period: string | null) =>
	and(
		eq(poolParts.poolId, poolId),
		eq(poolParts.organisationId, organisationId),
		period === null ? undefined : eq(poolParts.period, period)
	);

/** A steward of an organisation that takes part; asked before the bytes are read, and again as they are written. */
export function requireContributor(
	app: App,
	actor: Actor | null,
	poolId: string,
	organisationId: string
): Actor {
	if (!actor) throw new ForbiddenError('sign_in_required');
	requireAllowed(rolesOnPool(app, actor, poolId), 'pool.read', 'pool.contribute');
	const person = requireOwn(app, actor, poolId, organisationId);
	const member = app.db
		.select({ id: poolMembers.organisationId })
		.from(poolMembers)
		.where(and(eq(poolMembers.poolId, poolId), eq(poolMembers.organisationId, organisationId)))
		.get();
	if (!member) throw new ForbiddenError('pool_not_member');
	return person;
}

/** A steward of this organisation, whatever else they are. */
function requireOwn(app: App, actor: Actor | null, poolId: string, organisationId: string): Actor {
	if (!actor) throw new ForbiddenError('sign_in_required');
	requireAllowed(rolesOnPool(app, actor, poolId), 'pool.read');
	const roles = rolesOnOrganisation(app, actor, organisationId);
	if (!allows(roles, 'organisation.manage')) throw new ForbiddenError('pool_not_own_part');
	return actor;
}
