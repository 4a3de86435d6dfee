/**
 * Reads oui/non, vrai/faux, yes/no, true/false, o/n, y/n in any case, and ✓ ✔ ☑ / ✗ ✘ ☐, whatever spaces surround
 * them. `t` and `f` are not read: beside other codes they are more often something else.
 */

/** For `also`: `1` and `0` are read. */
export const BOOLEAN_DIGITS = 1;
/** For `also`: `x` is read as 1, and what is blank as 0. */
export const BOOLEAN_CROSSES = 2;

/**
 * 1, 0, or -1 for anything else.
 *
 * @param also `BOOLEAN_DIGITS`, `BOOLEAN_CROSSES`, or both added: what is read only where it is asked for
 */
export function parseBoolean(bytes: Uint8Array, start: number, end: number, also = 0): -1 | 0 | 1 {
	let from = start;
	let stop = end;
	// What is below a space includes the mark of a cell that is a boolean where it comes from.
	while (stop > from && (bytes[stop - 1] as number) <= 0x20) stop--;
	while (from < stop && (bytes[from] as number) <= 0x20) from++;
	const length = stop - from;
	if (length === 0) return also & BOOLEAN_CROSSES ? 0 : -1;
	if (length > 5) return -1;
	if (length === 1) return oneSign(bytes[from] as number, also);
	if (bytes[from] === 0xe2) return length === 3 ? mark(bytes, from) : -1;
	// Its letters in lower case, five bits each: no string is made.
	let word = 0;
	for (let i = from; i < stop; i++) {
		const letter = ((bytes[i] as number) | 0x20) - 0x60;
		if (letter < 1 || letter > 26) return -1;
		word = (word << 5) | letter;
	}
	switch (word) {
		case OUI:
		case VRAI:
		case YES:
		case TRUE:
			return 1;
		case NON:
		case FAUX:
		case NO:
		case FALSE:
			return 0;
		default:
			return -1;
	}
}

const coded = (word: string): number => {
	let code = 0;
	for (let i = 0; i < word.length; i++) code = (code << 5) | (word.charCodeAt(i) - 0x60);
	return code;
};
const OUI = coded('oui');
const VRAI = coded('vrai');
const YES = coded('yes');
const TRUE = coded('true');
const NON = coded('non');
const FAUX = coded('faux');
const NO = coded('no');
const FALSE = coded('false');

function oneSign(byte: number, also: number): -1 | 0 | 1 {
	switch (byte) {
		case 0x4f:
		case 0x6f:
		case 0x59:
		case 0x79:
			return 1;
		case 0x4e:
		case 0x6e:
			return 0;
		case 0x31:
			return also & BOOLEAN_DIGITS ? 1 : -1;
		case 0x30:
			return also & BOOLEAN_DIGITS ? 0 : -1;
		case 0x58:
		case 0x78:
			return also & BOOLEAN_CROSSES ? 1 : -1;
		default:
			return -1;
	}
}

/** U+2713, U+2714, U+2611; U+2717, U+2718, U+2610. A box with a cross (U+2612) says either. */
function mark(bytes: Uint8Array, from: number): -1 | 0 | 1 {
	const second = bytes[from + 1];
	const third = bytes[from + 2];
	if (second === 0x9c) {
		if (third === 0x93 || third === 0x94) return 1;
		return third === 0x97 || third === 0x98 ? 0 : -1;
	}
	if (second !== 0x98) return -1;
	return third === 0x91 ? 1 : third === 0x90 ? 0 : -1;
}
