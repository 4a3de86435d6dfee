/**
 * Puts a pseudonym in the place of what names a person: a keyed hash (HMAC-SHA-256). The same person keeps the same
 * pseudonym from one export to the next, as long as the organisation uses the same key; without the key nobody tells
 * which person a pseudonym is, nor tries names until one fits. De-identified, not anonymous.
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { dictionarySize, type Column } from '../column.ts';
import { TextInterner } from '../text-interner.ts';

const SIGNS = '0123456789abcdefghjkmnpqrstvwxyz';
/** Five bits each: two among ten million get the same one by chance once in 10¹⁰. */
const LENGTH = 16;

/** Ways of writing the same thing are one: case, spaces, no-break spaces, composed accents. */
const plainOf = (text: string): string =>
	text.normalize('NFKC').replace(/\s+/gu, ' ').trim().toLowerCase();

/** Makes pseudonyms with one key: `p_` and 16 signs. */
export function pseudonymiser(key: Uint8Array): (text: string) => string {
	// The key is taken in once; each text goes on from there.
	const keyed = hmac.create(sha256, key);
	const encoder = new TextEncoder();
	return (text) => {
		const hash = keyed
			.clone()
			.update(encoder.encode(plainOf(text)))
			.digest();
		let signs = '';
		for (let i = 0; i < LENGTH; i++) {
			const bit = i * 5;
			const pair = ((hash[bit >> 3] as number) << 8) | (hash[(bit >> 3) + 1] as number);
			signs += SIGNS.charAt((pair >> (11 - (bit & 7))) & 31);
		}
		return `p_${signs}`;
	};
}

/** Tells one key from another, and nothing of it: eight signs, kept with the recipe of a dataset. */
export const keyFingerprint = (key: Uint8Array): string =>
	pseudonymiser(key)('carnet-commun/fingerprint').slice(2, 10);

/** The column with a pseudonym in the place of each text. Columns of another type are refused by whoever offers this. */
export function pseudonymise(column: Column, key: Uint8Array): Column {
	if (column.type !== 'text') return column;
	const pseudonym = pseudonymiser(key);
	const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
	const encoder = new TextEncoder();
	const interner = new TextInterner();
	const { offsets, bytes } = column.dictionary;
	const moved = new Int32Array(dictionarySize(column.dictionary));
	for (let code = 0; code < moved.length; code++) {
		const made = encoder.encode(
			pseudonym(decoder.decode(bytes.subarray(offsets[code], offsets[code + 1])))
		);
		moved[code] = interner.intern(made, new DataView(made.buffer), 0, made.length);
	}
	const codes = Int32Array.from(column.codes, (code) => moved[code] ?? 0);
	return { ...column, valueType: 'identifier', codes, dictionary: interner.dictionary() };
}
