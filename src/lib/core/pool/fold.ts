/** Names and values as they are compared: without accents, case, separators and the small words between. */
import { plainLetters } from '../plain-letters.ts';

/** Words that tell no column from another. */
const STOP = new Set(
	'a au aux d de des du en et l la le les n of on par pour sur the to un une by for in'.split(' ')
);

/** Lower case, no accents, ligatures opened; other signs stay, but for the sign of `N°`. */
export const foldText = (text: string): string => plainLetters(text.replaceAll('°', 'o'));

/** The words of a name, folded: `Date de représentation`, `dateRepresentation` and `DATE_REPRESENTATION` alike. */
export function foldWords(name: string): string[] {
	// Where a capital follows a small letter, a new word begins; a name all in capitals is one word.
	const apart = name.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').replace(/(\p{L})(\d)/gu, '$1 $2');
	const words = foldText(apart)
		.split(/[^\p{L}\p{N}]+/u)
		.filter((word) => word !== '');
	const telling = words.filter((word) => !STOP.has(word));
	return telling.length ? telling : words;
}

/** A value as it is compared with another: its letters and digits, in order. */
export const foldValue = (value: string): string =>
	foldText(value)
		.split(/[^\p{L}\p{N}]+/u)
		.join(' ')
		.trim();
