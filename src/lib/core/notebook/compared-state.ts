/** A state of a notebook that is compared with another: which one it is, and what it holds. */
import type { VersionKind } from './history.ts';
import type { Notebook } from './notebook.ts';
import type { VersionRef } from './version-ref.ts';

export interface StateHeading {
	readonly ref: VersionRef;
	/** Whose state it is. */
	readonly notebookId: string;
	/** Of the notebook, as it is in this state. */
	readonly title: string;
	readonly owner: string;
	/** Milliseconds since the epoch. */
	readonly at: number;
	/** One of its history, else null. */
	readonly kept: {
		readonly kind: VersionKind;
		readonly name: string | null;
		readonly by: string;
		readonly people: readonly string[];
	} | null;
	/** A frozen one, or what a copy was made from, else null: its number within its notebook. */
	readonly number: number | null;
	/** The reader may open the notebook. */
	readonly readable: boolean;
}

export interface ComparedState extends StateHeading {
	readonly notebook: Notebook;
}

/** A state that can be chosen instead. */
export type StateChoice = StateHeading;
