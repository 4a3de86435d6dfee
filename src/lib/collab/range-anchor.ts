/**
 * Ranges of a cell's text that follow its edits. Both ends are Yjs relative positions; where they say nothing (another
 * document, a cell that was brought back, words that were cut and pasted), the quote is looked for.
 */
import type * as Y from 'yjs';
import { ANCHOR_LIMITS, type AnchorStanding, type SourceRange } from '../core/annotation/anchor.ts';
import {
	findQuote,
	quoteAt,
	type SearchWork,
	type TextRange
} from '../core/annotation/find-quote.ts';
import { cellText } from './document.ts';
import { readPosition, writePosition } from './text-position.ts';

export interface RangeStanding {
	/** In the cell's present text; both 0 where the range is gone. */
	readonly from: number;
	readonly to: number;
	readonly standing: Exclude<AnchorStanding, 'unknown'>;
}

const GONE: RangeStanding = { from: 0, to: 0, standing: 'gone' };

/** null where there is no such cell, or the range is empty or not within its text. */
export function anchorRange(
	doc: Y.Doc,
	cell: string,
	from: number,
	to: number
): SourceRange | null {
	const text = cellText(doc, cell);
	if (!text || !(from >= 0 && from < to && to <= text.length)) return null;
	return {
		// What is typed at either end is not of the range.
		from: writePosition(text, from),
		to: writePosition(text, to, 'before'),
		...quoteAt(text.toString(), { from, to })
	};
}

/** Where the range is now. Takes anything of a `SourceRange`'s shape, whoever made it. */
export function standingOfRange(
	doc: Y.Doc,
	{ cell, ...range }: SourceRange & { readonly cell: string },
	work?: SearchWork
): RangeStanding {
	const text = cellText(doc, cell);
	if (!text) return GONE;
	const words = text.toString();
	const placed = rangeAt(text, range);
	if (placed && placed.from < placed.to)
		return {
			...placed,
			standing: quoteAt(words, placed).quote === range.quote ? 'here' : 'changed'
		};
	const found = findQuote(words, range, work);
	if (!found) return GONE;
	const same = quoteAt(words, found).quote === range.quote;
	return { ...found, standing: same ? 'here' : 'changed' };
}

/**
 * Whether both ends are positions in the cell's text, and the quote is what stands between them.
 * @returns the range with what stands around it, read from the text; null otherwise
 */
export function verifiedRange(doc: Y.Doc, cell: string, range: SourceRange): SourceRange | null {
	const text = cellText(doc, cell);
	const placed = text && rangeAt(text, range);
	if (!text || !placed || placed.from >= placed.to) return null;
	const now = quoteAt(text.toString(), placed);
	return now.quote === range.quote ? { from: range.from, to: range.to, ...now } : null;
}

/** null where the positions are not in this text. */
function rangeAt(text: Y.Text, range: Pick<SourceRange, 'from' | 'to'>): TextRange | null {
	const [from, to] = [range.from, range.to].map((position) =>
		position.length > ANCHOR_LIMITS.position ? null : readPosition(text, position)
	);
	return from == null || to == null ? null : { from, to };
}
