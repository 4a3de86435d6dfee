/**
 * Writes a zip file as a stream. Its times are always the same, so that the same entries give the same bytes; deflated
 * ones depend on the browser's own deflate, stored ones on nothing. Sizes of what is deflated follow it (APPNOTE 4.3.9),
 * since nobody knows them before; those of what is stored come first, which is the only place where all readers look.
 */
import { InvalidError } from '../../core/errors.ts';
import { crc32 } from '../read/zip/crc32.ts';

export interface ZipEntry {
	/** `donnees.csv`, or `dossier/donnees.csv`. */
	readonly path: string;
	/** Deflated as it comes; a Blob is what is compressed already (Parquet, a workbook), and is stored. */
	readonly content: Pieces | Blob;
}
export type Pieces = AsyncIterable<Uint8Array<ArrayBuffer>> | Iterable<Uint8Array<ArrayBuffer>>;

/** What the plain format counts with 32 and 16 bits; the larger numbers of ZIP64 are not written. */
const MAX_BYTES = 0xffffffff;
const MAX_ENTRIES = 0xffff;
/** 1980-01-01, the first day that a zip file knows. */
const DAY = 0x0021;
const SIZES_FOLLOW = 0x0008;
const UTF8_NAME = 0x0800;
const STORED = 0;
const DEFLATED = 8;

/**
 * @throws RangeError before anything is written, when a path leaves the folder that it is unpacked in or is there twice
 * @throws InvalidError `table_too_large` (megabytes) past 4 GB
 */
export function zipStream(entries: readonly ZipEntry[]): AsyncGenerator<Uint8Array<ArrayBuffer>> {
	if (entries.length > MAX_ENTRIES) throw new RangeError(`${entries.length} files`);
	const seen = new Set<string>();
	for (const { path } of entries) {
		if (!isInside(path) || seen.has(path.toLowerCase())) throw new RangeError(`path ${path}`);
		seen.add(path.toLowerCase());
	}
	return written(entries);
}

async function* written(entries: readonly ZipEntry[]): AsyncGenerator<Uint8Array<ArrayBuffer>> {
	const directory: Uint8Array<ArrayBuffer>[] = [];
	let length = 0;
	const counted = (piece: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => {
		length += piece.length;
		if (length > MAX_BYTES) throw tooLarge();
		return piece;
	};
	for (const { path, content } of entries) {
		const offset = length;
		const name = new TextEncoder().encode(path);
		const stored = content instanceof Blob;
		const flags = (stored ? 0 : SIZES_FOLLOW) + (/^[\u0020-\u007e]*$/.test(path) ? 0 : UTF8_NAME);
		const about = [
			[2, 20],
			[2, flags],
			[2, stored ? STORED : DEFLATED],
			[2, 0],
			[2, DAY]
		] as const;
		const tally = { size: 0, crc: 0 };
		if (stored) await tallyUp(content, tally);
		const sizesOf = (packed: number) =>
			[
				[4, tally.crc],
				[4, packed],
				[4, tally.size]
			] as const;
		yield counted(
			fields([4, 0x04034b50], ...about, ...sizesOf(tally.size), [2, name.length], [2, 0])
		);
		yield counted(name);
		const before = length;
		if (stored) for await (const piece of piecesOf(content)) yield counted(piece);
		else for await (const piece of deflate(content, tally)) yield counted(piece);
		const sizes = sizesOf(length - before);
		if (!stored) yield counted(fields([4, 0x08074b50], ...sizes));
		directory.push(
			fields([4, 0x02014b50], [2, 20], ...about, ...sizes),
			fields([2, name.length], [2, 0], [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]),
			name
		);
	}
	const start = length;
	for (const piece of directory) yield counted(piece);
	const count = entries.length;
	yield fields(
		[4, 0x06054b50],
		[4, 0],
		[2, count],
		[2, count],
		[4, length - start],
		[4, start],
		[2, 0]
	);
}

const tooLarge = (): InvalidError =>
	new InvalidError('table_too_large', { megabytes: Math.floor(MAX_BYTES / 1e6) });

const isInside = (path: string): boolean =>
	path !== '' &&
	!path.includes('\\') &&
	path.split('/').every((step) => step !== '' && step !== '.' && step !== '..') &&
	!/^[a-z]:/i.test(path) &&
	new TextEncoder().encode(path).length <= 0xffff;

/** Numbers of 2 or 4 bytes, one after the other. */
function fields(
	...values: readonly (readonly [bytes: 2 | 4, value: number])[]
): Uint8Array<ArrayBuffer> {
	const view = new DataView(new ArrayBuffer(values.reduce((sum, [bytes]) => sum + bytes, 0)));
	let at = 0;
	for (const [bytes, value] of values) {
		if (bytes === 2) view.setUint16(at, value, true);
		else view.setUint32(at, value, true);
		at += bytes;
	}
	return new Uint8Array(view.buffer);
}

interface Tally {
	size: number;
	crc: number;
}
function tell(tally: Tally, piece: Uint8Array): void {
	tally.size += piece.length;
	if (tally.size > MAX_BYTES) throw tooLarge();
	tally.crc = crc32(piece, tally.crc);
}

async function tallyUp(content: Blob, tally: Tally): Promise<void> {
	if (content.size > MAX_BYTES) throw tooLarge();
	for await (const piece of piecesOf(content)) tell(tally, piece);
}

/** Not every browser goes through a stream with `for await`. */
async function* piecesOf(content: Blob): AsyncGenerator<Uint8Array<ArrayBuffer>> {
	const reader = content.stream().getReader();
	try {
		for (;;) {
			const { done, value } = await reader.read();
			if (done) return;
			yield value;
		}
	} finally {
		await reader.cancel().catch(() => undefined);
	}
}

async function* deflate(content: Pieces, tally: Tally): AsyncGenerator<Uint8Array<ArrayBuffer>> {
	const stream = new CompressionStream('deflate-raw');
	const writer = stream.writable.getWriter();
	const reader = stream.readable.getReader();
	let failed: { error: unknown } | null = null;
	let stopped = false;
	const fed = (async () => {
		try {
			for await (const piece of content) {
				if (stopped) return;
				tell(tally, piece);
				await writer.ready;
				await writer.write(piece);
			}
			await writer.close();
		} catch (error) {
			failed ??= { error };
			await writer.abort(error).catch(() => undefined);
		}
	})();
	try {
		for (;;) {
			const { done, value } = await reader.read();
			if (done) break;
			yield value;
		}
	} catch (error) {
		await fed;
		throw (failed as { error: unknown } | null)?.error ?? error;
	} finally {
		stopped = true;
		await reader.cancel().catch(() => undefined);
		await fed;
	}
}
