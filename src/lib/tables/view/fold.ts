/** Texts as people look for them: accents, case and the shape of apostrophes, dashes and spaces do not count. */

import type { ValueType } from '../../core/dataset/value-type.ts';

// Printable ASCII without capitals folds to itself.
const PLAIN = /^[ -@[-~]*$/;

export function fold(text: string): string {
	if (PLAIN.test(text)) return text;
	return text
		.normalize('NFD')
		.replace(/\p{M}+/gu, '')
		.toLowerCase()
		.replace(/[’‘ʼ]/g, "'")
		.replace(/[‐‑‒–—−]/g, '-')
		.replace(/œ/g, 'oe')
		.replace(/æ/g, 'ae')
		.replace(/\s/g, ' ');
}

/** A time as it is stored (`19:30`), of one typed as it is read: « 19 h 30 », « 19 h ». */
export const clockNeedle = (needle: string): string => needle.replace(/(\d) ?h ?(?=\d|$)/g, '$1:');

/** What is looked for among the texts of a column, folded. */
export const needleOf = (text: string, valueType: ValueType | undefined): string => {
	const needle = fold(text.trim());
	return valueType === 'time' ? clockNeedle(needle) : needle;
};

/** What stands between two words. */
const BETWEEN = /[ '-]+/;

/**
 * Whether a folded text holds a needle, folded too. Words are found however they are joined: « belles soeurs » is in
 * « belles-soeurs », « l ile » in « l'ile ». What holds no letter (« -5 », « 12-04 », « 2025-03-14 ») is found as it is
 * typed only, else « -5 » would find « salle 5 ».
 */
export function holding(needle: string): (folded: string) => boolean {
	if (!BETWEEN.test(needle) || !/\p{L}/u.test(needle)) return (folded) => folded.includes(needle);
	const words = needle.split(BETWEEN).map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
	const joined = new RegExp(words.join(BETWEEN.source));
	return (folded) => joined.test(folded);
}
