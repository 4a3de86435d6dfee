/**
 * A cell that is one chain, looked at step by step: its source cut into the text that the chain begins with and the
 * text of each of its steps. What comes of each is kept by the worker under a handle, as a cell's tables are, and is
 * nobody's value.
 */
import type { CellError, ColumnInfo } from './messages.ts';

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
 * value as the notebook stands; what it gives is no table.
 */
export const PREVIEW_ENDS = ['whole', 'failed', 'waiting', 'no_table'] as const;
export type PreviewEnd = (typeof PREVIEW_ENDS)[number];

export interface Preview {
	/** Of the head and of the steps, in order, up to the first that gives none. */
	readonly stages: readonly PreviewStage[];
	readonly end: PreviewEnd;
	/** Of the text that failed; its place is in that text. */
	readonly error: CellError | null;
}
