/**
 * Words of a text as it is read, found in the Markdown that it is written in, and the other way: both are the same words
 * in the same order, but for marks and addresses. Done in a time that follows the length of both.
 */
import type { TextRange } from '$lib/core/annotation/find-quote';

const WORD = /[\p{L}\p{N}]+/gu;
/** What is written and not read: the address of a link or a picture, a whole line of marks of a table. */
const UNREAD = /\]\([^)\n]{0,2000}\)|^\s*\[[^\]\n]{1,200}\]:[^\n]*$/gmu;

function wordsOf(text: string): TextRange[] {
	return [...text.matchAll(WORD)].map(({ 0: word, index }) => ({
		from: index,
		to: index + word.length
	}));
}

/** Of the same length: what nobody reads is blank. */
const readPart = (source: string): string =>
	source.replace(UNREAD, (whole) => ' '.repeat(whole.length));

/** A stretch of `from`, found in `to` by its words; the n-th time they stand there is the n-th time here. */
function carried(from: string, to: string, { from: start, to: end }: TextRange): TextRange | null {
	const here = wordsOf(from);
	const first = here.findIndex((word) => word.to > start);
	const past = here.findIndex((word) => word.from >= end);
	const last = (past < 0 ? here.length : past) - 1;
	if (first < 0 || last < first) return null;
	const wanted = here.slice(first, last + 1).map((word) => from.slice(word.from, word.to));
	const there = wordsOf(to);
	const nth = occurrences(
		here.map((word) => from.slice(word.from, word.to)),
		wanted
	).indexOf(first);
	const found = occurrences(
		there.map((word) => to.slice(word.from, word.to)),
		wanted
	)[nth];
	const head = found === undefined ? undefined : there[found];
	const tail = found === undefined ? undefined : there[found + wanted.length - 1];
	const [begin, close] = [here[first], here[last]];
	if (!head || !tail || !begin || !close) return null;
	// A selection may begin and end within a word.
	return {
		from: head.from + Math.max(0, start - begin.from),
		to: tail.to - Math.max(0, close.to - end)
	};
}

/** The places where `wanted` stands in `words`, in order (Knuth, Morris and Pratt). */
function occurrences(words: readonly string[], wanted: readonly string[]): number[] {
	const back = [0];
	for (let i = 1, k = 0; i < wanted.length; i++) {
		while (k > 0 && wanted[i] !== wanted[k]) k = back[k - 1] ?? 0;
		if (wanted[i] === wanted[k]) k++;
		back[i] = k;
	}
	const places: number[] = [];
	for (let i = 0, k = 0; i < words.length; i++) {
		while (k > 0 && (k === wanted.length || words[i] !== wanted[k])) k = back[k - 1] ?? 0;
		if (words[i] === wanted[k]) k++;
		if (k === wanted.length) places.push(i - k + 1);
	}
	return places;
}

/** Where a stretch of the text as it is read is written; null where it holds no word, or is not found. */
export function placeInSource(read: string, source: string, span: TextRange): TextRange | null {
	return carried(read, readPart(source), span);
}

/** Where a stretch of the source is read. */
export function placeInText(source: string, read: string, span: TextRange): TextRange | null {
	return carried(readPart(source), read, span);
}
