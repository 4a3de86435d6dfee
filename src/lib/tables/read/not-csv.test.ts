import { describe, expect, it } from 'vitest';
import { InvalidError } from '../../core/errors.ts';
import { refuseOtherFormats } from './not-csv.ts';

const bytes = (...parts: (string | number[])[]): Uint8Array =>
	Uint8Array.from(
		parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part, 'latin1')] : part))
	);
/** An entry of a zip file, stored: local header, name, content. */
const entry = (name: string, content = ''): string =>
	`PK\x03\x04${'\0'.repeat(22)}${String.fromCharCode(name.length)}\0\0\0${name}${content}`;
/** The same in the directory at the end of the file. */
const listed = (name: string): string =>
	`PK\x01\x02${'\0'.repeat(24)}${String.fromCharCode(name.length)}${'\0'.repeat(17)}${name}`;
const UTF_16 = (text: string): string => [...text].map((letter) => `${letter}\0`).join('');

function said(file: Uint8Array): unknown {
	try {
		refuseOtherFormats(file);
	} catch (error) {
		if (error instanceof InvalidError) return [error.code, error.details];
	}
	return null;
}

describe('a file that is no CSV', () => {
	it.each([
		['an Excel workbook', bytes(entry('[Content_Types].xml', 'x'), entry('xl/workbook.xml'))],
		[
			'a large one, whose sheets are listed at its end',
			bytes(
				entry('[Content_Types].xml'),
				'x'.repeat(300_000),
				listed('[Content_Types].xml'),
				listed('xl/workbook.xml')
			)
		],
		['an old one', bytes([0xd0, 0xcf, 0x11, 0xe0], '\0'.repeat(2_000), UTF_16('Workbook'))]
	])('%s is an Excel workbook', (_, file) => expect(said(file)).toEqual(['csv_excel', {}]));

	it('an OpenDocument spreadsheet is said to be one', () =>
		expect(
			said(bytes(entry('mimetype', 'application/vnd.oasis.opendocument.spreadsheet')))
		).toEqual(['csv_opendocument', {}]));

	it('what is neither keeps its name', () => {
		expect(said(bytes(entry('photos/xl/a.jpg')))).toEqual(['csv_other_format', { format: 'zip' }]);
		expect(said(bytes(entry('word/document.xml')))).toEqual([
			'csv_other_format',
			{ format: 'zip' }
		]);
		expect(said(bytes([0xd0, 0xcf, 0x11, 0xe0], '\0'.repeat(200)))).toEqual(['csv_binary', {}]);
		expect(said(bytes('%PDF-1.7'))).toEqual(['csv_other_format', { format: 'pdf' }]);
		expect(said(bytes('ville;billets\nPK;12\n'))).toBeNull();
	});
});
