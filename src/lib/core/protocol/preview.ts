/**
 * A cell that is one chain, looked at step by step: its source cut into the text that the chain begins with and the
 * text of each of its steps. What comes of each is kept by the worker under a handle, as a cell's tables are, and is
 * nobody's value.
 */
import type { CellError, ColumnInfo, Picture, Scalar } from './messages.ts';

/** In the place of a cell's id: an example that stands beside the notebook, and in no cell of it. */
export const BESIDE = '';

/** What the chain gives after one of its texts. */
export interface PreviewStage {
	/** The worker's handle of the table. */
	readonly table: string;
	readonly rows: number;
	readonly columns: readonly ColumnInfo[];
	/** Milliseconds that this text alone took, when it was run. */
	readonly ms: number;
}

/**
 * Why there are no more stages than these: there is one for each text; the next text failed; a name that it uses has no
 * value as the notebook stands; what it gives is no table, or a picture.
 */
export const PREVIEW_ENDS = ['whole', 'failed', 'waiting', 'no_table', 'picture'] as const;
export type PreviewEnd = (typeof PREVIEW_ENDS)[number];

export interface Preview {
	/** Of the head and of the steps, in order, up to the first that gives none. */
	readonly stages: readonly PreviewStage[];
	readonly end: PreviewEnd;
	/** Of the text that failed; its place is in that text. */
	readonly error: CellError | null;
	/** What the last text gave, where it is a picture. */
	readonly picture?: Picture;
}

/** What a join of two tables would find. */
export interface JoinMatches {
	/** Rows of the table at hand: all, with a match, without a value to match by, with more than one match. */
	readonly rows: number;
	readonly matched: number;
	readonly missing: number;
	readonly several: number;
	/** Rows of a join that keeps all those of the table at hand. */
	readonly made: number;
	/** Pairs of columns, by place, whose values are of different sorts: they never match. */
	readonly unlike: readonly number[];
	/** Rows of the other table: all, and those that match. */
	readonly otherRows: number;
	readonly otherMatched: number;
	/** Distinct values of the table at hand that match nothing. */
	readonly unmatchedKeys: number;
	/** The most frequent of them. */
	readonly unmatched: readonly Unmatched[];
}
export interface Unmatched {
	/** One for each pair of columns. */
	readonly values: readonly Scalar[];
	readonly rows: number;
	/** A value of the other table that is written nearly the same; null where none is, or for several columns. */
	readonly near: string | null;
}
