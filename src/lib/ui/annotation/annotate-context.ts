/**
 * What a cell and what it gives may ask of the notebook's discussions. Not everything that draws an output has
 * discussions beside it: a report has none, nor has a preview.
 */
import { getContext, hasContext, setContext } from 'svelte';
import type { Anchor, AnchorStanding } from '$lib/core/annotation/anchor';
import type { Thread } from '$lib/core/annotation/thread';

export interface Annotation {
	/**
	 * Opens the form that begins a discussion about that.
	 * @param excerpt how it reads now, in words that are kept with it; cut to THREAD_LIMITS.excerpt
	 */
	annotate(anchor: Anchor, excerpt: string): void;
	/** The discussions about a cell and what is in it, the open ones and the resolved, as they were opened. */
	threadsOn(cellId: string): readonly Thread[];
	/** Where the words or the step that a discussion is about stand in its cell's source; null for others, and where they are gone. */
	rangeOf(threadId: string): { readonly from: number; readonly to: number } | null;
	/** Shows a discussion in the pane, and what it is about in the notebook. */
	open(threadId: string): void;
	/** The discussion that is shown: what it is about is told apart. */
	readonly current: string | null;
	/** Tells what became of what a discussion is about, where only what the cell gives can tell (mark, row, value, outcome). */
	setStanding(threadId: string, standing: AnchorStanding): void;
}

const KEY = Symbol('annotation');

/** Called by the page of a notebook, above its cells. */
export function setAnnotation(annotation: Annotation): void {
	setContext(KEY, annotation);
}

/** While a component is made; null where there are no discussions. What it answers is read anew each time: reactive. */
export function getAnnotation(): Annotation | null {
	return hasContext(KEY) ? getContext<Annotation>(KEY) : null;
}
