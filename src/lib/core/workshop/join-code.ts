/**
 * The code that lets people into a workshop: nine characters of 5 random bits (45 bits), shown in three groups of
 * three (`K7M-4TQ-9XA`). The alphabet is Crockford's: what looks or sounds alike is read as one character, so
 * that a code survives being read aloud, copied by hand and typed on a phone.
 */
import { randomText, type RandomBytes } from '../ids.ts';

const LENGTH = 9;
const CODE = /^[0-9a-hjkmnp-tv-z]{9}$/;

/** The code as it is kept: lower case, without separators. */
export const newJoinCode = (random: RandomBytes): string => randomText(LENGTH, random);

/**
 * The kept form of what a person typed, pasted or scanned: any case, full-width letters, spaces and any dash or
 * dot between groups, a whole join address. O reads as 0, I and L as 1, U as V. null: it cannot be a code.
 */
export function parseJoinCode(typed: string): string | null {
	const text = typed.slice(0, 500).normalize('NFKC').trim().toLowerCase();
	const last = /^https?:\/\//.test(text) ? (text.split(/[?#]/)[0] ?? '') : text;
	const code = (last.replace(/\/+$/, '').split('/').pop() ?? '')
		.replace(/[\s\p{Dash}._·]+/gu, '')
		.replace(/[il]/g, '1')
		.replace(/o/g, '0')
		.replace(/u/g, 'v');
	return CODE.test(code) ? code : null;
}

/** The code as it is shown and read: upper case, in groups of three. */
export const formatJoinCode = (code: string): string =>
	(code.toUpperCase().match(/.{1,3}/g) ?? []).join('-');
