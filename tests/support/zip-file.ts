/** Makes zip files for tests: sound ones, and ones whose directory lies. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipPart {
	readonly name: string | Uint8Array;
	readonly content: string | Uint8Array;
	/** 8 (deflate) unless said otherwise; other numbers are only written down. */
	readonly method?: number;
	/** What the directory says instead of the truth. */
	readonly told?: {
		readonly size?: number;
		readonly compressed?: number;
		readonly crc?: number;
		readonly offset?: number;
		readonly flags?: number;
	};
	/** Sizes come after the data, and the header before it has none. */
	readonly descriptor?: boolean;
}

const bytesOf = (text: string | Uint8Array): Uint8Array =>
	typeof text === 'string' ? new TextEncoder().encode(text) : text;

export function zipFile(
	parts: readonly ZipPart[],
	{ zip64 = false, comment = '', before = new Uint8Array(0) } = {}
): Uint8Array<ArrayBuffer> {
	const pieces: Uint8Array[] = [before];
	const directory: Uint8Array[] = [];
	let length = 0;
	const put = (
		to: Uint8Array[],
		...fields: readonly (readonly [bytes: 2 | 4 | 8, value: number])[]
	) => {
		const record = new DataView(new ArrayBuffer(fields.reduce((sum, [bytes]) => sum + bytes, 0)));
		let at = 0;
		for (const [bytes, value] of fields) {
			if (bytes === 2) record.setUint16(at, value, true);
			else if (bytes === 4) record.setUint32(at, value, true);
			else record.setBigUint64(at, BigInt(value), true);
			at += bytes;
		}
		const piece = new Uint8Array(record.buffer);
		to.push(piece);
		if (to === pieces) length += piece.length;
	};
	const raw = (to: Uint8Array[], piece: Uint8Array): void => {
		to.push(piece);
		if (to === pieces) length += piece.length;
	};
	for (const part of parts) {
		const content = bytesOf(part.content);
		const name = bytesOf(part.name);
		const method = part.method ?? 8;
		const data = method === 8 ? new Uint8Array(deflateRawSync(content)) : content;
		const crc = part.told?.crc ?? crc32(content);
		const size = part.told?.size ?? content.length;
		const compressed = part.told?.compressed ?? data.length;
		const offset = part.told?.offset ?? length;
		const utf8 = typeof part.name === 'string' ? 0x800 : 0;
		const flags = part.told?.flags ?? utf8 | (part.descriptor ? 8 : 0);
		const now = part.descriptor ? 0 : 1;
		put(pieces, [4, 0x04034b50], [2, 20], [2, flags], [2, method], [4, 0x00210000]);
		put(pieces, [4, crc * now], [4, data.length * now], [4, size * now], [2, name.length], [2, 0]);
		raw(pieces, name);
		raw(pieces, data);
		if (part.descriptor) put(pieces, [4, 0x08074b50], [4, crc], [4, data.length], [4, size]);

		put(directory, [4, 0x02014b50], [2, 20], [2, 20], [2, flags], [2, method], [4, 0x00210000]);
		put(directory, [4, crc]);
		if (zip64) put(directory, [4, 0xffffffff], [4, 0xffffffff]);
		else put(directory, [4, compressed], [4, size]);
		put(directory, [2, name.length], [2, zip64 ? 28 : 0], [2, 0], [2, 0], [2, 0], [4, 0]);
		put(directory, [4, zip64 ? 0xffffffff : offset]);
		raw(directory, name);
		if (zip64) put(directory, [2, 1], [2, 24], [8, size], [8, compressed], [8, offset]);
	}
	const start = length;
	for (const piece of directory) raw(pieces, piece);
	const size = length - start;
	if (zip64) {
		const place = length;
		put(pieces, [4, 0x06064b50], [8, 44], [2, 45], [2, 45], [4, 0], [4, 0], [8, parts.length]);
		put(pieces, [8, parts.length], [8, size], [8, start]);
		put(pieces, [4, 0x07064b50], [4, 0], [8, place], [4, 1]);
	}
	const count = zip64 ? 0xffff : parts.length;
	put(pieces, [4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count]);
	put(pieces, [4, zip64 ? 0xffffffff : size], [4, zip64 ? 0xffffffff : start]);
	put(pieces, [2, comment.length]);
	raw(pieces, bytesOf(comment));
	return new Uint8Array(Buffer.concat(pieces));
}
