/**
 * What the organisation that owns a dataset allows. Terms travel with every table that comes from it.
 */

/** What may be published of a dataset: nothing, only aggregates, or its rows. The default is nothing. */
export const PUBLICATION_TERMS = ['nothing', 'aggregates', 'rows'] as const;
export type PublicationTerms = (typeof PUBLICATION_TERMS)[number];

/**
 * The licences offered for datasets and reports (SPDX identifiers, or our own words for the rest). Données Québec
 * publishes under CC BY 4.0; the government of Canada under its own open licence.
 */
export const LICENCES = [
	'CC-BY-4.0',
	'CC-BY-SA-4.0',
	'CC-BY-NC-4.0',
	'CC-BY-NC-SA-4.0',
	'CC0-1.0',
	'ODbL-1.0',
	'OGL-Canada-2.0',
	'etalab-2.0',
	'reserved'
] as const;
export type Licence = (typeof LICENCES)[number];

/**
 * Who may read a dataset besides its organisation: the workshops and organisations it was granted to, or everyone who
 * is signed in, guests of workshops included. The default is the former.
 */
export const AUDIENCES = ['granted', 'everyone'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** The fewest rows that a published group may sum up, unless its owner says otherwise. */
export const MINIMUM_GROUP = 10;
/** What an owner may say of it. */
export const MINIMUM_GROUPS = { min: 2, max: 1_000 } as const;

/** Longest texts of the terms. The first two travel in a header with each file: they stay short. */
export const TERMS_LIMITS = { purpose: 300, acknowledgement: 300, remuneration: 1_000 } as const;

/** `2026-12-31`: a day of Québec, as written in terms. */
export const TERM_DAY = /^\d{4}-\d\d-\d\d$/;

/** Whether a last day has passed. @param today as `dayOf` (core/moment) says it */
export const isExpired = (validUntil: string | null | undefined, today: string): boolean =>
	validUntil != null && today > validUntil;

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
	// What follows is absent where its owner says nothing of it, and in what was published before it was asked.
	/** `aggregates`: the fewest rows that a published group may sum up. */
	readonly minimumGroup?: number;
	/** Last day, `YYYY-MM-DD`, on which it is read and published from. */
	readonly validUntil?: string;
	/** What it was shared for. */
	readonly purpose?: string;
	/** The sentence to print under what uses it. */
	readonly acknowledgement?: string;
}

/**
 * Whether a text that nothing counts may hold figures of these: their rows may be published, and no smallest group is
 * asked of them.
 */
export const mayTellFigures = (sources: readonly LineageSource[]): boolean =>
	sources.every(
		({ publication, minimumGroup }) => publication === 'rows' && minimumGroup === undefined
	);

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
