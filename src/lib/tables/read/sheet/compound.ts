/** Documents of before 2007, and those locked with a password: both are « compound files », which are not read. */
import { InvalidError } from '../../../core/errors.ts';

const SIGNATURE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/** How much of a large file is looked at, at either end: names of streams lie in its directory, at any place. */
const LOOKED_AT = 4_000_000;

/** In UTF-16, as directories of compound files have their names. */
const WORKBOOK = /W\0o\0r\0k\0b\0o\0o\0k\0|B\0o\0o\0k\0/;
const LOCKED = /E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0/;

export const isCompound = (bytes: Uint8Array): boolean =>
	SIGNATURE.every((byte, i) => bytes[i] === byte);

/**
 * @throws InvalidError `file_encrypted` for a workbook under a password, `file_workbook_old` for an .xls, `csv_binary`
 *   for another document
 */
export function refuseCompound(bytes: Uint8Array): void {
	if (!isCompound(bytes)) return;
	const latin = new TextDecoder('latin1');
	const text =
		bytes.length <= 2 * LOOKED_AT
			? latin.decode(bytes)
			: latin.decode(bytes.subarray(0, LOOKED_AT)) + latin.decode(bytes.subarray(-LOOKED_AT));
	if (LOCKED.test(text)) throw new InvalidError('file_encrypted');
	throw new InvalidError(WORKBOOK.test(text) ? 'file_workbook_old' : 'csv_binary');
}
