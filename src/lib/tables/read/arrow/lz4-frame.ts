/**
 * Undoes LZ4 frames (the LZ4 frame format, version 1.6), into a buffer of the size that is to come out: nothing is
 * ever written past it. Checksums are gone past, not verified: what the bytes mean is checked by whoever reads them.
 */

const MAGIC = 0x184d2204;

const malformed = (): never => {
	throw new RangeError('LZ4');
};

/** @throws RangeError when the frame is malformed, or gives another number of bytes than `out` holds */
export function readLz4Frame(bytes: Uint8Array, out: Uint8Array): void {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	// DataView throws RangeError on whatever lies past the end.
	if (view.getUint32(0, true) !== MAGIC) malformed();
	const flags = view.getUint8(4);
	if (flags >> 6 !== 1) malformed();
	const blockChecksum = flags & 0x10 ? 4 : 0;
	const contentSize = flags & 0x08 ? 8 : 0;
	const dictionary = flags & 0x01;
	if (dictionary) malformed();
	if (contentSize && view.getBigUint64(6, true) !== BigInt(out.length)) malformed();
	let at = 6 + contentSize + 1;
	let to = 0;
	for (;;) {
		const word = view.getUint32(at, true);
		at += 4;
		if (word === 0) break;
		const size = word & 0x7fffffff;
		if (at + size > bytes.length) malformed();
		if (word & 0x80000000) {
			if (to + size > out.length) malformed();
			out.set(bytes.subarray(at, at + size), to);
			to += size;
		} else to = readBlock(bytes, at, at + size, out, to);
		at += size + blockChecksum;
	}
	if (to !== out.length) malformed();
}

/** @returns where the block ends in `out` */
function readBlock(
	bytes: Uint8Array,
	at: number,
	end: number,
	out: Uint8Array,
	to: number
): number {
	const room = out.length;
	while (at < end) {
		const token = bytes[at++] as number;
		let literals = token >> 4;
		if (literals === 15) {
			let more: number;
			do {
				if (at >= end) malformed();
				more = bytes[at++] as number;
				literals += more;
			} while (more === 255);
		}
		if (at + literals > end || to + literals > room) malformed();
		if (literals > 24) {
			out.set(bytes.subarray(at, at + literals), to);
			at += literals;
			to += literals;
		} else for (let i = 0; i < literals; i++) out[to++] = bytes[at++] as number;
		// The last sequence has no match.
		if (at === end) return to;
		if (at + 2 > end) malformed();
		const distance = (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
		at += 2;
		let length = token & 15;
		if (length === 15) {
			let more: number;
			do {
				if (at >= end) malformed();
				more = bytes[at++] as number;
				length += more;
			} while (more === 255);
		}
		length += 4;
		if (distance === 0 || distance > to || to + length > room) malformed();
		if (distance >= length && length > 32) {
			out.copyWithin(to, to - distance, to - distance + length);
			to += length;
		} else for (let i = 0; i < length; i++, to++) out[to] = out[to - distance] as number;
	}
	return to;
}
