/** The words that are selected in a text or a code at rest, as a stretch of their cell's source. */
import type { TextRange } from '$lib/core/annotation/find-quote';
import { readingOf } from './still-ranges.ts';
import { placeInSource } from './quote-place.ts';

export interface SelectedWords {
	readonly cell: string;
	/** null where they are not found in the source. */
	readonly span: TextRange | null;
	readonly words: string;
	/** Where they are in the window. */
	readonly box: DOMRect;
}

/** Longer is a whole text rather than a passage. */
const MOST = 2_000;

/** @param source of a cell; null for one that is not in the notebook */
export function selectedWords(source: (cellId: string) => string | null): SelectedWords | null {
	const selection = document.getSelection();
	if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
	const range = selection.getRangeAt(0);
	const within = range.commonAncestorContainer;
	const near = within instanceof Element ? within : within.parentElement;
	const cell = near?.closest<HTMLElement>('[data-cell]');
	const id = cell?.dataset.cell;
	const kind = cell?.dataset.kind;
	if (!cell || id === undefined || kind === undefined) return null;
	const reading = readingOf(cell, kind);
	if (!reading?.element.contains(within)) return null;
	const text = range.toString();
	if (text.trim() === '' || text.length > MOST) return null;
	const read = reading.element.textContent;
	const ahead = document.createRange();
	ahead.selectNodeContents(reading.element);
	ahead.setEnd(range.startContainer, range.startOffset);
	const from = ahead.toString().length;
	const span = trimmed(read, { from, to: from + text.length });
	const written = source(id);
	if (!span || written === null) return null;
	return {
		cell: id,
		span: reading.code ? span : placeInSource(read, written, span),
		words: text.trim(),
		box: range.getBoundingClientRect()
	};
}

/** Without the blanks at both ends; null where nothing else is there. */
export function trimmed(text: string, { from, to }: TextRange): TextRange | null {
	const words = text.slice(from, to);
	const start = from + (words.length - words.trimStart().length);
	const end = to - (words.length - words.trimEnd().length);
	return start < end ? { from: start, to: end } : null;
}
