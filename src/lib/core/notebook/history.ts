/** The kept versions of a notebook and its deleted cells, as someone who may read the notebook sees them. */
import type { Cell, Notebook } from './notebook.ts';

export const HISTORY_LIMITS = {
	/** Characters of a version's name. */
	name: 120,
	/** Versions that people named. */
	named: 200,
	/** Versions kept before a restoration, or before another's changes, that nobody named: the oldest goes first. */
	beforeRestore: 30,
	beforeMerge: 30,
	/** Versions kept by themselves, and their bytes: they thin out with age (`version-times.ts`), the oldest go first. */
	automatic: 200,
	automaticBytes: 24_000_000,
	/** People whose edits are in a version that are remembered. */
	people: 50,
	/** Bytes of all the versions of one notebook; and of those that people named: a restoration can always keep the present. */
	bytes: 64_000_000,
	namedBytes: 56_000_000,
	/** Deleted cells that can be brought back, and their bytes: the oldest go first. */
	deletedCells: 500,
	deletedBytes: 8_000_000
} as const;

export const VERSION_KINDS = ['named', 'before-restore', 'before-merge', 'automatic'] as const;
export type VersionKind = (typeof VERSION_KINDS)[number];

export interface VersionListing {
	readonly id: string;
	readonly kind: VersionKind;
	/** null for one that nobody named. */
	readonly name: string | null;
	/** Who kept it; '' where it was kept by itself. */
	readonly by: string;
	/** Those whose edits came since the version before, who began first first. */
	readonly people: readonly string[];
	/** Milliseconds since the epoch: of one that was kept by itself, its last edit. */
	readonly at: number;
	/** The first edit since the version before; null where it is not known, or where there is none. */
	readonly since: number | null;
	/** Whether the reader may rename it; one that was kept by itself stays once it has a name. */
	readonly mayName: boolean;
	/** Whether the reader may delete it. */
	readonly mayManage: boolean;
}

/** A cell that is in the notebook no more. */
export interface DeletedCellListing {
	readonly cell: Cell;
	/** '' where it is not known. */
	readonly by: string;
	readonly at: number;
	/** Whether the reader may forget it for good. */
	readonly mayForget: boolean;
}

export interface NotebookHistory {
	/** The latest first. */
	readonly versions: readonly VersionListing[];
	/** The latest first; null for who may not edit the notebook. */
	readonly deleted: readonly DeletedCellListing[] | null;
}

export interface VersionContent {
	readonly version: VersionListing;
	readonly notebook: Notebook;
}

/** What a change by the server left: where the document is once a page has it. */
export interface ServerChange {
	/** A Yjs client, and its clock after the change. */
	readonly client: number;
	readonly clock: number;
}

export interface RestoredVersion {
	readonly history: NotebookHistory;
	/** The version that holds what was there before; null where nothing differed. */
	readonly kept: string | null;
	readonly change: ServerChange | null;
}

export interface BroughtBack {
	readonly history: NotebookHistory;
	readonly change: ServerChange | null;
}

/** What is sent to those who have the notebook open when its history changed. */
export const HISTORY_CHANGED = 'history';

const RESTORED = 'restored ';
/** What is sent to the others who have the notebook open when a person puts an earlier version in its place. */
export const restoredBy = (name: string): string => RESTORED + name;
/** Whose name such a notice holds; null for any other. */
export const restorerOf = (notice: string | null): string | null =>
	notice?.startsWith(RESTORED) ? notice.slice(RESTORED.length) : null;
