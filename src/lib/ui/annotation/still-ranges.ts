/**
 * The words that discussions are about, in a text or a code at rest. They are marked without touching what is drawn
 * (CSS custom highlights); a browser that has none shows the paragraph instead.
 */
import type { RangesOfThreads } from '$lib/client/annotated-ranges';
import type { TextRange } from '$lib/core/annotation/find-quote';
import type { Thread } from '$lib/core/annotation/thread';
import { cellAnchor } from '$lib/core/report/report';
import { placeInText } from './quote-place.ts';

/** What is at rest of a cell: its code as it is written, or its text as it is read. */
interface Reading {
	readonly element: HTMLElement;
	readonly code: boolean;
}
interface Source {
	readonly source: string;
	readonly kind: string;
}

/** null where nothing of the source shows: it is hidden, or in its editor. */
export function readingOf(cell: HTMLElement, kind: string): Reading | null {
	const element = cell.querySelector<HTMLElement>(kind === 'text' ? '.prose' : '[data-source]');
	return element && { element, code: kind !== 'text' };
}

/** A stretch of an element's text as a range of the document. */
function domRange(element: HTMLElement, { from, to }: TextRange): Range | null {
	const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
	const range = document.createRange();
	let at = 0;
	let begun = false;
	for (let node = walker.nextNode(); node; node = walker.nextNode()) {
		const length = node.nodeValue?.length ?? 0;
		if (!begun && from < at + length) {
			range.setStart(node, from - at);
			begun = true;
		}
		if (begun && to <= at + length) {
			range.setEnd(node, to - at);
			return range;
		}
		at += length;
	}
	return null;
}

/** Where a stretch of a cell's source shows at rest; null where it does not. */
export function shownRange(
	cell: HTMLElement,
	{ source, kind }: Source,
	span: TextRange
): Range | null {
	const reading = readingOf(cell, kind);
	if (!reading) return null;
	const { element, code } = reading;
	const place = code ? span : placeInText(source, element.textContent, span);
	return place && domRange(element, place);
}

const NAME = 'annotated';
const CURRENT = 'annotated-current';
const PARAGRAPH = 'data-annotated-paragraph';

interface Marked {
	readonly thread: string;
	readonly range: Range;
}
let marked: readonly Marked[] = [];

export interface Marking {
	readonly threads: readonly Thread[];
	readonly ranges: RangesOfThreads;
	readonly current: string | null;
	readonly cell: (id: string) => Source | null;
}

/** Marks them as they stand now, and nothing else. */
export function markRanges({ threads, ranges, current, cell }: Marking): void {
	marked = threads.flatMap(({ id, anchor, resolved }): Marked[] => {
		if (resolved && id !== current) return [];
		const standing = ranges.get(id);
		const source = cell(anchor.cell);
		const element = document.getElementById(cellAnchor(anchor.cell));
		if (!standing || standing.standing === 'gone' || !source || !element) return [];
		const range = shownRange(element, source, standing);
		return range ? [{ thread: id, range }] : [];
	});
	const here = marked.filter(({ thread }) => thread === current).map(({ range }) => range);
	const others = marked.filter(({ thread }) => thread !== current).map(({ range }) => range);
	if (typeof Highlight === 'function' && typeof CSS !== 'undefined' && 'highlights' in CSS) {
		CSS.highlights.set(NAME, new Highlight(...others));
		CSS.highlights.set(CURRENT, new Highlight(...here));
		return;
	}
	unmarkParagraphs();
	for (const { range } of marked)
		range.startContainer.parentElement
			?.closest('p, li, h1, h2, h3, h4, h5, h6, td, blockquote, pre')
			?.setAttribute(PARAGRAPH, '');
}

/** None is marked any more. */
export function unmarkRanges(): void {
	marked = [];
	unmarkParagraphs();
	if (typeof CSS === 'undefined' || !('highlights' in CSS)) return;
	CSS.highlights.delete(NAME);
	CSS.highlights.delete(CURRENT);
}

function unmarkParagraphs(): void {
	for (const element of document.querySelectorAll(`[${PARAGRAPH}]`))
		element.removeAttribute(PARAGRAPH);
}

/** The discussion about the words at a point of the window; the shortest of several; null where there is none. */
export function threadAtPoint(x: number, y: number): string | null {
	const hit = marked.filter(({ range }) =>
		[...range.getClientRects()].some(
			({ left, right, top, bottom }) => x >= left && x <= right && y >= top && y <= bottom
		)
	);
	hit.sort((a, b) => a.range.toString().length - b.range.toString().length);
	return hit[0]?.thread ?? null;
}
