/** Reads whole numbers of up to 32 bits (64: as far as they are exact), and texts, from an array. */
import { Offsets, viewOf, type ArrowArray } from './arrow-array.ts';
import { unreadable, type ArrowType } from './arrow-type.ts';
import { wordsToNumber } from './epoch.ts';

/** Of an array of whole numbers, or of codes. */
export function codeReader(array: ArrowArray): (i: number) => number {
	const type: ArrowType = array.field.dictionary?.codes ?? array.field.type;
	if (type.kind !== 'int') throw new TypeError(type.kind);
	const [data] = array.buffers;
	const { length } = array;
	const { signed } = type;
	if (type.bytes === 8) {
		const words = viewOf(Int32Array, data, 2 * length);
		return (i) => {
			const high = words[2 * i + 1] as number;
			return wordsToNumber(words[2 * i] as number, signed ? high : high >>> 0);
		};
	}
	const values =
		type.bytes === 4
			? signed
				? viewOf(Int32Array, data, length)
				: viewOf(Uint32Array, data, length)
			: type.bytes === 2
				? signed
					? viewOf(Int16Array, data, length)
					: viewOf(Uint16Array, data, length)
				: signed
					? viewOf(Int8Array, data, length)
					: viewOf(Uint8Array, data, length);
	return (i) => values[i] as number;
}

/** Where the bytes of each text, or binary value, lie. */
export class TextPlaces {
	/** Of the value last sought: its bytes are `bytes[start .. end)`. */
	bytes: Uint8Array;
	view: DataView;
	start = 0;
	end = 0;
	readonly #offsets: Offsets | null;
	readonly #views: Int32Array | null = null;
	readonly #viewBytes: Uint8Array | null = null;
	readonly #sources: readonly { bytes: Uint8Array; view: DataView }[];

	constructor(array: ArrowArray) {
		const { type } = array.field;
		if (type.kind !== 'text' && type.kind !== 'binary') throw new TypeError(type.kind);
		const [first = new Uint8Array(0), ...rest] = array.buffers;
		this.#sources = rest.map(sourceOf);
		if (type.offsets > 0) {
			const data = this.#sources[0] ?? sourceOf(new Uint8Array(0));
			this.#offsets = new Offsets(first, type.offsets as 4 | 8, array.length, data.bytes.length);
			({ bytes: this.bytes, view: this.view } = data);
		} else {
			this.#offsets = null;
			this.#viewBytes = first.byteOffset % 4 === 0 ? first : first.slice();
			this.#views = viewOf(Int32Array, this.#viewBytes, 4 * array.length);
			({ bytes: this.bytes, view: this.view } = sourceOf(this.#viewBytes));
		}
	}

	/** @throws InvalidError `arrow_file` */
	seek(i: number): void {
		if (this.#offsets) {
			this.#offsets.seek(i);
			this.start = this.#offsets.start;
			this.end = this.#offsets.end;
			return;
		}
		const views = this.#views as Int32Array;
		const own = this.#viewBytes as Uint8Array;
		const length = views[4 * i] as number;
		if (length < 0) throw unreadable('view');
		if (length <= 12) {
			if (this.bytes !== own) ({ bytes: this.bytes, view: this.view } = sourceOf(own));
			this.start = 16 * i + 4;
		} else {
			const source = this.#sources[views[4 * i + 2] as number];
			if (!source) throw unreadable('view');
			if (this.bytes !== source.bytes) ({ bytes: this.bytes, view: this.view } = source);
			this.start = views[4 * i + 3] as number;
			if (this.start < 0 || this.start + length > source.bytes.length) throw unreadable('view');
		}
		this.end = this.start + length;
	}
}

const sourceOf = (bytes: Uint8Array): { bytes: Uint8Array; view: DataView } => ({
	bytes,
	view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
});

export function textReader(array: ArrowArray): (i: number) => Uint8Array {
	const places = new TextPlaces(array);
	return (i) => {
		places.seek(i);
		return places.bytes.subarray(places.start, places.end);
	};
}
