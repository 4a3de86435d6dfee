/**
 * What a grid asks of a table that stays in a worker: an order of its rows, which of them to show, what to look for,
 * and what a column holds. Dates are epoch milliseconds here, as in windows.
 */
import type { ValueType } from '../dataset/value-type.ts';
import type { ColumnType, Scalar, TableWindow } from './messages.ts';

export type SortDirection = 'ascending' | 'descending';
export interface SortKey {
	readonly column: string;
	readonly direction: SortDirection;
}

/** Which rows a column lets through. */
export type ColumnFilter = { readonly column: string } & (
	| {
			readonly kind: 'contains';
			/** Accents and case do not count. */
			readonly text: string;
	  }
	| {
			readonly kind: 'values';
			/** null: a missing value. */
			readonly values: readonly Scalar[];
			/** Every value but these. */
			readonly except: boolean;
	  }
	| {
			readonly kind: 'range';
			/** Both ends are let through; null leaves that side open. */
			readonly min: number | null;
			readonly max: number | null;
	  }
	| { readonly kind: 'missing' }
	| { readonly kind: 'present' }
);

export interface TableSearch {
	/** Accents and case do not count; numbers and dates are found by how they are written. */
	readonly text: string;
	/** The columns looked in, in the order they are shown. */
	readonly columns: readonly string[];
	/** Rows without it are left out. */
	readonly only: boolean;
}

/** How the page writes what a search may name. */
export interface Writing {
	readonly yes: string;
	readonly no: string;
	readonly decimal: ',' | '.';
}

export interface TableQuery {
	/** The first key decides; the others decide where it does not. Missing values come last in both directions. */
	readonly sort: readonly SortKey[];
	/** All of them have to let a row through. */
	readonly filters: readonly ColumnFilter[];
	readonly search: TableSearch | null;
	readonly writing: Writing;
}

/** What a query came to. */
export interface Arranged {
	/** Rows that are shown. */
	readonly rows: number;
	/** Of these, rows where the search finds something; null without a search. */
	readonly found: number | null;
}

/** A window of an arranged table. */
export interface ArrangedWindow extends TableWindow {
	/** Where each row stands in the table itself, from 0; absent where that is the order shown. */
	readonly rows?: readonly number[];
	/** One array a column: rows of the window whose cell the search finds, from 0; absent without a search. */
	readonly hits?: readonly (readonly number[])[];
}

/** A cell that a search finds: a row of what is shown. */
export interface Match {
	readonly row: number;
	readonly column: string;
}

export interface ValueCount {
	readonly value: Scalar;
	readonly count: number;
}

/** What a column holds in the rows that the filters let through. */
export interface ColumnProfile {
	readonly name: string;
	readonly type: ColumnType;
	readonly valueType?: ValueType;
	readonly rows: number;
	readonly missing: number;
	readonly distinct: number;
	/** Numbers and dates; else null. Quartiles are values of the column (the lower one where two would do). */
	readonly spread: {
		readonly min: number;
		readonly firstQuartile: number;
		readonly median: number;
		readonly thirdQuartile: number;
		readonly max: number;
		readonly mean: number;
		/** Counts in equal bins between min and max. */
		readonly bins: readonly number[];
	} | null;
	/** The most frequent values, at most 10. */
	readonly top: readonly ValueCount[];
}

/** Values of a column in the rows that the filters of the other columns let through, the most frequent first. */
export interface ColumnValues {
	readonly values: readonly ValueCount[];
	/** Distinct values that hold what was looked for, listed or not. */
	readonly matching: number;
	readonly missing: number;
}

export type TableAsk =
	| { readonly ask: 'arrange'; readonly query: TableQuery }
	| { readonly ask: 'profile'; readonly column: string }
	/** @property text what the values listed have to hold; '' lists all */
	| { readonly ask: 'values'; readonly column: string; readonly text: string }
	/** The next cell that the search finds after (or before) this one, round the end. */
	| { readonly ask: 'find'; readonly row: number; readonly column: string; readonly back: boolean };

/** null: a later ask of the same kind took its place; for `find`, also that there is nothing to find. */
export type TableReply = Arranged | ColumnProfile | ColumnValues | Match | null;

/** What a grid may ask of a table that can be explored; null where a later ask took the place of this one. */
export interface TableExplorer {
	/** @param progress told the share done, from 0 to 1 */
	arrange(query: TableQuery, progress: (done: number) => void): Promise<Arranged | null>;
	profile(column: string): Promise<ColumnProfile | null>;
	values(column: string, text: string): Promise<ColumnValues | null>;
	/** Also null when there is nothing to find. */
	find(start: Match, back: boolean): Promise<Match | null>;
}
