/**
 * A growing dictionary of byte slices: each distinct slice gets one code, without a string being made. Open
 * addressing; hash and comparison read four bytes at a step, and a slot holds its hash, so that only a text that is most
 * likely the same is read.
 */
import type { TextDictionary } from './column.ts';

/** Of a slot: hash, code + 1 (0 for an empty slot). */
const SLOT = 2;
/** Of the slots, how many may be taken: fewer, and they would spread over more memory than they save steps. */
const LOAD = 0.6;

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

function hashOf(bytes: Uint8Array, view: DataView, start: number, end: number): number {
	const length = end - start;
	let hash = length;
	if (length >= 8) {
		// Two sums that do not wait for each other. The last bytes overlap those before, so that texts of 8 to 16 bytes,
		// most of them, are read alike, whatever their length: a branch that cannot be foreseen costs more than a read.
		let other = 0x27d4eb2f;
		for (let i = start; i < end - 16; i += 8) {
			hash = Math.imul(hash ^ view.getInt32(i, true), 0x9e3779b1) ^ (hash >>> 15);
			other = Math.imul(other ^ view.getInt32(i + 4, true), 0x85ebca6b) ^ (other >>> 13);
		}
		const near = length > 16 ? end - 16 : start;
		hash = Math.imul(hash ^ view.getInt32(near, true), 0x9e3779b1) ^ (hash >>> 15);
		other = Math.imul(other ^ view.getInt32(near + 4, true), 0x85ebca6b) ^ (other >>> 13);
		hash = Math.imul(hash ^ view.getInt32(end - 8, true), 0x9e3779b1) ^ (hash >>> 15);
		other = Math.imul(other ^ view.getInt32(end - 4, true), 0x85ebca6b) ^ (other >>> 13);
		hash ^= Math.imul(other, 0xc2b2ae35) ^ (other >>> 16);
	} else if (length >= 4) {
		hash = Math.imul(hash ^ view.getInt32(start, true), 0x9e3779b1) ^ (hash >>> 15);
		hash = Math.imul(hash ^ view.getInt32(end - 4, true), 0x9e3779b1) ^ (hash >>> 15);
	} else
		for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
	hash ^= hash >>> 16;
	hash = Math.imul(hash, 0x85ebca6b);
	return hash ^ (hash >>> 13);
}

/** Whether the slice kept at `at`, which is as long, is the same. */
function same(
	keptBytes: Uint8Array,
	kept: DataView,
	at: number,
	bytes: Uint8Array,
	view: DataView,
	start: number,
	end: number
): boolean {
	const length = end - start;
	const moved = at - start;
	if (length >= 8) {
		for (let i = start; i < end - 16; i += 8)
			if (
				((kept.getInt32(i + moved, true) ^ view.getInt32(i, true)) |
					(kept.getInt32(i + moved + 4, true) ^ view.getInt32(i + 4, true))) !==
				0
			)
				return false;
		const near = length > 16 ? end - 16 : start;
		return (
			((kept.getInt32(near + moved, true) ^ view.getInt32(near, true)) |
				(kept.getInt32(near + moved + 4, true) ^ view.getInt32(near + 4, true)) |
				(kept.getInt32(end - 8 + moved, true) ^ view.getInt32(end - 8, true)) |
				(kept.getInt32(end - 4 + moved, true) ^ view.getInt32(end - 4, true))) ===
			0
		);
	}
	if (length >= 4)
		return (
			((kept.getInt32(at, true) ^ view.getInt32(start, true)) |
				(kept.getInt32(end - 4 + moved, true) ^ view.getInt32(end - 4, true))) ===
			0
		);
	for (let i = start; i < end; i++, at++) if (keptBytes[at] !== bytes[i]) return false;
	return true;
}

export class TextInterner {
	#slots: Int32Array<ArrayBuffer>;
	/** Slots less one. */
	#mask: number;
	#offsets: Int32Array<ArrayBuffer>;
	#bytes: Uint8Array<ArrayBuffer>;
	#view: DataView<ArrayBuffer>;
	#size = 0;
	readonly #hashes = new Int32Array(TOGETHER);
	readonly #near = new Int32Array(TOGETHER);

	constructor() {
		this.#slots = new Int32Array(1024 * SLOT);
		this.#mask = 1023;
		this.#offsets = new Int32Array(513);
		this.#bytes = new Uint8Array(8192);
		this.#view = new DataView(this.#bytes.buffer);
	}

	get size(): number {
		return this.#size;
	}

	/** Bytes kept so far. */
	get byteLength(): number {
		return this.#offsets[this.#size] as number;
	}

	/** The code of `bytes[start .. end)`; `view` is a view of the same bytes. A new slice is copied. */
	intern(bytes: Uint8Array, view: DataView, start: number, end: number): number {
		return this.#find(bytes, view, start, end, hashOf(bytes, view, start, end));
	}

	/**
	 * The codes of many slices, `bytes[starts[base + i] .. ends[base + i])`, into `codes[at + i]`; of those whose end is
	 * negative, none. Among many texts, each would wait for memory twice; looked up in steps, they wait together.
	 */
	internAll(
		bytes: Uint8Array,
		view: DataView,
		{ starts, ends, base, count }: Slices,
		codes: Int32Array,
		at: number
	): void {
		const hashes = this.#hashes;
		for (let first = 0; first < count; first += TOGETHER) {
			const most = Math.min(TOGETHER, count - first);
			const from = base + first;
			for (let i = 0; i < most; i++) {
				const end = ends[from + i] as number;
				hashes[i] = end < 0 ? 0 : hashOf(bytes, view, starts[from + i] as number, end);
			}
			if (this.#size > MANY) this.#touch(most);
			for (let i = 0; i < most; i++) {
				const end = ends[from + i] as number;
				if (end >= 0)
					codes[at + first + i] = this.#find(
						bytes,
						view,
						starts[from + i] as number,
						end,
						hashes[i] as number
					);
			}
		}
	}

	/** Brings near what the slices will be compared with. */
	#touch(count: number): void {
		const slots = this.#slots;
		const mask = this.#mask;
		const hashes = this.#hashes;
		const near = this.#near;
		const offsets = this.#offsets;
		const kept = this.#bytes;
		let sum = 0;
		for (let i = 0; i < count; i++)
			near[i] = slots[((hashes[i] as number) & mask) * SLOT + 1] as number;
		for (let i = 0; i < count; i++) near[i] = offsets[near[i] as number] as number;
		for (let i = 0; i < count; i++) sum += kept[near[i] as number] as number;
		near[0] = sum;
	}

	#find(bytes: Uint8Array, view: DataView, start: number, end: number, hash: number): number {
		const length = end - start;
		const slots = this.#slots;
		const offsets = this.#offsets;
		const mask = this.#mask;
		let slot = hash & mask;
		for (;;) {
			const at = slot * SLOT;
			const code = (slots[at + 1] as number) - 1;
			if (code < 0) break;
			if (slots[at] === hash) {
				const kept = offsets[code] as number;
				if (
					(offsets[code + 1] as number) - kept === length &&
					same(this.#bytes, this.#view, kept, bytes, view, start, end)
				)
					return code;
			}
			slot = (slot + 1) & mask;
		}
		return this.#add(bytes, start, end, hash, slot);
	}

	#add(bytes: Uint8Array, start: number, end: number, hash: number, slot: number): number {
		const code = this.#size;
		const at = this.#offsets[code] as number;
		const length = end - start;
		if (at + length > this.#bytes.length) {
			const wider = new Uint8Array(Math.max(this.#bytes.length * 2, at + length));
			wider.set(this.#bytes.subarray(0, at));
			this.#bytes = wider;
			this.#view = new DataView(wider.buffer);
		}
		if (length > 64) this.#bytes.set(bytes.subarray(start, end), at);
		else for (let i = 0; i < length; i++) this.#bytes[at + i] = bytes[start + i] as number;
		if (code + 2 >= this.#offsets.length) this.#widen();
		this.#offsets[code + 1] = at + length;
		this.#size = code + 1;
		this.#slots[slot * SLOT] = hash;
		this.#slots[slot * SLOT + 1] = code + 1;
		if (this.#size > this.#mask * LOAD) this.#rehash();
		return code;
	}

	#widen(): void {
		const offsets = new Int32Array(this.#offsets.length * 2);
		offsets.set(this.#offsets);
		this.#offsets = offsets;
	}

	#rehash(): void {
		const old = this.#slots;
		const slots = new Int32Array(old.length * (this.#size > MANY ? 2 : 4));
		const mask = slots.length / SLOT - 1;
		for (let from = 0; from < old.length; from += SLOT) {
			if (old[from + 1] === 0) continue;
			let slot = (old[from] as number) & mask;
			while (slots[slot * SLOT + 1] !== 0) slot = (slot + 1) & mask;
			slots[slot * SLOT] = old[from] as number;
			slots[slot * SLOT + 1] = old[from + 1] as number;
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
