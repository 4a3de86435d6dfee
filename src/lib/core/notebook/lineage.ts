/** Where a notebook comes from and what was made of it, as someone who reads it sees it. */
import type { ForkSummary } from './fork-summary.ts';

/** A notebook that it comes from; null: one that the reader may not read, of which nothing is told. */
export type Ancestor = {
	readonly id: string;
	readonly title: string;
	readonly owner: string;
	/** Which frozen version of it the next one was copied from. */
	readonly number: number;
} | null;

/** A version of the notebook that has a name or a number. */
export type LineageVersion =
	| { readonly kind: 'named'; readonly id: string; readonly name: string; readonly at: number }
	| {
			readonly kind: 'frozen';
			readonly number: number;
			/** What it was frozen for. */
			readonly reason: 'fork' | 'report' | 'named';
			readonly at: number;
	  };

/** A version of one's own that someone made of a notebook, which the reader may read. */
export interface Fork {
	readonly id: string;
	readonly title: string;
	readonly owner: string;
	/** The reader's. */
	readonly owned: boolean;
	readonly createdAt: number;
	/** The last edit. */
	readonly updatedAt: number;
	/** What it changed; null: it cannot be read, or while more is `pending`, may not be reckoned yet. */
	readonly summary: ForkSummary | null;
}

export interface Lineage {
	/** The nearest last. */
	readonly ancestors: readonly Ancestor[];
	readonly title: string;
	readonly owner: string;
	/** The latest first. */
	readonly versions: readonly LineageVersion[];
	/** The last edited first. */
	readonly forks: readonly Fork[];
	/** A starter's workshop, of which the reader facilitates all the versions; null: it is none. */
	readonly workshop: string | null;
	/** What some of the copies changed is not reckoned yet: ask again. */
	readonly pending: boolean;
	/** How many more there are, that the reader may not read; null: it is not for the reader to know. */
	readonly others: number | null;
}
