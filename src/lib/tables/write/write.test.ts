import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import * as library from 'parquet-wasm/esm';
import { describe, expect, it } from 'vitest';
import { cellReader, type Column } from '../column.ts';
import {
	booleanColumn,
	dateColumn,
	dateTimeColumn,
	integerColumn,
	numberColumn,
	textColumn
} from '../column-of.ts';
import type { OpenedFile } from '../read/opened-file.ts';
import { openJson } from '../read/json/open-json.ts';
import { openParquet } from '../read/parquet/open-parquet.ts';
import type { ParquetEngine } from '../read/parquet/parquet-engine.ts';
import { readCsv } from '../read/read-csv.ts';
import { inflateWhole, InflateBudget } from '../read/zip/inflate.ts';
import { readZipEntries } from '../read/zip/zip-entries.ts';
import { writeCsv, type CsvOptions } from './csv.ts';
import { writeDatapackage, type PackageDescription } from './datapackage.ts';
import { writeJson } from './json.ts';
import { writeParquet } from './parquet.ts';
import { readmeOf, type ReadmeFacts } from './readme.ts';
import { zipStream, type ZipEntry } from './zip.ts';

const columns: Column[] = [
	textColumn('ville', ['Montréal', 'a;b,"c"', null, 'ligne\r\nsuivante', ' espace ']),
	numberColumn('prix', [1234.56, -5, null, 1e300, 0]),
	integerColumn('entrées', [1, -2, null, 3, 4]),
	dateColumn('jour', ['2024-02-29', '1969-12-31', null, '1899-01-01', 0]),
	dateTimeColumn('achat', ['2024-03-10T19:30:00', '2024-03-10T19:30:00.250', null, 0, -1000]),
	booleanColumn('membre', [true, false, null, false, true])
];
const cells = (table: readonly (Column | null)[]) =>
	table.map((column) => {
		if (!column) return null;
		const read = cellReader(column);
		return [column.name, column.type, ...Array.from({ length: column.length }, (_, i) => read(i))];
	});

function joined(chunks: Iterable<Uint8Array>): Uint8Array<ArrayBuffer> {
	return new Uint8Array(Buffer.concat([...chunks]));
}
/** The text, its mark included, and what was changed. */
function csv(table: readonly Column[], options: CsvOptions): { text: string; neutralised: number } {
	const work = writeCsv(table, options);
	const chunks: Uint8Array[] = [];
	for (;;) {
		const { done, value } = work.next();
		if (done) {
			const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(joined(chunks));
			return { text, neutralised: value.neutralised };
		}
		chunks.push(value);
	}
}

describe('CSV', () => {
	it('is written in French and in English', () => {
		expect(csv(columns, { language: 'fr' }).text).toBe(
			[
				'\ufeffville;prix;entrées;jour;achat;membre',
				'Montréal;1234,56;1;2024-02-29;2024-03-10T19:30:00;true',
				'"a;b,""c""";-5;-2;1969-12-31;2024-03-10T19:30:00.250;false',
				';;;;;',
				'"ligne\r\nsuivante";1e+300;3;1899-01-01;1970-01-01T00:00:00;false',
				'" espace ";0;4;1970-01-01;1969-12-31T23:59:59;true',
				''
			].join('\r\n')
		);
		expect(csv(columns, { language: 'en', mark: false }).text.split('\r\n')[1]).toBe(
			'Montréal,1234.56,1,2024-02-29,2024-03-10T19:30:00,true'
		);
	});

	it.each(['fr', 'en'] as const)('is read back as it was (%s)', async (language) => {
		const plain = columns.map((column) =>
			column.name === 'achat'
				? dateTimeColumn('achat', ['2024-03-10T19:30:00', 0, null, 60_000, 0])
				: column
		);
		const separator = language === 'fr' ? ';' : ',';
		const { columns: read } = await readCsv(joined(writeCsv(plain, { language })), {
			separator,
			decimal: language === 'fr' ? ',' : '.',
			columns: plain.map(({ type }) => ({ type }))
		});
		expect(cells(read)).toEqual(cells(plain));
	});

	it('keeps spreadsheets from computing texts, and tells how many', () => {
		const texts = [
			...['=1+1', '+33', '-5', '@SUM', '\tx', '\rx', '  =x', '\u00a0@x', '\uff1d1'],
			...['a=1', '', '5-3', '’=', "'=1"]
		];
		const { text, neutralised } = csv(
			[
				textColumn('=titre', texts),
				numberColumn(
					'n',
					texts.map(() => -5)
				)
			],
			{ language: 'en', mark: false }
		);
		expect(text.replaceAll('"', '').split('\r\n')).toEqual([
			"'=titre,n",
			...["'=1+1", "'+33", "'-5", "'@SUM", "'\tx", "'\rx", "'  =x", "'\u00a0@x", "'\uff1d1"].map(
				(t) => `${t},-5`
			),
			...['a=1', '', '5-3', '’=', "'=1"].map((t) => `${t},-5`),
			''
		]);
		expect(neutralised).toBe(10);
	});

	it('tells an empty text from a missing one, and leaves no blank line', () => {
		expect(csv([textColumn('t', ['', null])], { language: 'en', mark: false }).text).toBe(
			't\r\n""\r\n""\r\n'
		);
		const both = [textColumn('t', ['', null]), integerColumn('n', [1, 2])];
		expect(csv(both, { language: 'en', mark: false }).text).toBe('t,n\r\n"",1\r\n,2\r\n');
	});

	it('comes in chunks, and refuses columns that differ in length', () => {
		const rows = Array.from({ length: 20_000 }, (_, i) => i);
		expect([...writeCsv([integerColumn('n', rows)], { language: 'en' })].length).toBe(3);
		expect(() => [
			...writeCsv([integerColumn('a', [1]), integerColumn('b', [])], { language: 'en' })
		]).toThrow(RangeError);
	});
});

describe('JSON', () => {
	const records = [
		{
			ville: 'Montréal',
			prix: 1234.56,
			entrées: 1,
			jour: '2024-02-29',
			achat: '2024-03-10T19:30:00',
			membre: true
		}
	];
	it('is an array of records, or a record a line', () => {
		const text = new TextDecoder().decode(joined(writeJson(columns)));
		const read = JSON.parse(text) as unknown[];
		expect(read).toHaveLength(5);
		expect(read[0]).toEqual(records[0]);
		expect(Object.values(read[2] as object)).toEqual(Array(6).fill(null));
		const lines = new TextDecoder().decode(joined(writeJson(columns, { lines: true })));
		expect(
			lines
				.trimEnd()
				.split('\n')
				.map((line) => JSON.parse(line) as unknown)
		).toEqual(read);
		expect(new TextDecoder().decode(joined(writeJson([])))).toBe('[\n]\n');
		expect(() => [...writeJson([integerColumn('a', [1]), integerColumn('b', [])])]).toThrow(
			RangeError
		);
	});

	it('is read back by the import, whatever a column is called', async () => {
		const names = [textColumn('__proto__', ['x']), integerColumn('constructor', [1])];
		const opened = await openJson(joined(writeJson(names)));
		const { table } = opened;
		expect(table.kind === 'text' && new TextDecoder().decode(table.bytes)).toBe(
			'__proto__\x1fconstructor\x1ex\x1f\x111\x1e'
		);
	});

	it('has no infinity', () => {
		const text = new TextDecoder().decode(joined(writeJson([numberColumn('n', [Infinity])])));
		expect(JSON.parse(text)).toEqual([{ n: null }]);
	});
});

describe('Parquet', () => {
	library.initSync({ module: readFileSync('node_modules/parquet-wasm/esm/parquet_wasm_bg.wasm') });
	const load = () => Promise.resolve(library as unknown as ParquetEngine);
	const typed = ({ table }: OpenedFile) => (table.kind === 'typed' ? table.columns : []);

	it.each(['zstd', 'snappy'] as const)('is read back as it was (%s)', async (compression) => {
		const table = [...columns, textColumn('rien', [null, null, null, null, null])];
		const bytes = await writeParquet(table, { compression }, load);
		expect(new TextDecoder('latin1').decode(bytes.subarray(0, 4))).toBe('PAR1');
		const opened = await openParquet(new Uint8Array(bytes), {}, load);
		expect(cells(typed(opened))).toEqual(cells(table));
	});

	it('is read back when it has no rows', async () => {
		const none = [textColumn('t', []), numberColumn('n', [])];
		const opened = await openParquet(new Uint8Array(await writeParquet(none, {}, load)), {}, load);
		expect(cells(typed(opened))).toEqual(cells(none));
	});
});

/** The entries of a ZIP, by its directory, inflated by another library. */
function unzip(zip: Uint8Array): [string, string][] {
	const view = new DataView(zip.buffer);
	const end = zip.length - 22;
	expect(view.getUint32(end, true)).toBe(0x06054b50);
	let at = view.getUint32(end + 16, true);
	return Array.from({ length: view.getUint16(end + 10, true) }, () => {
		expect(view.getUint32(at, true)).toBe(0x02014b50);
		const method = view.getUint16(at + 10, true);
		const size = view.getUint32(at + 20, true);
		const name = view.getUint16(at + 28, true);
		const local = view.getUint32(at + 42, true);
		const path = new TextDecoder().decode(zip.subarray(at + 46, at + 46 + name));
		at += 46 + name;
		expect(view.getUint32(local, true)).toBe(0x04034b50);
		const body = zip.subarray(local + 30 + name, local + 30 + name + size);
		return [path, new TextDecoder().decode(method === 8 ? inflateRawSync(body) : body)];
	});
}

describe('ZIP', () => {
	const bytesOf = (text: string) => new TextEncoder().encode(text);
	async function zipOf(entries: readonly ZipEntry[]): Promise<Uint8Array<ArrayBuffer>> {
		const pieces: Uint8Array[] = [];
		for await (const piece of zipStream(entries)) pieces.push(piece);
		return new Uint8Array(Buffer.concat(pieces));
	}

	it('holds what was packed, and is the same each time', async () => {
		const table = 'ville;n\r\n'.repeat(500);
		const entries = [
			{ path: 'données.csv', content: [bytesOf(table), bytesOf('fin')] },
			{ path: 'dossier/a.parquet', content: new Blob(['PAR', '1']) },
			{ path: 'vide.txt', content: [] },
			{ path: 'vide.parquet', content: new Blob([]) }
		];
		const zip = await zipOf(entries);
		const expected = [
			['données.csv', `${table}fin`],
			['dossier/a.parquet', 'PAR1'],
			['vide.txt', ''],
			['vide.parquet', '']
		];
		expect(unzip(zip)).toEqual(expected);
		expect(zip.length).toBeLessThan(1_000);
		expect(await zipOf(entries)).toEqual(zip);
		const budget = new InflateBudget();
		for (const [i, entry] of readZipEntries(zip).entries()) {
			const text = new TextDecoder().decode(await inflateWhole(zip, entry, budget));
			expect([entry.name, text]).toEqual(expected[i]);
		}
	});

	it('says the size and the checksum of what is stored before it', async () => {
		// CRC-32 of "123456789" is the check value of the standard.
		const view = new DataView(
			(await zipOf([{ path: 'a', content: new Blob(['123456789']) }])).buffer
		);
		expect(view.getUint16(6, true)).toBe(0);
		expect(view.getUint32(14, true)).toBe(0xcbf43926);
		expect([view.getUint32(18, true), view.getUint32(22, true)]).toEqual([9, 9]);
	});

	it.each(['', '../a', '/a', 'a//b', 'a/./b', 'C:a', 'a\\b'])('refuses the path %j', (path) => {
		expect(() => zipStream([{ path, content: [] }])).toThrow(RangeError);
	});

	it('refuses a path that is there twice', () => {
		const entry = { path: 'a', content: [] };
		expect(() => zipStream([entry, { ...entry, path: 'A' }])).toThrow(RangeError);
	});

	it('hands on what fails in the midst of an entry', async () => {
		function* failing() {
			yield bytesOf('x');
			throw new RangeError('broken');
		}
		await expect(zipOf([{ path: 'a', content: failing() }])).rejects.toThrow('broken');
	});
});

describe('the description', () => {
	const description: PackageDescription = {
		name: 'billetterie',
		title: 'Billetterie',
		description: 'Ventes',
		version: '2',
		created: '2024-03-09T05:00:00.000Z',
		licenses: [{ name: 'CC-BY-4.0', path: 'https://creativecommons.org/licenses/by/4.0/' }],
		sources: [{ title: 'Théâtre' }],
		contributors: [{ title: 'Ana', role: 'publisher' }],
		keywords: ['billets'],
		terms: { publication: 'rows' },
		fields: [{ name: 'prix', title: 'Prix', description: 'Taxes comprises', unit: 'CAD' }]
	};

	it('says what each file is, with its hash and the types of its columns', () => {
		const text = writeDatapackage(
			columns,
			[
				{ path: 'Données.csv', format: 'csv', hash: 'ba78', size: 3, language: 'fr' },
				{ path: 'données.parquet', format: 'parquet', hash: '12', size: 4 }
			],
			description
		);
		const read = JSON.parse(text) as { resources: Record<string, unknown>[] };
		const [csv, parquet] = read.resources;
		const { fields: _, ...about } = description;
		expect(read).toMatchObject(about);
		expect(csv).toMatchObject({
			name: 'donnees.csv',
			path: 'Données.csv',
			format: 'csv',
			mediatype: 'text/csv',
			encoding: 'utf-8',
			hash: 'sha256:ba78',
			bytes: 3,
			dialect: { delimiter: ';' }
		});
		expect(csv?.schema).toEqual({
			fields: [
				{ name: 'ville', type: 'string' },
				{
					name: 'prix',
					type: 'number',
					decimalChar: ',',
					title: 'Prix',
					description: 'Taxes comprises',
					unit: 'CAD'
				},
				{ name: 'entrées', type: 'integer' },
				{ name: 'jour', type: 'date', format: 'default' },
				{ name: 'achat', type: 'datetime', format: '%Y-%m-%dT%H:%M:%S' },
				{ name: 'membre', type: 'boolean' }
			],
			missingValues: ['']
		});
		expect(parquet).not.toHaveProperty('encoding');
	});

	it('is told to people too, with the texts that were changed', () => {
		const facts: ReadmeFacts = {
			title: 'Billetterie',
			description: '',
			terms: [
				['Licence', 'CC BY 4.0'],
				['But', 'Étudier\nla salle']
			],
			part: null,
			files: ['données.csv'],
			neutralised: 2
		};
		const text = readmeOf('fr', facts);
		expect(text).toContain('Licence\u00a0: CC BY 4.0\r\nBut\u00a0: Étudier la salle\r\n');
		expect(text).toContain('une apostrophe précède 2 textes');
		expect(readmeOf('en', { ...facts, neutralised: 0 })).not.toContain('apostrophe');
		expect(readmeOf('en', { ...facts, neutralised: 1 })).toContain('one text');
		const part = { rows: [120, 2_000], columns: [2, 12] } as const;
		expect(readmeOf('fr', { ...facts, part })).toContain('Lignes\u00a0: 120 sur 2\u00a0000.');
		expect(readmeOf('en', { ...facts, part })).toContain('Columns: 2 of 12.');
	});
});
