/** Tells web addresses among texts: `https://exemple.org/page`, `www.exemple.org`. Any other scheme is none. */

/** What browsers and servers take. */
const LONGEST = 2083;
const HTTP = [0x68, 0x74, 0x74, 0x70];
const WWW = [0x77, 0x77, 0x77, 0x2e];

/** Whether a cell is a web address, spaces around it aside. */
export function isUrl(bytes: Uint8Array, start: number, end: number): boolean {
	let at = start;
	let stop = end;
	while (stop > at && (bytes[stop - 1] as number) <= 0x20) stop--;
	while (at < stop && (bytes[at] as number) <= 0x20) at++;
	if (stop - at < 8 || stop - at > LONGEST) return false;
	let labels = 1;
	if (begins(bytes, at, HTTP)) {
		at += 4;
		if (((bytes[at] as number) | 0x20) === 0x73) at++;
		if (bytes[at] !== 0x3a || bytes[at + 1] !== 0x2f || bytes[at + 2] !== 0x2f) return false;
		at += 3;
	} else if (begins(bytes, at, WWW)) {
		// « www.exemple » has a label too few.
		labels = 0;
	} else return false;
	let length = 0;
	let letters = 0;
	for (; at < stop; at++) {
		const byte = bytes[at] as number;
		const letter = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
		if (letter || (byte >= 48 && byte <= 57) || byte >= 0x80 || byte === 0x2d || byte === 0x5f) {
			length++;
			if (letter || byte >= 0x80) letters++;
		} else if (byte === 0x2e) {
			if (length === 0) return false;
			labels++;
			length = letters = 0;
		} else break;
	}
	// The last label is the name of a top domain: an address of figures alone names no site.
	if (labels < 2 || length < 2 || letters === 0) return false;
	if (at < stop && bytes[at] === 0x3a) {
		const port = ++at;
		while (at < stop && (bytes[at] as number) >= 48 && (bytes[at] as number) <= 57) at++;
		if (at === port || at - port > 5) return false;
	}
	if (at === stop) return true;
	const mark = bytes[at];
	if (mark !== 0x2f && mark !== 0x3f && mark !== 0x23) return false;
	for (; at < stop; at++) {
		const byte = bytes[at] as number;
		if (byte <= 0x20 || byte === 0x22 || byte === 0x3c || byte === 0x3e) return false;
	}
	return true;
}

function begins(bytes: Uint8Array, at: number, word: readonly number[]): boolean {
	for (let i = 0; i < word.length; i++) {
		const byte = bytes[at + i] as number;
		if ((byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte) !== word[i]) return false;
	}
	return true;
}

/** Where a link to a text goes, or null where it is no web address: never another scheme. */
export function hrefOf(text: string): string | null {
	const address = text.trim();
	const bytes = new TextEncoder().encode(address);
	if (!isUrl(bytes, 0, bytes.length)) return null;
	return /^https?:/i.test(address) ? address : `https://${address}`;
}
