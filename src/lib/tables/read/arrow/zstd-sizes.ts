/**
 * How many bytes the compressed blocks of a Zstandard frame say that they become (RFC 8878), without making them: the
 * library that does believes each copy that a block orders, and a few bytes order gigabytes. Literals are not undone,
 * offsets not followed: what is counted is their lengths.
 */
const refuse = (): RangeError => new RangeError('Zstandard');

/** Bytes that a block may become. */
export const MAX_BLOCK = 131_072;

/** A state machine: by state, the code that it stands for, the bits to read for the next one, and what they add to. */
interface Table {
	readonly bits: number;
	readonly codes: Uint8Array;
	readonly widths: Uint8Array;
	readonly next: Uint16Array;
}

/** What the three codes of a sequence stand for: of literals and matches, a length and the bits that add to it. */
const LITERAL_BITS = Uint8Array.from([
	...new Array<number>(16).fill(0),
	...[1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]
]);
const MATCH_BITS = Uint8Array.from([
	...new Array<number>(32).fill(0),
	...[1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]
]);
const MOST_OFFSET_BITS = 31;

/** Each length begins where the one before ends. */
function basesOf(bits: Uint8Array, first: number): Int32Array {
	const bases = new Int32Array(bits.length);
	let base = first;
	bits.forEach((width, code) => {
		bases[code] = base;
		base += 1 << width;
	});
	return bases;
}
const LITERAL_BASES = basesOf(LITERAL_BITS, 0);
const MATCH_BASES = basesOf(MATCH_BITS, 3);

const repeat = (value: number, times: number): number[] => new Array<number>(times).fill(value);
/** The tables that a block need not write; -1: rarer than once. */
const KNOWN_LITERALS = tableOf(
	[4, 3, ...repeat(2, 11), 1, 1, 1, ...repeat(2, 9), 3, 2, ...repeat(1, 5), ...repeat(-1, 4)],
	6
);
const KNOWN_OFFSETS = tableOf([...repeat(1, 6), 2, 2, 2, ...repeat(1, 15), ...repeat(-1, 5)], 5);
const KNOWN_MATCHES = tableOf([1, 4, 3, ...repeat(2, 6), ...repeat(1, 37), ...repeat(-1, 7)], 6);

function tableOf(counts: readonly number[], bits: number): Table {
	const size = 1 << bits;
	const codes = new Uint8Array(size);
	const seen = new Uint16Array(counts.length);
	let high = size;
	counts.forEach((count, code) => {
		if (count === -1) {
			if (high === 0) throw refuse();
			codes[--high] = code;
		}
		seen[code] = Math.abs(count);
	});
	const step = (size >> 1) + (size >> 3) + 3;
	let place = 0;
	counts.forEach((count, code) => {
		for (let i = 0; i < count; i++) {
			codes[place] = code;
			do place = (place + step) & (size - 1);
			while (place >= high && high > 0);
		}
	});
	if (place !== 0) throw refuse();
	const widths = new Uint8Array(size);
	const next = new Uint16Array(size);
	for (let state = 0; state < size; state++) {
		const code = codes[state] as number;
		const nth = seen[code] as number;
		seen[code] = nth + 1;
		const width = bits - (31 - Math.clz32(nth));
		widths[state] = width;
		next[state] = (nth << width) - size;
	}
	return { bits, codes, widths, next };
}

/** A table of one code, which takes no bits. */
const single = (code: number): Table => ({
	bits: 0,
	codes: Uint8Array.of(code),
	widths: new Uint8Array(1),
	next: new Uint16Array(1)
});

export class ZstdSizes {
	readonly #bytes: Uint8Array;
	/** Of the block before, for those that use them again. */
	#literals: Table | null = null;
	#offsets: Table | null = null;
	#matches: Table | null = null;
	#at = 0;
	#end = 0;

	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
	}

	/**
	 * What the compressed block in `bytes[start .. end)` becomes. Blocks are asked for in their order.
	 * @throws RangeError when it is malformed, or becomes more than a block may
	 */
	block(start: number, end: number): number {
		this.#at = start;
		this.#end = end;
		const literals = this.#skipLiterals();
		const count = this.#count();
		if (literals > MAX_BLOCK) throw refuse();
		return literals + (count > 0 ? this.#matched(count, literals) : 0);
	}

	#byte(): number {
		if (this.#at >= this.#end) throw refuse();
		return this.#bytes[this.#at++] as number;
	}

	/** @returns how many bytes they become */
	#skipLiterals(): number {
		const first = this.#byte();
		const kind = first & 3;
		const form = (first >> 2) & 3;
		let size: number;
		let packed: number;
		if (kind < 2) {
			size = first >> 3;
			if (form & 1) size = (first >> 4) | (this.#byte() << 4);
			if (form === 3) size |= this.#byte() << 12;
			packed = kind === 0 ? size : 1;
		} else {
			// Two sizes of as many bits, one after the other.
			const width = form < 2 ? 10 : form === 2 ? 14 : 18;
			let all = first >> 4;
			for (let shift = 4, left = 2 * width - 4; left > 0; left -= 8, shift += 8)
				all += this.#byte() * 2 ** shift;
			size = all % 2 ** width;
			packed = Math.floor(all / 2 ** width);
		}
		this.#at += packed;
		if (this.#at > this.#end) throw refuse();
		return size;
	}

	/** Of sequences: literals, and what is copied after them. */
	#count(): number {
		const first = this.#byte();
		if (first < 128) return first;
		const second = this.#byte();
		if (first < 255) return ((first - 128) << 8) | second;
		return second + (this.#byte() << 8) + 0x7f00;
	}

	/** Bytes that the matches of the sequences copy. */
	#matched(count: number, literals: number): number {
		const modes = this.#byte();
		const lit = (this.#literals = this.#table(modes >> 6, KNOWN_LITERALS, this.#literals, 9, 35));
		const off = (this.#offsets = this.#table(
			(modes >> 4) & 3,
			KNOWN_OFFSETS,
			this.#offsets,
			8,
			MOST_OFFSET_BITS
		));
		const mat = (this.#matches = this.#table(
			(modes >> 2) & 3,
			KNOWN_MATCHES,
			this.#matches,
			9,
			52
		));
		const last = this.#bytes[this.#end - 1];
		if (this.#at >= this.#end || !last) throw refuse();
		// Bits are read from the end to the beginning; the last one that is set is no part of them.
		let left = (this.#end - this.#at) * 8 - 1 - (Math.clz32(last) - 24);
		const from = this.#at;
		const bytes = this.#bytes;
		const read = (width: number): number => {
			left -= width;
			if (left < 0) throw refuse();
			const at = from + (left >> 3);
			const three =
				(bytes[at] as number) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16);
			return (three >> (left & 7)) & ((1 << width) - 1);
		};
		let literal = read(lit.bits);
		let offset = read(off.bits);
		let match = read(mat.bits);
		let used = 0;
		let copied = 0;
		for (let i = 0; i < count; i++) {
			// What offsets add is only gone past.
			left -= off.codes[offset] as number;
			const matchCode = mat.codes[match] as number;
			const literalCode = lit.codes[literal] as number;
			copied += (MATCH_BASES[matchCode] as number) + read(MATCH_BITS[matchCode] as number);
			used += (LITERAL_BASES[literalCode] as number) + read(LITERAL_BITS[literalCode] as number);
			if (used > literals || literals + copied > MAX_BLOCK) throw refuse();
			if (i === count - 1) break;
			literal = (lit.next[literal] as number) + read(lit.widths[literal] as number);
			match = (mat.next[match] as number) + read(mat.widths[match] as number);
			offset = (off.next[offset] as number) + read(off.widths[offset] as number);
		}
		return copied;
	}

	#table(mode: number, known: Table, before: Table | null, bits: number, most: number): Table {
		if (mode === 0) return known;
		if (mode === 3) {
			if (!before) throw refuse();
			return before;
		}
		if (mode === 2) return this.#written(bits, most);
		const code = this.#byte();
		if (code > most) throw refuse();
		return single(code);
	}

	/** A table as the block writes it: how often each code comes, in as few bits as what is left allows. */
	#written(mostBits: number, mostCode: number): Table {
		const bytes = this.#bytes;
		const start = this.#at;
		let bit = 0;
		const peek = (width: number): number => {
			const at = start + (bit >> 3);
			const three = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16);
			return (three >> (bit & 7)) & ((1 << width) - 1);
		};
		const bits = peek(4) + 5;
		bit += 4;
		if (bits > mostBits) throw refuse();
		let left = 1 << bits;
		const counts: number[] = [];
		while (left > 0) {
			if (counts.length > mostCode) throw refuse();
			const width = 32 - Math.clz32(left + 1);
			const low = (1 << (width - 1)) - 1;
			const spare = (1 << width) - 1 - (left + 1);
			let value = peek(width);
			bit += width;
			if ((value & low) < spare) {
				value &= low;
				bit--;
			} else if (value > low) value -= spare;
			const count = value - 1;
			left -= Math.abs(count);
			counts.push(count);
			if (count !== 0) continue;
			// Further codes that never come, up to three at a time.
			for (let more = 3; more === 3;) {
				more = peek(2);
				bit += 2;
				if (counts.length + more > mostCode + 1) throw refuse();
				counts.push(...repeat(0, more));
			}
		}
		if (left < 0) throw refuse();
		this.#at = start + ((bit + 7) >> 3);
		if (this.#at > this.#end) throw refuse();
		return tableOf(counts, bits);
	}
}
