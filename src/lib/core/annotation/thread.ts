/** A discussion about something in a notebook, as someone who may read the notebook sees it. */
import type { Anchor } from './anchor.ts';

export const THREAD_LIMITS = {
	/** Characters of one comment. */
	body: 5000,
	/** Characters kept of how the cell read. */
	excerpt: 300,
	/** Threads of one notebook. */
	threads: 500,
	/** Comments of one thread. */
	comments: 200,
	/** Comments of one notebook, and answers without a word: each listing reads all of them. */
	commentsInAll: 5_000,
	reactionsInAll: 10_000,
	/** Characters of all the comments of one notebook: everyone who opens it is given them. */
	characters: 2_000_000,
	/** People named in one comment. */
	mentions: 20
} as const;

/** What can be answered without a word, in the order in which it is offered. */
export const REACTIONS = ['agree', 'love', 'idea', 'question', 'look', 'celebrate'] as const;
export type Reaction = (typeof REACTIONS)[number];

export interface ReactionCount {
	readonly reaction: Reaction;
	/** Names, the reader's left out, in the order in which they reacted. */
	readonly by: readonly string[];
	readonly mine: boolean;
}

/** Someone who can be named in a comment. */
export interface Mentionable {
	readonly personId: string;
	readonly name: string;
}

export interface ThreadComment {
	readonly id: string;
	readonly authorId: string;
	readonly author: string;
	/** Whether the reader wrote it. */
	readonly mine: boolean;
	/** Markdown, sanitised when shown; '' once it is deleted. A person is named `[@Nom](personne:ID)`. */
	readonly body: string;
	/** Its author changed it after it was sent. */
	readonly edited: boolean;
	/** Its place is kept, since others answered. */
	readonly deleted: boolean;
	/** Whether the reader may change its words. */
	readonly mayEdit: boolean;
	/** Whether the reader may take it away. */
	readonly mayDelete: boolean;
	/** Written by another since the reader last read the thread. */
	readonly unread: boolean;
	/** Those that someone chose, in the order of REACTIONS. */
	readonly reactions: readonly ReactionCount[];
	/** Milliseconds since the epoch. */
	readonly createdAt: number;
}

export interface Thread {
	readonly id: string;
	/** What it points at may be gone. */
	readonly anchor: Anchor;
	/** How that read when the thread was opened. */
	readonly excerpt: string;
	/** The server read it in the notebook; otherwise it is the word of who opened the thread. */
	readonly excerptChecked: boolean;
	readonly createdAt: number;
	readonly resolved: { readonly by: string; readonly at: number } | null;
	/** Whether the reader may resolve it, and open it again. */
	readonly mayResolve: boolean;
	/** In the order in which they were written; never empty. */
	readonly comments: readonly ThreadComment[];
}

/** The discussions of the notebook that one was copied from, as they are read from the copy. */
export interface OriginThreads {
	readonly notebookId: string;
	readonly title: string;
	readonly threads: readonly Thread[];
}

/** What is sent to those who have the notebook open when a thread of it changed. */
export const THREADS_CHANGED = 'threads';
