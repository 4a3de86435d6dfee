/**
 * Finds quoted words again in another text: a fork, a restored version, a cell that was brought back. As they are
 * first, then by what stood around them, then nearly; and not at all rather than anywhere.
 */
import { ANCHOR_LIMITS } from './anchor.ts';

export interface Quote {
	/** Never empty. */
	readonly quote: string;
	readonly before: string;
	readonly after: string;
}

export interface TextRange {
	readonly from: number;
	/** Not in the range. */
	readonly to: number;
}

/** Occurrences looked at: a text of one repeated letter is not looked through. */
const MAX_OCCURRENCES = 1000;
/** Characters of a quote that stands alone for itself, without what stood around it. */
const TELLING = 8;
/** Characters around that tell one place from another. */
const AROUND = 6;
/** Steps of the approximate search: some tens of milliseconds. Of a page's quotes together, twice that. */
const MAX_STEPS = 4_000_000;

/** Steps that approximate searches may still take, counted down. */
export interface SearchWork {
	left: number;
}
export const searchWork = (): SearchWork => ({ left: 2 * MAX_STEPS });
/** Of a quote's characters, those that may differ. */
const NEAR = 0.3;

/** What a range of a text reads, cut at the limits of an anchor, and what stands around it. */
export function quoteAt(text: string, { from, to }: TextRange): Quote {
	const { quote, around } = ANCHOR_LIMITS;
	return {
		quote: whole(text.slice(from, Math.min(to, from + quote))),
		before: text.slice(Math.max(0, from - around), from),
		after: text.slice(to, to + around)
	};
}

/** Without half of a character at the end. */
const whole = (text: string): string => text.replace(/[\uD800-\uDBFF]$/, '');

/**
 * Where the quote is in the text; null where it cannot be told.
 * @param work of many quotes together: past what is left, none is looked for nearly
 */
export function findQuote(
	text: string,
	quote: Quote,
	work: SearchWork = searchWork()
): TextRange | null {
	if (quote.quote === '') return null;
	const exact = findExact(text, quote);
	if (exact !== undefined) return exact;
	return findBetween(text, quote) ?? findNear(text, quote, work);
}

/** null: it is there, in places that nothing tells apart; undefined: it is not. */
function findExact(text: string, { quote, before, after }: Quote): TextRange | null | undefined {
	let best = -1;
	let bestScore = -1;
	let ties = 0;
	let n = 0;
	for (
		let at = text.indexOf(quote);
		at >= 0 && n < MAX_OCCURRENCES;
		at = text.indexOf(quote, at + 1), n++
	) {
		const score = likeness(text, at, at + quote.length, before, after);
		if (score === bestScore) ties++;
		else if (score > bestScore) [best, bestScore, ties] = [at, score, 0];
	}
	if (n === 0) return undefined;
	const alone = n === 1 && quote.trim().length >= TELLING;
	const placed = ties === 0 && bestScore >= Math.min(AROUND, before.length + after.length);
	return alone || placed ? { from: best, to: best + quote.length } : null;
}

/** How many characters around a range are those that stood there. */
function likeness(text: string, from: number, to: number, before: string, after: string): number {
	let left = 0;
	while (left < before.length && text[from - 1 - left] === before[before.length - 1 - left]) left++;
	let right = 0;
	while (right < after.length && text[to + right] === after[right]) right++;
	return left + right;
}

/** What stands now between what stood before and after: the words were changed. Both must be found, once. */
function findBetween(text: string, { quote, before, after }: Quote): TextRange | null {
	if (before.trim().length < AROUND || after.trim().length < AROUND) return null;
	const start = text.indexOf(before);
	if (start < 0 || text.includes(before, start + 1)) return null;
	const from = start + before.length;
	const to = text.indexOf(after, from);
	const most = 2 * quote.length + ANCHOR_LIMITS.around;
	if (to <= from || to - from > most || text.includes(after, to + 1)) return null;
	return { from, to };
}

/**
 * The stretch that the fewest changes (a character put, taken or replaced) make of the quote: Sellers' search by
 * dynamic programming. Not tried where it would take long.
 */
function findNear(text: string, { quote }: Quote, work: SearchWork): TextRange | null {
	const most = Math.floor(quote.length * NEAR);
	const steps = text.length * quote.length;
	if (quote.trim().length < TELLING || steps > Math.min(MAX_STEPS, work.left)) return null;
	work.left -= steps;
	const height = quote.length + 1;
	// Of each prefix of the quote: the fewest changes that make it of a stretch that ends here, and where that starts.
	let cost = Int32Array.from({ length: height }, (_, i) => i);
	let start = new Int32Array(height);
	let nextCost = new Int32Array(height);
	let nextStart = new Int32Array(height);
	let best: (TextRange & { readonly cost: number }) | null = null;
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		nextCost[0] = 0;
		nextStart[0] = at + 1;
		for (let i = 1; i < height; i++) {
			const kept = (cost[i - 1] ?? 0) + (quote.charCodeAt(i - 1) === code ? 0 : 1);
			const put = (cost[i] ?? 0) + 1;
			const taken = (nextCost[i - 1] ?? 0) + 1;
			const least = Math.min(kept, put, taken);
			nextCost[i] = least;
			nextStart[i] =
				(least === kept ? start[i - 1] : least === put ? start[i] : nextStart[i - 1]) ?? 0;
		}
		[cost, nextCost] = [nextCost, cost];
		[start, nextStart] = [nextStart, start];
		const end = cost[quote.length] ?? Infinity;
		if (end <= most && (!best || end < best.cost))
			best = { from: start[quote.length] ?? 0, to: at + 1, cost: end };
	}
	return best && best.to > best.from ? { from: best.from, to: best.to } : null;
}
