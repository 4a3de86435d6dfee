/** Files that are sound, or nearly, and whose tables are far larger than they are. */
import {
	ODS_BEGIN,
	ODS_END,
	openDocument,
	repeated,
	SHEET,
	text,
	workbook,
	type Bomb
} from './bombs.ts';
import { zipFile } from './zip-file.ts';

const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `c${i}`);
const joined = (head: string, body: Uint8Array, tail = ''): Uint8Array<ArrayBuffer> =>
	Uint8Array.from(Buffer.concat([text(head), body, text(tail)]));
const odsRow = (attributes: string, cells: string): string =>
	`${ODS_BEGIN}<table:table-row ${attributes}>${cells}</table:table-row>${ODS_END}`;

/** Two thousand letters of noise to each megabyte: what is deflated then stays below the ratio that gives bombs away. */
function barelyDeflated(line: string, megabytes: number): Uint8Array {
	const part = Buffer.alloc(1_000_000, line, 'latin1');
	let state = 1;
	const noise = (): string => {
		state = (state * 16_807) % 2_147_483_647;
		return state.toString(36);
	};
	return Buffer.concat(
		Array.from({ length: megabytes }, () => {
			let letters = '';
			while (letters.length < 6_000) letters += `${noise()};${noise()};${noise()}\n`;
			return Buffer.concat([part, Buffer.from(letters)]);
		})
	);
}

export const VAST_TABLES: readonly Bomb[] = [
	{
		name: 'a header of two thousand columns, and a million lines of one cell',
		file: 'a.csv',
		make: () => joined(`${names(2000).join(';')}\n`, repeated('1\n', 1_000_000))
	},
	{
		name: 'twenty-five thousand lines of two thousand empty cells',
		file: 'a.csv',
		make: () => joined(`${names(2000).join(';')}\n`, repeated(`${';'.repeat(1999)}\n`, 25_000))
	},
	{
		name: 'lines that are a quotation mark',
		file: 'a.csv',
		make: () => joined('a;b\n', repeated('"\n', 5_000_000))
	},
	{
		name: 'two thousand columns of one name',
		file: 'a.csv',
		make: () => joined(`${'a;'.repeat(1999)}a\n`, repeated(`${'1;'.repeat(1999)}1\n`, 100))
	},
	{
		name: 'an object of two thousand keys, and a million of one',
		file: 'a.json',
		make: () =>
			joined(
				`[{${names(2000)
					.map((name) => `"${name}":1`)
					.join(',')}}`,
				repeated(',{"c0":1}', 1_000_000),
				']'
			)
	},
	{
		name: 'one key five million times in an object',
		file: 'a.json',
		make: () => joined('[{"a":1', repeated(',"a":1', 5_000_000), '}]')
	},
	{
		name: 'a text of a hundred megabytes',
		file: 'a.json',
		make: () => joined('[{"a":"', repeated('abcdefghij', 10_000_000), '"}]')
	},
	{
		name: 'a closed number of fifty megabytes',
		file: 'a.json',
		make: () => joined('[{"a":1', repeated('1234567890', 5_000_000), '}]')
	},
	{
		name: 'a sheet of two thousand columns, and a million rows of one cell',
		file: 'a.xlsx',
		make: () =>
			workbook(
				`<worksheet ${SHEET}><sheetData><row>${'<c><v>1</v></c>'.repeat(2000)}</row>${'<row><c><v>1</v></c></row>'.repeat(1_000_000)}</sheetData></worksheet>`
			)
	},
	{
		name: 'a row repeated 999 999 999 times',
		file: 'a.ods',
		make: () =>
			openDocument(
				odsRow(
					'table:number-rows-repeated="999999999"',
					'<table:table-cell office:value-type="float" office:value="1"/>'
				)
			)
	},
	{
		name: 'a cell repeated 999 999 999 times',
		file: 'a.ods',
		make: () =>
			openDocument(
				odsRow(
					'',
					'<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="999999999"/>'
				)
			)
	},
	{
		name: 'spaces repeated 999 999 999 times',
		file: 'a.ods',
		make: () =>
			openDocument(
				odsRow(
					'',
					'<table:table-cell office:value-type="string"><text:p>a<text:s text:c="999999999"/>b</text:p></table:table-cell>'
				)
			)
	},
	{
		name: 'forty cells in a row that is repeated a million times',
		file: 'a.ods',
		make: () =>
			openDocument(
				odsRow(
					'table:number-rows-repeated="1000000"',
					'<table:table-cell office:value-type="float" office:value="1.5" table:number-columns-repeated="40"/>'
				)
			)
	},
	{
		name: 'as much as a zip may become, of one line',
		file: 'a.zip',
		make: () => zipFile([{ name: 'a.csv', bytes: barelyDeflated('1;2;3456\n', 290) }])
	}
];
