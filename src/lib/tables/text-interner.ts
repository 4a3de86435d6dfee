/**
 * A growing dictionary of byte slices: each distinct slice gets one code, without a string being made. Open
 * addressing. A slot holds the first sixteen bytes of its text, so that most texts are found in the one place in memory
 * where their hash points, and read four bytes at a step whatever their length: a branch that cannot be foreseen costs
 * more than a read.
 */
import type { TextDictionary } from './column.ts';

/** Of a slot: code + 1 (0 for an empty slot), length, hash, nothing, then the text's first bytes. */
const SHIFT = 3;
const SLOT = 1 << SHIFT;
const SLOTS = 256;
/** Of the slots, how many may be taken: fewer, and they would spread over more memory than they save steps. */
const LOAD = 0.6;
/** Bytes of a text that are in its slot. */
const NEAR = 16;

/** For each length up to `NEAR`, what of the four words from its beginning is the text's. */
const MASKS = new Int32Array((NEAR + 1) * 4);
for (let length = 0; length <= NEAR; length++)
	for (let word = 0; word < 4; word++) {
		const bytes = Math.min(4, Math.max(0, length - 4 * word));
		MASKS[length * 4 + word] = bytes === 4 ? -1 : (1 << (8 * bytes)) - 1;
	}

/** Beyond that many texts, what a look-up reads is no longer in the processor's own memory. */
const MANY = 4096;
/** Texts that are looked up together. */
const TOGETHER = 256;

/** Slice `i` is from `starts[base + i]` to `ends[base + i]`. */
interface Slices {
	readonly starts: Int32Array;
	readonly ends: Int32Array;
	readonly base: number;
	readonly count: number;
}

export class TextInterner {
	#slots: Int32Array<ArrayBuffer> = new Int32Array(SLOTS * SLOT);
	/** Of a place in `#slots`, what says its slot: the slots less one, times `SLOT`. */
	#mask = (SLOTS - 1) * SLOT;
	#offsets: Int32Array<ArrayBuffer> = new Int32Array(513);
	#bytes: Uint8Array<ArrayBuffer> = new Uint8Array(8192);
	#view = new DataView(this.#bytes.buffer);
	#size = 0;
	/** Of the texts that are looked up together: hashes and first words. */
	readonly #hashes = new Int32Array(TOGETHER);
	readonly #words = new Int32Array(TOGETHER * 4);
	readonly #one = { starts: new Int32Array(1), ends: new Int32Array(1), base: 0, count: 1 };
	readonly #code = new Int32Array(1);
	readonly #last = new Uint8Array(NEAR);
	readonly #lastView = new DataView(this.#last.buffer);

	get size(): number {
		return this.#size;
	}

	/** Bytes kept so far. */
	get byteLength(): number {
		return this.#offsets[this.#size] as number;
	}

	/** The code of `bytes[start .. end)`; `view` is a view of the same bytes. A new slice is copied. */
	intern(bytes: Uint8Array, view: DataView, start: number, end: number): number {
		this.#one.starts[0] = start;
		this.#one.ends[0] = end;
		this.internAll(bytes, view, this.#one, this.#code, 0);
		return this.#code[0] as number;
	}

	/**
	 * The codes of many slices, `bytes[starts[base + i] .. ends[base + i])`, into `codes[at + i]`; of those whose end is
	 * negative, none. Among many texts, each would wait for memory; looked up in steps, they wait together.
	 */
	internAll(
		bytes: Uint8Array,
		view: DataView,
		{ starts, ends, base, count }: Slices,
		codes: Int32Array,
		at: number
	): void {
		const hashes = this.#hashes;
		const words = this.#words;
		for (let first = 0; first < count; first += TOGETHER) {
			const most = Math.min(TOGETHER, count - first);
			const from = base + first;
			this.#hash(bytes, view, starts, ends, from, most);
			if (this.#size > MANY) this.#touch(most);
			let slots = this.#slots;
			let mask = this.#mask;
			for (let i = 0; i < most; i++) {
				const end = ends[from + i] as number;
				if (end < 0) continue;
				const start = starts[from + i] as number;
				const length = end - start;
				const a = words[4 * i] as number;
				const b = words[4 * i + 1] as number;
				const c = words[4 * i + 2] as number;
				const d = words[4 * i + 3] as number;
				let slot = ((hashes[i] as number) << SHIFT) & mask;
				for (;;) {
					const code = (slots[slot] as number) - 1;
					if (code < 0) {
						codes[at + first + i] = this.#add(bytes, start, end, i, slot);
						slots = this.#slots;
						mask = this.#mask;
						break;
					}
					if (
						(((slots[slot + 1] as number) ^ length) |
							((slots[slot + 4] as number) ^ a) |
							((slots[slot + 5] as number) ^ b) |
							((slots[slot + 6] as number) ^ c) |
							((slots[slot + 7] as number) ^ d)) ===
							0 &&
						(length <= NEAR || this.#same(code, view, start, end))
					) {
						codes[at + first + i] = code;
						break;
					}
					slot = (slot + SLOT) & mask;
				}
			}
		}
	}

	/** The hash and the first words of each slice. */
	#hash(
		bytes: Uint8Array,
		view: DataView,
		starts: Int32Array,
		ends: Int32Array,
		from: number,
		count: number
	): void {
		const hashes = this.#hashes;
		const words = this.#words;
		const whole = view.byteLength - NEAR;
		for (let i = 0; i < count; i++) {
			const start = starts[from + i] as number;
			const end = ends[from + i] as number;
			if (end < 0) continue;
			const length = end - start;
			const masks = length < NEAR ? 4 * length : 4 * NEAR;
			let near = view;
			let place = start;
			if (start > whole) {
				// Words would go beyond the end of the bytes.
				this.#last.set(bytes.subarray(start, end));
				near = this.#lastView;
				place = 0;
			}
			const a = near.getInt32(place, true) & (MASKS[masks] as number);
			const b = near.getInt32(place + 4, true) & (MASKS[masks + 1] as number);
			const c = near.getInt32(place + 8, true) & (MASKS[masks + 2] as number);
			const d = near.getInt32(place + 12, true) & (MASKS[masks + 3] as number);
			words[4 * i] = a;
			words[4 * i + 1] = b;
			words[4 * i + 2] = c;
			words[4 * i + 3] = d;
			// Two sums that do not wait for each other.
			let hash = Math.imul(a ^ length, 0x9e3779b1);
			let other = Math.imul(b ^ 0x27d4eb2f, 0x85ebca6b);
			hash = Math.imul(hash ^ c, 0x9e3779b1) ^ (hash >>> 15);
			other = Math.imul(other ^ d, 0x85ebca6b) ^ (other >>> 13);
			if (length > NEAR) {
				let next = start + NEAR;
				for (; next < end - 8; next += 8) {
					hash = Math.imul(hash ^ view.getInt32(next, true), 0x9e3779b1) ^ (hash >>> 15);
					other = Math.imul(other ^ view.getInt32(next + 4, true), 0x85ebca6b) ^ (other >>> 13);
				}
				// The last bytes overlap those before.
				hash = Math.imul(hash ^ view.getInt32(end - 8, true), 0x9e3779b1) ^ (hash >>> 15);
				other = Math.imul(other ^ view.getInt32(end - 4, true), 0x85ebca6b) ^ (other >>> 13);
			}
			hash ^= Math.imul(other, 0xc2b2ae35) ^ (other >>> 16);
			hash ^= hash >>> 16;
			hash = Math.imul(hash, 0x85ebca6b);
			hashes[i] = hash ^ (hash >>> 13);
		}
	}

	/** Brings near the slots where the texts will be looked for. */
	#touch(count: number): void {
		const slots = this.#slots;
		const mask = this.#mask;
		const hashes = this.#hashes;
		let sum = 0;
		for (let i = 0; i < count; i++) sum += slots[((hashes[i] as number) << SHIFT) & mask] as number;
		this.#code[0] = sum;
	}

	/** Whether what follows the first bytes is the same in a text that is as long. */
	#same(code: number, view: DataView, start: number, end: number): boolean {
		const kept = this.#view;
		const moved = (this.#offsets[code] as number) - start;
		for (let i = start + NEAR; i < end - 8; i += 8)
			if (
				((kept.getInt32(i + moved, true) ^ view.getInt32(i, true)) |
					(kept.getInt32(i + moved + 4, true) ^ view.getInt32(i + 4, true))) !==
				0
			)
				return false;
		return (
			((kept.getInt32(end - 8 + moved, true) ^ view.getInt32(end - 8, true)) |
				(kept.getInt32(end - 4 + moved, true) ^ view.getInt32(end - 4, true))) ===
			0
		);
	}

	/** Adds the text whose hash and words are the `i`-th of those looked up. */
	#add(bytes: Uint8Array, start: number, end: number, i: number, slot: number): number {
		const code = this.#size;
		const at = this.#offsets[code] as number;
		const length = end - start;
		if (at + length + NEAR > this.#bytes.length) {
			const wider = new Uint8Array(Math.max(this.#bytes.length * 2, at + length + NEAR));
			wider.set(this.#bytes.subarray(0, at));
			this.#bytes = wider;
			this.#view = new DataView(wider.buffer);
		}
		const kept = this.#view;
		const words = this.#words;
		for (let word = 0; word < 4; word++)
			kept.setInt32(at + 4 * word, words[4 * i + word] as number, true);
		if (length > 64) this.#bytes.set(bytes.subarray(start, end), at);
		else for (let k = NEAR; k < length; k++) this.#bytes[at + k] = bytes[start + k] as number;
		if (code + 2 >= this.#offsets.length) this.#widen();
		this.#offsets[code + 1] = at + length;
		this.#size = code + 1;
		const slots = this.#slots;
		slots[slot] = code + 1;
		slots[slot + 1] = length;
		slots[slot + 2] = this.#hashes[i] as number;
		for (let word = 0; word < 4; word++) slots[slot + 4 + word] = words[4 * i + word] as number;
		if (this.#size * SLOT > this.#mask * LOAD) this.#rehash();
		return code;
	}

	#widen(): void {
		const offsets = new Int32Array(this.#offsets.length * 2);
		offsets.set(this.#offsets);
		this.#offsets = offsets;
	}

	#rehash(): void {
		const old = this.#slots;
		const slots = new Int32Array(old.length * (this.#size > 100_000 ? 2 : 4));
		const mask = slots.length - SLOT;
		for (let from = 0; from < old.length; from += SLOT) {
			if (old[from] === 0) continue;
			let slot = ((old[from + 2] as number) << SHIFT) & mask;
			while (slots[slot] !== 0) slot = (slot + SLOT) & mask;
			for (let k = 0; k < SLOT; k++) slots[slot + k] = old[from + k] as number;
		}
		this.#slots = slots;
		this.#mask = mask;
	}

	/** The dictionary so far; shares its memory with the interner, which is done once this is called. */
	dictionary(): TextDictionary {
		return {
			offsets: this.#offsets.subarray(0, this.#size + 1),
			bytes: this.#bytes.subarray(0, this.byteLength)
		};
	}
}
