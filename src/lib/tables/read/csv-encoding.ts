/** How the bytes of a text file are to be read: byte-order marks, UTF-8 or windows-1252, UTF-16 made UTF-8. */
import type { Encoding, Evidence } from '../../core/protocol/import.ts';
import { invalidUtf8At } from '../utf8.ts';

export interface EncodedText {
	readonly encoding: Encoding;
	readonly evidence: Evidence;
	/** UTF-8, or windows-1252 as it came; without byte-order mark. */
	readonly bytes: Uint8Array<ArrayBuffer>;
	/** Whether `bytes` are windows-1252: texts are made UTF-8 once distinct. */
	readonly latin: boolean;
	/** Bytes that are no character in a chosen encoding; each became U+FFFD. */
	readonly replaced: number;
	/**
	 * Read as UTF-8 for what its beginning says: the texts that are made of it are to be looked at, and if one of them is
	 * no UTF-8, all of it is to be. To look at each byte first would cost as much as a fifth of the reading.
	 */
	readonly presumed: boolean;
}

/** Of the text, what is looked at before it is presumed UTF-8. */
const LOOKED_AT = 1_000_000;

/**
 * @param chosen what the person decided, if anything
 * @param whole every byte is looked at
 */
export function readEncoding(
	raw: Uint8Array<ArrayBuffer>,
	chosen?: Encoding,
	whole = false
): EncodedText {
	const [a, b] = raw;
	const bom16 =
		a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : null;
	const wide = bom16 ?? wideWithoutMark(raw);
	if (chosen === 'utf-16le' || chosen === 'utf-16be' || (wide && !chosen)) {
		const encoding = (chosen ?? wide) as 'utf-16le' | 'utf-16be';
		const bytes = skipBom(new TextEncoder().encode(new TextDecoder(encoding).decode(raw)));
		return {
			encoding,
			evidence: why(chosen, bom16 ? 'bom' : 'wide_letters'),
			bytes,
			latin: false,
			replaced: 0,
			presumed: false
		};
	}
	const bytes = skipBom(raw);
	if (chosen === 'macintosh') return macintosh(bytes, { code: 'chosen', details: {} });
	if (chosen === 'windows-1252')
		return {
			encoding: chosen,
			evidence: why(chosen, 'bom'),
			bytes,
			latin: true,
			replaced: 0,
			presumed: false
		};
	const looked = whole || chosen ? bytes.length : Math.min(bytes.length, LOOKED_AT);
	const invalid = invalidUtf8At(bytes, 0, wholeCharacters(bytes, looked));
	if (invalid < 0) {
		const code =
			bytes.length < raw.length ? 'bom' : isAscii(bytes, looked) ? 'ascii' : 'utf8_valid';
		return {
			encoding: 'utf-8',
			evidence: why(chosen, code),
			bytes,
			latin: false,
			replaced: 0,
			presumed: looked < bytes.length
		};
	}
	if (chosen === 'utf-8') {
		const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
		const replaced = text.split('\ufffd').length - 1;
		const mended = new TextEncoder().encode(text);
		return {
			encoding: chosen,
			evidence: why(chosen, 'bom'),
			bytes: mended,
			latin: false,
			replaced,
			presumed: false
		};
	}
	const letters = frenchLetters(bytes);
	if (letters.macintosh > letters.windows)
		return macintosh(bytes, {
			code: 'mac_letters',
			details: { letters: letters.macintosh, otherwise: letters.windows }
		});
	return {
		encoding: 'windows-1252',
		evidence: { code: 'utf8_invalid', details: { at: invalid + 1 } },
		bytes,
		latin: true,
		replaced: 0,
		presumed: false
	};
}

/** Made UTF-8 at once: seldom seen, and its spaces and quotation marks are not where windows-1252 has them. */
function macintosh(bytes: Uint8Array, evidence: Evidence): EncodedText {
	return {
		encoding: 'macintosh',
		evidence,
		bytes: new TextEncoder().encode(new TextDecoder('macintosh').decode(bytes)),
		latin: false,
		replaced: 0,
		presumed: false
	};
}

/** What French is written with besides ASCII. */
const FRENCH = new Set('éèàçêôûîâëïùüœæÉÈÀÇÊÔÎŒ’«»–—…\u00a0°');
const frenchIn = (encoding: 'windows-1252' | 'macintosh'): Uint8Array =>
	Uint8Array.from({ length: 256 }, (_, byte) =>
		FRENCH.has(new TextDecoder(encoding).decode(Uint8Array.of(byte))) ? 1 : 0
	);
const WINDOWS_FRENCH = frenchIn('windows-1252');
const MAC_FRENCH = frenchIn('macintosh');
/** Bytes beyond ASCII that are looked at. */
const LETTERS_SEEN = 100_000;

/** Of the bytes beyond ASCII, how many either encoding reads as what French is written with. */
function frenchLetters(bytes: Uint8Array): { windows: number; macintosh: number } {
	let windows = 0;
	let macintosh = 0;
	for (let i = 0, seen = 0; i < bytes.length && seen < LETTERS_SEEN; i++) {
		const byte = bytes[i] as number;
		if (byte < 0x80) continue;
		seen++;
		windows += WINDOWS_FRENCH[byte] as number;
		macintosh += MAC_FRENCH[byte] as number;
	}
	return { windows, macintosh };
}

const why = (chosen: Encoding | undefined, code: Evidence['code']): Evidence => ({
	code: chosen ? 'chosen' : code,
	details: {}
});

/**
 * UTF-16 without a byte-order mark: every other byte of a text in a Latin script is zero.
 * @returns which of the two, or null
 */
export function wideWithoutMark(raw: Uint8Array): 'utf-16le' | 'utf-16be' | null {
	const end = Math.min(raw.length, 4096) & ~1;
	if (end < 8 || raw.length % 2) return null;
	let even = 0;
	let odd = 0;
	for (let i = 0; i < end; i += 2) {
		if (raw[i] === 0) even++;
		if (raw[i + 1] === 0) odd++;
	}
	const most = end / 2;
	if (odd > most * 0.7 && even < most * 0.05) return 'utf-16le';
	return even > most * 0.7 && odd < most * 0.05 ? 'utf-16be' : null;
}

/** Without its UTF-8 byte-order marks: some exports begin with two. */
function skipBom(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
	let at = 0;
	while (bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf) at += 3;
	return at ? bytes.subarray(at) : bytes;
}

/** `end`, or before it where that is inside of a character. */
function wholeCharacters(bytes: Uint8Array, end: number): number {
	let at = end;
	if (end < bytes.length) while (at > end - 4 && ((bytes[at] as number) & 0xc0) === 0x80) at--;
	return at;
}

function isAscii(bytes: Uint8Array, end: number): boolean {
	for (let i = 0; i < end; i++) if ((bytes[i] as number) > 0x7f) return false;
	return true;
}

/** Each windows-1252 byte as UTF-8: up to three bytes at `LATIN[byte * 3]`, and how many. */
const LATIN = new Uint8Array(256 * 3);
const LATIN_LENGTH = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++) {
	const utf8 = new TextEncoder().encode(
		new TextDecoder('windows-1252').decode(Uint8Array.of(byte))
	);
	LATIN.set(utf8, byte * 3);
	LATIN_LENGTH[byte] = utf8.length;
}

/** windows-1252 slices made UTF-8: the same texts, with their new offsets. */
export function latinToUtf8(
	bytes: Uint8Array,
	offsets: Int32Array
): { bytes: Uint8Array<ArrayBuffer>; offsets: Int32Array<ArrayBuffer> } {
	let length = 0;
	for (let i = 0; i < bytes.length; i++) length += LATIN_LENGTH[bytes[i] as number] as number;
	const out = new Uint8Array(length);
	const moved = new Int32Array(offsets.length);
	let to = 0;
	for (let text = 0; text + 1 < offsets.length; text++) {
		for (let i = offsets[text] as number; i < (offsets[text + 1] as number); i++) {
			const byte = bytes[i] as number;
			if (byte < 0x80) out[to++] = byte;
			else
				for (let k = 0; k < (LATIN_LENGTH[byte] as number); k++)
					out[to++] = LATIN[byte * 3 + k] as number;
		}
		moved[text + 1] = to;
	}
	return { bytes: out, offsets: moved };
}
