/**
 * The bytes of withdrawn parts, and of the versions that held them, go once their delay has passed, as those of a
 * withdrawn dataset do. Hashes, counts and the rest of the record stay. What stops half-way is taken up at the next run.
 */
import { and, eq, isNotNull, isNull, lte } from 'drizzle-orm';
import type { App } from '../app.ts';
import { areBytesNeeded, type NotFor } from '../datasets/kept-bytes.ts';
import { datasetVersions, poolParts } from '../db/schema.ts';

export interface PurgedParts {
	/** Hashes whose bytes are gone. */
	readonly removed: readonly string[];
	/** Hashes that stay for the sake of something else. */
	readonly shared: readonly string[];
}

export async function purgeWithdrawnParts(app: App): Promise<PurgedParts> {
	const removed: string[] = [];
	const shared: string[] = [];
	/** Answers whether it is settled; what somebody is sending at this moment is not. */
	const settle = async (hash: string, not: NotFor): Promise<boolean> => {
		const isNeeded = () => areBytesNeeded(app, hash, not);
		if (await app.blobs.remove(hash, isNeeded)) removed.push(hash);
		else if (isNeeded()) shared.push(hash);
		else return false;
		return true;
	};
	for (const table of [datasetVersions, poolParts] as const) {
		const due = app.db
			.select({ id: table.id, hash: table.hash })
			.from(table)
			.where(
				and(isNotNull(table.withdrawnAt), isNull(table.purgedAt), lte(table.purgeAt, app.now()))
			)
			.all();
		for (const { id, hash } of due)
			if (await settle(hash, table === poolParts ? { partId: id } : { versionId: id }))
				app.db.update(table).set({ purgedAt: app.now() }).where(eq(table.id, id)).run();
	}
	return { removed, shared };
}
