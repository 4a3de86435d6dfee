/** Quoted cells with their doubled quotation marks made single. */
import type { TextInterner } from '../text-interner.ts';

const QUOTE = 0x22;
/** Bytes of cells that are looked up together. */
const TOGETHER = 16_384;

const QUOTES = QUOTE * 0x01010101;

/** As `write` does; what has no mark is copied four bytes at a time. @param outView of `out` */
function writeFast(
	bytes: Uint8Array,
	view: DataView,
	start: number,
	end: number,
	out: Uint8Array,
	outView: DataView,
	to: number
): number {
	let at = to;
	let i = start;
	while (i + 4 <= end) {
		const four = view.getInt32(i, true);
		const a = four ^ QUOTES;
		if (((a - 0x01010101) & ~a & 0x80808080) === 0) {
			outView.setInt32(at, four, true);
			at += 4;
			i += 4;
			continue;
		}
		while (bytes[i] !== QUOTE) out[at++] = bytes[i++] as number;
		out[at++] = QUOTE;
		i += bytes[i + 1] === QUOTE ? 2 : 1;
	}
	return write(bytes, i, end, out, at);
}

/** Writes `bytes[start .. end)` from `to` on, each two marks as one; answers where it ends. */
function write(bytes: Uint8Array, start: number, end: number, out: Uint8Array, to: number): number {
	let at = to;
	for (let i = start; i < end; i++) {
		const byte = bytes[i] as number;
		out[at++] = byte;
		if (byte === QUOTE && bytes[i + 1] === QUOTE) i++;
	}
	return at;
}

/** A cell, from 0 to `end`. The bytes are lent: the next cell takes their place. */
export class Unquoted {
	bytes: Uint8Array<ArrayBuffer> = new Uint8Array(4096);
	end = 0;

	of(bytes: Uint8Array, start: number, end: number): this {
		if (end - start > this.bytes.length) this.bytes = new Uint8Array((end - start) * 2);
		this.end = write(bytes, start, end, this.bytes, 0);
		return this;
	}
}

/** Cells that are looked up together, as those without such marks are. */
export class UnquotedTexts {
	#bytes: Uint8Array<ArrayBuffer> = new Uint8Array(0);
	#view = new DataView(this.#bytes.buffer);
	#starts = new Int32Array(0);
	#ends = new Int32Array(0);
	#rows = new Int32Array(0);
	#codes = new Int32Array(0);
	#count = 0;
	#length = 0;

	/** @param end of the cell, as it is: no complement */
	add(bytes: Uint8Array, view: DataView, start: number, end: number, row: number): void {
		const from = this.#length;
		this.#room(this.#count + 1, from + end - start);
		this.#length = writeFast(bytes, view, start, end, this.#bytes, this.#view, from);
		this.#starts[this.#count] = from;
		this.#ends[this.#count] = this.#length;
		this.#rows[this.#count++] = row;
	}

	/** Whether they are enough to be looked up. */
	get full(): boolean {
		return this.#length >= TOGETHER;
	}

	/** Puts the codes of those added where their rows are, and forgets them. */
	intern(interner: TextInterner, codes: Int32Array): void {
		const slices = { starts: this.#starts, ends: this.#ends, base: 0, count: this.#count };
		interner.internAll(this.#bytes, this.#view, slices, this.#codes, 0);
		for (let i = 0; i < this.#count; i++) codes[this.#rows[i] as number] = this.#codes[i] as number;
		this.#count = 0;
		this.#length = 0;
	}

	#room(count: number, length: number): void {
		if (count > this.#starts.length) {
			const wider = (array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
				const more = new Int32Array(Math.max(64, array.length * 2));
				more.set(array);
				return more;
			};
			this.#starts = wider(this.#starts);
			this.#ends = wider(this.#ends);
			this.#rows = wider(this.#rows);
			this.#codes = wider(this.#codes);
		}
		if (length <= this.#bytes.length) return;
		const wider = new Uint8Array(Math.max(4096, length * 2));
		wider.set(this.#bytes.subarray(0, this.#length));
		this.#bytes = wider;
		this.#view = new DataView(wider.buffer);
	}
}
