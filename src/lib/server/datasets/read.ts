/** The bytes of a dataset version, for who may read the dataset: asked at each reading. */
import { and, eq } from 'drizzle-orm';
import { parseFileName } from '../../core/dataset/file-name.ts';
import { NotFoundError } from '../../core/errors.ts';
import type { LineageSource } from '../../core/governance/terms.ts';
import { allows } from '../../core/permissions/table.ts';
import { rolesOnDataset } from '../access/dataset.ts';
import type { Actor, App } from '../app.ts';
import { datasets, datasetVersions, organisations } from '../db/schema.ts';

export interface DatasetFile {
	readonly source: LineageSource;
	/** Reads the bytes from the store. */
	readonly bytes: () => Promise<Uint8Array<ArrayBuffer>>;
}

/** @throws NotFoundError for a missing, a foreign and a withdrawn one alike */
export function openDatasetFile(app: App, actor: Actor | null, name: string): DatasetFile {
	const named = parseFileName(name);
	if (!named) throw new NotFoundError();
	const found = app.db
		.select({ dataset: datasets, version: datasetVersions, organisation: organisations.name })
		.from(datasets)
		.innerJoin(datasetVersions, eq(datasetVersions.datasetId, datasets.id))
		.innerJoin(organisations, eq(organisations.id, datasets.organisationId))
		.where(and(eq(datasets.slug, named.slug), eq(datasetVersions.number, named.version)))
		.get();
	if (!found || found.dataset.withdrawnAt !== null || found.version.withdrawnAt !== null)
		throw new NotFoundError();
	const { dataset, version, organisation } = found;
	if (!allows(rolesOnDataset(app, actor, dataset.id), 'dataset.read')) throw new NotFoundError();
	return {
		source: {
			datasetId: dataset.id,
			slug: dataset.slug,
			version: version.number,
			hash: version.hash,
			title: dataset.title,
			organisation,
			licence: dataset.licence,
			publication: dataset.publication,
			synthetic: dataset.synthetic,
			rows: version.rows
		},
		bytes: () => app.blobs.get(version.hash)
	};
}
