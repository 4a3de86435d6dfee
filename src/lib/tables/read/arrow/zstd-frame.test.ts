/** Zstandard frames of large buffers: what comes out is the buffer, and nothing else is made on the way. */
import { expect, it } from 'vitest';
import { readZstdFrame } from './zstd-frame.ts';

/** Zeros, in blocks that are each a run. */
function zeros(length: number): Uint8Array {
	const blocks: number[] = [];
	for (let left = length; left > 0; left -= 131_072) {
		const header = (Math.min(left, 131_072) << 3) | 2 | (left <= 131_072 ? 1 : 0);
		blocks.push(header & 255, (header >> 8) & 255, (header >> 16) & 255, 0);
	}
	const head = Buffer.alloc(14);
	head.writeUInt32LE(0xfd2fb528, 0);
	head[4] = 0xc0;
	head[5] = 0x38;
	head.writeBigUInt64LE(BigInt(length), 6);
	return Buffer.concat([head, Buffer.from(blocks)]);
}

it('a buffer of three hundred megabytes is read', () => {
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
});
