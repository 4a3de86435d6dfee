/** The checksum of zip files (ISO 3309, reflected polynomial EDB88320), sixteen bytes at a step. */
const STEP = 16;
/** What byte `n` comes to, alone, and with up to fifteen zeros behind it: 256 entries for each. */
const TABLE = new Int32Array(256 * STEP);
for (let n = 0; n < 256; n++) {
	let value = n;
	for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
	TABLE[n] = value;
}
for (let n = 256; n < TABLE.length; n++) {
	const before = TABLE[n - 256] as number;
	TABLE[n] = (before >>> 8) ^ (TABLE[before & 0xff] as number);
}

/** Four bytes, the last of which `zeros` bytes follow in the step. */
const four = (word: number, zeros: number): number =>
	(TABLE[((zeros + 3) << 8) | (word & 0xff)] as number) ^
	(TABLE[((zeros + 2) << 8) | ((word >>> 8) & 0xff)] as number) ^
	(TABLE[((zeros + 1) << 8) | ((word >>> 16) & 0xff)] as number) ^
	(TABLE[(zeros << 8) | (word >>> 24)] as number);

/** @param before the checksum of what came before, to go on with it */
export function crc32(bytes: Uint8Array, before = 0): number {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	let crc = ~before;
	let i = 0;
	for (; i + STEP <= bytes.length; i += STEP)
		crc =
			four(view.getInt32(i, true) ^ crc, 12) ^
			four(view.getInt32(i + 4, true), 8) ^
			four(view.getInt32(i + 8, true), 4) ^
			four(view.getInt32(i + 12, true), 0);
	for (; i < bytes.length; i++)
		crc = (crc >>> 8) ^ (TABLE[(crc ^ (bytes[i] as number)) & 0xff] as number);
	return ~crc >>> 0;
}
