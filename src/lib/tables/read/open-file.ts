/**
 * Opens a file by what it holds, whatever it is called: the reader of its format is loaded when a file needs it.
 * What is none of the known formats is a delimited text.
 */
import { InvalidError } from '../../core/errors.ts';
import { refuseOtherFormats } from './not-csv.ts';
import { openDelimited } from './open-delimited.ts';
import type { OpenedFile, OpenOptions } from './opened-file.ts';

const ZIP = [0x50, 0x4b, 0x03, 0x04];
/** Workbooks of before 2007: refused with what to do. */
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0];
const ARROW_FILE = [...'ARROW1'].map((c) => c.charCodeAt(0));
/** A stream's first message, and Feather's first version. */
const ARROW_STREAM = [0xff, 0xff, 0xff, 0xff];
const PARQUET = [...'PAR1'].map((c) => c.charCodeAt(0));
const FEATHER = [...'FEA1'].map((c) => c.charCodeAt(0));

const begins = (bytes: Uint8Array, signature: readonly number[]): boolean =>
	bytes.length >= signature.length && signature.every((byte, i) => bytes[i] === byte);

/**
 * @param name the file's: of two shapes that a text may have, it says which
 * @throws InvalidError `csv_empty`, `csv_binary`, `csv_other_format` (format), and what the format's reader throws
 */
export async function openFile(
	bytes: Uint8Array<ArrayBuffer>,
	name: string,
	options: OpenOptions = {}
): Promise<OpenedFile> {
	if (bytes.length === 0) throw new InvalidError('csv_empty');
	if (begins(bytes, ZIP)) return openZip(bytes, options);
	if (begins(bytes, COMPOUND)) {
		const { openWorkbook } = await import('./sheet/open-workbook.ts');
		return openWorkbook(bytes, options);
	}
	if (begins(bytes, ARROW_FILE) || begins(bytes, ARROW_STREAM) || begins(bytes, FEATHER)) {
		const { openArrow } = await import('./arrow/open-arrow.ts');
		return openArrow(bytes, options);
	}
	if (begins(bytes, PARQUET)) {
		const { openParquet } = await import('./parquet/open-parquet.ts');
		return openParquet(bytes, options);
	}
	refuseOtherFormats(bytes);
	if (looksLikeJson(bytes, name)) {
		const { openJson } = await import('./json/open-json.ts');
		return openJson(bytes, options);
	}
	return openDelimited(bytes);
}

async function openZip(bytes: Uint8Array<ArrayBuffer>, options: OpenOptions): Promise<OpenedFile> {
	const { zipKind } = await import('./zip/zip-kind.ts');
	const kind = await zipKind(bytes);
	if (kind === 'archive') {
		const { openArchive } = await import('./zip/open-archive.ts');
		return openArchive(bytes, options, openFile);
	}
	if (kind === 'ods') {
		const { openOds } = await import('./sheet/open-ods.ts');
		return openOds(bytes, options);
	}
	const { openWorkbook } = await import('./sheet/open-workbook.ts');
	return openWorkbook(bytes, options);
}

/** Whether a format that is no text says by its first bytes what it is; `openFile` knows it. */
export const isOtherFormat = (bytes: Uint8Array): boolean =>
	[ZIP, COMPOUND, ARROW_FILE, ARROW_STREAM, FEATHER, PARQUET].some((signature) =>
		begins(bytes, signature)
	);

/** Of a text, what is looked at. */
const LOOKED_AT = 4096;

/** A text that begins as an array or an object does, and goes on so; a CSV may begin with a brace. */
export function looksLikeJson(bytes: Uint8Array, name: string): boolean {
	const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
	const encoding = wide ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8';
	const text = new TextDecoder(encoding)
		.decode(bytes.subarray(0, LOOKED_AT))
		.replace(/^[\ufeff\s]+/, '');
	if (!/^[[{]/.test(text)) return false;
	if (/\.(?:json|geojson|ndjson|jsonl)$/i.test(name)) return true;
	return /^(?:\{\s*(?:"(?:[^"\\]|\\.)*"\s*:|\})|\[\s*(?:[[{\]"]|-?\d|null|true|false))/.test(text);
}
