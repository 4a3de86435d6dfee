/** What two people changed in ways that only a person can put together, with all that is needed to decide. */
import type { ChangeId } from './change.ts';
import type { MergedPiece } from './merge-items.ts';
import type { Cell } from './notebook.ts';

export type MergeConflict =
	| {
			readonly kind: 'title';
			readonly id: ChangeId;
			readonly base: string;
			readonly ours: string;
			readonly theirs: string;
	  }
	| {
			readonly kind: 'edited-both';
			readonly id: ChangeId;
			readonly base: Cell;
			readonly ours: Cell;
			readonly theirs: Cell;
			/** Line by line: what both agree on, and where they do not. */
			readonly pieces: readonly MergedPiece[];
	  }
	/** One cell came to both, and reads differently. */
	| {
			readonly kind: 'added-both';
			readonly id: ChangeId;
			readonly ours: Cell;
			readonly theirs: Cell;
	  }
	/** Edited here, deleted there: it is kept until a person decides. */
	| {
			readonly kind: 'edited-deleted';
			readonly id: ChangeId;
			readonly base: Cell;
			readonly ours: Cell;
	  }
	/** Deleted here, edited there. */
	| {
			readonly kind: 'deleted-edited';
			readonly id: ChangeId;
			readonly base: Cell;
			readonly theirs: Cell;
	  }
	/** Moved by both, to different places. */
	| {
			readonly kind: 'moved-both';
			readonly id: ChangeId;
			readonly ours: Cell;
			/** The cell that it stands below, on each side; null for the first. */
			readonly oursAfter: string | null;
			readonly theirsAfter: string | null;
	  };

export type ConflictKind = MergeConflict['kind'];

/** What a person decides: what is here stays, what was proposed is taken, or a text of their own stands. */
export type Decision =
	| { readonly take: 'ours' }
	| { readonly take: 'theirs' }
	| { readonly take: 'text'; readonly text: string };
