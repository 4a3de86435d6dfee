/** A dictionary and what later messages add to its end: each of them costs what it holds, not what was there before. */
import { isValid, type ArrowArray } from './arrow-array.ts';
import { unreadable, type ArrowField } from './arrow-type.ts';
import { TextPlaces } from './code-reader.ts';
import type { DecodingBudget } from './decoding-budget.ts';
import { grown } from './growing-values.ts';
import { checkProven, provenBytes } from './proven-texts.ts';

export class JoinedDictionary {
	readonly #budget: DecodingBudget;
	readonly #field: ArrowField;
	/** Bytes of a value; 0 for texts, which have offsets. */
	readonly #width: number;
	#length = 0;
	#valid = new Uint8Array(64);
	#offsets = new Int32Array(64);
	#data = new Uint8Array(1024);
	/** Bytes of `#data` that are taken. */
	#taken = 0;

	/** @throws InvalidError `arrow_file` when its values are of no kind that can be put together */
	constructor(first: ArrowArray, budget: DecodingBudget) {
		const { type } = first.field;
		this.#budget = budget;
		if (type.kind === 'text' || type.kind === 'binary') {
			this.#width = 0;
			this.#field = { ...first.field, type: { kind: type.kind, offsets: 4 } };
		} else {
			this.#width = 'bytes' in type ? type.bytes : 0;
			this.#field = first.field;
			if (this.#width === 0) throw unreadable('dictionary');
		}
		this.append(first);
	}

	/** @throws InvalidError `arrow_file`, `table_too_large` (megabytes) */
	append(more: ArrowArray): void {
		const from = this.#length;
		const length = from + more.length;
		this.#valid = wider(this.#valid, (length + 7) >> 3, this.#budget);
		for (let i = 0; i < more.length; i++)
			if (isValid(more.valid, i)) {
				const at = from + i;
				this.#valid[at >> 3] = (this.#valid[at >> 3] as number) | (1 << (at & 7));
			}
		if (this.#width > 0) {
			const end = length * this.#width;
			this.#data = wider(this.#data, end, this.#budget);
			this.#data.set(
				(more.buffers[0] as Uint8Array).subarray(0, more.length * this.#width),
				this.#taken
			);
			this.#taken = end;
		} else this.#appendTexts(more);
		this.#length = length;
	}

	#appendTexts(more: ArrowArray): void {
		const from = this.#length;
		const places = new TextPlaces(more);
		const offsets = grown(this.#offsets, from + more.length + 1, this.#budget);
		this.#offsets = offsets;
		let end = this.#taken;
		for (let i = 0; i < more.length; i++) {
			if (isValid(more.valid, i)) {
				places.seek(i);
				end += places.end - places.start;
			}
			if (end > 2 ** 31 - 1) throw unreadable('dictionary');
			offsets[from + i + 1] = end;
		}
		checkProven(end - this.#taken, provenBytes(more));
		this.#budget.read(end - this.#taken);
		const data = wider(this.#data, end, this.#budget);
		this.#data = data;
		this.#taken = end;
		for (let i = 0; i < more.length; i++) {
			if (!isValid(more.valid, i)) continue;
			places.seek(i);
			const { bytes, start, end: stop } = places;
			const at = offsets[from + i] as number;
			// A view of a few bytes would cost more than they do.
			if (stop - start > 64) data.set(bytes.subarray(start, stop), at);
			else for (let k = start; k < stop; k++) data[at + k - start] = bytes[k] as number;
		}
	}

	/** As it stands; what is added later goes after its end. */
	array(): ArrowArray {
		const length = this.#length;
		const data = this.#data.subarray(0, this.#taken);
		const offsets = new Uint8Array(this.#offsets.buffer, 0, 4 * (length + 1));
		return {
			field: this.#field,
			length,
			valid: this.#valid.subarray(0, (length + 7) >> 3),
			buffers: this.#width > 0 ? [data] : [offsets, data],
			children: [],
			dictionary: null,
			joined: this
		};
	}
}

/** A copy with room for more than is needed. */
function wider(
	bytes: Uint8Array<ArrayBuffer>,
	needed: number,
	budget: DecodingBudget
): Uint8Array<ArrayBuffer> {
	if (needed <= bytes.length) return bytes;
	const length = Math.max(needed, Math.ceil(bytes.length * 1.5));
	budget.hold(length - bytes.length);
	const out = new Uint8Array(length);
	out.set(bytes);
	return out;
}
