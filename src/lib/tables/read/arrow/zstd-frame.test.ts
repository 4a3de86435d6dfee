/** Zstandard frames: what comes out is what went in, and nothing is made on the way that was not said and checked. */
import { constants, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readZstdFrame } from './zstd-frame.ts';

const RUN = 1;
const COMPRESSED = 2;
interface Block {
	readonly kind: number;
	/** What its header says; else the bytes' own. */
	readonly length?: number;
	readonly bytes: readonly number[];
}

/** A frame of these blocks, which says its size in eight bytes. */
function frame(size: number, blocks: readonly Block[]): Uint8Array {
	const head = Buffer.alloc(14);
	head.writeUInt32LE(0xfd2fb528, 0);
	head[4] = 0xc0;
	head[5] = 0x38;
	head.writeBigUInt64LE(BigInt(size), 6);
	const body = blocks.flatMap(({ kind, length, bytes }, i) => {
		const header =
			((length ?? bytes.length) << 3) | (kind << 1) | (i === blocks.length - 1 ? 1 : 0);
		return [header & 255, (header >> 8) & 255, (header >> 16) & 255, ...bytes];
	});
	return Buffer.concat([head, Buffer.from(body)]);
}
function zeros(length: number): Uint8Array {
	const blocks: Block[] = [];
	for (let left = length; left > 0; left -= 131_072)
		blocks.push({ kind: RUN, length: Math.min(left, 131_072), bytes: [0] });
	return frame(length, blocks);
}

describe('what is read', () => {
	it('a buffer of three hundred megabytes', () => {
		// The library compares what it is given with a number: the buffer must not become a text for that.
		const out = new Uint8Array(300_000_000).fill(1);
		readZstdFrame(zeros(out.length), out);
		expect(out.at(-1)).toBe(0);
	});

	it('the buffer is never written out as a text', () => {
		const out = new Uint8Array(1000);
		let written = 0;
		Object.defineProperty(out, 'toString', { value: () => (written++, '') });
		Object.defineProperty(out, 'join', { value: () => (written++, '') });
		readZstdFrame(zeros(out.length), out);
		expect(written).toBe(0);
		expect(Reflect.ownKeys(out)).not.toContain(Symbol.toPrimitive);
	});

	it.each([1, 3, 9, 19])('what others write, at level %d', (level) => {
		let state = 7;
		const next = (most: number): number => {
			state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
			return (state >> 8) % most;
		};
		const words = [
			'Québec',
			'Montréal',
			'billet',
			' ',
			';',
			'Orchestre symphonique',
			'12,50',
			'\n'
		];
		const makers: readonly ((length: number) => Buffer)[] = [
			(length) => Buffer.alloc(length, 'abc'),
			(length) => Buffer.from(Uint8Array.from({ length }, () => next(256))),
			(length) => Buffer.from(Uint8Array.from({ length }, () => next(4) * next(9))),
			(length) => Buffer.from(Array.from({ length: length >> 3 }, () => words[next(8)]).join('')),
			(length) =>
				Buffer.from(Float64Array.from({ length: length >> 3 }, () => next(500) / 4).buffer),
			(length) => Buffer.from(Int32Array.from({ length: length >> 2 }, (_, i) => i * 3).buffer)
		];
		for (const make of makers)
			for (const length of [1, 9, 300, 5_000, 70_000, 131_073, 400_000]) {
				const plain = make(length);
				for (const checksum of [0, 1]) {
					const packed = zstdCompressSync(plain, {
						params: {
							[constants.ZSTD_c_compressionLevel]: level,
							[constants.ZSTD_c_checksumFlag]: checksum
						}
					});
					const out = new Uint8Array(plain.length);
					readZstdFrame(packed, out);
					expect(Buffer.compare(plain, out)).toBe(0);
				}
			}
	});
});

describe('what is refused', () => {
	const refused = (bytes: Uint8Array, size: number) =>
		expect(() => readZstdFrame(bytes, new Uint8Array(size))).toThrow(RangeError);

	it('what says more, or less, than comes out', () => {
		const plain = Buffer.from('Québec;Montréal;'.repeat(500));
		const packed = zstdCompressSync(plain);
		refused(packed, plain.length - 1);
		refused(packed, plain.length + 1);
		refused(frame(2000, [{ kind: RUN, length: 1000, bytes: [0] }]), 2000);
		refused(frame(1000, [{ kind: RUN, length: 2000, bytes: [0] }]), 1000);
		refused(packed.subarray(0, packed.length - 3), plain.length);
		refused(frame(1, [{ kind: 3, bytes: [0] }]), 1);
		refused(frame(200_000, [{ kind: RUN, length: 200_000, bytes: [0] }]), 200_000);
	});

	it('further frames, which are left alone', () => {
		const out = new Uint8Array(1000);
		readZstdFrame(
			Buffer.concat([zeros(1000), frame(1000, [{ kind: RUN, length: 1000, bytes: [7] }])]),
			out
		);
		expect(out.every((byte) => byte === 0)).toBe(true);
	});

	it('copies of gigabytes, ordered by two bytes each', () => {
		// No literals; thirty-two thousand sequences whose codes are always the same: the longest match there is.
		const order = [0, 255, 0, 0, 0b0101_0100, 0, 0, 52];
		const bits = new Array<number>(2 * 0x7f00).fill(255);
		const block: Block = { kind: COMPRESSED, bytes: [...order, ...bits, 1] };
		refused(frame(100_000, [block, block]), 100_000);
	});

	it('ends whatever byte is changed', () => {
		const plain = Buffer.from(
			Array.from({ length: 2000 }, (_, i) => `${(i * 7919) % 613};Québec\n`).join('')
		);
		const packed = Uint8Array.from(zstdCompressSync(plain));
		let read = 0;
		for (let i = 4; i < packed.length; i++) {
			const changed = packed.slice();
			changed[i] = (changed[i] as number) ^ (1 << (i % 8));
			try {
				readZstdFrame(changed, new Uint8Array(plain.length));
				read++;
			} catch (error) {
				expect(error).toBeInstanceOf(Error);
			}
		}
		expect(read).toBeLessThan(packed.length);
	});
});
