/** Reads oui/non, vrai/faux, yes/no and true/false in any case: 1, 0, or -1 for anything else. */
export function parseBoolean(bytes: Uint8Array, start: number, end: number): -1 | 0 | 1 {
	let from = start;
	let stop = end;
	while (stop > from && (bytes[stop - 1] as number) <= 0x20) stop--;
	while (from < stop && (bytes[from] as number) <= 0x20) from++;
	if (stop - from < 2 || stop - from > 5) return -1;
	let word = '';
	for (let i = from; i < stop; i++) word += String.fromCharCode((bytes[i] as number) | 0x20);
	switch (word) {
		case 'oui':
		case 'vrai':
		case 'yes':
		case 'true':
			return 1;
		case 'non':
		case 'faux':
		case 'no':
		case 'false':
			return 0;
		default:
			return -1;
	}
}
