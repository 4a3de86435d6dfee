/**
 * The real record and terms of the dataset versions that a report names, from the store: what the browser says of
 * them is not read. A dataset that the author may not use answers as one that does not exist.
 */
import { and, eq, isNull } from 'drizzle-orm';
import { parseFileName } from '../../core/dataset/file-name.ts';
import type { KnownSource } from '../../core/governance/publish.ts';
import type { LineageSource } from '../../core/governance/terms.ts';
import { allows } from '../../core/permissions/table.ts';
import { rolesOnDataset } from '../access/dataset.ts';
import type { Actor, App } from '../app.ts';
import { datasets, datasetVersions, organisations } from '../db/schema.ts';

/** Looks each file up once. */
export function knownSources(app: App, actor: Actor): KnownSource {
	const met = new Map<string, LineageSource | null>();
	return (file) => {
		const before = met.get(file);
		if (before !== undefined) return before;
		const found = lookUp(app, actor, file);
		met.set(file, found);
		return found;
	};
}

function lookUp(app: App, actor: Actor, file: string): LineageSource | null {
	const named = parseFileName(file);
	if (!named) return null;
	const found = app.db
		.select({
			datasetId: datasets.id,
			slug: datasets.slug,
			version: datasetVersions.number,
			hash: datasetVersions.hash,
			title: datasets.title,
			organisation: organisations.name,
			licence: datasets.licence,
			publication: datasets.publication,
			synthetic: datasets.synthetic,
			rows: datasetVersions.rows
		})
		.from(datasetVersions)
		.innerJoin(datasets, eq(datasets.id, datasetVersions.datasetId))
		.innerJoin(organisations, eq(organisations.id, datasets.organisationId))
		.where(
			and(
				eq(datasets.slug, named.slug),
				eq(datasetVersions.number, named.version),
				isNull(datasets.withdrawnAt),
				isNull(datasetVersions.withdrawnAt)
			)
		)
		.get();
	if (!found || !allows(rolesOnDataset(app, actor, found.datasetId), 'dataset.read')) return null;
	return found;
}
