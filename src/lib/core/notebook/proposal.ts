/** Changes of one's own version that are proposed to the notebook that it was made from, and what becomes of each. */
import type { NotebookChange } from './change.ts';
import type { MergeConflict } from './conflict.ts';
import type { Cell } from './notebook.ts';

export const PROPOSAL_LIMITS = {
	/** Characters of the words that go with a proposal, of a reason and of a comment. */
	message: 2000,
	reason: 1000,
	comment: 4000,
	/** Changes of one proposal. */
	changes: 300,
	/** Proposals of one person to one notebook that wait for a decision, and the bytes of all that they ever made to it. */
	open: 20,
	bytes: 16_000_000,
	/** Of one proposal. */
	comments: 200
} as const;

export const CHANGE_STATES = ['open', 'accepted', 'declined', 'withdrawn', 'superseded'] as const;
export type ChangeState = (typeof CHANGE_STATES)[number];

/** A change with what became of it. */
export interface ProposedChange {
	readonly change: NotebookChange;
	readonly state: ChangeState;
	/** Name of who decided it; '' while it is open. */
	readonly by: string;
	/** Whether the reader did. */
	readonly mine: boolean;
	/** Milliseconds since the epoch; null while it is open. */
	readonly at: number | null;
	/** '' where none was given. */
	readonly reason: string;
}

export interface ProposalComment {
	readonly id: string;
	readonly author: string;
	/** Whether the reader wrote it. */
	readonly mine: boolean;
	/** Markdown, sanitised when shown; people are named as in discussions. */
	readonly body: string;
	readonly at: number;
}

/** A line of a list. */
export interface ProposalListing {
	readonly id: string;
	readonly by: string;
	readonly at: number;
	readonly message: string;
	readonly states: Readonly<Record<ChangeState, number>>;
	readonly comments: number;
}

export interface Proposal extends ProposalListing {
	/** Whether the reader made it. */
	readonly mine: boolean;
	readonly originId: string;
	/** '' for who may not read it, and whose version it is not. */
	readonly originTitle: string;
	readonly forkTitle: string;
	/** Null where the reader may not read the version that it comes from. */
	readonly forkId: string | null;
	/** Ids of the cells of the state that the changes start from, in order. */
	readonly base: readonly string[];
	/** In the order of the version that they come from. */
	readonly changes: readonly ProposedChange[];
	readonly discussion: readonly ProposalComment[];
	readonly mayDecide: boolean;
	readonly mayWithdraw: boolean;
}

/** What a person had before their eyes when they decided a conflict: the cell, or the title; null: it was not there. */
export type Seen = Cell | string | null;

/** What came of accepting a change, or of taking one in. */
export type ChangeOutcome =
	| { readonly kind: 'done' }
	/** Not done: a person decides. `again`: what they decided on reads otherwise now. */
	| { readonly kind: 'conflict'; readonly conflict: MergeConflict; readonly again: boolean };

/** A change of one's own that could be proposed. */
export interface OwnChange {
	readonly change: NotebookChange;
	/** What became of the very same change when it was proposed last; null: it never was. */
	readonly proposed: ChangeState | null;
}

/** What a page of a notebook says of proposals, in numbers. */
export interface ProposalCounts {
	/** Changes that wait for a decision of the reader's. */
	readonly toDecide: number;
	/** Proposals that were ever made to it; for who may decide. */
	readonly received: number;
	/** Changes that its origin made since, and that it lacks; null where it has none that the reader may read. */
	readonly toTakeIn: number | null;
	/** Proposals made from it; for who edits it. */
	readonly made: number;
}

/** What is sent to those who have the notebook open when a proposal came or was decided. */
export const PROPOSALS_CHANGED = 'proposals';
