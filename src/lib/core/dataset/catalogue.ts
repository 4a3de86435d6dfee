/** Finding a dataset among those that a person may use: by words, wherever they stand, and by what it is. */
import { nearest } from '../analysis/near.ts';
import { foldedText } from '../folded-text.ts';
import type { Licence, PublicationTerms } from '../governance/terms.ts';

/** What a search looks at. */
export interface CatalogueEntry {
	readonly id: string;
	readonly title: string;
	readonly description: string;
	/** Title and description in its other language. */
	readonly otherWords: string;
	readonly organisation: string;
	readonly keywords: readonly string[];
	/** Names of its columns. */
	readonly columns: readonly string[];
	/** Codes of the regions that it says it covers. */
	readonly regions: readonly string[];
	readonly licence: Licence;
	readonly publication: PublicationTerms;
	readonly own: boolean;
	readonly synthetic: boolean;
	/** Epoch milliseconds of its latest version. */
	readonly updatedAt: number;
}

/** What is asked for; an empty text asks nothing. */
export interface CatalogueQuery {
	readonly words: string;
	readonly organisation: string;
	/** A region's code. */
	readonly region: string;
	readonly publication: PublicationTerms | '';
}
export const ANY: CatalogueQuery = { words: '', organisation: '', region: '', publication: '' };

/** Where a word weighs most: in the title, then in what people chose to find it by. */
const WEIGHTS = { title: 8, keywords: 5, organisation: 4, columns: 2, description: 1 } as const;

/**
 * The entries that hold every word (the beginning of one is enough) and are what is asked for; the best first, and
 * among equals the latest changed.
 */
export function searchCatalogue<E extends CatalogueEntry>(
	entries: readonly E[],
	query: CatalogueQuery
): E[] {
	const words = wordsOf(query.words).map(foldedText);
	return entries
		.filter(
			({ organisation, regions, publication }) =>
				(!query.organisation || organisation === query.organisation) &&
				(!query.region || regions.includes(query.region)) &&
				(!query.publication || publication === query.publication)
		)
		.flatMap((entry) => {
			const score = scoreOf(entry, words);
			return score === null ? [] : [{ entry, score }];
		})
		.sort((a, b) => b.score - a.score || b.entry.updatedAt - a.entry.updatedAt)
		.map(({ entry }) => entry);
}

/** Shorter words are near too many others. */
const SHORTEST = 4;

/**
 * « Vouliez-vous dire … ? »: what was typed with each word that no entry holds replaced by the nearest that one does;
 * '' where none is near, or where it would find nothing either.
 */
export function nearestWords(entries: readonly CatalogueEntry[], query: CatalogueQuery): string {
	const words = wordsOf(query.words);
	const known = new Set(
		// From where a word weighs most: among words as near, it is the one meant.
		[
			...entries.map(({ title }) => title),
			...entries.flatMap(({ keywords }) => keywords),
			...entries.map(({ organisation }) => organisation),
			...entries.flatMap(({ columns }) => columns),
			...entries.map(({ description, otherWords }) => `${description} ${otherWords}`)
		]
			.flatMap((text) => text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [])
			.filter((word) => word.length >= SHORTEST)
	);
	const mended = words.map((word) =>
		word.length < SHORTEST || searchCatalogue(entries, { ...ANY, words: word }).length > 0
			? word
			: nearest(word, known)
	);
	const suggested = mended.join(' ');
	if (mended.includes('') || suggested === words.join(' ')) return '';
	return searchCatalogue(entries, { ...query, words: suggested }).length > 0 ? suggested : '';
}

/** What is between words does not count: « belles soeurs » is what « Belles-sœurs » says. */
const wordsOf = (text: string): string[] => text.split(/[\s'’‘ʼ‐‑‒–—−-]+/u).filter(Boolean);

/** null if a word is nowhere. */
function scoreOf(entry: CatalogueEntry, words: readonly string[]): number | null {
	const fields: readonly (readonly [number, string])[] = [
		[WEIGHTS.title, foldedText(entry.title)],
		[WEIGHTS.keywords, foldedText(entry.keywords.join(' '))],
		[WEIGHTS.organisation, foldedText(entry.organisation)],
		[WEIGHTS.columns, foldedText(entry.columns.join(' ').replaceAll('_', ' '))],
		[WEIGHTS.description, foldedText(`${entry.description} ${entry.otherWords}`)]
	];
	let score = 0;
	for (const word of words) {
		const best = Math.max(0, ...fields.map(([weight, text]) => (begins(text, word) ? weight : 0)));
		if (best === 0) return null;
		score += best;
	}
	return score;
}

/** Whether a word of the text begins so. */
function begins(text: string, word: string): boolean {
	for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
		if (at === 0 || !/[\p{L}\p{N}]/u.test(text.charAt(at - 1))) return true;
	return false;
}
