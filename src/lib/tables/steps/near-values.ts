/**
 * Which known texts others may have meant: the same but for accents, case, punctuation and spaces, or a slip or two of
 * the keyboard away. The time taken follows the texts given and the texts known, not one times the other: only those
 * that share pairs of letters are looked at, and few of them letter by letter.
 */
import { slips } from '../../core/analysis/near.ts';
import { foldedText } from '../../core/folded-text.ts';

export interface NearValue {
	readonly value: string;
	/** `folded`: the same letters and digits. */
	readonly reason: 'folded' | 'slips';
}

/** For each text. */
const OFFERED = 3;
/** Known texts that are looked at: the first ones. */
const MOST_KNOWN = 100_000;
/** Those that share most pairs of letters are compared letter by letter. */
const COMPARED = 24;
/** Of a longer text, this beginning. */
const LONGEST = 120;
/** A pair of letters that more texts than this have tells nothing of any. */
const COMMON = 20_000;

const bare = (text: string): string =>
	foldedText(text.slice(0, LONGEST)).replace(/[\p{P}\p{Z}\s]/gu, '');

const slipsAllowed = (length: number): number =>
	length <= 3 ? 0 : length <= 5 ? 1 : length <= 9 ? 2 : 3;

function lettersPairs(text: string): Set<string> {
	const padded = ` ${text} `;
	const pairs = new Set<string>();
	for (let i = 0; i + 1 < padded.length; i++) pairs.add(padded.slice(i, i + 2));
	return pairs;
}

/** For each of the texts, nearest first; nothing for an empty one. */
export function nearValues(texts: readonly string[], known: readonly string[]): NearValue[][] {
	if (texts.every((text) => text === '')) return texts.map(() => []);
	const candidates = known.slice(0, MOST_KNOWN).map((value) => ({ value, text: bare(value) }));
	const byText = new Map<string, number[]>();
	for (const [place, { text }] of candidates.entries()) append(byText, text, place);
	let having: Map<string, number[]> | null = null;
	const shared = new Uint16Array(candidates.length);
	return texts.map((value) => {
		const text = bare(value);
		if (text === '') return [];
		const same = (byText.get(text) ?? []).slice(0, OFFERED);
		const found: NearValue[] = same.map((place) => ({
			value: candidates[place]?.value ?? '',
			reason: 'folded'
		}));
		const limit = slipsAllowed(text.length);
		if (found.length === OFFERED || limit === 0) return found;
		having ??= pairsOfAll(candidates);
		const near = nearest(text, limit, candidates, having, shared);
		for (const place of near) {
			if (found.length === OFFERED) break;
			if (!same.includes(place))
				found.push({ value: candidates[place]?.value ?? '', reason: 'slips' });
		}
		return found;
	});
}

function append<K>(map: Map<K, number[]>, key: K, place: number): void {
	const places = map.get(key);
	if (places) places.push(place);
	else map.set(key, [place]);
}

function pairsOfAll(candidates: readonly { readonly text: string }[]): Map<string, number[]> {
	const having = new Map<string, number[]>();
	for (const [place, { text }] of candidates.entries())
		for (const pair of lettersPairs(text)) append(having, pair, place);
	return having;
}

function nearest(
	text: string,
	limit: number,
	candidates: readonly { readonly text: string }[],
	having: ReadonlyMap<string, readonly number[]>,
	shared: Uint16Array
): number[] {
	const touched: number[] = [];
	for (const pair of lettersPairs(text)) {
		const places = having.get(pair) ?? [];
		if (places.length > COMMON) continue;
		for (const place of places) {
			if (shared[place] === 0) touched.push(place);
			shared[place] = (shared[place] ?? 0) + 1;
		}
	}
	const likely = touched.filter(
		(place) => Math.abs((candidates[place]?.text.length ?? 0) - text.length) <= limit
	);
	likely.sort((a, b) => (shared[b] ?? 0) - (shared[a] ?? 0) || a - b);
	for (const place of touched) shared[place] = 0;
	return likely
		.slice(0, COMPARED)
		.map((place) => ({ place, distance: slips(text, candidates[place]?.text ?? '', limit) }))
		.filter(({ distance }) => distance > 0 && distance <= limit)
		.sort((a, b) => a.distance - b.distance)
		.map(({ place }) => place);
}
