/** Which discussions are listed, and in what order: the notebook's. */
import { mentionsIn } from '$lib/core/annotation/mentions';
import type { Thread } from '$lib/core/annotation/thread';

export const THREAD_STATES = ['open', 'unread', 'named', 'resolved', 'all'] as const;
export type ThreadState = (typeof THREAD_STATES)[number];

export interface ThreadFilter {
	readonly state: ThreadState;
	/** Who wrote in it; '' for anyone. */
	readonly person: string;
	/** '' for any; GONE_CELL for those that are deleted. */
	readonly cell: string;
}

export const NO_FILTER: ThreadFilter = { state: 'open', person: '', cell: '' };
/** Stands for every cell that is no more: no cell has that id. */
export const GONE_CELL = '-';

/** Where a discussion stands in its notebook. */
export interface Placed {
	/** The place of its cell; Infinity where that is deleted. */
	readonly cell: number;
	/** Where in its source, for words and steps; null for what is said of the cell or of what it gives. */
	readonly at: number | null;
}

export const isUnread = ({ comments }: Thread): boolean => comments.some(({ unread }) => unread);

/** @param me the reader's id; null where it is not known */
function namesMe({ comments }: Thread, me: string | null): boolean {
	return me !== null && comments.some(({ body }) => mentionsIn(body).includes(me));
}

/**
 * In the notebook's order: by cell, by place in its words, then what is about all of it or what it gives, as they were
 * opened. Those of deleted cells are last.
 */
export function inOrder(
	threads: readonly Thread[],
	place: (thread: Thread) => Placed
): readonly Thread[] {
	return threads
		.map((thread, opened) => ({ thread, opened, ...place(thread) }))
		.sort(
			(a, b) =>
				order(a.cell, b.cell) || order(a.at ?? Infinity, b.at ?? Infinity) || a.opened - b.opened
		)
		.map(({ thread }) => thread);
}
const order = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);

export function filtered(
	threads: readonly Thread[],
	filter: ThreadFilter,
	known: { readonly me: string | null; readonly stands: (cellId: string) => boolean }
): readonly Thread[] {
	const { state, person, cell } = filter;
	const inState: Record<ThreadState, (thread: Thread) => boolean> = {
		open: ({ resolved }) => resolved === null,
		resolved: ({ resolved }) => resolved !== null,
		unread: isUnread,
		named: (thread) => namesMe(thread, known.me),
		all: () => true
	};
	return threads.filter(
		(thread) =>
			inState[state](thread) &&
			(person === '' || thread.comments.some(({ authorId }) => authorId === person)) &&
			(cell === '' ||
				(cell === GONE_CELL ? !known.stands(thread.anchor.cell) : thread.anchor.cell === cell))
	);
}

/** Who wrote in them, by name. */
export function writersOf(threads: readonly Thread[]): readonly { id: string; name: string }[] {
	const byId = new Map<string, string>();
	for (const { comments } of threads)
		for (const { authorId, author } of comments) byId.set(authorId, author);
	return [...byId].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name));
}

/** The one before or after; from none, the first or the last; null where there is none. */
export function beside(
	threads: readonly Thread[],
	current: string | null,
	by: -1 | 1
): Thread | null {
	const at = threads.findIndex(({ id }) => id === current);
	if (at < 0) return threads.at(by === 1 ? 0 : -1) ?? null;
	return threads[at + by] ?? null;
}
