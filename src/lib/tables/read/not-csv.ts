/** Recognises files that are no delimited text, so that the person is told what they are and what to do. */
import { InvalidError } from '../../core/errors.ts';
import { wideWithoutMark } from './csv-encoding.ts';

const SIGNATURES: readonly (readonly [format: string, bytes: readonly number[]])[] = [
	['parquet', [0x50, 0x41, 0x52, 0x31]],
	['arrow', [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31]],
	['pdf', [0x25, 0x50, 0x44, 0x46]],
	['gzip', [0x1f, 0x8b]]
];

const ZIP = [0x50, 0x4b, 0x03, 0x04];
/** Documents of before 2007: workbooks among them. */
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0];
/** How much of a large file is looked at, at either end. */
const LOOKED_AT = 262_144;

const startsWith = (bytes: Uint8Array, signature: readonly number[]): boolean =>
	signature.every((byte, i) => bytes[i] === byte);

/** Both ends of the file, a character a byte. */
function endsOf(bytes: Uint8Array): string {
	const latin = new TextDecoder('latin1');
	if (bytes.length <= 2 * LOOKED_AT) return latin.decode(bytes);
	return latin.decode(bytes.subarray(0, LOOKED_AT)) + latin.decode(bytes.subarray(-LOOKED_AT));
}

/** Entries of a zip file are named where they are, and listed once more at its end: signature, place of the name. */
const ENTRIES: readonly (readonly [string, number])[] = [
	['PK\x03\x04', 30],
	['PK\x01\x02', 46]
];
const OPENDOCUMENT = 'mimetypeapplication/vnd.oasis.opendocument.spreadsheet';

/** Whether the zip file has a folder of that name. */
function holds(ends: string, folder: string): boolean {
	for (const [signature, place] of ENTRIES)
		for (let at = ends.indexOf(signature); at >= 0; at = ends.indexOf(signature, at + 1))
			if (ends.startsWith(folder, at + place)) return true;
	return false;
}

/** UTF-16: the name of the part that holds the sheets. */
const IN_OLD_EXCEL = /W\0o\0r\0k\0b\0o\0o\0k\0|B\0o\0o\0k\0/;

/**
 * Told by content, whatever the file is called.
 * @throws InvalidError `csv_excel`, `csv_opendocument`, `csv_other_format` (format) or `csv_binary`
 */
export function refuseOtherFormats(bytes: Uint8Array): void {
	if (startsWith(bytes, ZIP)) {
		const ends = endsOf(bytes);
		if (ends.startsWith(OPENDOCUMENT, 30)) throw new InvalidError('csv_opendocument');
		if (holds(ends, 'xl/')) throw new InvalidError('csv_excel');
		throw new InvalidError('csv_other_format', { format: 'zip' });
	}
	if (startsWith(bytes, COMPOUND))
		throw new InvalidError(IN_OLD_EXCEL.test(endsOf(bytes)) ? 'csv_excel' : 'csv_binary');
	for (const [format, signature] of SIGNATURES)
		if (startsWith(bytes, signature)) throw new InvalidError('csv_other_format', { format });
	const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
	if (wide || wideWithoutMark(bytes)) return;
	const end = Math.min(bytes.length, 65_536);
	let controls = 0;
	for (let i = 0; i < end; i++) {
		const byte = bytes[i] as number;
		if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) controls++;
	}
	// A stray control character happens in real exports; a file made of them is no text.
	if (controls > 8 && controls > end / 100) throw new InvalidError('csv_binary');
}
