/** Files made to take all the memory or all the time of whoever reads them. Each is small, or cheap to make. */
import { deflateRawSync } from 'node:zlib';
import { deflatedRun, zipFile, type ZipPart } from './zip-file.ts';

export interface Bomb {
	readonly name: string;
	/** The name that the file has. */
	readonly file: string;
	readonly make: () => Uint8Array<ArrayBuffer>;
}

export const text = (content: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(content);
const GIGABYTE = 1_000_000_000;

const WORKBOOK = `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="F" sheetId="1" r:id="rId1"/></sheets></workbook>`;
const RELATIONS = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>`;
const TYPES = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`;
export const SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const LAUGHS = `<!DOCTYPE x [<!ENTITY a "${'ha'.repeat(50)}">${Array.from({ length: 9 }, (_, i) => `<!ENTITY ${'bcdefghij'.charAt(i)} "${`&${'abcdefghi'.charAt(i)};`.repeat(10)}">`).join('')}]>`;

/** A workbook of one sheet; `sheet` may be a part of its own. */
export function workbook(
	sheet: string | Partial<ZipPart>,
	strings = '<sst/>'
): Uint8Array<ArrayBuffer> {
	const part: ZipPart = {
		name: 'xl/worksheets/sheet1.xml',
		bytes: typeof sheet === 'string' ? text(sheet) : new Uint8Array(0),
		...(typeof sheet === 'string' ? {} : sheet)
	};
	return zipFile([
		{ name: '[Content_Types].xml', bytes: text(TYPES) },
		{ name: 'xl/workbook.xml', bytes: text(WORKBOOK) },
		{ name: 'xl/_rels/workbook.xml.rels', bytes: text(RELATIONS) },
		{ name: 'xl/sharedStrings.xml', bytes: text(strings) },
		part
	]);
}

export const openDocument = (content: string): Uint8Array<ArrayBuffer> =>
	zipFile([
		{
			name: 'mimetype',
			bytes: text('application/vnd.oasis.opendocument.spreadsheet'),
			stored: true
		},
		{ name: 'content.xml', bytes: text(content) }
	]);
export const ODS_BEGIN = `<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="F">`;
export const ODS_END =
	'</table:table></office:spreadsheet></office:body></office:document-content>';

/** Parquet's footer (Thrift, compact): one column `a` of whole numbers, and as many rows as it likes. */
function parquetClaiming(rows: number): Uint8Array<ArrayBuffer> {
	const varint = (value: number): number[] => {
		const bytes: number[] = [];
		let rest = value;
		for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
		return [...bytes, rest];
	};
	const zigzag = (value: number): number[] => varint(value * 2);
	const word = (letters: string): number[] => [letters.length, ...text(letters)];
	const root = [0x48, ...word('r'), 0x15, ...zigzag(1), 0];
	const leaf = [0x15, ...zigzag(1), 0x25, ...zigzag(0), 0x18, ...word('a'), 0];
	const meta = [
		...[0x15, ...zigzag(1), 0x19, 0x15, ...zigzag(0), 0x19, 0x18, ...word('a')],
		...[0x15, ...zigzag(0), 0x16, ...zigzag(rows), 0x16, ...zigzag(40), 0x16, ...zigzag(40)],
		...[0x26, ...zigzag(4), 0]
	];
	const chunk = [0x26, ...zigzag(4), 0x1c, ...meta, 0];
	const group = [0x19, 0x1c, ...chunk, 0x16, ...zigzag(40), 0x16, ...zigzag(rows), 0];
	const footer = [
		...[0x15, ...zigzag(1), 0x19, 0x2c, ...root, ...leaf, 0x16, ...zigzag(rows)],
		...[0x19, 0x1c, ...group, 0]
	];
	const length = [footer.length & 255, (footer.length >> 8) & 255, 0, 0];
	return Uint8Array.from([
		...text('PAR1'),
		...Array.from({ length: 40 }, (_, i) => i),
		...footer,
		...length,
		...text('PAR1')
	]);
}

export const repeated = (part: string, times: number): Uint8Array<ArrayBuffer> =>
	Uint8Array.from(Buffer.alloc(part.length * times, part, 'latin1'));

const zipInZip = (depth: number): Uint8Array<ArrayBuffer> => {
	let inner = zipFile([{ name: 'a.csv', bytes: text('a;b\n1;2\n') }]);
	for (let i = 0; i < depth; i++) inner = zipFile([{ name: `${i}.zip`, bytes: inner }]);
	return inner;
};

export const BOMBS: readonly Bomb[] = [
	{
		name: 'a gigabyte of one cell, a thousand to one in a zip',
		file: 'a.zip',
		make: () =>
			zipFile([
				{
					name: 'a.csv',
					bytes: new Uint8Array(0),
					deflated: deflatedRun(0x61, GIGABYTE),
					size: GIGABYTE
				}
			])
	},
	{
		name: 'a gigabyte of lines in a zip that says ten bytes',
		file: 'a.zip',
		make: () =>
			zipFile([
				{ name: 'a.csv', bytes: new Uint8Array(0), deflated: deflatedRun(0x0a, GIGABYTE), size: 10 }
			])
	},
	{
		name: 'ten bytes in a zip that says four gigabytes',
		file: 'a.zip',
		make: () => zipFile([{ name: 'a.csv', bytes: text('a;b\n1;2\n\n\n'), size: 4_294_967_294 }])
	},
	{ name: 'a zip in a zip', file: 'a.zip', make: () => zipInZip(1) },
	{ name: 'a zip in nine zips', file: 'a.zip', make: () => zipInZip(9) },
	{
		name: 'a zip of 60 000 files',
		file: 'a.zip',
		make: () =>
			zipFile(
				Array.from({ length: 60_000 }, (_, i) => ({
					name: `${i}.csv`,
					bytes: text('a;b\n1;2\n'),
					stored: true
				}))
			)
	},
	{
		name: 'a million columns',
		file: 'a.csv',
		make: () => text(Array.from({ length: 1_000_000 }, (_, i) => `c${i}`).join(';') + '\n1;2\n')
	},
	{
		name: 'a million columns in the second line',
		file: 'a.csv',
		make: () => text(`a;b\n1;2\n${'1;'.repeat(1_000_000)}\n3;4\n`)
	},
	{
		name: 'a hundred megabytes in one cell',
		file: 'a.csv',
		make: () => repeated('abcdefghij', 10_000_000)
	},
	{
		name: 'a quotation mark that a hundred megabytes do not close',
		file: 'a.csv',
		make: () => {
			const bytes = repeated('1;2;34567\n', 10_000_000);
			bytes.set(text('a;b;c\n"'), 0);
			return bytes;
		}
	},
	{
		name: 'fifty megabytes of quotation marks',
		file: 'a.csv',
		make: () => repeated('"', 50_000_000)
	},
	{ name: 'fifty megabytes of separators', file: 'a.csv', make: () => repeated(';', 50_000_000) },
	{ name: 'fifty megabytes of zeros', file: 'a.csv', make: () => new Uint8Array(50_000_000) },
	{
		name: 'quotation marks that close and open again in each cell',
		file: 'a.csv',
		make: () => repeated('"a"b";"c', 4_000_000)
	},
	{
		name: 'half a code unit of UTF-16, fifty megabytes on',
		file: 'a.csv',
		make: () => {
			const bytes = new Uint8Array(50_000_001).fill(0xd8);
			bytes.set([0xff, 0xfe], 0);
			return bytes;
		}
	},
	{
		name: 'a billion laughs in a sheet',
		file: 'a.xlsx',
		make: () =>
			workbook(
				`${LAUGHS}<worksheet ${SHEET}><sheetData><row><c t="inlineStr"><is><t>&j;</t></is></c></row></sheetData></worksheet>`
			)
	},
	{
		name: 'a billion laughs in shared strings',
		file: 'a.xlsx',
		make: () =>
			workbook(
				`<worksheet ${SHEET}><sheetData><row><c t="s"><v>0</v></c></row></sheetData></worksheet>`,
				`${LAUGHS}<sst ${SHEET}><si><t>&j;</t></si></sst>`
			)
	},
	{
		name: 'a cell at the far corner of a sheet',
		file: 'a.xlsx',
		make: () =>
			workbook(
				`<worksheet ${SHEET}><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>`
			)
	},
	{
		name: 'a row and a column that no sheet has',
		file: 'a.xlsx',
		make: () =>
			workbook(
				`<worksheet ${SHEET}><sheetData><row r="4294967295"><c r="ZZZZZZ4294967295"><v>1</v></c></row></sheetData></worksheet>`
			)
	},
	{
		name: 'merged cells over a whole sheet, a thousand times',
		file: 'a.xlsx',
		make: () =>
			workbook(
				`<worksheet ${SHEET}><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row></sheetData><mergeCells>${'<mergeCell ref="A1:XFD1048576"/>'.repeat(1000)}</mergeCells></worksheet>`
			)
	},
	{
		name: 'a gigabyte of a sheet, a thousand to one',
		file: 'a.xlsx',
		make: () => workbook({ deflated: deflatedRun(0x20, GIGABYTE), size: GIGABYTE })
	},
	{
		name: 'a shared string that is not there',
		file: 'a.xlsx',
		make: () =>
			workbook(
				`<worksheet ${SHEET}><sheetData><row><c t="s"><v>99999999999</v></c></row></sheetData></worksheet>`
			)
	},
	{
		name: 'a million unclosed elements',
		file: 'a.xlsx',
		make: () => workbook(`<worksheet ${SHEET}><sheetData>${'<row><c>'.repeat(1_000_000)}`)
	},
	{
		name: 'a row repeated a billion times',
		file: 'a.ods',
		make: () =>
			openDocument(
				`${ODS_BEGIN}<table:table-row table:number-rows-repeated="1000000000"><table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/></table:table-row>${ODS_END}`
			)
	},
	{
		name: 'spaces repeated a billion times',
		file: 'a.ods',
		make: () =>
			openDocument(
				`${ODS_BEGIN}<table:table-row><table:table-cell office:value-type="string"><text:p>a<text:s text:c="1000000000"/>b</text:p></table:table-cell></table:table-row>${ODS_END}`
			)
	},
	{
		name: 'a billion laughs in a document',
		file: 'a.ods',
		make: () =>
			openDocument(
				`${LAUGHS}${ODS_BEGIN}<table:table-row><table:table-cell office:value-type="string"><text:p>&j;</text:p></table:table-cell></table:table-row>${ODS_END}`
			)
	},
	{
		name: 'a Parquet file of some hundred bytes that claims a billion rows',
		file: 'a.parquet',
		make: () => parquetClaiming(GIGABYTE)
	},
	{
		name: 'a Parquet file whose footer is longer than it',
		file: 'a.parquet',
		make: () => Uint8Array.from([...text('PAR1'), 0, 0, 255, 255, 255, 127, ...text('PAR1')])
	},
	{
		name: 'an Arrow file whose footer is longer than it',
		file: 'a.arrow',
		make: () => Uint8Array.from([...text('ARROW1'), 0, 0, 255, 255, 255, 127, ...text('ARROW1')])
	},
	{
		name: 'an Arrow message that claims two gigabytes',
		file: 'a.arrow',
		make: () => Uint8Array.from([255, 255, 255, 255, 255, 255, 255, 127, 1, 2, 3, 4])
	},
	{ name: 'ten million open brackets', file: 'a.json', make: () => repeated('[', 10_000_000) },
	{ name: 'ten million open objects', file: 'a.json', make: () => repeated('{"a":', 10_000_000) },
	{
		name: 'a million keys',
		file: 'a.json',
		make: () => text(`[{${Array.from({ length: 1_000_000 }, (_, i) => `"k${i}":1`).join(',')}}]`)
	},
	{
		name: 'another key in each of a hundred thousand objects',
		file: 'a.json',
		make: () => text(`[${Array.from({ length: 100_000 }, (_, i) => `{"k${i}":1}`).join(',')}]`)
	},
	{
		name: 'a text that a hundred megabytes do not close',
		file: 'a.json',
		make: () => {
			const bytes = repeated('abcdefghij', 10_000_000);
			bytes.set(text('[{"a":"'), 0);
			return bytes;
		}
	},
	{
		name: 'a number of fifty megabytes',
		file: 'a.json',
		make: () => {
			const bytes = repeated('1234567890', 5_000_000);
			bytes.set(text('[{"a":1'), 0);
			return bytes;
		}
	},
	{
		name: 'deflated noise',
		file: 'a.zip',
		make: () =>
			zipFile([
				{
					name: 'a.csv',
					bytes: new Uint8Array(0),
					deflated: deflateRawSync(Buffer.alloc(100_000, 7)).map((byte, i) =>
						i % 7 ? byte : ~byte
					),
					size: 100_000
				}
			])
	}
];
