/** Writes a text as the detectors read it, so that another way of writing the same signs hides nothing. */

const INVISIBLE = /[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]/g;
const SPACES = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;
const DASHES = /[\u2010-\u2015\u2212\u2043]/g;
const OTHER_DIGIT = /(?![0-9])\p{Nd}/gu;

/** Decimal digits of any script come in runs of ten that begin at a multiple of their zero. */
function asciiDigit(sign: string): string {
	const point = sign.codePointAt(0) ?? 0;
	let zero = point;
	while (point - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
	return String(point - zero);
}

/**
 * The text with compatible forms made one (full-width letters, ligatures), invisible signs taken out, one kind of
 * space, dash and apostrophe, and every decimal digit as 0–9. Offsets of what is found are offsets in this text.
 */
export function plainText(text: string): string {
	// eslint-disable-next-line no-control-regex -- all of ASCII, control characters included
	if (/^[\x00-\x7f]*$/.test(text)) return text;
	return text
		.normalize('NFKC')
		.replace(INVISIBLE, '')
		.replace(SPACES, ' ')
		.replace(DASHES, '-')
		.replace(/[\u2018\u2019\u02bc]/g, "'")
		.replace(OTHER_DIGIT, asciiDigit);
}

/** Lower case without accents nor apostrophes: how known names are kept, and words compared. */
export function folded(text: string): string {
	const lower = text.toLowerCase();
	// eslint-disable-next-line no-control-regex -- all of ASCII, control characters included
	const bare = /^[\x00-\x7f]*$/.test(lower)
		? lower
		: lower.normalize('NFD').replace(/\p{M}/gu, '').replace(/œ/g, 'oe');
	return bare.replace(/['’]/g, '');
}
