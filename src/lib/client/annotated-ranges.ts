/** Where the words and steps that discussions are about stand in the notebook's present text. */
import type * as Y from 'yjs';
import { anchorRange, standingOfRange, type RangeStanding } from '../collab/range-anchor.ts';
import type { SourceRange } from '../core/annotation/anchor.ts';
import { searchWork } from '../core/annotation/find-quote.ts';
import type { Thread } from '../core/annotation/thread.ts';

export type RangesOfThreads = ReadonlyMap<string, RangeStanding>;

/**
 * By thread; those that are about something else have none. Lost words are looked for nearly as far as that takes no long
 * time for all of them: it is done again after each edit.
 */
export function rangesOf(doc: Y.Doc, threads: readonly Thread[]): RangesOfThreads {
	const work = searchWork();
	return new Map(
		threads.flatMap(({ id, anchor }): [string, RangeStanding][] =>
			anchor.kind === 'text' || anchor.kind === 'step'
				? [[id, standingOfRange(doc, anchor, work)]]
				: []
		)
	);
}

/** What a new discussion about those words points at; null where they are not in that cell's text. */
export const rangeFor = (doc: Y.Doc, cell: string, from: number, to: number): SourceRange | null =>
	anchorRange(doc, cell, from, to);

/** The same words as they stand now, for a discussion that is sent some time after they were chosen; as it was where they are gone. */
export function refreshed<Anchored extends SourceRange & { readonly cell: string }>(
	doc: Y.Doc,
	anchor: Anchored
): Anchored {
	const { from, to, standing } = standingOfRange(doc, anchor);
	const now = standing === 'gone' ? null : anchorRange(doc, anchor.cell, from, to);
	return now ? { ...anchor, ...now } : anchor;
}
