/** Recognises files that are no delimited text, so that the person is told what they are and what to do. */
import { InvalidError } from '../core/errors.ts';

const SIGNATURES: readonly (readonly [format: string, bytes: readonly number[]])[] = [
	['zip', [0x50, 0x4b, 0x03, 0x04]], // also .xlsx and .ods
	['xls', [0xd0, 0xcf, 0x11, 0xe0]],
	['parquet', [0x50, 0x41, 0x52, 0x31]],
	['arrow', [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31]],
	['pdf', [0x25, 0x50, 0x44, 0x46]],
	['gzip', [0x1f, 0x8b]]
];

/** @throws InvalidError `csv_other_format` (format) or `csv_binary` */
export function refuseOtherFormats(bytes: Uint8Array): void {
	for (const [format, signature] of SIGNATURES)
		if (signature.every((byte, i) => bytes[i] === byte))
			throw new InvalidError('csv_other_format', { format });
	const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
	if (wide) return;
	const end = Math.min(bytes.length, 65_536);
	let controls = 0;
	for (let i = 0; i < end; i++) {
		const byte = bytes[i] as number;
		if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) controls++;
	}
	// A stray control character happens in real exports; a file made of them is no text.
	if (controls > 8 && controls > end / 100) throw new InvalidError('csv_binary');
}
