/** Undoes a Zstandard frame into a buffer of the size that is to come out: nothing is ever written past it. */
import { decompress } from 'fzstd';
import { MAX_BLOCK, ZstdSizes } from './zstd-sizes.ts';

const MAGIC = 0xfd2fb528;
/** Kinds of blocks: as they are, one byte repeated, compressed. */
const RUN = 1;
const COMPRESSED = 2;
const RESERVED = 3;

/** @throws RangeError, or an error of the library, when the frame is malformed or says that it is of another size */
export function readZstdFrame(bytes: Uint8Array, out: Uint8Array): void {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	// DataView throws RangeError on whatever lies past the end.
	if (view.getUint32(0, true) !== MAGIC) throw new RangeError('Zstandard');
	const { said, length } = headerOf(view);
	if (said !== null && said !== BigInt(out.length)) throw new RangeError('Zstandard');
	// One frame: each further one would fill the same buffer anew.
	const frame = bytes.subarray(0, endOf(bytes, length, out.length));
	// The library compares the buffer with a number, which would write it out as a text.
	Object.defineProperty(out, Symbol.toPrimitive, { value: () => NaN, configurable: true });
	try {
		decompress(frame, out);
	} finally {
		Reflect.deleteProperty(out, Symbol.toPrimitive);
	}
}

/** The length of a frame's header, and the size that it says; writers that do not know the size leave it out. */
function headerOf(view: DataView): { said: bigint | null; length: number } {
	const flags = view.getUint8(4);
	const whole = (flags >> 5) & 1;
	const at = 5 + (1 - whole) + ([0, 1, 2, 4][flags & 3] as number);
	switch (flags >> 6) {
		case 0:
			return whole
				? { said: BigInt(view.getUint8(at)), length: at + 1 }
				: { said: null, length: at };
		case 1:
			return { said: BigInt(view.getUint16(at, true) + 256), length: at + 2 };
		case 2:
			return { said: BigInt(view.getUint32(at, true)), length: at + 4 };
		default:
			return { said: view.getBigUint64(at, true), length: at + 8 };
	}
}

/** Where the frame ends, going from block to block: the library believes what they say, so that is held against the size first. */
function endOf(bytes: Uint8Array, start: number, size: number): number {
	const sizes = new ZstdSizes(bytes);
	let at = start;
	let out = 0;
	for (let last = false; !last;) {
		if (at + 3 > bytes.length) throw new RangeError('Zstandard');
		const header =
			(bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16);
		const kind = (header >> 1) & 3;
		const length = header >> 3;
		at += 3;
		const end = at + (kind === RUN ? 1 : length);
		if (kind === RESERVED || length > MAX_BLOCK || end > bytes.length)
			throw new RangeError('Zstandard');
		out += kind === COMPRESSED ? sizes.block(at, end) : length;
		if (out > size) throw new RangeError('Zstandard');
		at = end;
		last = (header & 1) === 1;
	}
	// It would leave the rest as it was.
	if (out < size) throw new RangeError('Zstandard');
	// A sum of four bytes may follow, which nothing here checks.
	return Math.min(bytes.length, at + 4 * (((bytes[4] as number) >> 2) & 1));
}
