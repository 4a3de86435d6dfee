/**
 * Identifiers. Randomness is passed in: core has none of its own.
 */

/** Fills `bytes` with randomness and returns it: `crypto.getRandomValues` or a seeded stand-in. */
export type RandomBytes = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>;

/** Crockford's base 32, lower case: no i, l, o, u, so that an id can be read aloud. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** `length` characters of 5 random bits each. */
export function randomText(length: number, random: RandomBytes): string {
	const bytes = random(new Uint8Array(length));
	let text = '';
	for (const byte of bytes) text += ALPHABET[byte & 31];
	return text;
}

/** An identifier of 130 random bits: unguessable, although never a permission by itself. */
export const newId = (random: RandomBytes): string => randomText(26, random);

/** A cell's identifier: unique in its notebook (50 bits), short enough for an address fragment. */
export const newCellId = (random: RandomBytes): string => randomText(10, random);
