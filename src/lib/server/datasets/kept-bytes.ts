/** Which bytes of the store are of use, and to whom: a hash is one of a version's, or of a part of a pool. */
import { and, eq, isNull, ne } from 'drizzle-orm';
import type { App } from '../app.ts';
import { datasets, datasetVersions, poolParts } from '../db/schema.ts';

/** Whose need does not count: what is being removed. A dataset is meant with its versions and its pool's parts. */
export interface NotFor {
	readonly datasetId?: string;
	readonly versionId?: string;
	readonly partId?: string;
}

/**
 * Whether anything else needs the bytes: what stands, what was replaced by a newer state, or what was withdrawn and is
 * not due yet.
 */
export function areBytesNeeded(app: App, hash: string, not: NotFor = {}): boolean {
	const stands = and(
		isNull(datasets.purgedAt),
		not.datasetId === undefined ? undefined : ne(datasets.id, not.datasetId)
	);
	const version = app.db
		.select({ id: datasetVersions.id })
		.from(datasetVersions)
		.innerJoin(datasets, eq(datasets.id, datasetVersions.datasetId))
		.where(
			and(
				eq(datasetVersions.hash, hash),
				isNull(datasetVersions.purgedAt),
				not.versionId === undefined ? undefined : ne(datasetVersions.id, not.versionId),
				stands
			)
		)
		.get();
	if (version) return true;
	const part = app.db
		.select({ id: poolParts.id })
		.from(poolParts)
		.innerJoin(datasets, eq(datasets.poolId, poolParts.poolId))
		.where(
			and(
				eq(poolParts.hash, hash),
				isNull(poolParts.purgedAt),
				not.partId === undefined ? undefined : ne(poolParts.id, not.partId),
				stands
			)
		)
		.get();
	return part !== undefined;
}

/**
 * Keeps bytes for what `record` writes down; where it answers null or throws, nothing names them and they do not stay.
 */
export function keepRecorded<T extends object & { readonly then?: never }>(
	app: App,
	bytes: Uint8Array,
	record: (hash: string) => T
): Promise<T>;
export function keepRecorded<T>(
	app: App,
	bytes: Uint8Array,
	record: (hash: string) => T | null | Promise<T | null>
): Promise<T | null>;
export async function keepRecorded<T>(
	app: App,
	bytes: Uint8Array,
	record: (hash: string) => T | null | Promise<T | null>
): Promise<T | null> {
	let kept: string | null = null;
	let done: T | null = null;
	try {
		done = await app.blobs.keep(bytes, (hash) => {
			kept = hash;
			return record(hash);
		});
		return done;
	} finally {
		const hash: string | null = kept;
		if (done === null && hash !== null)
			await app.blobs.remove(hash, () => areBytesNeeded(app, hash));
	}
}

/** How old, in milliseconds, what nothing names must be: the demo keeps its bytes some seconds before it names them. */
const LEFTOVER_AGE = 3_600_000;

/**
 * Removes what a server that was ended in the middle of an upload left: halves of files, and bytes whose hash was never
 * written down. What is being kept at this moment is no leftover.
 */
export async function removeLeftovers(app: App): Promise<void> {
	await app.blobs.sweep(app.now() - LEFTOVER_AGE, (hash) => areBytesNeeded(app, hash));
}
