/** Reads the XML parts of a zipped document as tokens, as they are inflated. */
import { InvalidError } from '../../../core/errors.ts';
import type { OpenOptions } from '../opened-file.ts';
import { inflate, InflateBudget, LEAST_BYTES } from '../zip/inflate.ts';
import { readZipEntries, type ZipEntry } from '../zip/zip-entries.ts';
import { XmlTokens } from './xml-tokens.ts';

/** Bytes that are gathered before they are read. */
const GATHERED = 65_536;
/** Bytes between two pauses. */
const PAUSE_BYTES = 4_000_000;

/** A workbook's file while it is read. */
export interface Package {
	readonly bytes: Uint8Array<ArrayBuffer>;
	/** By name, in lower case: names of parts are told apart without it. */
	readonly parts: ReadonlyMap<string, ZipEntry>;
	readonly budget: InflateBudget;
	readonly pause: (() => Promise<void>) | undefined;
	/** Told the bytes of parts that were read. */
	readonly progress: (inflated: number) => void;
}

/** The file's parts, read within one budget. */
export function packageOf(bytes: Uint8Array<ArrayBuffer>, options: OpenOptions): Package {
	const entries = readZipEntries(bytes);
	let total = 0;
	for (const { size } of entries) total += size;
	let done = 0;
	return {
		bytes,
		parts: new Map(entries.map((entry) => [entry.name.toLowerCase().replace(/^\//, ''), entry])),
		budget: new InflateBudget(),
		pause: options.pause,
		progress: (inflated) => {
			done += inflated;
			options.progress?.(Math.min(done, total), total);
		}
	};
}

/** The part of that path (without a leading `/`). */
export const partOf = (file: Package, path: string): ZipEntry | undefined =>
	file.parts.get(path.toLowerCase());

/**
 * Reads a part, of at most `limit` bytes: `take` reads the tokens that there are until `next` says `MORE`, and is called again with more.
 * @throws InvalidError as `inflate` and `XmlTokens.next` do
 */
export async function readPart(
	file: Package,
	entry: ZipEntry,
	take: (tokens: XmlTokens) => void,
	limit = Infinity
): Promise<void> {
	const tokens = new XmlTokens();
	let paused = 0;
	let read = 0;
	let wide: TextDecoder | null | undefined;
	const encoder = new TextEncoder();
	for (const piece of inflate(file.bytes, entry, file.budget)) {
		read += piece.length;
		if (read > limit) throw new InvalidError('file_zip_bomb');
		if (wide === undefined) wide = decoderOf(piece);
		// A stored part comes in one piece: the window stays small.
		for (let at = 0; at < piece.length; at += GATHERED) {
			const part = piece.subarray(at, at + GATHERED);
			tokens.feed(wide ? encoder.encode(wide.decode(part, { stream: true })) : part, false);
			if (tokens.stop - tokens.at >= GATHERED) take(tokens);
		}
		paused += Math.max(piece.length, LEAST_BYTES);
		file.progress(piece.length);
		if (paused >= PAUSE_BYTES) {
			paused = 0;
			await file.pause?.();
		}
	}
	tokens.feed(new Uint8Array(0), true);
	take(tokens);
}

/** XML may be UTF-16, and then says so by its first bytes. */
function decoderOf(piece: Uint8Array): TextDecoder | null {
	if (piece[0] === 0xff && piece[1] === 0xfe) return new TextDecoder('utf-16le');
	if (piece[0] === 0xfe && piece[1] === 0xff) return new TextDecoder('utf-16be');
	return null;
}
