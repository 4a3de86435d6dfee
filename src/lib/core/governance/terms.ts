/**
 * What the organisation that owns a dataset allows. Terms travel with every table that comes from it.
 */

/** What may be published of a dataset: nothing, only aggregates, or its rows. The default is nothing. */
export const PUBLICATION_TERMS = ['nothing', 'aggregates', 'rows'] as const;
export type PublicationTerms = (typeof PUBLICATION_TERMS)[number];

/** The licences offered for datasets and reports (SPDX identifiers, or our own words for the rest). */
export const LICENCES = [
	'CC-BY-4.0',
	'CC-BY-SA-4.0',
	'CC-BY-NC-4.0',
	'CC0-1.0',
	'reserved'
] as const;
export type Licence = (typeof LICENCES)[number];

/** One dataset version that a table came from, with the terms it came under. */
export interface LineageSource {
	readonly datasetId: string;
	readonly slug: string;
	readonly version: number;
	/** Hex SHA-256 of the version's Arrow bytes. */
	readonly hash: string;
	readonly title: string;
	readonly organisation: string;
	readonly licence: Licence;
	readonly publication: PublicationTerms;
	readonly synthetic: boolean;
	/** Rows of the version. */
	readonly rows: number;
}

/** How a value came to be: from which data, through which cells and verbs. */
export interface Lineage {
	readonly sources: readonly LineageSource[];
	/** In the order they were applied; `cell` is a cell's id, `verb` an Arquero verb or `code`. */
	readonly steps: readonly LineageStep[];
}
export interface LineageStep {
	readonly cell: string;
	readonly verb: string;
	/** Rows after the step, where the step made a table. */
	readonly rows: number | null;
}
