/** Values of one field in one batch, as views over bytes that were found to be there. */
import { unreadable, type ArrowField } from './arrow-type.ts';

export interface ArrowArray {
	readonly field: ArrowField;
	readonly length: number;
	/** One bit a value, least significant first; null when nothing is missing. */
	readonly valid: Uint8Array | null;
	/** As the type has them, without the validity; each at least as long as `length` asks. */
	readonly buffers: readonly Uint8Array[];
	readonly children: readonly ArrowArray[];
	/** The values that the codes stand for. */
	readonly dictionary: ArrowArray | null;
	/** What it is the beginning of, for a dictionary that messages add to. */
	readonly joined?: object;
}

export const isValid = (valid: Uint8Array | null, i: number): boolean =>
	valid === null || (((valid[i >> 3] as number) >> (i & 7)) & 1) === 1;

type Typed<A> = new (buffer: ArrayBufferLike, offset: number, length: number) => A;

/** A typed view of `length` values; copied where they do not lie on a multiple of their width. */
export function viewOf<A>(
	type: Typed<A> & { readonly BYTES_PER_ELEMENT: number },
	bytes: Uint8Array | undefined,
	length: number
): A {
	const width = type.BYTES_PER_ELEMENT;
	if (!bytes || bytes.length < length * width) throw unreadable('short buffer');
	const part = bytes.byteOffset % width === 0 ? bytes : bytes.slice(0, length * width);
	return new type(part.buffer, part.byteOffset, length);
}

/**
 * Where value `i` of a text, binary or list field begins and ends among its bytes or elements.
 * @param available bytes or elements that are there
 */
export class Offsets {
	start = 0;
	end = 0;
	readonly #narrow: Int32Array | null;
	readonly #wide: Int32Array | null;
	readonly #available: number;

	constructor(bytes: Uint8Array | undefined, width: 4 | 8, length: number, available: number) {
		// An empty array may leave its offsets out.
		const none = length === 0 && (bytes?.length ?? 0) < width;
		this.#narrow =
			width === 4 ? viewOf(Int32Array, none ? new Uint8Array(4) : bytes, length + 1) : null;
		this.#wide =
			width === 8 ? viewOf(Int32Array, none ? new Uint8Array(8) : bytes, 2 * (length + 1)) : null;
		this.#available = available;
	}

	/** @throws InvalidError `arrow_file` */
	seek(i: number): void {
		if (this.#narrow) {
			this.start = this.#narrow[i] as number;
			this.end = this.#narrow[i + 1] as number;
		} else {
			const wide = this.#wide as Int32Array;
			this.start = ((wide[2 * i] as number) >>> 0) + (wide[2 * i + 1] as number) * 4294967296;
			this.end = ((wide[2 * i + 2] as number) >>> 0) + (wide[2 * i + 3] as number) * 4294967296;
		}
		if (!(this.start >= 0 && this.end >= this.start && this.end <= this.#available))
			throw unreadable('offsets');
	}
}

/** Both validities: a value is there when the object around it is. */
export function bothValid(
	a: Uint8Array | null,
	b: Uint8Array | null,
	length: number
): Uint8Array | null {
	if (!a || !b) return a ?? b;
	const out = new Uint8Array((length + 7) >> 3);
	for (let i = 0; i < out.length; i++) out[i] = (a[i] as number) & (b[i] as number);
	return out;
}
