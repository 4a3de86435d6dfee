/**
 * A box office's export read into typed columns: beside DuckDB on one thread, which is told the types that we guess;
 * in windows-1252 beside UTF-8; in Chromium's import worker beside Node; and the memory it takes. Each run begins with
 * the file on the disk and ends with columns laid out as Arrow lays them out, the report with them.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PREVIEW_ROWS } from '../../src/lib/tables/read/preview-rows.ts';
import { cellReader, type Column } from '../../src/lib/tables/column.ts';
import { columnsToKeep } from '../../src/lib/tables/read/prepare-import.ts';
import { readCsv } from '../../src/lib/tables/read/read-csv.ts';
import { COLUMNS, makeCsvFiles, type CsvFiles } from './csv-file.ts';
import { openImportPage } from './import-page.ts';
import { alone, BenchError, beside, Measured, type BenchOptions, type Figure } from './figure.ts';
import { peer, peerName } from './peers.ts';

export const figures = ['csv.utf8', 'csv.cp1252', 'csv.browser', 'csv.memory'];

export async function measure({ quick }: BenchOptions): Promise<Figure[]> {
	const files = makeCsvFiles(quick ? 100_000 : 1_000_000);
	const often = quick ? { runs: 3, warmUp: 1 } : { runs: 9, warmUp: 3 };
	try {
		const utf8 = await beside(
			'csv.utf8',
			`${peerName(DUCKDB)}, 1 thread, ${Math.round(files.bytes / 1e6)} MB`,
			1,
			inNode(files.utf8),
			await duckdb(files.utf8),
			often
		);
		const cp1252 = await beside(
			'csv.cp1252',
			'csv.utf8',
			1.25,
			inNode(files.cp1252),
			inNode(files.utf8),
			often
		);
		return [utf8, cp1252, await browser(files, often), memory(files, quick)];
	} finally {
		files.remove();
	}
}

// ---------------------------------------------------------------- ours

function inNode(path: string): { run: (turn: number) => Promise<Measured> } {
	return {
		run: async (turn) => {
			const start = performance.now();
			const table = await readCsv(bytesOf(path));
			const columns = columnsToKeep(table, {});
			const ms = performance.now() - start;
			return new Measured(ms, digest(columns.map(ourCells), columns[0]?.length ?? 0, turn));
		}
	};
}

const bytesOf = (path: string): Uint8Array<ArrayBuffer> => {
	const { buffer, byteOffset, byteLength } = readFileSync(path);
	return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
};

const ourCells = (column: Column): Cells => cellReader(column);

// ---------------------------------------------------------------- theirs

const DUCKDB = '@duckdb/node-api';
interface DuckDb {
	readonly DuckDBInstance: {
		create(
			path: string,
			options: Record<string, string>
		): Promise<{ connect(): Promise<Connection> }>;
	};
}
interface Connection {
	run(sql: string): Promise<{ fetchAllChunks(): Promise<readonly Chunk[]> }>;
}
interface Chunk {
	readonly rowCount: number;
	getColumnVector(index: number): { getItem(row: number): unknown };
}

/** Its result is in memory, typed, when the clock stops; reading it from JavaScript is not counted. */
async function duckdb(path: string): Promise<{ run: (turn: number) => Promise<Measured> }> {
	const { DuckDBInstance } = await peer<DuckDb>(DUCKDB);
	const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
	const connection = await instance.connect();
	const types = [
		'VARCHAR',
		'VARCHAR',
		'VARCHAR',
		'DATE',
		'VARCHAR',
		'INTEGER',
		'DOUBLE',
		'VARCHAR'
	];
	const columns = COLUMNS.map((name, i) => `'${name}': '${types[i]}'`).join(', ');
	const sql = `SELECT * REPLACE ("abonné" = 'oui' AS "abonné") FROM read_csv('${path}', auto_detect = false,
		delim = ';', quote = '"', escape = '"', header = true, decimal_separator = ',', thousands = ' ',
		dateformat = '%d/%m/%Y', columns = {${columns}})`;
	return {
		run: async (turn) => {
			const start = performance.now();
			const result = await connection.run(sql);
			const ms = performance.now() - start;
			const chunks = await result.fetchAllChunks();
			const first = chunks[0]?.rowCount ?? 0;
			// All chunks but the last are as long as the first.
			const cells = COLUMNS.map((_, c): Cells => {
				const vectors = chunks.map((chunk) => chunk.getColumnVector(c));
				return (row) => {
					const value = vectors[Math.floor(row / first)]?.getItem(row % first);
					return value !== null && typeof value === 'object'
						? (value as { days: number }).days * 86_400_000
						: (value as ReturnType<Cells>);
				};
			});
			const rows = chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0);
			return new Measured(ms, digest(cells, rows, turn));
		}
	};
}

// ---------------------------------------------------------------- the browser

/** As the import page reads: the first rows, then all of them, from what the worker was told to what it answers. */
async function browser(files: CsvFiles, often: { runs: number; warmUp: number }): Promise<Figure> {
	const page = await openImportPage(files.utf8);
	try {
		return await beside(
			'csv.browser',
			`Node ${process.versions.node}`,
			1.3,
			{
				run: async () => {
					const { ms, result } = await page.read();
					return new Measured(ms, result);
				}
			},
			{
				run: async () => {
					const bytes = bytesOf(files.utf8);
					const start = performance.now();
					columnsToKeep(await readCsv(bytes, {}, { rows: PREVIEW_ROWS }), {});
					const table = await readCsv(bytes);
					columnsToKeep(table, {});
					return new Measured(performance.now() - start, table.report);
				}
			},
			often
		);
	} finally {
		await page.close();
	}
}

// ---------------------------------------------------------------- memory

/** The most memory that a process of its own holds more than before it read the file, as a multiple of the file. */
function memory({ utf8 }: CsvFiles, quick: boolean): Figure {
	const size = statSync(utf8).size;
	const times: number[] = [];
	for (let i = 0; i < (quick ? 1 : 3); i++) {
		const child = spawnSync(
			process.execPath,
			[fileURLToPath(new URL('csv-memory.ts', import.meta.url)), utf8],
			{ encoding: 'utf8' }
		);
		const grown = Number(child.stdout);
		if (child.status !== 0 || !(grown > 0)) throw new BenchError(`csv.memory: ${child.stderr}`);
		times.push(grown / size);
	}
	return alone('csv.memory', times, '× the file', 4);
}

// ---------------------------------------------------------------- results

type Cells = (row: number) => string | number | boolean | null | undefined;

/** Of each column, a number that another value anywhere in it would change; of every value, then of some. */
function digest(columns: readonly Cells[], rows: number, turn: number): unknown {
	const step = turn <= 2 ? 1 : 997;
	return [
		rows,
		...columns.map((cell) => {
			let sum = 0;
			for (let row = 0; row < rows; row += step) {
				const value = cell(row);
				const text = value === null ? '\0' : String(value);
				for (let i = 0; i < text.length; i++)
					sum = (Math.imul(sum, 0x01000193) ^ text.charCodeAt(i)) | 0;
			}
			return sum;
		})
	];
}
