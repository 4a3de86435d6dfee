/**
 * Inflates what deflate made (RFC 1951), a piece at a time and at once. The platform's own stream gives pieces of 16 KB
 * and has each waited for, which takes several times as long as the inflating. What it holds is one window, whatever
 * comes of the data; what is no deflate is refused as zlib refuses it.
 */
import { InvalidError } from '../../../core/errors.ts';
import {
	BAD,
	CODE_BITS,
	CODE_LENGTHS,
	DISTANCES,
	END,
	HuffmanTable,
	LITERALS,
	LONGER,
	LONGEST_CODE,
	PLACE
} from './huffman-table.ts';

/** How far back a match may reach. */
const HISTORY = 32_768;
/** What a piece is of, and at most the longest match more. */
const PIECE = 65_536;
const LONGEST_MATCH = 258;
/** Bytes that are read before a piece is given though it is not full, or is empty: others are to have their turn. */
const MOST_READ = 1_000_000;
/**
 * Bytes at the end of the data that are read from a copy with zeros behind it: the description of a block's codes is
 * below 600 bytes, and is read without looking where the data ends.
 */
const MARGIN = 1024;
/** A length, a distance, and what is read at once. */
const STEP_BYTES = 16;
/** Bits are counted from where a piece begins, and the count kept small. */
const MOST_BITS = 1 << 30;

const LITERAL_BITS = 11;
const DISTANCE_BITS = 9;
const LENGTH_BITS = 7;
const LITERAL_MASK = (1 << LITERAL_BITS) - 1;
const DISTANCE_MASK = (1 << DISTANCE_BITS) - 1;
const LITERAL_REST = (1 << (LONGEST_CODE - LITERAL_BITS)) - 1;
const DISTANCE_REST = (1 << (LONGEST_CODE - DISTANCE_BITS)) - 1;

/** The order in which the lengths of the codes for lengths are written. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
/** Codes that a block may have of literals and lengths, and of distances. */
const MOST_LITERALS = 286;
const MOST_DISTANCES = 30;

const HEADER = 0;
const STORED = 1;
const CODED = 2;
const ENDED = 3;

const damaged = (why: string): InvalidError => new InvalidError('file_damaged', { why });

export class Inflater {
	readonly #source: Uint8Array;
	readonly #sourceView: DataView;
	readonly #tail = new Uint8Array(2 * MARGIN);
	readonly #tailView = new DataView(this.#tail.buffer);
	/** What is read from: the source, or the copy of its end. */
	#view: DataView;
	/** Bits are counted from here: a place in what is read from, and the same in the source. */
	#base = 0;
	#start = 0;
	#bit = 0;
	/** Where reading has to look around. */
	#stop = 0;

	readonly #window = new Uint8Array(HISTORY + PIECE + LONGEST_MATCH + STEP_BYTES);
	readonly #windowView = new DataView(this.#window.buffer);
	/** Where the window's bytes end. */
	#end = 0;

	#state = HEADER;
	#last = false;
	#stored = 0;
	readonly #literals = new HuffmanTable(LITERAL_BITS, LITERALS);
	readonly #distances = new HuffmanTable(DISTANCE_BITS, DISTANCES);
	readonly #codeLengths = new HuffmanTable(LENGTH_BITS, CODE_LENGTHS, true);
	readonly #lengths = new Uint8Array(MOST_LITERALS + MOST_DISTANCES + 4);

	constructor(source: Uint8Array) {
		this.#source = source;
		this.#sourceView = new DataView(source.buffer, source.byteOffset, source.byteLength);
		this.#view = this.#sourceView;
		this.#settle();
	}

	/**
	 * The next bytes, good until it is called again; they may be none before the end, which is null. What follows the
	 * end in the data is refused.
	 * @throws InvalidError `file_damaged` (why)
	 */
	next(): Uint8Array | null {
		const window = this.#window;
		if (this.#end > HISTORY) {
			window.copyWithin(0, this.#end - HISTORY, this.#end);
			this.#end = HISTORY;
		}
		const from = this.#end;
		const limit = from + PIECE;
		this.#settle();
		const until = this.#start + MOST_READ;
		while (this.#end < limit && this.#state !== ENDED && this.#start < until) {
			if (this.#state === HEADER) this.#header();
			else if (this.#state === STORED) this.#copy(limit);
			else this.#decode(limit);
			this.#settle();
		}
		if (this.#state !== ENDED) return window.subarray(from, this.#end);
		if (this.#start + (this.#bit > 0 ? 1 : 0) < this.#source.length) throw damaged('goes on');
		return this.#end > from ? window.subarray(from, this.#end) : null;
	}

	/** Counts bits from where reading is; refuses to have gone past the end. */
	#settle(): void {
		const { length } = this.#source;
		const at = this.#start + (this.#bit >>> 3);
		this.#bit &= 7;
		if (at + (this.#bit > 0 ? 1 : 0) > length) throw damaged('cut short');
		this.#start = at;
		if (at + MARGIN <= length) {
			this.#view = this.#sourceView;
			this.#base = at;
			this.#stop = Math.min(MOST_BITS, (length - STEP_BYTES - at) * 8);
			return;
		}
		this.#tail.fill(0);
		this.#tail.set(this.#source.subarray(at));
		this.#view = this.#tailView;
		this.#base = 0;
		this.#stop = (length - at) * 8;
	}

	/** The next bits, 25 at least. */
	#peek(): number {
		return this.#view.getInt32(this.#base + (this.#bit >>> 3), true) >>> (this.#bit & 7);
	}
	#take(bits: number): number {
		const value = this.#peek() & ((1 << bits) - 1);
		this.#bit += bits;
		return value;
	}

	#header(): void {
		if (this.#last) {
			this.#state = ENDED;
			return;
		}
		if (this.#bit >= this.#stop) throw damaged('cut short');
		this.#last = this.#take(1) === 1;
		switch (this.#take(2)) {
			case 0: {
				this.#bit = (this.#bit + 7) & ~7;
				const length = this.#take(16);
				if (this.#take(16) !== (length ^ 0xffff)) throw damaged('stored length');
				this.#stored = length;
				this.#state = STORED;
				return;
			}
			case 1: {
				const lengths = this.#lengths;
				lengths.fill(8, 0, 144).fill(9, 144, 256).fill(7, 256, 280).fill(8, 280, 288);
				this.#literals.build(lengths, 0, 288);
				lengths.fill(5, 0, 32);
				this.#distances.build(lengths, 0, 32);
				this.#state = CODED;
				return;
			}
			case 2:
				this.#codes();
				this.#state = CODED;
				return;
			default:
				throw damaged('kind of block');
		}
	}

	/** The codes of a block, which their lengths say. */
	#codes(): void {
		const lengths = this.#lengths;
		const literals = this.#take(5) + 257;
		const distances = this.#take(5) + 1;
		const written = this.#take(4) + 4;
		if (literals > MOST_LITERALS || distances > MOST_DISTANCES) throw damaged('too many codes');
		lengths.fill(0, 0, ORDER.length);
		for (let i = 0; i < written; i++) lengths[ORDER[i] as number] = this.#take(3);
		if (!this.#codeLengths.build(lengths, 0, ORDER.length)) throw damaged('codes');
		const { entries } = this.#codeLengths;
		const all = literals + distances;
		for (let i = 0; i < all;) {
			const entry = entries[this.#peek() & ((1 << LENGTH_BITS) - 1)] as number;
			if (entry >= BAD) throw damaged('codes');
			this.#bit += entry & CODE_BITS;
			const symbol = entry >> 12;
			if (symbol < 16) {
				lengths[i++] = symbol;
				continue;
			}
			if (symbol === 16 && i === 0) throw damaged('codes');
			const length = symbol === 16 ? (lengths[i - 1] as number) : 0;
			const times =
				symbol === 16 ? 3 + this.#take(2) : symbol === 17 ? 3 + this.#take(3) : 11 + this.#take(7);
			if (i + times > all) throw damaged('codes');
			lengths.fill(length, i, i + times);
			i += times;
		}
		if (lengths[256] === 0) throw damaged('block without an end');
		if (!this.#literals.build(lengths, 0, literals)) throw damaged('codes');
		if (!this.#distances.build(lengths, literals, all)) throw damaged('codes');
	}

	#copy(limit: number): void {
		const length = Math.min(this.#stored, limit - this.#end);
		const at = this.#start;
		if (at + length > this.#source.length) throw damaged('cut short');
		this.#window.set(this.#source.subarray(at, at + length), this.#end);
		this.#end += length;
		this.#start += length;
		this.#stored -= length;
		if (this.#stored === 0) this.#state = HEADER;
	}

	/** Bytes and matches, until the block ends, the piece is full, or the data has to be looked at anew. */
	#decode(limit: number): void {
		const view = this.#view;
		const base = this.#base;
		const window = this.#window;
		const windowView = this.#windowView;
		const literals = this.#literals.entries;
		const distances = this.#distances.entries;
		const stop = this.#stop;
		let bit = this.#bit;
		let to = this.#end;
		if (bit >= stop) throw damaged('cut short');
		while (to < limit && bit < stop) {
			let bits = view.getInt32(base + (bit >>> 3), true) >>> (bit & 7);
			let entry = literals[bits & LITERAL_MASK] as number;
			if (entry < 0) {
				window[to++] = entry >> 8;
				bit += entry & CODE_BITS;
				// There are bits enough for another.
				entry = literals[(bits >>> (entry & CODE_BITS)) & LITERAL_MASK] as number;
				if (entry < 0) {
					window[to++] = entry >> 8;
					bit += entry & CODE_BITS;
					continue;
				}
				bits = view.getInt32(base + (bit >>> 3), true) >>> (bit & 7);
			}
			if (entry >= BAD) {
				if (entry >= LONGER && entry < END) {
					bit += LITERAL_BITS;
					bits >>>= LITERAL_BITS;
					entry = literals[((entry & PLACE) >> 8) + (bits & LITERAL_REST)] as number;
					if (entry < 0) {
						window[to++] = entry >> 8;
						bit += entry & CODE_BITS;
						continue;
					}
				}
				if (entry >= END) {
					bit += entry & CODE_BITS;
					this.#state = HEADER;
					break;
				}
				if (entry >= BAD) throw damaged('code');
			}
			let code = entry & CODE_BITS;
			let more = (entry >> 8) & 15;
			const match = to + (entry >> 12) + ((bits >>> code) & ((1 << more) - 1));
			bit += code + more;

			bits = view.getInt32(base + (bit >>> 3), true) >>> (bit & 7);
			entry = distances[bits & DISTANCE_MASK] as number;
			if (entry >= BAD) {
				if (entry < LONGER) throw damaged('code');
				bit += DISTANCE_BITS;
				entry = distances[
					((entry & PLACE) >> 8) + ((bits >>> DISTANCE_BITS) & DISTANCE_REST)
				] as number;
				if (entry >= BAD) throw damaged('code');
				bits = view.getInt32(base + (bit >>> 3), true) >>> (bit & 7);
			}
			code = entry & CODE_BITS;
			more = (entry >> 8) & 15;
			let from = to - (entry >> 12) - ((bits >>> code) & ((1 << more) - 1));
			bit += code + more;
			if (from < 0) throw damaged('match before the beginning');
			if (to - from >= 4) {
				// Four at a step, and up to three too many: what comes next takes their place.
				do {
					windowView.setInt32(to, windowView.getInt32(from, true), true);
					to += 4;
					from += 4;
				} while (to < match);
				to = match;
			} else while (to < match) window[to++] = window[from++] as number;
		}
		this.#bit = bit;
		this.#end = to;
	}
}
