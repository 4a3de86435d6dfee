/** Damages a file as transfers, editors and enemies do. */

const WORDS = [
	'"',
	'""',
	';',
	'\r\n',
	'\0',
	'\ufeff',
	'<',
	'>',
	'&x;',
	'{',
	'[',
	']',
	',',
	'-1',
	'1e999',
	'\u202e'
];

/** @param random a whole number from 0 to below what it is given */
export function mutated(
	bytes: Uint8Array,
	random: (below: number) => number
): Uint8Array<ArrayBuffer> {
	let out = Uint8Array.from(bytes);
	for (let times = 1 + random(4); times > 0; times--) {
		if (out.length === 0) return out;
		const at = random(out.length);
		const length = Math.min(out.length - at, 1 + random(64));
		switch (random(8)) {
			case 0: // bits turned
				for (let i = 0; i < 1 + random(8); i++) {
					const place = random(out.length);
					out[place] = (out[place] as number) ^ (1 << random(8));
				}
				break;
			case 1: // cut
				out = out.slice(0, at);
				break;
			case 2: // the beginning lost
				out = out.slice(at);
				break;
			case 3: // a part doubled
				out = joined(out.subarray(0, at + length), out.subarray(at));
				break;
			case 4: // a part lost
				out = joined(out.subarray(0, at), out.subarray(at + length));
				break;
			case 5: // a length or a place forged
				out.fill(random(2) ? 0xff : 0, at, at + Math.min(length, 8));
				break;
			case 6: // a word of the format's own
				out = joined(
					out.subarray(0, at),
					new TextEncoder().encode(WORDS[random(WORDS.length)]),
					out.subarray(at)
				);
				break;
			default: // noise
				for (let i = 0; i < length; i++) out[at + i] = random(256);
		}
	}
	return out;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
	const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		out.set(part, at);
		at += part.length;
	}
	return out;
}
