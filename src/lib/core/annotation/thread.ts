/** A discussion about a cell of a notebook, as someone who may read the notebook sees it. */

export const THREAD_LIMITS = {
	/** Characters of one comment. */
	body: 5000,
	/** Characters kept of how the cell read. */
	excerpt: 300,
	/** Threads of one notebook. */
	threads: 500,
	/** Comments of one thread. */
	comments: 200
} as const;

export interface ThreadComment {
	readonly id: string;
	readonly author: string;
	/** Whether the reader wrote it. */
	readonly mine: boolean;
	/** Markdown, sanitised when shown; '' once it is deleted. */
	readonly body: string;
	/** Its author changed it after it was sent. */
	readonly edited: boolean;
	/** Its place is kept, since others answered. */
	readonly deleted: boolean;
	/** Whether the reader may change its words. */
	readonly mayEdit: boolean;
	/** Whether the reader may take it away. */
	readonly mayDelete: boolean;
	/** Milliseconds since the epoch. */
	readonly createdAt: number;
}

export interface Thread {
	readonly id: string;
	/** The cell may be gone. */
	readonly cellId: string;
	/** How the cell read when the thread was opened. */
	readonly excerpt: string;
	readonly createdAt: number;
	readonly resolved: { readonly by: string; readonly at: number } | null;
	/** Whether the reader may resolve it, and open it again. */
	readonly mayResolve: boolean;
	/** In the order in which they were written; never empty. */
	readonly comments: readonly ThreadComment[];
}

/** What is sent to those who have the notebook open when a thread of it changed. */
export const THREADS_CHANGED = 'threads';
