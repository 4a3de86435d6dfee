/**
 * Inflates the entries of a zip file, a piece at a time, and stops at its limits whatever the headers claim. The
 * platform does it (`DecompressionStream`): the entry is handed over as the gzip file it would be, so that its length
 * and checksum are compared too, at no cost of ours.
 */
import { InvalidError } from '../../../core/errors.ts';
import { crc32 } from './crc32.ts';
import type { ZipEntry } from './zip-entries.ts';

/** What one file may become; shared by all its entries. */
export interface InflateLimits {
	/** Bytes inflated in all. */
	readonly bytes: number;
	/** Bytes that come of one byte, once `GRACE_BYTES` of them have come. */
	readonly ratio: number;
}
/** A sheet of one million rows is some 600 MB; sheets deflate to a fifth or a tenth, and to a hundredth at most. */
export const INFLATE_LIMITS: InflateLimits = { bytes: 1_200_000_000, ratio: 250 };
/** Small entries may be of any ratio: they cost nothing. */
export const GRACE_BYTES = 16_000_000;
/** An entry that is kept whole in memory. */
export const MAX_WHOLE_BYTES = 300_000_000;
/** Compressed bytes handed over at a step: at a thousandfold, what may pile up before a limit is seen is small. */
const STEP = 65_536;

/** Counts what the entries of one file have become so far. */
export class InflateBudget {
	inflated = 0;
	readonly limits: InflateLimits;
	constructor(limits: InflateLimits = INFLATE_LIMITS) {
		this.limits = limits;
	}
}

/**
 * @returns the entry's bytes, in order; each piece is good until the next is asked for
 * @throws InvalidError `file_encrypted`, `file_zip_method` (method), `file_zip_bomb`, `file_damaged` (why)
 */
export async function* inflate(
	bytes: Uint8Array<ArrayBuffer>,
	entry: ZipEntry,
	budget: InflateBudget
): AsyncGenerator<Uint8Array> {
	if (entry.encrypted || entry.method === 99) throw new InvalidError('file_encrypted');
	const { limits } = budget;
	const compressed = bytes.subarray(entry.start, entry.end);
	if (entry.method === 0) {
		budget.inflated += compressed.length;
		if (budget.inflated > limits.bytes) throw new InvalidError('file_zip_bomb');
		if (crc32(compressed) !== entry.crc)
			throw new InvalidError('file_damaged', { why: 'checksum' });
		yield compressed;
		return;
	}
	if (entry.method !== 8) throw new InvalidError('file_zip_method', { method: entry.method });
	let own = 0;
	for await (const piece of gunzip(compressed, entry)) {
		own += piece.length;
		budget.inflated += piece.length;
		if (
			budget.inflated > limits.bytes ||
			(own > GRACE_BYTES && own > limits.ratio * compressed.length)
		)
			throw new InvalidError('file_zip_bomb');
		yield piece;
	}
}

async function* gunzip(
	compressed: Uint8Array<ArrayBuffer>,
	entry: ZipEntry
): AsyncGenerator<Uint8Array> {
	const stream = new DecompressionStream('gzip');
	const writer = stream.writable.getWriter();
	const reader = stream.readable.getReader();
	const fed = feed(writer, compressed, entry);
	// What it throws is heard where the pieces are read.
	fed.catch(() => undefined);
	let whole = false;
	try {
		for (;;) {
			const { done, value } = await reader.read().catch((error: unknown) => {
				throw new InvalidError('file_damaged', { why: String(error) });
			});
			if (done) break;
			yield value;
		}
		whole = true;
	} finally {
		// Stopped half-way: by a limit, by the one who reads, or by damage.
		if (!whole) {
			await Promise.all([
				reader.cancel().catch(() => undefined),
				writer.abort().catch(() => undefined)
			]);
		}
	}
}

async function feed(
	writer: WritableStreamDefaultWriter<BufferSource>,
	compressed: Uint8Array<ArrayBuffer>,
	{ crc, size }: ZipEntry
): Promise<void> {
	await writer.write(Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff));
	for (let at = 0; at < compressed.length; at += STEP) {
		await writer.ready;
		await writer.write(compressed.subarray(at, at + STEP));
	}
	const trailer = new DataView(new ArrayBuffer(8));
	trailer.setUint32(0, crc, true);
	trailer.setUint32(4, size % 2 ** 32, true);
	await writer.write(new Uint8Array(trailer.buffer));
	await writer.close();
}

/**
 * The whole entry.
 * @throws InvalidError as `inflate` does, and `file_zip_bomb` past `MAX_WHOLE_BYTES`
 */
export async function inflateWhole(
	bytes: Uint8Array<ArrayBuffer>,
	entry: ZipEntry,
	budget: InflateBudget,
	limit = MAX_WHOLE_BYTES
): Promise<Uint8Array<ArrayBuffer>> {
	// As much as it says, but no more than its bytes may well give: the rest is believed when it comes.
	const likely = Math.min(entry.size, (entry.end - entry.start) * 20 + 1024, limit);
	let whole = new Uint8Array(likely);
	let length = 0;
	for await (const piece of inflate(bytes, entry, budget)) {
		if (length + piece.length > limit) throw new InvalidError('file_zip_bomb');
		if (length + piece.length > whole.length) {
			// What came already makes what it says likelier; each doubling would hold the text one and a half times.
			const told = Math.min(entry.size, whole.length * 8);
			const wider = new Uint8Array(
				Math.min(limit, Math.max(told, whole.length * 2, length + piece.length))
			);
			wider.set(whole.subarray(0, length));
			whole = wider;
		}
		whole.set(piece, length);
		length += piece.length;
	}
	return whole.subarray(0, length);
}
