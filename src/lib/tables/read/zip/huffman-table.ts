/**
 * Tables to look up Huffman codes in, as deflate has them (RFC 1951, 3.2): an entry for each value of the next bits,
 * and, for the few codes that are longer, tables of their own behind it.
 */

/** Of an entry: the bits of its code, or of what its code has beyond the first table. */
export const CODE_BITS = 15;
/**
 * Entries are told apart by how large they are. Negative: a byte, from bit 8 on. Below `BAD`: a base from bit 12 on, and
 * the number of bits to add to it from bit 8 on. Else one of these three.
 */
export const BYTE = 1 << 31;
/** No code. */
export const BAD = 1 << 28;
/** The code goes on: its other bits are looked up from `(entry & PLACE) >> 8` on. */
export const LONGER = 1 << 29;
/** The block ends. */
export const END = 1 << 30;
export const PLACE = 0x0fffffff;

/** Bits of a code. */
export const LONGEST_CODE = 15;

const bases = (first: number, extra: readonly number[]): Int32Array => {
	let base = first;
	return Int32Array.from(extra, (bits) => {
		const entry = (base << 12) | (bits << 8);
		base += 1 << bits;
		return entry;
	});
};
/** 257 to 285: lengths from 3 on; the last is 258 and takes no bits. */
const LENGTHS = bases(
	3,
	Array.from({ length: 28 }, (_, i) => (i < 8 ? 0 : (i - 4) >> 2))
);

/** What each code of a kind stands for, without the bits of the code. */
export const LITERALS = Int32Array.from({ length: 288 }, (_, symbol) =>
	symbol < 256
		? BYTE | (symbol << 8)
		: symbol === 256
			? END
			: (LENGTHS[symbol - 257] ?? (symbol === 285 ? 258 << 12 : BAD))
);
const SPANS = bases(
	1,
	Array.from({ length: 30 }, (_, i) => (i < 4 ? 0 : (i - 2) >> 1))
);
export const DISTANCES = Int32Array.from({ length: 32 }, (_, symbol) => SPANS[symbol] ?? BAD);
/** Codes that the lengths of codes are written in. */
export const CODE_LENGTHS = Int32Array.from({ length: 19 }, (_, symbol) => symbol << 12);

export class HuffmanTable {
	readonly entries: Int32Array;
	readonly #bits: number;
	readonly #symbols: Int32Array;
	readonly #whole: boolean;
	readonly #counts = new Int32Array(LONGEST_CODE + 1);
	readonly #next = new Int32Array(LONGEST_CODE + 1);

	/**
	 * @param bits that the first table is for; longer codes are looked up twice
	 * @param whole whether every value has to be that of a code
	 */
	constructor(bits: number, symbols: Int32Array, whole = false) {
		this.#bits = bits;
		this.#whole = whole;
		this.#symbols = symbols;
		// At worst, each code has a table of its own behind the first.
		this.entries = new Int32Array((1 << bits) + (symbols.length << (LONGEST_CODE - bits)));
	}

	/**
	 * Lays the table out for codes of these lengths, 0 for none: symbol `i` has `lengths[from + i]`.
	 * @returns false where no code has such lengths
	 */
	build(lengths: Uint8Array, from: number, to: number): boolean {
		const { entries } = this;
		const counts = this.#counts.fill(0);
		const next = this.#next;
		const bits = this.#bits;
		for (let i = from; i < to; i++) {
			const length = lengths[i] as number;
			counts[length] = (counts[length] as number) + 1;
		}
		counts[0] = 0;
		let code = 0;
		let left = 1;
		let longest = 0;
		for (let length = 1; length <= LONGEST_CODE; length++) {
			const count = counts[length] as number;
			left = (left << 1) - count;
			if (left < 0) return false;
			if (count > 0) longest = length;
			code = (code + (counts[length - 1] as number)) << 1;
			next[length] = code;
		}
		// Else only one code of one bit may be all there is, or none at all.
		if (left > 0 && (longest > 1 || (longest === 1 && this.#whole))) return false;
		const size = 1 << bits;
		const rest = LONGEST_CODE - bits;
		entries.fill(BAD, 0, size);
		let used = size;
		for (let i = from; i < to; i++) {
			const length = lengths[i] as number;
			if (length === 0) continue;
			const symbol = this.#symbols[i - from] as number;
			const value = reversed(next[length] as number, length);
			next[length] = (next[length] as number) + 1;
			if (length <= bits) {
				for (let at = value; at < size; at += 1 << length) entries[at] = symbol | length;
				continue;
			}
			const head = value & (size - 1);
			let place = used;
			if (entries[head] === BAD) {
				entries[head] = LONGER | (used << 8) | bits;
				used += 1 << rest;
			} else place = ((entries[head] as number) & PLACE) >> 8;
			for (let at = value >> bits; at < 1 << rest; at += 1 << (length - bits))
				entries[place + at] = symbol | (length - bits);
		}
		return true;
	}
}

/** Codes are written from their highest bit on, all else from its lowest. */
function reversed(code: number, length: number): number {
	let value = 0;
	let rest = code;
	for (let i = 0; i < length; i++) {
		value = (value << 1) | (rest & 1);
		rest >>= 1;
	}
	return value;
}
