/** Begins a discussion about words of a cell's source. */
import type * as Y from 'yjs';
import { rangeFor } from '$lib/client/annotated-ranges';
import type { Annotation } from './annotate-context.ts';

interface Words {
	readonly cell: string;
	readonly from: number;
	readonly to: number;
	/** As they are read. */
	readonly words: string;
	/** A step, said in words. */
	readonly kind?: 'text' | 'step';
}

export function beginOn(
	annotation: Annotation,
	doc: Y.Doc,
	{ cell, from, to, words, kind = 'text' }: Words
): void {
	const range = rangeFor(doc, cell, from, to);
	annotation.annotate(range ? { kind, cell, ...range } : { kind: 'cell', cell }, words);
}
