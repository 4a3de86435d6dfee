/**
 * Codes that statistics put beside numbers or in their place: `F`, `NC`, `..`, `x`, `1 234 e`. They say why a number is
 * not there or what it is worth, and are none.
 */

/** Letters or signs of a code, at most. */
const LONGEST = 3;
const CODE = /^(?:[A-Za-z]{1,3}|\.{2,3}|[*†‡]{1,3})$/;

/**
 * Codes that statistics write for what they mean, wherever in a column they are first met: not available, not
 * published, confidential, too unreliable, does not apply, estimated, provisional, revised.
 */
export const KNOWN_CODES = [
	...['..', '...', 'x', 'X', 'F', 'NC', 'nc', 'ND', 'nd', 'NS', 'ns', 'NR', 'nr', 'SO', 'so'],
	...['E', 'e', 'P', 'p', 'R', 'r', '*', '**', '***', '†', '‡']
] as const;

export interface CodeInCell {
	readonly code: string;
	/** Where what stands before the code ends: `start` for a code alone. */
	readonly stop: number;
}

/** The code that a cell is, or ends with after a space or right after a digit; null where there is none. */
export function codeIn(
	bytes: Uint8Array,
	start: number,
	end: number,
	latin: boolean
): CodeInCell | null {
	let stop = end;
	while (stop > start && (bytes[stop - 1] as number) <= 0x20) stop--;
	let from = stop;
	while (from > start && isSign(bytes[from - 1] as number, latin)) from--;
	if (from === stop || stop - from > LONGEST * 3) return null;
	let code = '';
	if (latin || allAscii(bytes, from, stop))
		for (let i = from; i < stop; i++)
			code += LATIN_SIGNS.get(bytes[i] as number) ?? String.fromCharCode(bytes[i] as number);
	else code = new TextDecoder().decode(bytes.subarray(from, stop));
	if (!CODE.test(code)) return null;
	let before = from;
	while (before > start && (bytes[before - 1] as number) <= 0x20) before--;
	return { code, stop: before };
}

const LATIN_SIGNS = new Map([
	[0x86, '†'],
	[0x87, '‡']
]);

/** A letter, a point, a star, a dagger. */
function isSign(byte: number, latin: boolean): boolean {
	const letter = byte | 0x20;
	if ((letter >= 0x61 && letter <= 0x7a) || byte === 0x2a || byte === 0x2e) return true;
	return latin
		? byte === 0x86 || byte === 0x87
		: byte === 0xe2 || byte === 0x80 || byte === 0xa0 || byte === 0xa1;
}

function allAscii(bytes: Uint8Array, from: number, to: number): boolean {
	for (let i = from; i < to; i++) if ((bytes[i] as number) > 0x7f) return false;
	return true;
}
