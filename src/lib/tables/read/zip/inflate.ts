/**
 * Inflates the entries of a zip file, a piece at a time, and stops at its limits whatever the headers claim. At its end
 * an entry's length and checksum are compared with those that are told.
 */
import { InvalidError } from '../../../core/errors.ts';
import { crc32 } from './crc32.ts';
import { Inflater } from './inflater.ts';
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
/** Bytes inflated between two pauses. */
const PAUSE_BYTES = 16_000_000;
/** What a piece counts for at least between two pauses: a small one may have taken as long. */
export const LEAST_BYTES = 65_536;

/** Counts what the entries of one file have become so far. */
export class InflateBudget {
	inflated = 0;
	readonly limits: InflateLimits;
	constructor(limits: InflateLimits = INFLATE_LIMITS) {
		this.limits = limits;
	}
}

/**
 * @returns the entry's bytes, in order; each piece is good until the next is asked for, and may be empty
 * @throws InvalidError `file_encrypted`, `file_zip_method` (method), `file_zip_bomb`, `file_damaged` (why)
 */
export function* inflate(
	bytes: Uint8Array<ArrayBuffer>,
	entry: ZipEntry,
	budget: InflateBudget
): Generator<Uint8Array> {
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
	let crc = 0;
	let own = 0;
	const inflater = new Inflater(compressed);
	for (let piece = inflater.next(); piece; piece = inflater.next()) {
		own += piece.length;
		budget.inflated += piece.length;
		if (
			budget.inflated > limits.bytes ||
			(own > GRACE_BYTES && own > limits.ratio * compressed.length)
		)
			throw new InvalidError('file_zip_bomb');
		crc = crc32(piece, crc);
		yield piece;
	}
	if (crc !== entry.crc) throw new InvalidError('file_damaged', { why: 'checksum' });
	// In the directory of a small file, and in a descriptor, lengths are counted up to four gigabytes.
	if (own % 2 ** 32 !== entry.size % 2 ** 32)
		throw new InvalidError('file_damaged', { why: 'length' });
}

/**
 * The whole entry.
 * @throws InvalidError as `inflate` does, and `file_zip_bomb` past `MAX_WHOLE_BYTES`
 */
export async function inflateWhole(
	bytes: Uint8Array<ArrayBuffer>,
	entry: ZipEntry,
	budget: InflateBudget,
	limit = MAX_WHOLE_BYTES,
	pause: () => Promise<void> = () => Promise.resolve()
): Promise<Uint8Array<ArrayBuffer>> {
	// As much as it says, but no more than its bytes may well give: the rest is believed when it comes.
	const likely = Math.min(entry.size, (entry.end - entry.start) * 20 + 1024, limit);
	let whole = new Uint8Array(likely);
	let length = 0;
	let paused = 0;
	for (const piece of inflate(bytes, entry, budget)) {
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
		paused += Math.max(piece.length, LEAST_BYTES);
		if (paused > PAUSE_BYTES) {
			paused = 0;
			await pause();
		}
	}
	return whole.subarray(0, length);
}
