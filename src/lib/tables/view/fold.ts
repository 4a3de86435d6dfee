/** Texts as people look for them: accents, case and the shape of apostrophes, dashes and spaces do not count. */

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
