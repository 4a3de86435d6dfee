/** The texts that stand for « no value », matched as bytes, whatever spaces surround them. */

/** What exports write for it; the empty text is always one. */
export const MISSING_TEXTS = [
	'NA',
	'N/A',
	'n/a',
	'#N/A',
	'NULL',
	'null',
	'NaN',
	'nan',
	'n.d.',
	'N.D.',
	's.o.',
	'S.O.',
	'-',
	'--',
	'–',
	'—',
	'..',
	'…'
] as const;

export class MissingTexts {
	readonly texts: readonly string[];
	readonly #patterns: readonly Uint8Array[];
	readonly #longest: number;

	constructor(texts: readonly string[], latin: boolean) {
		this.texts = texts;
		this.#patterns = texts.map((text) =>
			latin ? latinBytes(text) : new TextEncoder().encode(text)
		);
		this.#longest = Math.max(0, ...this.#patterns.map((p) => p.length));
	}

	/** -1: it is a value; -2: it is empty or blank; else the index of the text that says « missing ». */
	match(bytes: Uint8Array, start: number, end: number): number {
		let from = start;
		let stop = end;
		while (stop > from && (bytes[stop - 1] as number) <= 0x20) stop--;
		while (from < stop && (bytes[from] as number) <= 0x20) from++;
		const length = stop - from;
		if (length === 0) return -2;
		if (length > this.#longest) return -1;
		search: for (let p = 0; p < this.#patterns.length; p++) {
			const pattern = this.#patterns[p] as Uint8Array;
			if (pattern.length !== length) continue;
			for (let i = 0; i < length; i++) if (pattern[i] !== bytes[from + i]) continue search;
			return p;
		}
		return -1;
	}
}

const LATIN_BYTES = new Map(
	Array.from({ length: 256 }, (_, byte) => [
		new TextDecoder('windows-1252').decode(Uint8Array.of(byte)),
		byte
	])
);

/** A text in windows-1252; what it cannot write becomes `?`. */
export const latinBytes = (text: string): Uint8Array =>
	Uint8Array.from([...text], (char) => LATIN_BYTES.get(char) ?? 0x3f);
