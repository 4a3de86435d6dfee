/** A dataset version as what comes from it names it, with the terms of now. */
import { and, eq } from 'drizzle-orm';
import { wordsIn } from '../../core/dataset/about.ts';
import { parseFileName } from '../../core/dataset/file-name.ts';
import { carriedTerms } from '../../core/governance/dataset-terms.ts';
import type { LineageSource } from '../../core/governance/terms.ts';
import type { Lang } from '../../core/notebook/notebook.ts';
import type { App } from '../app.ts';
import { datasets, datasetVersions, organisations } from '../db/schema.ts';
import { aboutOf } from './dataset-fields.ts';

export interface FoundVersion {
	readonly dataset: typeof datasets.$inferSelect;
	readonly version: typeof datasetVersions.$inferSelect;
	readonly organisation: string;
}

/** What a file's name (`slug@version.arrow`) stands for, whoever asks; null for nothing. Permissions are asked after. */
export function findVersion(app: App, name: string): FoundVersion | null {
	const named = parseFileName(name);
	if (!named) return null;
	return (
		app.db
			.select({ dataset: datasets, version: datasetVersions, organisation: organisations.name })
			.from(datasets)
			.innerJoin(datasetVersions, eq(datasetVersions.datasetId, datasets.id))
			.innerJoin(organisations, eq(organisations.id, datasets.organisationId))
			.where(and(eq(datasets.slug, named.slug), eq(datasetVersions.number, named.version)))
			.get() ?? null
	);
}

/** @param lang of what comes from it: the title is in it, where it is said in it; without one, as its steward gave it */
export const sourceOf = (
	{ dataset, version, organisation }: FoundVersion,
	lang?: Lang
): LineageSource => ({
	datasetId: dataset.id,
	slug: dataset.slug,
	version: version.number,
	hash: version.hash,
	title: lang ? wordsIn(dataset, aboutOf(dataset), lang).title : dataset.title,
	organisation,
	licence: dataset.licence,
	publication: dataset.publication,
	synthetic: dataset.synthetic,
	rows: version.rows,
	...carriedTerms(dataset.publication, dataset)
});
