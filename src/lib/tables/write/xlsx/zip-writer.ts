/**
 * Writes a zip file as a stream. Its times are always the same, so that the same parts give the same bytes; sizes
 * follow each entry's data (APPNOTE 4.3.9), since nobody knows them before.
 */
import { InvalidError } from '../../../core/errors.ts';
import { crc32 } from '../../read/zip/crc32.ts';

export interface ZipPart {
	/** ASCII. */
	readonly name: string;
	readonly content: AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/** Sizes have 32 bits; the larger ones of ZIP64 are not written. */
const MAX_BYTES = 0xffffffff;
/** 1980-01-01, the first day that a zip file knows. */
const DAY = 0x0021;

/**
 * @throws InvalidError `table_too_large` (megabytes) past 4 GB
 */
export async function* zipStream(
	parts: readonly ZipPart[]
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
	const directory: Uint8Array<ArrayBuffer>[] = [];
	let length = 0;
	const counted = (piece: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => {
		length += piece.length;
		if (length > MAX_BYTES) throw tooLarge();
		return piece;
	};
	for (const { name, content } of parts) {
		const offset = length;
		const title = new TextEncoder().encode(name);
		const start = fields([4, 0x04034b50], [2, 20], [2, 8], [2, 8], [2, 0], [2, DAY]);
		yield counted(start);
		yield counted(fields([4, 0], [4, 0], [4, 0], [2, title.length], [2, 0]));
		yield counted(title);
		const before = length;
		const tally = { size: 0, crc: 0 };
		for await (const piece of deflate(content, tally)) yield counted(piece);
		const sizes = [
			[4, tally.crc],
			[4, length - before],
			[4, tally.size]
		] as const;
		yield counted(fields([4, 0x08074b50], ...sizes));
		directory.push(
			fields([4, 0x02014b50], [2, 20], [2, 20], [2, 8], [2, 8], [2, 0], [2, DAY], ...sizes),
			fields([2, title.length], [2, 0], [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]),
			title
		);
	}
	const start = length;
	for (const piece of directory) yield counted(piece);
	const count = parts.length;
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

async function* deflate(
	content: AsyncIterable<Uint8Array<ArrayBuffer>>,
	tally: { size: number; crc: number }
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
	const stream = new CompressionStream('deflate-raw');
	const writer = stream.writable.getWriter();
	const reader = stream.readable.getReader();
	let failed: { error: unknown } | null = null;
	let stopped = false;
	const fed = (async () => {
		try {
			for await (const piece of content) {
				if (stopped) return;
				tally.size += piece.length;
				tally.crc = crc32(piece, tally.crc);
				if (tally.size > MAX_BYTES) throw tooLarge();
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
