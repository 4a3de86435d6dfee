/**
 * What a file taken out of here says of itself (`datapackage.json`, DCAT…): plain facts, for the browser that makes the
 * file from the bytes that the person may read.
 */
import { and, eq } from 'drizzle-orm';
import type { DatasetAbout } from '../../core/dataset/about.ts';
import type { ColumnAbout } from '../../core/dataset/column-about.ts';
import { printFileName } from '../../core/dataset/file-name.ts';
import { NotFoundError } from '../../core/errors.ts';
import type { DatasetTerms } from '../../core/governance/dataset-terms.ts';
import type { Licence, PublicationTerms } from '../../core/governance/terms.ts';
import { licenceUrl } from '../../core/report/linked-data.ts';
import { goneError, requireOnDataset } from '../access/dataset.ts';
import type { Actor, App } from '../app.ts';
import { datasets, datasetVersions, organisations } from '../db/schema.ts';
import { aboutOf, termsOf } from './dataset-fields.ts';

export interface DatasetPackage {
	/** `slug@version.arrow` */
	readonly file: string;
	readonly slug: string;
	readonly version: number;
	/** Of the version, in milliseconds since the epoch. */
	readonly createdAt: number;
	/** Hex SHA-256 and length of the Arrow bytes. */
	readonly hash: string;
	readonly byteLength: number;
	readonly rows: number;
	readonly title: string;
	readonly description: string;
	readonly about: DatasetAbout;
	/** In the order of the table. */
	readonly columns: readonly PackageColumn[];
	/** `url` is null where the licence has no page. */
	readonly licence: { readonly name: Licence; readonly url: string | null };
	readonly sources: readonly { readonly title: string; readonly path: string | null }[];
	readonly contributors: readonly PackageContributor[];
	readonly publication: PublicationTerms;
	readonly terms: DatasetTerms;
	readonly synthetic: boolean;
}
export interface PackageColumn extends ColumnAbout {
	/** How it is stored (`StoredColumn.type`). */
	readonly type: string;
	readonly missing: number;
}
/** Roles as Data Package writes them. */
export interface PackageContributor {
	readonly title: string;
	readonly role: 'publisher' | 'contact';
	readonly email: string | null;
}

/** @throws NotFoundError, GoneError (`requireOnDataset`) */
export function packageOf(
	app: App,
	actor: Actor | null,
	datasetId: string,
	number: number
): DatasetPackage {
	requireOnDataset(app, actor, datasetId);
	const found = app.db
		.select({ dataset: datasets, version: datasetVersions, organisation: organisations.name })
		.from(datasets)
		.innerJoin(datasetVersions, eq(datasetVersions.datasetId, datasets.id))
		.innerJoin(organisations, eq(organisations.id, datasets.organisationId))
		.where(and(eq(datasets.id, datasetId), eq(datasetVersions.number, number)))
		.get();
	if (!found) throw new NotFoundError();
	const { dataset, version, organisation } = found;
	if (version.withdrawnAt !== null) throw goneError(app, datasetId, 'withdrawn', number);
	const about = aboutOf(dataset);
	const said = new Map((dataset.columnsAbout ?? []).map((column) => [column.name, column]));
	const { slug, title, description, licence, publication, synthetic } = dataset;
	const { createdAt, hash, byteLength, rows } = version;
	return {
		file: printFileName({ slug, version: number }),
		...{ slug, version: number, createdAt, hash, byteLength, rows, title, description, about },
		columns: version.columns.map(({ name, type, missing }) => ({
			...(said.get(name) ?? { name, label: '', description: { fr: '', en: '' }, unit: '' }),
			type,
			missing
		})),
		licence: { name: licence, url: licenceUrl(licence) },
		sources:
			about.source || about.sourceUrl
				? [{ title: about.source || about.sourceUrl, path: about.sourceUrl || null }]
				: [],
		contributors: [
			{ title: organisation, role: 'publisher', email: null },
			...(about.stewardName || about.stewardEmail
				? [
						{
							title: about.stewardName || organisation,
							role: 'contact' as const,
							email: about.stewardEmail || null
						}
					]
				: [])
		],
		publication,
		terms: termsOf(dataset),
		synthetic
	};
}
