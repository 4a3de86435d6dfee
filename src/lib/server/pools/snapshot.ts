/**
 * The pool as one table at a moment: the parts that stand, made one. It becomes a version of the pool's dataset, and
 * its bytes are kept, only if, when it is written, those are still the parts that stand.
 */
import { desc, eq } from 'drizzle-orm';
import { AppError, InvalidError } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { ORGANISATION_COLUMN } from '../../core/pool/contract.ts';
import { encodeTable } from '../../tables/arrow.ts';
import { ARROW_LIMITS, checkArrow } from '../../tables/check-arrow.ts';
import { readPool } from '../../tables/pool/read-pool.ts';
import type { Actor, App } from '../app.ts';
import { keepRecorded } from '../datasets/kept-bytes.ts';
import { storedColumns } from '../datasets/stored-columns.ts';
import { datasetVersions, poolVersionParts, type StoredColumn } from '../db/schema.ts';
import {
	columnsOfPart,
	standingParts,
	storedPool,
	type StoredPart,
	type StoredPool
} from './stored-pool.ts';

export interface Snapshot {
	/** Ids of its parts, in their order. */
	readonly parts: readonly string[];
	/** Arrow IPC of the table. */
	readonly bytes: Uint8Array;
	readonly table: {
		readonly byteLength: number;
		readonly rows: number;
		readonly columns: StoredColumn[];
	};
}
type PooledPart = Pick<
	StoredPart,
	'id' | 'organisationId' | 'organisation' | 'period' | 'hash' | 'byteLength' | 'columns'
>;

/** How often others may come in between before one gives up. */
export const TRIES = 20;

/** Those of the contract's generation: the others are to be contributed anew. */
export const pooledParts = (app: App, pool: StoredPool): StoredPart[] =>
	standingParts(app, pool.id).filter(({ generation }) => generation === pool.generation);

/** @throws InvalidError `table_too_large` */
export async function makeSnapshot(
	app: Pick<App, 'blobs'>,
	pool: Pick<StoredPool, 'contract' | 'members'>,
	unordered: readonly PooledPart[]
): Promise<Snapshot> {
	const parts = [...unordered].sort(
		(a, b) =>
			compare(a.organisation, b.organisation) ||
			compare(a.organisationId, b.organisationId) ||
			compare(a.period, b.period)
	);
	// Before anything is read: what stands together must be something that a browser can open.
	const bytes = parts.reduce((sum, part) => sum + part.byteLength, 0);
	if (bytes > ARROW_LIMITS.bytes)
		throw new InvalidError('table_too_large', { megabytes: ARROW_LIMITS.bytes / 1e6 });
	const names = organisationNames(parts, pool.members);
	const read = [];
	for (const part of parts)
		read.push({
			organisation: names.get(part.organisationId) ?? part.organisation,
			columns: columnsOfPart(part, checkArrow(await app.blobs.get(part.hash)))
		});
	const table = readPool(pool.contract, read);
	const encoded = encodeTable(table);
	return {
		parts: parts.map(({ id }) => id),
		bytes: encoded,
		table: {
			byteLength: encoded.length,
			rows: table[0]?.length ?? 0,
			columns: storedColumns(table)
		}
	};
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Two organisations of one name are told apart by a number: the one that joined first keeps the plain name, so that
 * nobody takes another's by coming after it.
 * @param members their ids, in the order in which they joined
 */
function organisationNames(
	unordered: readonly PooledPart[],
	members: readonly string[]
): Map<string, string> {
	const place = new Map(members.map((id, i) => [id, i]));
	const placeOf = ({ organisationId }: PooledPart): number =>
		place.get(organisationId) ?? members.length;
	const parts = [...unordered].sort((a, b) => placeOf(a) - placeOf(b));
	const names = new Map<string, string>();
	const taken = new Set<string>();
	for (const { organisationId, organisation } of parts) {
		if (names.has(organisationId)) continue;
		let name = organisation;
		for (let n = 2; taken.has(name); n++) name = `${organisation} (${n})`;
		taken.add(name);
		names.set(organisationId, name);
	}
	return names;
}

/**
 * Inside the transaction that changed the parts, if any: the snapshot as the newest version of the dataset.
 * @param hash under which its bytes are kept
 */
export function insertVersion(
	app: App,
	actor: Actor,
	pool: StoredPool,
	{ parts, table }: Snapshot,
	hash: string
): number {
	const last = app.db
		.select({ number: datasetVersions.number })
		.from(datasetVersions)
		.where(eq(datasetVersions.datasetId, pool.dataset.id))
		.orderBy(desc(datasetVersions.number))
		.get();
	const number = (last?.number ?? 0) + 1;
	const id = newId(app.random);
	app.db
		.insert(datasetVersions)
		.values({
			id,
			datasetId: pool.dataset.id,
			number,
			hash,
			...table,
			createdBy: actor.personId,
			createdAt: app.now()
		})
		.run();
	for (const partId of parts)
		app.db.insert(poolVersionParts).values({ datasetVersionId: id, partId }).run();
	return number;
}

/**
 * Whether the newest version that may still be read is made of the parts that stand, and of nothing that the contract
 * lost since. A column that it gained is missing in all of them: that alone is worth no version.
 */
function isCurrent(app: App, pool: StoredPool, parts: readonly string[]): boolean {
	const last = app.db
		.select({
			id: datasetVersions.id,
			withdrawnAt: datasetVersions.withdrawnAt,
			columns: datasetVersions.columns
		})
		.from(datasetVersions)
		.where(eq(datasetVersions.datasetId, pool.dataset.id))
		.orderBy(desc(datasetVersions.number))
		.get();
	if (!last || last.withdrawnAt !== null) return false;
	const types = new Map(pool.contract.columns.map(({ name, type }) => [name, type]));
	if (
		last.columns.some(
			({ name, valueType }) => name !== ORGANISATION_COLUMN && types.get(name) !== valueType
		)
	)
		return false;
	const made = app.db
		.select({ id: poolVersionParts.partId })
		.from(poolVersionParts)
		.where(eq(poolVersionParts.datasetVersionId, last.id))
		.all();
	return sameParts(
		made.map(({ id }) => id),
		parts
	);
}

export const sameParts = (a: readonly string[], b: readonly string[]): boolean =>
	a.length === b.length && [...a].sort().join() === [...b].sort().join();

/**
 * Makes a version of what stands, unless the newest one is it, nothing stands, or the bytes went with the whole dataset;
 * answers its number.
 */
export async function renewVersion(app: App, actor: Actor, poolId: string): Promise<number | null> {
	for (let i = 0; i < TRIES; i++) {
		const pool = storedPool(app, poolId);
		// From then on they may be on their way out, whether or not that was written down.
		if ((pool.dataset.purgeAt ?? Infinity) <= app.now()) return null;
		const parts = pooledParts(app, pool);
		const ids = parts.map(({ id }) => id);
		if (parts.length === 0 || isCurrent(app, pool, ids)) return null;
		const snapshot = await makeSnapshot(app, pool, parts);
		const number = await keepRecorded(app, snapshot.bytes, (hash) =>
			app.db.transaction(
				() => {
					const now = storedPool(app, poolId);
					const standing = pooledParts(app, now).map(({ id }) => id);
					if (now.contractVersion !== pool.contractVersion || !sameParts(standing, ids))
						return null;
					return insertVersion(app, actor, now, snapshot, hash);
				},
				{ behavior: 'immediate' }
			)
		);
		if (number !== null) return number;
	}
	throw new AppError('pool_busy');
}
