/**
 * Whether bytes are well-formed UTF-8 (no overlong form, no surrogate, nothing past U+10FFFF): without making
 * a string of them, four ASCII bytes at a step.
 *
 * @returns the offset of the first byte that is not, or -1
 */
export function invalidUtf8At(bytes: Uint8Array, from = 0, to = bytes.length): number {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	let i = from;
	while (i < to) {
		const a = bytes[i] as number;
		if (a < 0x80) {
			i++;
			while (
				i + 8 <= to &&
				((view.getInt32(i, true) | view.getInt32(i + 4, true)) & 0x80808080) === 0
			)
				i += 8;
			continue;
		}
		// Most letters that are not ASCII.
		if (a >= 0xc2 && a <= 0xdf && i + 1 < to && ((bytes[i + 1] as number) & 0xc0) === 0x80) {
			i += 2;
			continue;
		}
		let more: number;
		let low = 0x80;
		let high = 0xbf;
		if (a >= 0xc2 && a <= 0xdf) more = 1;
		else if (a >= 0xe0 && a <= 0xef) {
			more = 2;
			if (a === 0xe0) low = 0xa0;
			else if (a === 0xed) high = 0x9f;
		} else if (a >= 0xf0 && a <= 0xf4) {
			more = 3;
			if (a === 0xf0) low = 0x90;
			else if (a === 0xf4) high = 0x8f;
		} else return i;
		if (i + more >= to) return i;
		const b = bytes[i + 1] as number;
		if (b < low || b > high) return i;
		for (let k = 2; k <= more; k++) if (((bytes[i + k] as number) & 0xc0) !== 0x80) return i;
		i += more + 1;
	}
	return -1;
}
