/**
 * Packs files into a ZIP that is the same whenever it is made: entries as given, all of 1 January 1980. Compressed ones
 * depend on the browser's own deflate; stored ones on nothing.
 */
import { crc32 } from './crc32.ts';

export interface ZipEntry {
	/** `donnees.csv`, or `dossier/donnees.csv`. */
	readonly path: string;
	readonly bytes: Uint8Array<ArrayBuffer>;
	/** false for what is compressed already (Parquet); true when absent. */
	readonly compress?: boolean;
}

/** What the plain format counts with 32 and 16 bits. */
const MAX_BYTES = 0xffffffff;
const MAX_ENTRIES = 0xffff;
/** 1 January 1980, 0:00. */
const DATE = 0x0021;
const UTF8_NAMES = 0x0800;
const STORED = 0;
const DEFLATED = 8;

/** @throws RangeError when a path leaves the folder that it is unpacked in, is there twice, or the whole is too large */
export async function writeZip(entries: readonly ZipEntry[]): Promise<Uint8Array<ArrayBuffer>> {
	if (entries.length > MAX_ENTRIES) throw new RangeError(`${entries.length} files`);
	const seen = new Set<string>();
	const parts: Uint8Array[] = [];
	const directory: Uint8Array[] = [];
	let at = 0;
	for (const { path, bytes, compress = true } of entries) {
		if (!isInside(path) || seen.has(path.toLowerCase())) throw new RangeError(`path ${path}`);
		seen.add(path.toLowerCase());
		const packed = compress ? await deflated(bytes) : bytes;
		// What does not get smaller is stored.
		const smaller = packed.length < bytes.length;
		const body = smaller ? packed : bytes;
		const name = new TextEncoder().encode(path);
		const shared = header([
			[2, UTF8_NAMES],
			[2, smaller ? DEFLATED : STORED],
			[2, 0],
			[2, DATE],
			[4, crc32(bytes)],
			[4, body.length],
			[4, bytes.length],
			[2, name.length],
			[2, 0]
		]);
		const local = [
			header([
				[4, 0x04034b50],
				[2, 20]
			]),
			shared,
			name,
			body
		];
		directory.push(
			header([
				[4, 0x02014b50],
				[2, 20],
				[2, 20]
			]),
			shared,
			header([
				[2, 0],
				[2, 0],
				[2, 0],
				[4, 0],
				[4, at]
			]),
			name
		);
		parts.push(...local);
		at += sizeOf(local);
		if (at > MAX_BYTES) throw new RangeError('larger than 4 GB');
	}
	const size = sizeOf(directory);
	parts.push(
		...directory,
		header([
			[4, 0x06054b50],
			[2, 0],
			[2, 0],
			[2, entries.length],
			[2, entries.length],
			[4, size],
			[4, at],
			[2, 0]
		])
	);
	const out = new Uint8Array(sizeOf(parts));
	let to = 0;
	for (const part of parts) {
		out.set(part, to);
		to += part.length;
	}
	return out;
}

const isInside = (path: string): boolean =>
	path !== '' &&
	!path.includes('\\') &&
	path.split('/').every((step) => step !== '' && step !== '.' && step !== '..') &&
	!/^[a-z]:/i.test(path) &&
	new TextEncoder().encode(path).length <= 0xffff;

const sizeOf = (parts: readonly Uint8Array[]): number =>
	parts.reduce((sum, part) => sum + part.length, 0);

/** Numbers of 2 or 4 bytes, one after the other. */
function header(numbers: readonly (readonly [bytes: 2 | 4, value: number])[]): Uint8Array {
	const out = new Uint8Array(numbers.reduce((sum, [bytes]) => sum + bytes, 0));
	const view = new DataView(out.buffer);
	let at = 0;
	for (const [bytes, value] of numbers) {
		if (bytes === 2) view.setUint16(at, value, true);
		else view.setUint32(at, value, true);
		at += bytes;
	}
	return out;
}

async function deflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
	const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'));
	return new Uint8Array(await new Response(stream).arrayBuffer());
}
