/** Words in bytes, compared without making strings of them: letters folded (case, French accents) into one number. */

/** Letters that fit a double exactly. */
const LONGEST = 10;

/** The plain letter (1 to 26) of é, À, ç …, by the code point less 0xc0; 0 for what is no letter of French. */
const ACCENTED = Uint8Array.from(
	[...'aaaaaa_ceeeeiiii_nooooo_ouuuuy__aaaaaa_ceeeeiiii_nooooo_ouuuuy_y'].map((char) =>
		char === '_' ? 0 : char.charCodeAt(0) - 96
	)
);

/** The number of a word, as `WordReader.read` gives it. @param word small letters without accents, at most ten */
export function wordKey(word: string): number {
	let key = 0;
	for (let i = 0; i < word.length; i++) key = key * 27 + word.charCodeAt(i) - 96;
	return key;
}

export class WordReader {
	/** After `read`: where the word ends. */
	end = 0;
	readonly #latin: boolean;

	/** @param latin whether the bytes are windows-1252 rather than UTF-8 */
	constructor(latin: boolean) {
		this.#latin = latin;
	}

	/** The letters from `at` on: their number, 0 where there is none, -1 for a word too long or with other letters. */
	read(bytes: Uint8Array, at: number, stop: number): number {
		let key = 0;
		let letters = 0;
		let i = at;
		while (i < stop) {
			const byte = bytes[i] as number;
			let letter = (byte | 0x20) - 96;
			let width = 1;
			if (byte < 0x41 || (byte > 0x7a && byte < 0x80)) break;
			if (byte >= 0x80) {
				// A no-break space, or a mark of punctuation, ends the word.
				if (this.#latin ? byte < 0xc0 : byte === 0xc2 || byte === 0xe2) break;
				if (this.#latin) letter = ACCENTED[byte - 0xc0] as number;
				else if (byte === 0xc3 && i + 1 < stop) {
					letter = ACCENTED[((bytes[i + 1] as number) - 0x80) & 63] as number;
					width = 2;
				} else letter = 0;
				if (letter === 0) return -1;
			} else if (letter < 1 || letter > 26) break;
			if (++letters > LONGEST) return -1;
			key = key * 27 + letter;
			i += width;
		}
		this.end = i;
		return key;
	}
}

/** Bytes of the space at `at`: any that people or programs write between words; 0 for none. */
export function spaceAt(bytes: Uint8Array, at: number, stop: number): number {
	const byte = bytes[at] as number;
	if (at >= stop) return 0;
	if (byte === 0x20 || byte === 0x09 || byte === 0xa0) return 1;
	if (byte === 0xc2) return at + 1 < stop && bytes[at + 1] === 0xa0 ? 2 : 0;
	if (byte !== 0xe2 || at + 2 >= stop || bytes[at + 1] !== 0x80) return 0;
	const third = bytes[at + 2] as number;
	// U+2000 to U+200A, and U+202F.
	return (third >= 0x80 && third <= 0x8a) || third === 0xaf ? 3 : 0;
}
