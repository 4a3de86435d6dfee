/**
 * The bytes of withdrawn datasets go once their delay has passed: what was withdrawn by mistake can be brought back until
 * then. Hashes, columns and the rest of the record stay. What stops half-way is taken up at the next run.
 */
import { and, eq, isNotNull, isNull, lte } from 'drizzle-orm';
import type { App } from '../app.ts';
import { datasets, datasetVersions, poolParts } from '../db/schema.ts';
import { areBytesNeeded } from './kept-bytes.ts';

const DAY_MS = 86_400_000;

/** When the bytes of what is withdrawn now will go. */
export const purgeTime = (app: App): number => app.now() + app.config.withdrawnDays * DAY_MS;

export interface Purged {
	readonly datasetId: string;
	readonly slug: string;
	/** Hashes whose bytes are gone; those that another dataset still has are not among them. */
	readonly removed: readonly string[];
	/** Hashes that stay for the sake of another dataset. */
	readonly shared: readonly string[];
}

export async function purgeWithdrawn(app: App): Promise<Purged[]> {
	// Withdrawn before there was a delay: it begins now, so that it was told.
	app.db
		.update(datasets)
		.set({ purgeAt: purgeTime(app) })
		.where(and(isNotNull(datasets.withdrawnAt), isNull(datasets.purgeAt)))
		.run();
	const due = app.db
		.select({ id: datasets.id, slug: datasets.slug, poolId: datasets.poolId })
		.from(datasets)
		.where(
			and(
				isNotNull(datasets.withdrawnAt),
				isNull(datasets.purgedAt),
				lte(datasets.purgeAt, app.now())
			)
		)
		.all();
	const purged: Purged[] = [];
	for (const { id, slug, poolId } of due) {
		const removed: string[] = [];
		const shared: string[] = [];
		let waiting = false;
		for (const hash of hashesOf(app, { id, poolId })) {
			const isKept = () => areBytesNeeded(app, hash, { datasetId: id });
			if (await app.blobs.remove(hash, isKept)) removed.push(hash);
			else if (isKept()) shared.push(hash);
			// Somebody is sending the same bytes: whether they will have them is not known yet.
			else waiting = true;
		}
		if (waiting) continue;
		// Last: until it is written, the next run does all of it again, which changes nothing.
		app.db.update(datasets).set({ purgedAt: app.now() }).where(eq(datasets.id, id)).run();
		purged.push({ datasetId: id, slug, removed, shared });
	}
	return purged;
}

/** Of its versions, and of the parts that they are made of where it is a pool's. */
function hashesOf(app: App, { id, poolId }: { id: string; poolId: string | null }): string[] {
	const versions = app.db
		.select({ hash: datasetVersions.hash })
		.from(datasetVersions)
		.where(eq(datasetVersions.datasetId, id))
		.all();
	const parts =
		poolId === null
			? []
			: app.db
					.select({ hash: poolParts.hash })
					.from(poolParts)
					.where(eq(poolParts.poolId, poolId))
					.all();
	return [...new Set([...versions, ...parts].map(({ hash }) => hash))];
}
