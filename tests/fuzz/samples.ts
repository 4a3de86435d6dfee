/** Small sound files of each format that is read: what mutations begin with. */
import { encodeTable } from '../../src/lib/tables/arrow.ts';
import type { Column } from '../../src/lib/tables/column.ts';
import {
	booleanColumn,
	dateColumn,
	dateTimeColumn,
	integerColumn,
	numberColumn,
	textColumn
} from '../../src/lib/tables/column-of.ts';
import { writeCsv } from '../../src/lib/tables/write/csv.ts';
import { writeJson } from '../../src/lib/tables/write/json.ts';
import { writeParquet } from '../../src/lib/tables/write/parquet.ts';
import { writeWorkbook } from '../../src/lib/tables/write/xlsx/write-workbook.ts';
import { zipStream } from '../../src/lib/tables/write/zip.ts';
import { odsParts } from '../support/ods-file.ts';
import { workbookParts } from '../support/workbook-file.ts';
import { zipFile, type ZipPart } from '../support/zip-file.ts';

import './parquet-in-node.ts';

export interface Sample {
	readonly file: string;
	readonly bytes: Uint8Array<ArrayBuffer>;
	/** Of a zipped document: damage to a part, zipped anew, is not given away by a checksum. */
	readonly parts?: readonly ZipPart[];
}
export const FORMATS = ['delimited', 'workbook', 'parquet', 'arrow', 'json', 'zip'] as const;
export type Format = (typeof FORMATS)[number];

const ROWS = 40;
const every = <T>(value: (row: number) => T): T[] =>
	Array.from({ length: ROWS }, (_, i) => value(i));
const COLUMNS: readonly Column[] = [
	textColumn(
		'Salle',
		every((i) => (i % 7 ? `Théâtre ${i % 5}` : null))
	),
	integerColumn(
		'Billets',
		every((i) => (i % 11 ? i * 3 : null))
	),
	numberColumn(
		'Prix',
		every((i) => i * 12.5 - 3.75)
	),
	dateColumn(
		'Jour',
		every((i) => `2024-03-${String(1 + (i % 28)).padStart(2, '0')}`)
	),
	dateTimeColumn(
		'Vente',
		every((i) => `2024-03-09T19:${String(i).padStart(2, '0')}:00`)
	),
	booleanColumn(
		'Payé',
		every((i) => (i % 3 ? i % 2 === 0 : null))
	),
	textColumn(
		'Note',
		every((i) => `« ${'mot '.repeat(i % 9)}»; "cité"\nligne`)
	)
];

export const whole = (parts: Iterable<Uint8Array>): Uint8Array<ArrayBuffer> =>
	Uint8Array.from(Buffer.concat([...parts]));

export async function wholeOf(parts: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
	const all: Uint8Array[] = [];
	for await (const part of parts) all.push(part);
	return whole(all);
}

/** The samples of each format, always the same. */
export async function makeSamples(): Promise<Record<Format, readonly Sample[]>> {
	const french = whole(writeCsv(COLUMNS, { language: 'fr' }));
	const english = whole(writeCsv(COLUMNS, { language: 'en', mark: false }));
	const latin = Buffer.from(
		'Rapport;;;\nSalle;Région;Montant;Date\nThéâtre;Montréal;1 234,50 $;03/04/2024\n'.concat(
			'Musée;Québec;72,6 %;12/04/2024\n'.repeat(20),
			'Total;;2 000,00 $;\n'
		),
		'latin1'
	);
	const wide = Buffer.from(new TextDecoder().decode(french), 'utf16le');
	const workbook = await wholeOf(writeWorkbook(COLUMNS, { title: 'Ventes' }));
	const shared = workbookParts({
		sheets: [
			{
				name: 'Ventes',
				rows: '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2" s="0"><v>45360.8125</v></c><c r="B2" s="1"><v>0.726</v></c></row><row r="9"><c r="D9" t="e"><v>#N/A</v></c></row>',
				after: '<mergeCells count="1"><mergeCell ref="A2:A4"/></mergeCells>'
			},
			{ name: 'Autre', rows: '', state: 'hidden' }
		],
		shared: '<si><t>Ville</t></si><si><t>Part</t></si>',
		formats: ['yyyy-mm-dd hh:mm', 9]
	});
	const ods = odsParts([
		{
			name: 'Ventes',
			rows: '<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string" table:number-columns-spanned="2"><text:p>Été<text:s text:c="2"/>&amp;</text:p></table:table-cell><table:covered-table-cell/><table:table-cell table:number-columns-repeated="3" office:value-type="float" office:value="12.5"/></table:table-row><table:table-row><table:table-cell office:value-type="date" office:date-value="2024-03-09T19:30:00"/><table:table-cell office:value-type="percentage" office:value="0.5"/></table:table-row>'
		}
	]);
	const json = whole(writeJson(COLUMNS));
	const nested = new TextEncoder().encode(
		`{"type":"FeatureCollection","features":[${'{"type":"Feature","geometry":null,"properties":{"a":{"b":[1,"é"]},"c":1e3}},'.repeat(9)}{"properties":{"a":null}}]}`
	);
	const arrow = encodeTable(COLUMNS);
	const [zstd, snappy] = [
		Uint8Array.from(await writeParquet(COLUMNS)),
		Uint8Array.from(await writeParquet(COLUMNS, { compression: 'snappy' }))
	];
	const pieces: Uint8Array[] = [];
	for await (const piece of zipStream([
		{ path: 'lisez-moi.txt', content: [Uint8Array.from(latin.subarray(0, 20))] },
		{ path: 'donnees.csv', content: [Uint8Array.from(french)] },
		{ path: 'donnees.xlsx', content: new Blob([Uint8Array.from(workbook)]) }
	]))
		pieces.push(piece);
	const zip = Buffer.concat(pieces);
	const named = (file: string, bytes: Uint8Array): Sample => ({
		file,
		bytes: Uint8Array.from(bytes)
	});
	const zipped = (file: string, parts: readonly ZipPart[]): Sample => ({
		file,
		bytes: zipFile(parts),
		parts
	});
	return {
		delimited: [
			named('a.csv', french),
			named('a.csv', english),
			named('a.csv', latin),
			named('a.csv', Buffer.concat([Uint8Array.of(0xff, 0xfe), wide])),
			named('a.csv', wide)
		],
		workbook: [named('a.xlsx', workbook), zipped('a.xlsx', shared), zipped('a.ods', ods)],
		parquet: [named('a.parquet', zstd), named('a.parquet', snappy)],
		arrow: [named('a.arrow', arrow)],
		json: [
			named('a.json', json),
			named('a.ndjson', whole(writeJson(COLUMNS, { lines: true }))),
			named('a.geojson', nested)
		],
		zip: [named('a.zip', zip)]
	};
}
