/**
 * The steps of a transformation, as plain data. A step is one Arquero verb, or several that a person thinks of as one
 * (`groupby` and `rollup`: « regrouper et résumer »). A list of them is what the panel shows, what words are made of,
 * and what `tables` runs without eval; the cell's source is where they live.
 */
import type { Expression } from './expression.ts';

/** A column that a step makes. */
export interface MadeColumn {
	readonly name: string;
	readonly value: Expression;
}

export interface SortBy {
	readonly value: Expression;
	readonly descending: boolean;
}

/** A pair of columns that say the same thing in two tables. */
export interface MatchedColumns {
	readonly left: string;
	readonly right: string;
	/** Accents, case, punctuation (dashes, apostrophes) and spaces do not count: `fold_key` on both sides. */
	readonly folded: boolean;
	/** Values of the left that are compared as if they were others; the column keeps them. */
	readonly readAs?: readonly (readonly [from: string, to: string])[];
}

export const JOIN_KINDS = ['left', 'inner', 'right', 'full', 'semi', 'anti'] as const;
export type JoinKind = (typeof JOIN_KINDS)[number];

export type Step =
	| { readonly kind: 'filter'; readonly where: Expression }
	| { readonly kind: 'derive'; readonly columns: readonly MadeColumn[] }
	/** Keeps these columns, in this order. */
	| { readonly kind: 'select'; readonly columns: readonly string[] }
	| { readonly kind: 'drop'; readonly columns: readonly string[] }
	| {
			readonly kind: 'rename';
			readonly names: readonly { readonly from: string; readonly to: string }[];
	  }
	| {
			readonly kind: 'relocate';
			readonly columns: readonly string[];
			readonly place: { readonly before: string } | { readonly after: string };
	  }
	/** Groups and sums up: one row for each group; without `by`, one for each group that there is, or one in all. */
	| {
			readonly kind: 'summarise';
			readonly by: readonly MadeColumn[];
			readonly values: readonly MadeColumn[];
	  }
	| { readonly kind: 'group'; readonly by: readonly MadeColumn[] }
	| { readonly kind: 'ungroup' }
	| { readonly kind: 'sort'; readonly by: readonly SortBy[] }
	/** Rows from `from` (0 is the first) to before `to`; negative numbers count from the end, null is the end. */
	| { readonly kind: 'slice'; readonly from: number; readonly to: number | null }
	/** The first rows of each group, in an order; without `within`, of the groups that there are, or of all rows. */
	| {
			readonly kind: 'top';
			readonly count: number;
			readonly by: readonly SortBy[];
			readonly within: readonly MadeColumn[];
	  }
	| {
			readonly kind: 'join';
			readonly join: JoinKind;
			readonly table: string;
			readonly on: readonly MatchedColumns[];
	  }
	/** Brings columns of another table, of the row that matches (the last, where several do). */
	| {
			readonly kind: 'lookup';
			readonly table: string;
			readonly on: readonly MatchedColumns[];
			readonly columns: readonly string[];
	  }
	/** Rows of other tables below; `distinct` leaves out rows that are there already. */
	| { readonly kind: 'stack'; readonly tables: readonly string[]; readonly distinct: boolean }
	/** Values of `columns` become columns, of which `values` fill the cells; one row for each of `by`. */
	| {
			readonly kind: 'pivot';
			readonly by: readonly MadeColumn[];
			readonly columns: readonly MadeColumn[];
			readonly values: readonly MadeColumn[];
	  }
	/** Columns become rows: their name in `names`, their value in `values`. */
	| {
			readonly kind: 'unpivot';
			readonly columns: readonly string[];
			readonly names: string;
			readonly values: string;
	  }
	/** One row for each combination of these columns; of all of them where none is named. */
	| { readonly kind: 'dedupe'; readonly columns: readonly string[] }
	/** Gives missing values of a column a value: a constant, or an aggregate of the column. */
	| { readonly kind: 'fill'; readonly columns: readonly MadeColumn[] }
	/**
	 * Columns computed over the rows of each group, in an order: running totals, ranks, shares, differences. Without
	 * `within`, over the groups that there are, or all rows; without `order`, in the order that there is. With `order`,
	 * the rows are in that order afterwards.
	 */
	| {
			readonly kind: 'window';
			readonly within: readonly MadeColumn[];
			readonly order: readonly SortBy[];
			readonly columns: readonly MadeColumn[];
	  }
	| { readonly kind: 'sample'; readonly count: number }
	/** What the panel does not know: kept as it is written. */
	| { readonly kind: 'code' };

export type StepKind = Step['kind'];

/** A step where it stands in a source. */
export interface PlacedStep {
	readonly step: Step;
	/** Its calls, as they are written: `.filter(d => d.x > 1)`; runs after the text of the steps before it. */
	readonly text: string;
	/** Where its text stands in the source, the marks of a switched-off step included. */
	readonly from: number;
	readonly to: number;
	/** Switched off: it is written in a comment, and does not run. */
	readonly off: boolean;
}

/** A cell that is one chain over a table. */
export interface Pipeline {
	/** `const name = …`; null: the table is displayed. */
	readonly name: string | null;
	/** What the chain begins with. */
	readonly head:
		| { readonly kind: 'table'; readonly name: string }
		/** `slug@version.arrow`. */
		| { readonly kind: 'file'; readonly file: string }
		| { readonly kind: 'code' };
	readonly headText: string;
	readonly headFrom: number;
	readonly headTo: number;
	readonly steps: readonly PlacedStep[];
}

/** `length` characters at `at` become `insert`; several are in order, and none counts on another being done. */
export interface TextEdit {
	readonly at: number;
	readonly length: number;
	readonly insert: string;
}
