/** Reads oui/non, vrai/faux, yes/no and true/false in any case: 1, 0, or -1 for anything else. */
export function parseBoolean(bytes: Uint8Array, start: number, end: number): -1 | 0 | 1 {
	let from = start;
	let stop = end;
	while (stop > from && (bytes[stop - 1] as number) <= 0x20) stop--;
	while (from < stop && (bytes[from] as number) <= 0x20) from++;
	const length = stop - from;
	if (length < 2 || length > 5) return -1;
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
