/** How the next export of a dataset stands to the version that is there, and how it may join it. */
import type { VersionChanges } from './compare-versions.ts';
import type { MergeMode } from './recipe.ts';

/** How a new export joins the version that is there. */
export interface JoinChoice {
	/** Names of the columns that tell a row from another; null: none. */
	readonly key: readonly string[] | null;
	readonly mode: MergeMode;
}

/** A count of the version that is there, and of the new export. */
export interface BothSides {
	readonly before: number;
	readonly after: number;
}

/** Columns whose values, together, no two rows share in either table. */
export interface SuggestedKey {
	readonly key: readonly string[];
	/** Distinct keys of both tables, and of one alone. */
	readonly common: number;
	readonly onlyBefore: number;
	readonly onlyAfter: number;
}

/** Of a key that was named. */
export interface KeyTold extends SuggestedKey {
	/** Rows whose key an earlier row of the same table has. */
	readonly duplicates: BothSides;
	/** Rows that lack a value of their key. */
	readonly withoutKey: BothSides;
	/** Rows of the merged table, and how it is made: as they were, with a new row in their place, new. */
	readonly rows: number;
	readonly kept: number;
	readonly replaced: number;
	readonly added: number;
	/** Rows that it has not: their key is another's. */
	readonly dropped: BothSides;
}

/** Values that a column did not have. */
export interface NewTexts {
	readonly column: string;
	/** Distinct ones. */
	readonly count: number;
	/** Those with the most rows first; `TEXTS_LISTED` at most. */
	readonly listed: readonly { readonly text: string; readonly rows: number }[];
}
export const TEXTS_LISTED = 50;

/** First and last day, in days since 1970-01-01. */
export interface DayRange {
	readonly from: number;
	readonly to: number;
}

export interface VersionComparison {
	readonly changes: VersionChanges;
	readonly newTexts: readonly NewTexts[];
	/** Of the first column of dates that both have. */
	readonly period: {
		readonly column: string;
		readonly before: DayRange;
		readonly after: DayRange;
	} | null;
	/** Names that a key may be made of: of columns that both have. */
	readonly keyColumns: readonly string[];
	/** The likeliest first. */
	readonly suggested: readonly SuggestedKey[];
	/** Of the key asked about; null without one, or where a column of it is in one table alone. */
	readonly told: KeyTold | null;
}

/**
 * How an export joins for the first time, when nobody said so yet; null: only a person can tell.
 * A key that both share decides before dates do: it tells rows, they only tell when.
 */
export function proposeJoin({ suggested, period, changes }: VersionComparison): JoinChoice | null {
	if (changes.rows.before === 0) return { key: null, mode: 'replace' };
	const meeting = suggested.find(({ common }) => common > 0);
	// All that was there comes again: nothing is lost by taking the new export alone.
	if (meeting) return { key: meeting.key, mode: meeting.onlyBefore ? 'merge' : 'replace' };
	if (!period) return null;
	const { before, after } = period;
	const disjoint = after.from > before.to || after.to < before.from;
	if (disjoint) return { key: suggested[0]?.key ?? null, mode: 'add' };
	if (suggested.length) return null;
	return after.from <= before.from && after.to >= before.to ? { key: null, mode: 'replace' } : null;
}

/** How much a file has in common with the version before. */
export type Kinship = 'none' | 'few' | 'enough';

/**
 * By the names of columns: `few` where fewer than half of those of the smaller table are in both.
 * @param columns how many the new table has
 */
export function kinshipOf({ changes }: VersionComparison, columns: number): Kinship {
	const shared = columns - changes.added.length;
	if (shared <= 0) return 'none';
	const before = shared + changes.removed.length;
	return shared * 2 < Math.min(before, columns) ? 'few' : 'enough';
}

/** Rows of the version that a way of joining makes; null while that is not known: a merge without its key. */
export function rowsOf({ changes, told }: VersionComparison, mode: MergeMode): number | null {
	const { before, after } = changes.rows;
	if (mode === 'merge') return told?.rows ?? null;
	return mode === 'add' ? before + after : after;
}

/** What a person looks at before a version is made this way; an empty list: it goes without saying. */
export type JoinConcern =
	/** Rows of keys that both tables have would be there twice. */
	| { readonly code: 'twice'; readonly rows: number; readonly key: readonly string[] }
	/** The new version would have fewer rows. */
	| { readonly code: 'fewer'; readonly rows: number }
	/** Several rows of a table have one key: one of them stays. */
	| { readonly code: 'doubled'; readonly rows: number }
	/** Rows without a value of their key are the same as none: added once more each time. */
	| { readonly code: 'keyless'; readonly rows: number }
	| {
			readonly code: 'retyped';
			readonly column: string;
			readonly before: string;
			readonly after: string;
	  };

/** @param keyless names of columns whose pseudonyms are not made yet: nothing can be said of their values */
export function concernsOf(
	comparison: VersionComparison,
	{ mode }: JoinChoice,
	keyless: readonly string[] = []
): JoinConcern[] {
	const { changes, suggested, told } = comparison;
	const concerns: JoinConcern[] = changes.retyped
		.filter(({ name }) => !keyless.includes(name))
		.map(({ name, before, after }) => ({
			code: 'retyped',
			...{ column: name, before, after }
		}));
	const rows = rowsOf(comparison, mode);
	if (mode === 'add') {
		const meeting = told?.common ? told : suggested.find(({ common }) => common > 0);
		if (meeting) concerns.push({ code: 'twice', rows: meeting.common, key: meeting.key });
	}
	if (rows !== null && rows < changes.rows.before)
		concerns.push({ code: 'fewer', rows: changes.rows.before - rows });
	if (mode === 'merge' && told) {
		const doubled = told.dropped.before + told.dropped.after;
		if (doubled) concerns.push({ code: 'doubled', rows: doubled });
		if (told.withoutKey.after) concerns.push({ code: 'keyless', rows: told.withoutKey.after });
	}
	return concerns;
}
