import { describe, expect, it } from 'vitest';
import {
	workbookFile,
	workbookParts,
	type WorkbookXml
} from '../../../../../tests/support/workbook-file.ts';
import { recordsOf } from '../../../../../tests/support/records.ts';
import { zipFile } from '../../../../../tests/support/zip-file.ts';
import { InvalidError } from '../../../core/errors.ts';
import type { OpenedFile, OpenOptions } from '../opened-file.ts';
import { openWorkbook } from './open-workbook.ts';
import { SHEET_LIMITS } from './record-writer.ts';

const open = (book: WorkbookXml, options: OpenOptions = {}) =>
	openWorkbook(workbookFile(book), options);
/** The records of one sheet. */
const rows = async (xml: string, book: Partial<WorkbookXml> = {}) =>
	recordsOf(await open({ sheets: [{ name: 'F', rows: xml }], ...book }));
/** The one cell of a workbook. */
const cell = async (xml: string, book: Partial<WorkbookXml> = {}) =>
	(await rows(`<row>${xml}</row>`, book))[0]?.[0];
async function refusal(work: Promise<unknown>): Promise<unknown> {
	try {
		await work;
	} catch (error) {
		if (error instanceof InvalidError) return error.code;
		throw error;
	}
	return null;
}
const notes = ({ notes: told }: OpenedFile) => told.map(({ code, count }) => `${code} ${count}`);

const SHARED =
	'<si><t>Ville</t></si><si><t xml:space="preserve"> Été &amp; co </t></si>' +
	'<si><r><t>gras</t></r><r><rPr><b/></rPr><t xml:space="preserve"> et </t></r><r><t>fin</t></r></si>' +
	'<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/></si><si/><si><t/></si>';

describe('cells', () => {
	it('of each type', async () => {
		const opened = await open({
			sheets: [
				{
					name: 'F',
					rows: `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c><c r="E1" t="s"><v>4</v></c><c r="F1" t="s"><v>5</v></c></row>
<row r="2"><c r="A2"><v>12.5</v></c><c r="B2" t="n"><v>-3</v></c><c r="C2" t="b"><v>1</v></c><c r="D2" t="b"><v>0</v></c><c r="E2" t="str"><f>"a"&amp;"b"</f><v>a &lt;b&gt;</v></c><c r="F2" t="inlineStr"><is><t>dans</t><r><t xml:space="preserve"> la cellule</t></r></is></c></row>
<row r="3"><c r="A3" t="d"><v>2024-03-09T19:30:00Z</v></c><c r="B3" t="d"><v>2024-03-09</v></c><c r="C3" t="d"><v>19:30:00</v></c><c r="D3" t="e"><v>#REF!</v></c><c r="E3"><f>1+1</f><v>2</v></c><c r="F3"><f>1/0</f></c></row>`
				}
			],
			shared: SHARED
		});
		expect(recordsOf(opened)).toEqual([
			['Ville', ' Été & co ', 'gras et fin', '東京'],
			['#12.5', '#-3', '?true', '?false', 'a <b>', 'dans la cellule'],
			['@2024-03-09T19:30:00', '@2024-03-09', '19:30', '', '#2']
		]);
		expect(notes(opened)).toEqual(['formula_errors 1']);
		expect(opened).toMatchObject({
			format: 'xlsx',
			sheet: 'F',
			sheets: [{ name: 'F', rows: 3, columns: 6, hidden: false }],
			table: { kind: 'text', latin: false, rewritten: {} }
		});
	});

	it.each([
		['12', '#12'],
		['0', '#0'],
		['-0', '#0'],
		['0.5', '#0.5'],
		['.5', '#0.5'],
		['5.', '#5'],
		['007', '#7'],
		['+4', '#4'],
		[' 12 ', '#12'],
		['1.1000000000000001', '#1.1'],
		['0.72599999999999998', '#0.726'],
		['123456789012345', '#123456789012345'],
		['1E+21', '#1e+21'],
		['1.5e-7', '#1.5e-7'],
		['4.5E3', '#4500'],
		['<![CDATA[12]]>', '#12'],
		['<!-- c -->12', '#12'],
		['&#49;2', '#12']
	])('number %s', async (text, expected) => {
		expect(await cell(`<c><v>${text}</v></c>`)).toBe(expected);
	});
	it.each(['abc', '0x10', 'NaN', 'Infinity', '1e999', '1,5', '1 2', '--1'])(
		'a number that is none is a text: %s',
		async (text) => {
			const opened = await open({
				sheets: [{ name: 'F', rows: `<row><c><v>${text}</v></c></row>` }]
			});
			expect([recordsOf(opened), notes(opened)]).toEqual([[[text]], ['values_as_text 1']]);
		}
	);

	it.each([
		[14, '45360', '@2024-03-09'],
		['dd/mm/yyyy', '45360', '@2024-03-09'],
		['jj/mm/aaaa', '45360', '@2024-03-09'],
		['[$-C0C]d mmmm yyyy;@', '45360', '@2024-03-09'],
		['d "h" mmm', '45360', '@2024-03-09'],
		['dd/mm/yyyy', '45360.8125', '@2024-03-09T19:30:00'],
		[22, '45360', '@2024-03-09T00:00:00'],
		['yyyy-mm-dd hh:mm', '45360.8125', '@2024-03-09T19:30:00'],
		// As some writers cut them: the second that was meant.
		['yyyy-mm-dd hh:mm', '45360.81249', '@2024-03-09T19:29:59'],
		['yyyy-mm-dd hh:mm', '45360.8124999', '@2024-03-09T19:30:00'],
		['yyyy-mm-dd hh:mm', '45360.9999999', '@2024-03-10T00:00:00'],
		['h "h" mm', '0.8125', '19:30'],
		[20, '0.8125', '19:30'],
		[21, '0.812673611111111', '19:30:15'],
		[20, '0', '00:00'],
		[20, '45360.8125', '@2024-03-09T19:30:00'],
		['h:mm AM/PM', '0.8125', '19:30'],
		['mm:ss', '0.0105', '00:15:07'],
		['[h]:mm', '1.1041666666666667', '26:30'],
		[46, '0.5', '12:00'],
		['[h]:mm', '-0.5', '-12:00'],
		// The leap year that 1900 was not.
		[14, '59', '@1900-02-28'],
		[14, '60', '#60'],
		[14, '61', '@1900-03-01'],
		[14, '1', '@1900-01-01'],
		[14, '0', '#0'],
		[14, '-5', '#-5'],
		[14, '2958465', '@9999-12-31'],
		[14, '2958466', '#2958466'],
		[9, '0.726', '#72.6 %'],
		['0.0%', '0.07', '#7 %'],
		['0%', '1', '#100 %'],
		['0%', '-0.005', '#-0.5 %'],
		['0%', '0.28999999999999998', '#29 %'],
		['0%', '0', '#0 %'],
		['0%', '1e-9', '#1e-7 %'],
		['0.0" %"', '72.6', '#72.6 %'],
		['#,##0.00\\ "$"', '1234.5', '#1234.5 $'],
		['[$$-C0C]#,##0.00', '12', '#12 $'],
		[44, '12', '#12 $'],
		['_("$"* #,##0.00_);[Red]-0', '12', '#12 $'],
		['#,##0.00 [$€-40C]', '12', '#12'],
		['General', '12', '#12'],
		['0.00E+00', '12000', '#12000'],
		['0 "jours"', '3', '#3'],
		['[Red]0', '3', '#3'],
		['@', '3', '#3'],
		['00000', '42', '00042'],
		['00000', '123456', '#123456'],
		['00000', '42.5', '#42.5'],
		['00000', '-42', '#-42'],
		['00', '4', '#4'],
		[0, '3', '#3']
	])('format %s of %s', async (format, value, expected) => {
		expect(await cell(`<c s="0"><v>${value}</v></c>`, { formats: [format] })).toBe(expected);
	});
	it('dates since 1904', async () => {
		const of = (value: string, format: number | string = 14) =>
			cell(`<c s="0"><v>${value}</v></c>`, { formats: [format], date1904: true });
		expect(await of('43898')).toBe('@2024-03-09');
		expect(await of('0')).toBe('@1904-01-01');
		expect(await of('59')).toBe('@1904-02-29');
		expect(await of('0.8125', 20)).toBe('19:30');
	});

	it('texts keep their line ends; what only machines see becomes a space, and is counted', async () => {
		const opened = await open({
			sheets: [
				{
					name: 'F',
					rows: '<row><c t="s"><v>0</v></c><c t="str"><v>a&#x1F;b&#30;c&#17;</v></c><c t="inlineStr"><is><t>_x0011_1_x005F_x0011__x00E9__xZZZZ_</t></is></c></row>'
				}
			],
			shared: '<si><t>un&#13;&#10;deux\r\ntrois_x000D_\nquatre\tcinq</t></si>'
		});
		expect(recordsOf(opened)).toEqual([
			['un\ndeux\ntrois\nquatre\tcinq', 'a b c ', ' 1_x0011_é_xZZZZ_']
		]);
		expect(notes(opened)).toEqual(['control_bytes 4']);
	});
	it('spaces around a text count only where it says so', async () => {
		expect(await cell('<c t="inlineStr"><is><t>\n  a b </t></is></c>')).toBe('a b');
		expect(await cell('<c t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>')).toBe(' a ');
	});
});

describe('rows and columns', () => {
	it('are where they say: blank rows are records, blank cells are cells, until the last value', async () =>
		expect(
			await rows(
				'<row r="2"><c r="C2"><v>1</v></c><c r="E2" s="0"/></row><row r="5" ht="20"><c r="A5"><v>2</v></c><c r="AB5"><v>3</v></c></row><row r="9"><c r="A9" s="0"/></row>'
			)
		).toEqual([[''], ['', '', '#1'], [''], [''], ['#2', ...Array(26).fill(''), '#3']]));
	it('without numbers follow one another', async () =>
		expect(
			await rows(
				'<row><c><v>1</v></c><c/><c><v>2</v></c></row><row/><row><c r="B3"><v>3</v></c><c><v>4</v></c></row>'
			)
		).toEqual([['#1', '', '#2'], [''], ['', '#3', '#4']]));
	it('a row without a number takes that of its first cell', async () =>
		expect(
			await rows('<row><c r="A3"><v>1</v></c></row><row><c r="A4"><v>2</v></c></row>')
		).toEqual([[''], [''], ['#1'], ['#2']]));
	it('cells out of order are put in order; told twice, the later stands', async () => {
		expect(
			await rows(
				'<row r="1"><c r="D1"><v>4</v></c><c r="A1"><v>1</v></c><c r="F1"><v>6</v></c><c r="B1"><v>2</v></c><c r="A1"><v>9</v></c></row><row r="2"><c r="A2"><v>7</v></c></row>'
			)
		).toEqual([['#9', '#2', '', '#4', '', '#6'], ['#7']]);
	});
});

describe('merged cells', () => {
	const text = (ref: string, value: string) =>
		`<c r="${ref}" t="inlineStr"><is><t>${value}</t></is></c>`;
	const merged = (...refs: string[]) =>
		`<mergeCells>${refs.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`;
	const filled = async (xml: string, ...refs: string[]) => {
		const opened = await open({ sheets: [{ name: 'F', rows: xml, after: merged(...refs) }] });
		return [recordsOf(opened), notes(opened)];
	};

	it('downwards are the label of each row', async () =>
		expect(
			await filled(
				`<row r="1">${text('A1', 'Salle')}${text('B1', 'Billets')}</row><row r="2">${text('A2', 'Grande')}<c r="B2"><v>1</v></c></row><row r="3"><c r="B3"><v>2</v></c></row><row r="4"><c r="B4"><v>3</v></c></row><row r="5">${text('A5', 'Petite')}<c r="B5"><v>4</v></c></row>`,
				'A2:A4'
			)
		).toEqual([
			[
				['Salle', 'Billets'],
				['Grande', '#1'],
				['Grande', '#2'],
				['Grande', '#3'],
				['Petite', '#4']
			],
			['merged_cells 1']
		]));
	it('sideways at the top are headings of each column; a title stays alone', async () =>
		expect(
			await filled(
				`<row r="1">${text('A1', 'Ventes de 2024')}</row><row r="2">${text('A2', 'Salle')}${text('B2', 'Billets')}${text('D2', 'Revenus')}</row><row r="3">${text('B3', 'Vendus')}${text('C3', 'Donnés')}${text('D3', 'Bruts')}${text('E3', 'Nets')}</row><row r="4">${text('A4', 'Total')}<c r="D4"><v>4</v></c></row>`,
				'A1:E1',
				'A2:A3',
				'B2:C2',
				'D2:E2',
				'A4:C4'
			)
		).toEqual([
			[
				['Ventes de 2024'],
				['Salle', 'Billets', 'Billets', 'Revenus', 'Revenus'],
				['Salle', 'Vendus', 'Donnés', 'Bruts', 'Nets'],
				['Total', '', '', '#4']
			],
			['merged_cells 3']
		]));
	it('years over their months are headings too', async () =>
		expect(
			await filled(
				'<row r="1"><c r="B1"><v>2023</v></c><c r="D1"><v>2024</v></c></row><row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>2</v></c></row>',
				'B1:C1',
				'D1:E1'
			)
		).toEqual([
			[
				['', '#2023', '#2023', '#2024', '#2024'],
				['#1', '#2']
			],
			['merged_cells 2']
		]));
	it('a group’s range in the body is filled in its first column alone', async () =>
		expect(
			await filled(
				`<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>1</v></c><c r="C1"><v>1</v></c></row><row r="2">${text('A2', 'x')}<c r="C2"><v>1</v></c></row><row r="3"><c r="C3"><v>2</v></c></row>`,
				'A2:B3'
			)
		).toEqual([
			[
				['#1', '#1', '#1'],
				['x', '', '#1'],
				['x', '', '#2']
			],
			['merged_cells 1']
		]));
	it('odd ranges change nothing', async () =>
		expect(
			await filled(
				'<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="B2"><v>2</v></c></row>',
				'A1',
				'A1:A1',
				'Z9:Z12',
				'A0:A2',
				'nonsense',
				'C1:C1048576',
				'A2:B3'
			)
		).toEqual([[['#1'], ['', '#2']], []]));
	it('of ranges that overlap the first stands', async () =>
		expect(
			await filled(
				'<row r="1"><c r="A1"><v>1</v></c></row><row r="2"/><row r="3"><c r="A3"><v>5</v></c><c r="B3"><v>2</v></c></row>',
				'A1:A1048576',
				'A1:A2'
			)
		).toEqual([[['#1'], ['#1'], ['#5', '#2']], ['merged_cells 1']]));
});

describe('sheets', () => {
	const value = (n: number) => `<row><c><v>${n}</v></c></row>`;
	const SHEETS: WorkbookXml = {
		sheets: [
			{ name: 'caché', rows: value(1), state: 'hidden' },
			{ name: 'vide', rows: '<row r="1"><c r="A1" s="0"/></row>' },
			{ name: 'Ventes "été" & co', rows: value(2) },
			{ name: 'très caché', rows: value(3), state: 'veryHidden' }
		]
	};
	it('the first that people see and that holds something, or the one chosen', async () => {
		const first = await open(SHEETS);
		expect([first.sheet, recordsOf(first)]).toEqual(['Ventes "été" & co', [['#2']]]);
		expect(first.sheets).toEqual([
			{ name: 'caché', rows: null, columns: null, hidden: true },
			{ name: 'vide', rows: 0, columns: 0, hidden: false },
			{ name: 'Ventes "été" & co', rows: 1, columns: 1, hidden: false },
			{ name: 'très caché', rows: null, columns: null, hidden: true }
		]);
		expect(recordsOf(await open(SHEETS, { sheet: 'très caché' }))).toEqual([['#3']]);
	});
	it('a table before a note to the reader, though it comes after, with the sizes of both', async () => {
		const cells = (...texts: string[]) =>
			`<row>${texts.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`;
		const note = { name: 'Lisez-moi', rows: cells('Produit par la billetterie') };
		const table = { name: 'Ventes', rows: cells('Date', 'Prix') + cells('2024-03-09', '12') };
		const opened = await open({ sheets: [note, table] });
		expect(opened.sheet).toBe('Ventes');
		expect(opened.sheets).toEqual([
			{ name: 'Lisez-moi', rows: 1, columns: 1, hidden: false },
			{ name: 'Ventes', rows: 2, columns: 2, hidden: false }
		]);
		// What is hidden stays what nobody wanted to show, and a long column is a list.
		expect((await open({ sheets: [note, { ...table, state: 'hidden' }] })).sheet).toBe('Lisez-moi');
		expect(
			(await open({ sheets: [{ name: 'Liste', rows: value(1).repeat(300) }, table] })).sheet
		).toBe('Liste');
		expect((await open({ sheets: [note, table] }, { sheet: 'Lisez-moi' })).sheet).toBe('Lisez-moi');
	});
	it('a note where the table after it cannot be read: the list still names both', async () => {
		const opened = await open({
			sheets: [
				{ name: 'Lisez-moi', rows: value(1) },
				{ name: 'Ventes', rows: '<row><c r="A1"><v>1</v></row>' }
			]
		});
		expect(opened.sheet).toBe('Lisez-moi');
		expect(opened.sheets.map(({ name }) => name)).toEqual(['Lisez-moi', 'Ventes']);
	});
	it('as many as a workbook has, and no more', async () => {
		const many = (count: number) =>
			open({
				sheets: Array.from({ length: count }, (_, i) => ({ name: `F${i}`, rows: value(i) }))
			});
		expect((await many(2_000)).sheets).toHaveLength(2_000);
		expect(await refusal(many(2_001))).toBe('file_damaged');
	});
	it('a hidden one where people see none that holds anything', async () =>
		expect((await open({ sheets: SHEETS.sheets.slice(0, 2) })).sheet).toBe('caché'));
	it('one that is not there, or is empty, is said so', async () => {
		expect(await refusal(open(SHEETS, { sheet: 'x' }))).toBe('sheet_missing');
		expect(await refusal(open(SHEETS, { sheet: 'vide' }))).toBe('sheet_empty');
		expect(await refusal(open({ sheets: [] }))).toBe('sheet_empty');
	});
	it('what is done is told, and others are let work', async () => {
		const told: number[][] = [];
		let pauses = 0;
		const many = Array.from({ length: 300_000 }, () => '<row><c><v>1</v></c></row>').join('');
		await open(
			{ sheets: [{ name: 'F', rows: many }] },
			{
				progress: (done, total) => told.push([done, total]),
				pause: async () => void pauses++
			}
		);
		expect(pauses).toBeGreaterThan(0);
		expect(told.every(([done, total]) => Number(done) <= Number(total))).toBe(true);
		expect(
			await refusal(
				open(
					{ sheets: [{ name: 'F', rows: many }] },
					{ pause: () => Promise.reject(new InvalidError('import_stopped')) }
				)
			)
		).toBe('import_stopped');
	});
});

describe('workbooks of other programs', () => {
	const SAMPLE: WorkbookXml = {
		sheets: [
			{
				name: 'F',
				rows: '<x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c><x:c r="B1" s="0"><x:v>45360</x:v></x:c></x:row>'
			}
		],
		shared: '<x:si><x:t>Ville</x:t></x:si>',
		formats: [14],
		prefix: 'x:'
	};
	const EXPECTED = [['Ville', '@2024-03-09']];
	it('prefixed names', async () => expect(recordsOf(await open(SAMPLE))).toEqual(EXPECTED));
	it('strict namespaces', async () =>
		expect(recordsOf(await open({ ...SAMPLE, strict: true }))).toEqual(EXPECTED));
	it('parts elsewhere', async () =>
		expect(recordsOf(await open({ ...SAMPLE, folder: 'autre/lieu/' }))).toEqual(EXPECTED));
	it('neither styles nor shared texts', async () =>
		expect(
			await rows('<row><c s="4"><v>1</v></c><c t="str"><v>a</v></c></row>', {
				replace: { 'xl/styles.xml': null, 'xl/textes.xml': null }
			})
		).toEqual([['#1', 'a']]));
	it('parts in UTF-16, or with a byte order mark', async () => {
		const parts = workbookParts({ ...SAMPLE });
		for (const encode of [
			(text: string) => Uint8Array.from(Buffer.from(`\ufeff${text}`, 'utf16le')),
			(text: string) => Uint8Array.from(Buffer.from(`\ufeff${text}`, 'utf16le').swap16()),
			(text: string) => `\ufeff${text}`
		])
			expect(
				recordsOf(
					await openWorkbook(
						zipFile(parts.map(({ name, content }) => ({ name, content: encode(String(content)) })))
					)
				)
			).toEqual(EXPECTED);
	});
});

describe('what is no workbook that can be read', () => {
	const utf16 = (text: string) => [...Buffer.from(text, 'utf16le')];
	const compound = (...names: string[]) =>
		Uint8Array.from([
			...[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
			...Array<number>(2000).fill(0),
			...names.flatMap(utf16)
		]);
	it.each([
		['an old workbook', compound('Workbook'), 'file_workbook_old'],
		['an older one', compound('Book'), 'file_workbook_old'],
		['one under a password', compound('EncryptionInfo', 'EncryptedPackage'), 'file_encrypted'],
		['an old document', compound('WordDocument'), 'csv_binary'],
		['a text', new TextEncoder().encode('ville;billets'), 'file_damaged'],
		['nothing', new Uint8Array(0), 'file_damaged'],
		[
			'a binary workbook',
			zipFile([
				{ name: '[Content_Types].xml', content: '<Types/>' },
				{ name: 'xl/workbook.bin', content: 'x' }
			]),
			'file_workbook_old'
		],
		['an archive', zipFile([{ name: 'a.csv', content: 'a' }]), 'file_damaged']
	])('%s', async (_, bytes, code) => {
		expect(await refusal(openWorkbook(new Uint8Array(bytes)))).toBe(code);
	});

	it.each([
		['a document type', '<!DOCTYPE x [<!ENTITY a "b">]><row/>'],
		['an entity of its own', '<row><c t="str"><v>&lol;</v></c></row>'],
		['an entity without an end', '<row><c t="str"><v>&amp</v></c></row>'],
		['half a pair', '<row><c t="str"><v>&#xD800;</v></c></row>'],
		['a character past the last', '<row><c t="str"><v>&#x110000;</v></c></row>'],
		['a tag left open', '<row><c><v>1</v></c>'],
		['a tag closed twice', '</sheetData></worksheet></worksheet>'],
		['an attribute without a value', '<row r><c/></row>'],
		['an attribute without marks', '<row r=1><c/></row>'],
		['a tag without a name', '<row>< /></row>'],
		['a tag that does not end', '<row><c / r="A1"></row>'],
		['a row number that is none', '<row r="A"><c><v>1</v></c></row>'],
		['row zero', '<row r="0"><c><v>1</v></c></row>'],
		['rows out of order', '<row r="2"><c><v>1</v></c></row><row r="1"><c><v>1</v></c></row>'],
		['a cell past the last column', '<row><c r="XFE1"><v>1</v></c></row>'],
		['a cell without letters', '<row><c r="11"><v>1</v></c></row>'],
		['a value in pieces', '<row><c><v>1<!-- -->2</v></c></row>'],
		['two values in a cell', '<row><c><v>1</v><v>2</v></c></row>'],
		['a shared text that is not there', '<row><c t="s"><v>9</v></c></row>'],
		['a shared text without a number', '<row><c t="s"><v>x</v></c></row>'],
		['a tag of too many attributes', `<row${' a="1"'.repeat(300)}/>`],
		['a tag that is too long', `<row a="${'x'.repeat(100_000)}"/>`],
		['a comment without an end', '<!-- '],
		['a section without an end', '<![CDATA[ ']
	])('a sheet with %s', async (_, xml) => {
		expect(await refusal(rows(xml))).toBe('file_damaged');
	});
	it('a sheet whose texts are not UTF-8', async () => {
		const parts = workbookParts({
			sheets: [{ name: 'F', rows: '<row><c t="str"><v>~</v></c></row>' }]
		}).map(({ name, content }) => {
			const bytes = new TextEncoder().encode(String(content));
			return { name, content: bytes.map((byte) => (byte === 0x7e ? 0xe9 : byte)) };
		});
		expect(await refusal(openWorkbook(zipFile(parts)))).toBe('file_damaged');
	});
	it('a workbook whose list of sheets is missing', async () =>
		expect(await refusal(rows('', { replace: { 'xl/workbook.xml': null } }))).toBe('file_damaged'));
});

describe('limits', () => {
	it('columns', async () => {
		expect(await rows('<row><c r="BXX1"><v>1</v></c></row>')).toHaveLength(1);
		expect(await refusal(rows('<row><c r="BXY1"><v>1</v></c></row>'))).toBe('table_too_wide');
		expect(await refusal(rows(`<row>${'<c><v>1</v></c>'.repeat(2001)}</row>`))).toBe(
			'table_too_wide'
		);
		expect(await refusal(rows(`<row>${'<c r="A1"><v>1</v></c>'.repeat(2001)}</row>`))).toBe(
			'file_damaged'
		);
		expect(await rows(`<row><c><v>1</v></c>${'<c r="XFD1"/>'.repeat(2001)}</row>`)).toEqual([
			['#1']
		]);
	});
	it('rows', async () => {
		expect(await rows('<row r="1048576"><c><v>1</v></c></row>')).toHaveLength(1_048_576);
		expect(await refusal(rows('<row r="1048577"><c><v>1</v></c></row>'))).toBe('table_too_long');
	});
	it('the length of a cell', async () => {
		const long = (n: number) => `<row><c t="str"><v>${'x'.repeat(n)}</v></c></row>`;
		expect((await rows(long(1_000_000)))[0]?.[0]).toHaveLength(1_000_000);
		expect(await refusal(rows(long(1_000_001)))).toBe('sheet_cell_too_long');
		expect(await refusal(rows(long(30_000_000)))).toBe('sheet_cell_too_long');
		expect(await refusal(rows(`<!--${'x'.repeat(3_000_000)}--><row/>`))).toBe(
			'sheet_cell_too_long'
		);
	});
	it('the parts that only say what others mean', async () => {
		const parts = workbookParts({
			sheets: [{ name: 'F', rows: '<row><c><v>1</v></c></row>' }]
		}).map((part) =>
			part.name === 'xl/styles.xml'
				? { ...part, content: new Uint8Array(40_000_001).fill(0x20), method: 0 }
				: part
		);
		expect(await refusal(openWorkbook(zipFile(parts)))).toBe('file_zip_bomb');
	});
	it('cells, and bytes: few cells of XML may stand for many', async () => {
		const small = { ...SHEET_LIMITS, cells: 10_000, bytes: 50_000 };
		const within = (xml: string, shared = '', after = '') =>
			refusal(
				openWorkbook(workbookFile({ sheets: [{ name: 'F', rows: xml, after }], shared }), {}, small)
			);
		const far = '<row><c r="BXX1"><v>1</v></c></row>';
		expect(await within(far.repeat(5))).toBeNull();
		expect(await within(far.repeat(6))).toBe('sheet_too_many_cells');
		const long = `<si><t>${'x'.repeat(1000)}</t></si>`;
		const told = '<row><c t="s"><v>0</v></c></row>';
		expect(await within(told.repeat(40), long)).toBeNull();
		expect(await within(told.repeat(200), long)).toBe('table_too_large');
		const last = '<row r="9000"><c r="B9000"><v>1</v></c></row>';
		const first = '<row r="1"><c r="A1"><v>123456</v></c><c r="B1"><v>1</v></c></row>';
		expect(await within(first + last)).toBeNull();
		expect(
			await within(first + last, '', '<mergeCells><mergeCell ref="A1:A9000"/></mergeCells>')
		).toBe('table_too_large');
	});
});
