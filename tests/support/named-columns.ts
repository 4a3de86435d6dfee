/** Small tables with names that a careless program takes for something else, in each format. */
import { encodeTable } from '../../src/lib/tables/arrow.ts';
import { integerColumn } from '../../src/lib/tables/column-of.ts';
import { writeCsv } from '../../src/lib/tables/write/csv.ts';
import { writeJson } from '../../src/lib/tables/write/json.ts';
import { writeParquet } from '../../src/lib/tables/write/parquet.ts';
import { writeWorkbook } from '../../src/lib/tables/write/xlsx/write-workbook.ts';
import '../fuzz/parquet-in-node.ts';

/** One of them twice, one that turns the direction of writing, one that is empty. */
const NAMES = ['__proto__', 'constructor', 'toString', 'a', 'a', '\u202ecba', ''];
export const FORMATS_OF_NAMES = ['csv', 'xlsx', 'json', 'ndjson', 'arrow', 'parquet'] as const;
type Format = (typeof FORMATS_OF_NAMES)[number];

/** The names that the file has: one of JSON has no two of a kind, and the writer of Parquet no empty one. */
export const headersOf = (format: Format): string[] =>
	format === 'parquet'
		? NAMES.slice(0, -1)
		: format === 'json' || format === 'ndjson'
			? [...new Set(NAMES)]
			: NAMES;

/** The file: in two rows, each column holds its place, from 1. */
export async function withNames(format: Format): Promise<Uint8Array<ArrayBuffer>> {
	const names = format === 'parquet' ? headersOf(format) : NAMES;
	const columns = names.map((name, i) => integerColumn(name, [i + 1, i + 1]));
	switch (format) {
		case 'csv':
			return whole(writeCsv(columns, { language: 'fr' }));
		case 'xlsx':
			return whole(await Array.fromAsync(writeWorkbook(columns)));
		case 'json':
			return whole(writeJson(columns));
		case 'ndjson':
			return whole(writeJson(columns, { lines: true }));
		case 'arrow':
			return encodeTable(columns);
		case 'parquet':
			return Uint8Array.from(await writeParquet(columns));
	}
}

const whole = (parts: Iterable<Uint8Array>): Uint8Array<ArrayBuffer> =>
	Uint8Array.from(Buffer.concat([...parts]));
