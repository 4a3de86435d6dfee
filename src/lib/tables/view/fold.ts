/** Texts as people look for them: accents, case and the shape of apostrophes and spaces do not count. */

// Printable ASCII without capitals folds to itself.
const PLAIN = /^[ -@[-~]*$/;

export function fold(text: string): string {
	if (PLAIN.test(text)) return text;
	return text
		.normalize('NFD')
		.replace(/\p{M}+/gu, '')
		.toLowerCase()
		.replace(/[’‘ʼ]/g, "'")
		.replace(/œ/g, 'oe')
		.replace(/æ/g, 'ae')
		.replace(/\s/g, ' ');
}
