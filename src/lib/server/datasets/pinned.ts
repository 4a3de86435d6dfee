/**
 * What became of the dataset versions that a notebook names (`slug@version.arrow`): a newer one, a withdrawal, the end of
 * its terms. For the page of a notebook; a notebook goes on naming the version that it names.
 */
import { and, desc, eq, isNull } from 'drizzle-orm';
import { compareVersions, type VersionChanges } from '../../core/dataset/compare-versions.ts';
import { printFileName } from '../../core/dataset/file-name.ts';
import { allows } from '../../core/permissions/table.ts';
import { standingOnDataset, type Closed } from '../access/dataset.ts';
import type { Actor, App } from '../app.ts';
import { datasetVersions } from '../db/schema.ts';
import { findVersion } from './lineage-source.ts';

export interface PinnedVersion {
	/** As the notebook names it. */
	readonly file: string;
	readonly title: string;
	readonly organisation: string;
	/**
	 * Why it is read no more by anyone but its stewards (nor by them, once withdrawn); null: it is. A version is withdrawn
	 * alone where a part of a pool was: `newer` is then the one without it.
	 */
	readonly closed: Closed | null;
	/** When it was withdrawn, where it was. */
	readonly withdrawnAt: number | null;
	/** Whether this person reads it still: a steward does past the last day of its terms. */
	readonly readable: boolean;
	/** Last day of its terms, `YYYY-MM-DD`. */
	readonly validUntil: string | null;
	/** The newest version, where the notebook names an older one and may read it. */
	readonly newer: NewerVersion | null;
}
export interface NewerVersion {
	readonly file: string;
	readonly number: number;
	readonly createdAt: number;
	readonly changes: VersionChanges;
}

/** A notebook names few files; what is beyond is not looked up. */
const MOST = 50;

/**
 * In the order of the names. Left out: what is no name, what there is not, and what the person could not read even if it
 * stood: the three answer alike.
 */
export function newerVersions(
	app: App,
	actor: Actor | null,
	fileNames: Iterable<string>
): PinnedVersion[] {
	return [...new Set(fileNames)].slice(0, MOST).flatMap((file): PinnedVersion[] => {
		const found = findVersion(app, file);
		if (!found) return [];
		const { dataset, version, organisation } = found;
		const { roles, closed } = standingOnDataset(app, actor, dataset.id);
		const reads = allows(roles, 'dataset.read') && closed !== 'withdrawn';
		if (!reads && closed === null) return [];
		const { title, validUntil, withdrawnAt, slug } = dataset;
		const last = reads
			? app.db
					.select()
					.from(datasetVersions)
					.where(
						and(eq(datasetVersions.datasetId, dataset.id), isNull(datasetVersions.withdrawnAt))
					)
					.orderBy(desc(datasetVersions.number))
					.get()
			: undefined;
		const newer =
			last && last.number > version.number
				? {
						file: printFileName({ slug, version: last.number }),
						number: last.number,
						createdAt: last.createdAt,
						changes: compareVersions(version, last)
					}
				: null;
		const alone = version.withdrawnAt;
		return [
			{
				...{ file, title, organisation, validUntil, newer },
				closed: alone === null ? closed : 'withdrawn',
				withdrawnAt: alone ?? withdrawnAt,
				readable: reads && alone === null
			}
		];
	});
}
