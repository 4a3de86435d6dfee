/** Undoes a Zstandard frame into a buffer of the size that is to come out: nothing is ever written past it. */
import { decompress } from 'fzstd';

const MAGIC = 0xfd2fb528;
/** Kinds of blocks: as they are, one byte repeated, compressed. */
const RUN = 1;
const RESERVED = 3;

/** @throws RangeError, or an error of the library, when the frame is malformed or says that it is of another size */
export function readZstdFrame(bytes: Uint8Array, out: Uint8Array): void {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	// DataView throws RangeError on whatever lies past the end.
	if (view.getUint32(0, true) !== MAGIC) throw new RangeError('Zstandard');
	const { said, length } = headerOf(view);
	// The library fills what it can, and does not tell how much that was.
	if (said !== null && said !== BigInt(out.length)) throw new RangeError('Zstandard');
	// One frame: each further one would fill the same buffer anew.
	const frame = bytes.subarray(0, endOf(view, length, out.length));
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

/** Where the frame ends, going from block to block: those whose size is said are no more than what comes out. */
function endOf(view: DataView, start: number, size: number): number {
	let at = start;
	let out = 0;
	for (let last = false; !last;) {
		const header = view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
		const kind = (header >> 1) & 3;
		const length = header >> 3;
		if (kind === RESERVED) throw new RangeError('Zstandard');
		at += 3 + (kind === RUN ? 1 : length);
		if (kind <= RUN) out += length;
		if (out > size || at > view.byteLength) throw new RangeError('Zstandard');
		last = (header & 1) === 1;
	}
	// A sum of four bytes may follow, which nothing here checks.
	return Math.min(view.byteLength, at + 4 * ((view.getUint8(4) >> 2) & 1));
}
