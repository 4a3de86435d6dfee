/** Sheets, JSON and CSV that a hostile person writes knowing the readers: each asks for time or memory out of proportion with itself. */
import { deflateRawSync } from 'node:zlib';
import { ODS_BEGIN, ODS_END, openDocument, SHEET, text, workbook, type Bomb } from './bombs.ts';
import { zipFile, type ZipPart } from './zip-file.ts';

const bytesOf = (buffer: Buffer): Uint8Array<ArrayBuffer> => Uint8Array.from(buffer);
/** Two rows: the rest of the workbook is what is tried. */
const ROW = '<row><c t="inlineStr"><is><t>a</t></is></c></row><row><c><v>1</v></c></row>';

/** A workbook with the parts said, beside those that every one has. */
function workbookWith(parts: Readonly<Record<string, string | Buffer>>): Uint8Array<ArrayBuffer> {
	const relation = (id: number, type: string, target: string): string =>
		`<Relationship Id="rId${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`;
	const all: Record<string, string | Buffer> = {
		'[Content_Types].xml': '<Types/>',
		'xl/workbook.xml': `<workbook xmlns:r="r"><sheets><sheet name="F" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		'xl/_rels/workbook.xml.rels': `<Relationships>${relation(1, 'worksheet', 'worksheets/sheet1.xml')}${relation(2, 'sharedStrings', 'sharedStrings.xml')}${relation(3, 'styles', 'styles.xml')}</Relationships>`,
		'xl/worksheets/sheet1.xml': `<worksheet ${SHEET}><sheetData>${ROW}</sheetData></worksheet>`,
		...parts
	};
	return zipFile(
		Object.entries(all).map(([name, content]): ZipPart => ({
			name,
			bytes: typeof content === 'string' ? text(content) : content
		}))
	);
}

const fillOf = (length: number, byte: string): Buffer => Buffer.alloc(length, byte, 'latin1');
/** Letters and digits that hardly deflate. */
function noiseOf(length: number): Buffer {
	const bytes = Buffer.alloc(length);
	let state = 1;
	for (let i = 0; i < length; i++) {
		state = (state * 16_807) % 2_147_483_647;
		bytes[i] = 48 + (state % 10) + (state & 64 ? 49 : 0);
	}
	return bytes;
}
export const CRAFTED_SHEETS: readonly Bomb[] = [
	{
		name: 'comments of a megabyte of « > » in a sheet',
		file: 'a.xlsx',
		make: () =>
			workbookWith({
				'xl/worksheets/sheet1.xml': Buffer.concat([
					text(`<worksheet ${SHEET}>`),
					// Noise, so that what is deflated stays below the ratio that gives bombs away.
					Buffer.concat([text('<!--'), noiseOf(400_000), text('-->')]),
					...Array.from({ length: 60 }, () =>
						Buffer.concat([text('<!--'), fillOf(990_000, '>'), text('-->')])
					),
					text(`<sheetData>${ROW}</sheetData></worksheet>`)
				])
			})
	},
	{
		name: 'CDATA of a megabyte of « > » in an OpenDocument',
		file: 'a.ods',
		make: () =>
			openDocument(
				`${ODS_BEGIN}<!--${noiseOf(400_000).toString('latin1')}-->${`<![CDATA[${'>'.repeat(990_000)}]]>`.repeat(60)}<table:table-row><table:table-cell office:value-type="string"><text:p>a</text:p></table:table-cell></table:table-row>${ODS_END}`
			)
	},
	{
		name: 'formats of numbers of sixty thousand « m »',
		file: 'a.xlsx',
		make: () =>
			workbookWith({
				'xl/styles.xml': `<styleSheet><numFmts>${Array.from({ length: 20 }, (_, i) => `<numFmt numFmtId="${200 + i}" formatCode="${'m'.repeat(65_000)}"/>`).join('')}</numFmts></styleSheet>`
			})
	},
	{
		name: 'formats of numbers of « h. »',
		file: 'a.xlsx',
		make: () =>
			workbookWith({
				'xl/styles.xml': `<styleSheet><numFmts>${Array.from({ length: 400 }, (_, i) => `<numFmt numFmtId="${200 + i}" formatCode="${'h.'.repeat(32_000)}"/>`).join('')}</numFmts></styleSheet>`
			})
	},
	{
		name: 'a hundred thousand sheets that are one empty part',
		file: 'a.xlsx',
		make: () =>
			workbookWith({
				'xl/workbook.xml': `<workbook xmlns:r="r"><sheets>${Array.from({ length: 100_000 }, (_, i) => `<sheet name="F${i}" sheetId="1" r:id="rId1"/>`).join('')}</sheets></workbook>`,
				'xl/worksheets/sheet1.xml': `<worksheet ${SHEET}><sheetData/></worksheet>`
			})
	},
	{
		name: 'a million merged ranges of two rows',
		file: 'a.xlsx',
		make: () =>
			workbook(
				`<worksheet ${SHEET}><sheetData>${'<row><c><v>1</v></c></row>'.repeat(2000)}</sheetData><mergeCells>${Array.from({ length: 999_000 }, (_, i) => `<mergeCell ref="A${(i % 2000) + 1}:A${(i % 2000) + 2}"/>`).join('')}</mergeCells></worksheet>`
			)
	},
	{
		name: 'merged cells of a megabyte, two by two',
		file: 'a.xlsx',
		make: () =>
			workbook(
				`<worksheet ${SHEET}><sheetData>${Array.from({ length: 95 }, (_, i) => `<row r="${2 * i + 1}"><c t="s"><v>0</v></c></row>`).join('')}<row r="200"><c><v>1</v></c></row></sheetData><mergeCells>${Array.from({ length: 95 }, (_, i) => `<mergeCell ref="A${2 * i + 1}:A${2 * i + 2}"/>`).join('')}</mergeCells></worksheet>`,
				`<sst><si><t>${'a'.repeat(990_000)}</t></si></sst>`
			)
	},
	{
		name: 'a shared text of a megabyte in two hundred cells',
		file: 'a.xlsx',
		make: () =>
			workbook(
				`<worksheet ${SHEET}><sheetData>${'<row><c t="s"><v>0</v></c></row>'.repeat(200)}</sheetData></worksheet>`,
				`<sst><si><t>${'a'.repeat(990_000)}</t></si></sst>`
			)
	},
	{
		name: 'cells from the last column to the first, in each of a thousand rows',
		file: 'a.xlsx',
		make: () => {
			const letter = (n: number): string =>
				n < 0 ? '' : letter(Math.floor(n / 26) - 1) + String.fromCharCode(65 + (n % 26));
			const row = Array.from(
				{ length: 1000 },
				(_, i) => `<c r="${letter(999 - i)}1"><v>1</v></c>`
			).join('');
			return workbook(
				`<worksheet ${SHEET}><sheetData>${Array.from({ length: 4000 }, (_, i) => `<row r="${i + 1}">${row}</row>`).join('')}</sheetData></worksheet>`
			);
		}
	},
	{
		name: 'a million spaces, two hundred times, in a cell',
		file: 'a.ods',
		make: () =>
			openDocument(
				`${ODS_BEGIN}<table:table-row><table:table-cell office:value-type="string"><text:p>a${'<text:s text:c="999999"/>'.repeat(300)}</text:p></table:table-cell></table:table-row>${ODS_END}`
			)
	},
	{
		name: 'fifteen thousand hidden styles of long names',
		file: 'a.ods',
		make: () => {
			const [before = '', after = ''] = ODS_BEGIN.split('<office:body>');
			const content = Buffer.concat([
				text(`${before}<office:automatic-styles>`),
				...Array.from({ length: 15_000 }, (_, i) =>
					Buffer.from(
						`<style:style style:name="${String(i).repeat(11)}${'a'.repeat(60_000)}"><style:table-properties table:display="false"/></style:style>`
					)
				),
				text(
					`</office:automatic-styles><office:body>${after}<table:table-row><table:table-cell office:value-type="string"><text:p>a</text:p></table:table-cell></table:table-row>${ODS_END}`
				)
			]);
			// Not so well deflated that the ratio gives it away.
			const deflated = deflateRawSync(content, { level: 1 });
			const mimetype = text('application/vnd.oasis.opendocument.spreadsheet');
			return zipFile([
				{ name: 'mimetype', bytes: mimetype, stored: true },
				{ name: 'content.xml', bytes: content, deflated }
			]);
		}
	},
	{
		name: 'a number of fifty megabytes with an exponent',
		file: 'a.json',
		make: () => {
			const digits = fillOf(50_000_000, '1');
			return bytesOf(Buffer.concat([text('[{"a":'), digits, text('e5}]')]));
		}
	},
	{
		name: 'a fraction of fifty megabytes',
		file: 'a.json',
		make: () => bytesOf(Buffer.concat([text('[{"a":0.'), fillOf(50_000_000, '1'), text('}]')]))
	},
	{
		name: 'five million columns of one value each',
		file: 'a.json',
		make: () =>
			bytesOf(
				Buffer.concat([
					text('{'),
					...Array.from({ length: 50 }, (_, k) =>
						Buffer.from(Array.from({ length: 100_000 }, (_, i) => `"${k}a${i}":[1],`).join(''))
					),
					text('"z":[1]}')
				])
			)
	},
	{
		name: 'cells of a megabyte of names',
		file: 'a.csv',
		make: () =>
			text(
				`texte;n\n${['a', 'b', 'c'].map((x) => `${'Jean Tremblay. '.repeat(60_000)}${x};1\n`).join('')}`
			)
	},
	{
		name: 'numbers of a million digits in a sheet',
		file: 'a.xlsx',
		make: () =>
			workbook(
				`<worksheet ${SHEET}><sheetData>${`<row><c><v>${'9'.repeat(990_000)}</v></c></row>`.repeat(15)}</sheetData></worksheet>`
			)
	}
];

/** How those end that are refused: the others are read. */
export const ENDS: ReadonlyMap<string, string> = new Map([
	// Half a megabyte of letters for each of its kilobytes.
	['formats of numbers of « h. »', 'file_zip_bomb'],
	['a hundred thousand sheets that are one empty part', 'file_damaged'],
	['merged cells of a megabyte, two by two', 'table_too_large'],
	['a million spaces, two hundred times, in a cell', 'table_too_large'],
	['fifteen thousand hidden styles of long names', 'file_damaged'],
	['a number of fifty megabytes with an exponent', 'csv_cell_too_long'],
	['a fraction of fifty megabytes', 'csv_cell_too_long'],
	['five million columns of one value each', 'table_too_wide']
]);
