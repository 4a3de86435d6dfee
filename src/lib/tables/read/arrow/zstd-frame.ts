/** Undoes a Zstandard frame into a buffer of the size that is to come out: nothing is ever written past it. */
import { decompress } from 'fzstd';

const MAGIC = 0xfd2fb528;

/** @throws RangeError, or an error of the library, when the frame is malformed or says that it is of another size */
export function readZstdFrame(bytes: Uint8Array, out: Uint8Array): void {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	// DataView throws RangeError on whatever lies past the end.
	if (view.getUint32(0, true) !== MAGIC) throw new RangeError('Zstandard');
	const said = contentSize(view);
	// The library fills what it can, and does not tell how much that was.
	if (said !== null && said !== BigInt(out.length)) throw new RangeError('Zstandard');
	decompress(bytes, out);
}

/** The size in the header of a frame; writers that do not know it leave it out. */
function contentSize(view: DataView): bigint | null {
	const flags = view.getUint8(4);
	const whole = (flags >> 5) & 1;
	const at = 5 + (1 - whole) + ([0, 1, 2, 4][flags & 3] as number);
	switch (flags >> 6) {
		case 0:
			return whole ? BigInt(view.getUint8(at)) : null;
		case 1:
			return BigInt(view.getUint16(at, true) + 256);
		case 2:
			return BigInt(view.getUint32(at, true));
		default:
			return view.getBigUint64(at, true);
	}
}
