import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { seeded } from '../../../../../tests/fuzz/random.ts';
import { InvalidError } from '../../../core/errors.ts';
import { Inflater } from './inflater.ts';

/** What comes of the data, or why nothing does; `stray` bytes lie before and behind it. */
function inflated(data: Uint8Array, most = Infinity): Uint8Array | string {
	const around = new Uint8Array(data.length + 20).fill(0xa5);
	around.set(data, 7);
	const parts: Uint8Array[] = [];
	let length = 0;
	try {
		const inflater = new Inflater(around.subarray(7, 7 + data.length));
		for (let piece = inflater.next(); piece && length < most; piece = inflater.next()) {
			parts.push(piece.slice());
			length += piece.length;
		}
	} catch (error) {
		if (error instanceof InvalidError && error.code === 'file_damaged')
			return String(error.details.why);
		throw error;
	}
	return new Uint8Array(Buffer.concat(parts));
}
/** The same of zlib; what follows the end is refused too. */
function expected(data: Uint8Array): Uint8Array | null {
	try {
		const { buffer, engine } = inflateRawSync(data, { info: true }) as unknown as {
			buffer: Uint8Array;
			engine: { bytesWritten: number };
		};
		return engine.bytesWritten === data.length ? new Uint8Array(buffer) : null;
	} catch {
		return null;
	}
}

/** Bits, from the lowest on, as a block is written. */
function bits(...fields: readonly (readonly [value: number, bits: number])[]): Uint8Array {
	const all = fields.flatMap(([value, length]) =>
		Array.from({ length }, (_, bit) => (value >> bit) & 1)
	);
	const bytes = new Uint8Array(Math.ceil(all.length / 8));
	all.forEach((bit, i) => (bytes[i >> 3] = (bytes[i >> 3] ?? 0) | (bit << (i & 7))));
	return bytes;
}

const random = seeded(20_261_126);
const noise = (length: number, letters: number): Uint8Array =>
	Uint8Array.from({ length }, () => random(letters));
/** Texts like those of a sheet, with matches near and far, short and long. */
function repeats(length: number): Uint8Array {
	const bytes = noise(length, 256);
	for (let to = 1; to < length;) {
		const from = random(Math.min(to, 40_000));
		const size = Math.min(1 + random(random(8) === 0 ? 600 : 20), length - to);
		const back = to - Math.min(to, 1 + from);
		for (let i = 0; i < size; i++) bytes[to + i] = bytes[back + i] ?? 0;
		to += size + random(9);
	}
	return bytes;
}

describe('inflating', () => {
	const { Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE, Z_DEFAULT_STRATEGY } = constants;
	const contents: readonly (readonly [name: string, bytes: Uint8Array])[] = [
		['nothing', new Uint8Array(0)],
		['one byte', noise(1, 256)],
		['noise', noise(150_000, 256)],
		['few letters', noise(200_000, 3)],
		['one letter', new Uint8Array(300_000)],
		['repeats', repeats(400_000)],
		['a text', new TextEncoder().encode('Théâtre du Rideau Vert, à Montréal. '.repeat(5000))]
	];
	it.each(contents)('gives back %s, however it was deflated', (_, content) => {
		for (const level of [0, 1, 6, 9])
			for (const strategy of [Z_DEFAULT_STRATEGY, Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE])
				for (const windowBits of [9, 15]) {
					const data = deflateRawSync(content, { level, strategy, windowBits });
					expect(Buffer.compare(inflated(data) as Uint8Array, content)).toBe(0);
				}
	});
	it('gives pieces that are small, whatever comes of the data', () => {
		const inflater = new Inflater(deflateRawSync(new Uint8Array(5_000_000)));
		let length = 0;
		for (let piece = inflater.next(); piece; piece = inflater.next()) {
			expect(piece.length).toBeLessThan(70_000);
			length += piece.length;
		}
		expect(length).toBe(5_000_000);
	});
	it('gives others their turn where much data says nothing', () => {
		// Stored blocks of no bytes.
		const data = new Uint8Array(4_000_000);
		for (let at = 0; at < data.length; at += 5) data.set([0, 0, 0, 0xff, 0xff], at);
		data[data.length - 5] = 1;
		const inflater = new Inflater(data);
		let pieces = 0;
		for (let piece = inflater.next(); piece; piece = inflater.next()) {
			expect(piece.length).toBe(0);
			pieces++;
		}
		expect(pieces).toBeGreaterThan(2);
	});

	it('takes and refuses what zlib takes and refuses: data cut short at any place, or with more behind it', () => {
		for (const content of [noise(60, 256), noise(900, 30), repeats(3000)])
			for (const strategy of [Z_DEFAULT_STRATEGY, Z_FIXED]) {
				const data = deflateRawSync(content, { strategy });
				for (let length = 0; length < data.length; length++)
					expect(typeof inflated(data.subarray(0, length))).toBe('string');
				for (const more of [1, 3, 2000])
					expect(inflated(Uint8Array.from([...data, ...new Uint8Array(more)]))).toBe('goes on');
			}
	});
	it('takes and refuses what zlib takes and refuses: data that was changed', () => {
		let refused = 0;
		let taken = 0;
		for (let n = 0; n < 3000; n++) {
			const content = n % 2 ? repeats(1 + random(4000)) : noise(1 + random(500), 1 + random(256));
			const data = deflateRawSync(content, { strategy: n % 3 ? Z_DEFAULT_STRATEGY : Z_FIXED });
			for (let changes = 1 + random(3); changes > 0; changes--) {
				const at = random(random(2) ? data.length : Math.min(data.length, 60));
				data[at] = random(256);
			}
			const wanted = expected(data);
			const got = inflated(data);
			if (wanted === null) {
				expect(typeof got, `change ${n}`).toBe('string');
				refused++;
			} else {
				expect(Buffer.compare(got as Uint8Array, wanted), `change ${n}`).toBe(0);
				taken++;
			}
		}
		expect(refused).toBeGreaterThan(500);
		expect(taken).toBeGreaterThan(150);
	});
	it('takes and refuses what zlib takes and refuses: noise', () => {
		for (let n = 0; n < 8_000; n++) {
			const data = noise(1 + random(300), 256);
			// Of coded blocks, the kinds that noise rarely is.
			data[0] = ((data[0] ?? 0) & 0xf8) | (n % 2 ? 5 : 3);
			const wanted = expected(data);
			const got = inflated(data);
			if (wanted === null) expect(typeof got, `noise ${n}`).toBe('string');
			else expect(Buffer.compare(got as Uint8Array, wanted), `noise ${n}`).toBe(0);
		}
	});

	/** The last block, of codes that it describes. */
	const described = (
		[literals, distances]: readonly [number, number],
		...rest: readonly (readonly [number, number])[]
	) => bits([1, 1], [2, 2], [literals - 257, 5], [distances - 1, 5], ...rest);
	/** Lengths of the codes for lengths, in the order in which they are written: 0, 1 and 18 have a code. */
	const some: readonly (readonly [number, number])[] = [
		[14, 4],
		...Array.from(
			{ length: 18 },
			(_, i) => [[2, 3, 17].includes(i) ? (i === 17 ? 1 : 2) : 0, 3] as const
		)
	];
	it.each([
		['a kind of block that there is not', bits([1, 1], [3, 2]), 'kind of block'],
		[
			'a stored length that is not what it says',
			bits([1, 1], [0, 7], [3, 16], [3, 16], [0, 24]),
			'stored length'
		],
		[
			'a stored block that is longer than the data',
			bits([1, 1], [0, 7], [3, 16], [0xfffc, 16], [0, 16]),
			'cut short'
		],
		['more codes than there are', described([287, 1], ...some), 'too many codes'],
		['more distances than there are', described([257, 31], ...some), 'too many codes'],
		[
			'codes for lengths that are none',
			described([257, 1], [15, 4], ...Array.from({ length: 19 }, () => [1, 3] as const)),
			'codes'
		],
		[
			'a repeated length with none before it',
			described([257, 1], [0, 4], [1, 3], [0, 3], [0, 3], [1, 3], [1, 1]),
			'codes'
		],
		[
			'a match before the beginning',
			bits([1, 1], [1, 2], [0x40, 7], [0, 5], [0, 20]),
			'match before the beginning'
		],
		['a length that there is not', bits([1, 1], [1, 2], [0x63, 8], [0, 20]), 'code'],
		[
			'a distance that there is not',
			bits([1, 1], [1, 2], [0x0c, 8], [0x40, 7], [0x0f, 5], [0, 20]),
			'code'
		]
	])('refuses %s', (_, data, why) => {
		expect(expected(data)).toBeNull();
		expect(inflated(data)).toBe(why);
	});
});
