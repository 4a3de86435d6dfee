/**
 * The key that an organisation makes pseudonyms with, as a text that people can keep: 32 bytes, written in groups of
 * four signs of an alphabet without look-alikes, the last group a check against mistyping. It stays with the
 * organisation: nothing here sends it anywhere.
 */
import { InvalidError } from '../errors.ts';

/** Of a key, in bytes. */
export const PSEUDONYM_KEY_BYTES = 32;
/** Without I, L, O and U. */
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BODY_SIGNS = 52;
const CHECK_SIGNS = 4;

/** @param key 32 bytes */
export function printPseudonymKey(key: Uint8Array): string {
	const body = signsOf(key, BODY_SIGNS);
	return (body + checkOf(body)).replace(/.{4}(?=.)/g, '$&-');
}

/**
 * @param text as `printPseudonymKey` wrote it, in any case, with any spaces and dashes; or the whole text of the file
 *   that holds it
 * @throws InvalidError `pseudonym_key_unreadable`
 */
export function readPseudonymKey(text: string): Uint8Array<ArrayBuffer> {
	const body = [...text.matchAll(WRITTEN)]
		.map(([, written]) => bodyOf(written ?? ''))
		.find(Boolean);
	if (!body) throw new InvalidError('pseudonym_key_unreadable');
	const key = new Uint8Array(PSEUDONYM_KEY_BYTES);
	let bits = 0;
	let held = 0;
	let at = 0;
	for (const sign of body) {
		const value = SIGNS.indexOf(sign);
		held = (held << 5) | value;
		bits += 5;
		if (bits >= 8 && at < key.length) {
			bits -= 8;
			key[at++] = (held >> bits) & 0xff;
			held &= (1 << bits) - 1;
		}
	}
	return key;
}

/** Wherever a text may begin to hold one: words before it look like groups too. */
const WRITTEN = /(?<![0-9A-Za-z])(?=((?:[0-9A-Za-z]{4}[-\s]*){13}[0-9A-Za-z]{4})(?![0-9A-Za-z]))/g;

/** The signs of a key without its check; null if they are no key. */
function bodyOf(written: string): string | null {
	const signs = written
		.replace(/[-\s]/g, '')
		.toUpperCase()
		.replaceAll('O', '0')
		.replace(/[IL]/g, '1');
	const body = signs.slice(0, BODY_SIGNS);
	return checkOf(body) === signs.slice(BODY_SIGNS) ? body : null;
}

/** Bytes five bits at a time, zeros after the last. */
function signsOf(bytes: Uint8Array, count: number): string {
	let signs = '';
	let bits = 0;
	let held = 0;
	for (const byte of bytes) {
		held = (held << 8) | byte;
		bits += 8;
		while (bits >= 5) {
			bits -= 5;
			signs += SIGNS.charAt((held >> bits) & 31);
			held &= (1 << bits) - 1;
		}
	}
	if (bits) signs += SIGNS.charAt((held << (5 - bits)) & 31);
	return signs.slice(0, count);
}

/** Twenty bits of the body, by FNV-1a: one sign mistyped, or two exchanged, gives another check. */
function checkOf(body: string): string {
	let hash = 0x811c9dc5;
	for (const sign of body) hash = Math.imul(hash ^ sign.charCodeAt(0), 0x01000193);
	hash ^= hash >>> 12;
	return Array.from({ length: CHECK_SIGNS }, (_, i) => SIGNS.charAt((hash >>> (5 * i)) & 31)).join(
		''
	);
}
