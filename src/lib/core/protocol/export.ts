/** What a page asks of the import worker when a stored table is taken out as a file, and what it is told of it. */
import type { DatasetAbout } from '../dataset/about.ts';
import type { ColumnAbout } from '../dataset/column-about.ts';
import type { Lang } from '../notebook/notebook.ts';

export const EXPORT_FORMATS = ['csv', 'xlsx', 'parquet', 'arrow', 'json', 'ndjson'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What an exported file says of its dataset, as the server knows it. */
export interface ExportFacts {
	readonly slug: string;
	readonly version: number;
	/** Of the version, in milliseconds since the epoch. */
	readonly createdAt: number;
	readonly title: string;
	readonly description: string;
	readonly about: DatasetAbout;
	readonly columns: readonly ColumnAbout[];
	/** `url` is null where the licence has no page. */
	readonly licence: { readonly name: string; readonly url: string | null };
	readonly sources: readonly { readonly title: string; readonly path: string | null }[];
	readonly contributors: readonly {
		readonly title: string;
		readonly role: string;
		readonly email: string | null;
	}[];
	readonly publication: string;
	readonly terms: {
		readonly validUntil: string | null;
		readonly purpose: string;
		readonly acknowledgement: string;
		readonly remuneration: string;
	};
	readonly synthetic: boolean;
}

export interface ExportWanted {
	readonly format: ExportFormat;
	/** Of a CSV: `fr` has semicolons and decimal commas, `en` commas and points. */
	readonly csv: Lang;
	/** Of the file to read first. */
	readonly language: Lang;
	/** The rows that the grid shows, in its order, of these columns; null: the whole table. */
	readonly arranged: { readonly columns: readonly string[] } | null;
	readonly facts: ExportFacts;
	/** The terms in words, for the file to read first: each has a name. */
	readonly terms: readonly (readonly [name: string, text: string])[];
}

export interface ExportedFile {
	/** `billetterie-v3.zip`; what holds a part of the table alone says so: `billetterie-v3-extrait.zip`. */
	readonly name: string;
	readonly file: Blob;
	readonly rows: number;
	/** Cells and names of a CSV that were given an apostrophe, so that no spreadsheet computes them. */
	readonly neutralised: number;
}

/** The names of an export's files: the zip, the data in it, and what a person reads first. */
export function exportPaths(
	{ slug, version }: Pick<ExportFacts, 'slug' | 'version'>,
	{ format, language, part }: { format: ExportFormat; language: Lang; part: boolean }
): { readonly zip: string; readonly data: string; readonly readme: string } {
	const suffix = part ? (language === 'fr' ? '-extrait' : '-extract') : '';
	const stem = `${slug}-v${version}${suffix}`;
	const readme = language === 'fr' ? 'LISEZMOI.txt' : 'README.txt';
	return { zip: `${stem}.zip`, data: `${stem}.${format}`, readme };
}
