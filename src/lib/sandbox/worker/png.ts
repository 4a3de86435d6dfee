/**
 * A canvas that only fills pixels and writes itself as a PNG: what continuous legends and rasters ask for.
 * The PNG is not compressed: it is small, or the picture's own limit refuses it.
 */
import { rgb } from 'd3-color';

/** Above this a picture would not fit its limit anyway. */
const MAX_PIXELS = 1_000_000;

interface Pixels {
	readonly width: number;
	readonly height: number;
	/** RGBA, row by row. */
	readonly data: Uint8ClampedArray;
}

export class PixelCanvas {
	width = 300;
	height = 150;
	#pixels: Pixels | null = null;

	#image(): Pixels {
		const { width, height } = this;
		if (this.#pixels?.width !== width || this.#pixels.height !== height)
			this.#pixels = pixelsOf(width, height);
		return this.#pixels;
	}

	getContext(): object {
		const image = () => this.#image();
		const context = {
			fillStyle: '#000',
			fillRect(x: number, y: number, width: number, height: number) {
				const { data, width: across, height: down } = image();
				const { r, g, b, opacity } = rgb(String(context.fillStyle));
				for (let j = Math.max(0, y | 0); j < Math.min(down, y + height); j++)
					for (let i = Math.max(0, x | 0); i < Math.min(across, x + width); i++)
						data.set([r, g, b, opacity * 255], (j * across + i) * 4);
			},
			createImageData: pixelsOf,
			putImageData({ data }: Pixels) {
				image().data.set(data);
			}
		};
		return context;
	}

	toDataURL(): string {
		const { width, height, data } = this.#image();
		const bytes = png(width, height, data);
		let text = '';
		for (let i = 0; i < bytes.length; i += 0x8000)
			text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
		return `data:image/png;base64,${btoa(text)}`;
	}
}

function pixelsOf(width: number, height: number): Pixels {
	if (!(width > 0 && height > 0 && width * height <= MAX_PIXELS))
		throw new RangeError(`canvas: ${width} × ${height}`);
	return { width, height, data: new Uint8ClampedArray(width * height * 4) };
}

/** PNG, 8-bit RGBA, its data in stored deflate blocks (RFC 1950, 1951, 2083). */
function png(width: number, height: number, rgba: Uint8ClampedArray): Uint8Array {
	const row = width * 4 + 1;
	const raw = new Uint8Array(row * height);
	for (let y = 0; y < height; y++)
		raw.set(rgba.subarray(y * width * 4, (y + 1) * width * 4), y * row + 1);

	const blocks = Math.ceil(raw.length / 0xffff);
	const zlib = new Uint8Array(2 + blocks * 5 + raw.length + 4);
	const view = new DataView(zlib.buffer);
	zlib.set([0x78, 0x01]);
	let at = 2;
	for (let i = 0; i < blocks; i++) {
		const block = raw.subarray(i * 0xffff, (i + 1) * 0xffff);
		zlib[at] = i === blocks - 1 ? 1 : 0;
		view.setUint16(at + 1, block.length, true);
		view.setUint16(at + 3, ~block.length & 0xffff, true);
		zlib.set(block, at + 5);
		at += 5 + block.length;
	}
	view.setUint32(at, adler32(raw));

	const header = new Uint8Array(13);
	const size = new DataView(header.buffer);
	size.setUint32(0, width);
	size.setUint32(4, height);
	header.set([8, 6, 0, 0, 0], 8);

	const parts = [
		Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
		chunk('IHDR', header),
		chunk('IDAT', zlib),
		chunk('IEND', new Uint8Array(0))
	];
	const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let offset = 0;
	for (const part of parts) {
		out.set(part, offset);
		offset += part.length;
	}
	return out;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
	const out = new Uint8Array(data.length + 12);
	const view = new DataView(out.buffer);
	view.setUint32(0, data.length);
	for (let i = 0; i < 4; i++) out[4 + i] = type.charCodeAt(i);
	out.set(data, 8);
	view.setUint32(data.length + 8, crc32(out.subarray(4, data.length + 8)));
	return out;
}

const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
	let c = n;
	for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
	return c;
});

function crc32(bytes: Uint8Array): number {
	let c = 0xffffffff;
	for (const byte of bytes) c = (CRC[(c ^ byte) & 0xff] ?? 0) ^ (c >>> 8);
	return (c ^ 0xffffffff) >>> 0;
}

function adler32(bytes: Uint8Array): number {
	let a = 1;
	let b = 0;
	for (const byte of bytes) {
		a = (a + byte) % 65521;
		b = (b + a) % 65521;
	}
	return ((b << 16) | a) >>> 0;
}
