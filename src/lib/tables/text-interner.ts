/**
 * A growing dictionary of byte slices: each distinct slice gets one code, without a string being made. Open
 * addressing; the hash reads four bytes at a step, and a short memory of slices seen lately spares most probes.
 */
import type { TextDictionary } from './column.ts';

export class TextInterner {
	#slots: Int32Array<ArrayBuffer>;
	#mask: number;
	#hashes: Int32Array<ArrayBuffer>;
	#offsets: Int32Array<ArrayBuffer>;
	#bytes: Uint8Array<ArrayBuffer>;
	#view: DataView<ArrayBuffer>;
	#size = 0;

	constructor() {
		this.#slots = new Int32Array(1024);
		this.#mask = 1023;
		this.#hashes = new Int32Array(512);
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
		const length = end - start;
		let hash = length;
		let i = start;
		for (; i + 4 <= end; i += 4)
			hash = Math.imul(hash ^ view.getInt32(i, true), 0x9e3779b1) ^ (hash >>> 15);
		for (; i < end; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
		hash ^= hash >>> 16;
		hash = Math.imul(hash, 0x85ebca6b);
		hash ^= hash >>> 13;

		const slots = this.#slots;
		const mask = this.#mask;
		let slot = hash & mask;
		for (;;) {
			const code = (slots[slot] as number) - 1;
			if (code < 0) break;
			if (this.#hashes[code] === hash && this.#equals(code, bytes, view, start, end)) return code;
			slot = (slot + 1) & mask;
		}
		return this.#add(bytes, start, end, hash, slot);
	}

	#equals(code: number, bytes: Uint8Array, view: DataView, start: number, end: number): boolean {
		let at = this.#offsets[code] as number;
		if ((this.#offsets[code + 1] as number) - at !== end - start) return false;
		const kept = this.#view;
		let i = start;
		for (; i + 4 <= end; i += 4, at += 4)
			if (kept.getInt32(at, true) !== view.getInt32(i, true)) return false;
		for (; i < end; i++, at++) if (this.#bytes[at] !== bytes[i]) return false;
		return true;
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
		if (code + 1 >= this.#hashes.length) this.#widen();
		this.#hashes[code] = hash;
		this.#offsets[code + 1] = at + length;
		this.#size = code + 1;
		this.#slots[slot] = code + 1;
		if (this.#size * 2 > this.#slots.length) this.#rehash();
		return code;
	}

	#widen(): void {
		const hashes = new Int32Array(this.#hashes.length * 2);
		hashes.set(this.#hashes);
		this.#hashes = hashes;
		const offsets = new Int32Array(hashes.length + 1);
		offsets.set(this.#offsets);
		this.#offsets = offsets;
	}

	#rehash(): void {
		const slots = new Int32Array(this.#slots.length * 4);
		const mask = slots.length - 1;
		for (let code = 0; code < this.#size; code++) {
			let slot = (this.#hashes[code] as number) & mask;
			while (slots[slot] !== 0) slot = (slot + 1) & mask;
			slots[slot] = code + 1;
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
