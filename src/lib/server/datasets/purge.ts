/**
 * The bytes of withdrawn datasets go once their delay has passed: what was withdrawn by mistake can be brought back until
 * then. Hashes, columns and the rest of the record stay. What stops half-way is taken up at the next run.
 */
import { and, eq, inArray, isNotNull, isNull, lte, ne } from 'drizzle-orm';
import type { App } from '../app.ts';
import { datasets, datasetVersions } from '../db/schema.ts';

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
		.select({ id: datasets.id, slug: datasets.slug })
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
	for (const { id, slug } of due) {
		const removed: string[] = [];
		const shared: string[] = [];
		let waiting = false;
		for (const hash of hashesOf(app, id)) {
			const isKept = () => isKeptFor(app, hash, id);
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

const hashesOf = (app: App, datasetId: string): string[] => [
	...new Set(
		app.db
			.select({ hash: datasetVersions.hash })
			.from(datasetVersions)
			.where(eq(datasetVersions.datasetId, datasetId))
			.all()
			.map(({ hash }) => hash)
	)
];

/** Whether another dataset needs the bytes: one that stands, or whose withdrawal can still be undone. */
function isKeptFor(app: App, hash: string, but: string): boolean {
	const others = app.db
		.select({ id: datasetVersions.datasetId })
		.from(datasetVersions)
		.where(and(eq(datasetVersions.hash, hash), ne(datasetVersions.datasetId, but)));
	return (
		app.db
			.select({ id: datasets.id })
			.from(datasets)
			.where(and(inArray(datasets.id, others), isNull(datasets.purgedAt)))
			.get() !== undefined
	);
}
