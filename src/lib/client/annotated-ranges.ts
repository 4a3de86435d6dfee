/** Where the words and steps that discussions are about stand in the notebook's present text. */
import type * as Y from 'yjs';
import { anchorRange, standingOfRange, type RangeStanding } from '../collab/range-anchor.ts';
import type { SourceRange } from '../core/annotation/anchor.ts';
import type { Thread } from '../core/annotation/thread.ts';

export type RangesOfThreads = ReadonlyMap<string, RangeStanding>;

/** By thread; those that are about something else have none. */
export function rangesOf(doc: Y.Doc, threads: readonly Thread[]): RangesOfThreads {
	return new Map(
		threads.flatMap(({ id, anchor }): [string, RangeStanding][] =>
			anchor.kind === 'text' || anchor.kind === 'step' ? [[id, standingOfRange(doc, anchor)]] : []
		)
	);
}

/** What a new discussion about those words points at; null where they are not in that cell's text. */
export const rangeFor = (doc: Y.Doc, cell: string, from: number, to: number): SourceRange | null =>
	anchorRange(doc, cell, from, to);
