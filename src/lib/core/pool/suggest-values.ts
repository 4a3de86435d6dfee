/** Which allowed value a contributor's text means: the same word, a synonym, its beginning, or nearly the same letters. */
import type { AllowedValue } from './contract.ts';
import { foldValue } from './fold.ts';

export type ValueReason = 'same_value' | 'value_synonym' | 'value_beginning' | 'value_near';

export interface ValueSuggestion {
	readonly from: string;
	readonly to: string | null;
	/** Null where nothing is suggested. */
	readonly reason: ValueReason | null;
}

/** Letters shared, of all: nearer than this is taken for a slip of the keyboard. */
const NEAR = 0.6;
const SHORTEST_BEGINNING = 2;

/** The allowed value of each spelling that the contract knows, folded. */
export function spellingsOf(allowed: readonly AllowedValue[]): ReadonlyMap<string, string> {
	const spellings = new Map<string, string>();
	for (const { value, synonyms } of allowed) {
		for (const synonym of synonyms) spellings.set(foldValue(synonym), value);
	}
	for (const { value } of allowed) spellings.set(foldValue(value), value);
	return spellings;
}

/** One suggestion a text, in the order given; two values that are equally near suggest nothing. */
export function suggestValues(
	texts: readonly string[],
	allowed: readonly AllowedValue[]
): ValueSuggestion[] {
	const spellings = spellingsOf(allowed);
	const values = new Map(allowed.map(({ value }) => [foldValue(value), value]));
	/** Made when the first text asks for it: most texts are known as they stand. */
	let pairs: SpellingPairs | null = null;
	return texts.map((from) => {
		const folded = foldValue(from);
		const same = values.get(folded);
		if (same !== undefined) return { from, to: same, reason: 'same_value' };
		const known = spellings.get(folded);
		if (known !== undefined) return { from, to: known, reason: 'value_synonym' };
		const beginning = begins(folded, spellings);
		if (beginning !== null) return { from, to: beginning, reason: 'value_beginning' };
		const near = nearest(folded, (pairs ??= pairsOfAll(spellings)));
		return { from, to: near, reason: near === null ? null : 'value_near' };
	});
}

/** The one value whose spelling begins with these letters. */
function begins(folded: string, spellings: ReadonlyMap<string, string>): string | null {
	if (folded.length < SHORTEST_BEGINNING) return null;
	const found = new Set<string>();
	for (const [spelling, value] of spellings) if (spelling.startsWith(folded)) found.add(value);
	const [only] = found;
	return found.size === 1 && only !== undefined ? only : null;
}

/** Of each spelling its value and how many pairs of letters it has, and where each pair is found. */
interface SpellingPairs {
	readonly spellings: readonly { readonly value: string; readonly size: number }[];
	readonly having: ReadonlyMap<string, readonly number[]>;
}
function pairsOfAll(known: ReadonlyMap<string, string>): SpellingPairs {
	const spellings: { value: string; size: number }[] = [];
	const having = new Map<string, number[]>();
	for (const [spelling, value] of known) {
		const pairs = pairsOf(spelling);
		for (const pair of pairs) {
			const places = having.get(pair);
			if (places) places.push(spellings.length);
			else having.set(pair, [spellings.length]);
		}
		spellings.push({ value, size: pairs.size });
	}
	return { spellings, having };
}

function nearest(folded: string, { spellings, having }: SpellingPairs): string | null {
	if (folded.length < 4) return null;
	const mine = pairsOf(folded);
	const both = new Uint32Array(spellings.length);
	for (const pair of mine)
		for (const place of having.get(pair) ?? []) both[place] = (both[place] ?? 0) + 1;
	let best: { value: string; share: number } | null = null;
	let tied = false;
	for (const [place, { value, size }] of spellings.entries()) {
		const share = (2 * (both[place] ?? 0)) / (mine.size + size);
		if (share < NEAR) continue;
		if (!best || share > best.share) {
			best = { value, share };
			tied = false;
		} else if (share === best.share && value !== best.value) tied = true;
	}
	return best && !tied ? best.value : null;
}

const pairsOf = (text: string): Set<string> => {
	const pairs = new Set<string>();
	const padded = ` ${text} `;
	for (let i = 0; i + 1 < padded.length; i++) pairs.add(padded.slice(i, i + 2));
	return pairs;
};
