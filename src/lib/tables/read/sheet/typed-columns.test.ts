/** From a workbook's bytes to typed columns, by what the file holds. */
import { expect, it } from 'vitest';
import { odsFile } from '../../../../../tests/support/ods-file.ts';
import { workbookFile } from '../../../../../tests/support/workbook-file.ts';
import { zipFile } from '../../../../../tests/support/zip-file.ts';
import { openFile } from '../open-file.ts';
import { readTable } from '../read-table.ts';

const NAMES = ['Salle', 'Taux', 'Montant', 'Date', 'Moment', 'Heure', 'Abonné', 'Code', 'Nombre'];
const EXPECTED = [
	['Salle', 'text'],
	['Taux', 'percent'],
	['Montant', 'money'],
	['Date', 'date'],
	['Moment', 'datetime'],
	['Heure', 'time'],
	['Abonné', 'boolean'],
	['Code', 'identifier'],
	['Nombre', 'number']
];
const rows = <T>(row: (i: number) => T): T[] => Array.from({ length: 30 }, (_, i) => row(i));
const day = (i: number) => new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10);
const two = (i: number) => String(i % 24).padStart(2, '0');

const EXCEL = workbookFile({
	sheets: [
		{
			name: 'F',
			rows: [
				`<row>${NAMES.map((name) => `<c t="str"><v>${name}</v></c>`).join('')}</row>`,
				...rows(
					(i) =>
						`<row><c t="str"><v>Salle ${i}</v></c><c s="1"><v>${i / 1000 + 0.1}</v></c><c s="2"><v>${i * 3.25}</v></c><c s="3"><v>${45_292 + i}</v></c><c s="4"><v>${45_292 + i}.8125</v></c><c s="5"><v>${(i % 24) / 24}</v></c><c t="b"><v>${i % 2}</v></c><c s="6"><v>${i * 7}</v></c><c><v>${i * 1.5}</v></c></row>`
				)
			].join('')
		}
	],
	formats: [0, 10, '#,##0.00\\ "$"', 14, 22, 20, '00000']
});
const cell = (type: string, attributes: string) =>
	`<table:table-cell office:value-type="${type}" ${attributes}/>`;
const OPENDOCUMENT = odsFile([
	{
		name: 'F',
		rows: [
			`<table:table-row>${NAMES.map((name) => `<table:table-cell><text:p>${name}</text:p></table:table-cell>`).join('')}</table:table-row>`,
			...rows(
				(i) =>
					`<table:table-row><table:table-cell><text:p>Salle ${i}</text:p></table:table-cell>${cell('percentage', `office:value="${i / 1000 + 0.1}"`)}${cell('currency', `office:currency="CAD" office:value="${i * 3.25}"`)}${cell('date', `office:date-value="${day(i)}"`)}${cell('date', `office:date-value="${day(i)}T19:30:00"`)}${cell('time', `office:time-value="PT${two(i)}H30M00S"`)}${cell('boolean', `office:boolean-value="${i % 2 === 1}"`)}<table:table-cell><text:p>00${100 + i}</text:p></table:table-cell>${cell('float', `office:value="${i * 1.5}"`)}</table:table-row>`
			)
		].join('')
	}
]);

it.each([
	['an Excel workbook', EXCEL, 'xlsx', null],
	['an OpenDocument one', OPENDOCUMENT, 'ods', null],
	['one in an archive', zipFile([{ name: 'd/a.xlsx', content: EXCEL }]), 'xlsx', 'd/a.xlsx']
])('%s', async (_, bytes, format, member) => {
	const opened = await openFile(bytes, 'a');
	expect([opened.format, opened.member]).toEqual([format, member]);
	const { columns, report } = await readTable(opened);
	expect(columns.map((column) => [column?.name, column?.valueType ?? column?.type])).toEqual(
		EXPECTED
	);
	expect([report.rows, columns.some((column) => column?.missing !== 0)]).toEqual([30, false]);
});
