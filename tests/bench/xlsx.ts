/**
 * Reading an Excel workbook of 100 000 rows and 8 columns, beside inflating the same parts with zlib, which is the
 * least that any reader has to do, and beside other readers. Ours goes from the file's bytes to typed columns, as an
 * import does: header found, types told, personal information looked for.
 */
import { inflateRawSync } from 'node:zlib';
import { cellReader } from '../../src/lib/tables/column.ts';
import { readTable, type ReadTable } from '../../src/lib/tables/read/read-table.ts';
import { openWorkbook } from '../../src/lib/tables/read/sheet/open-workbook.ts';
import { readZipEntries } from '../../src/lib/tables/read/zip/zip-entries.ts';
import { workbookFile } from '../support/workbook-file.ts';
import { BenchError, beside, type BenchOptions, type Figure } from './figure.ts';
import { peer, peerName } from './peers.ts';

export const figures = ['xlsx.read', 'xlsx.read-excel-file', 'xlsx.exceljs'];

export async function measure({ quick }: BenchOptions): Promise<Figure[]> {
	const rows = quick ? 20_000 : 100_000;
	const { bytes, values } = sales(rows);
	const readers = {
		ours: await ours(bytes),
		excelFile: await excelFile(bytes),
		exceljs: await exceljs(bytes)
	};
	for (const [name, read] of Object.entries(readers)) sameValues(name, values, await read());

	const entries = readZipEntries(bytes).filter(({ name }) => name.startsWith('xl/'));
	const total = entries.reduce((sum, { size }) => sum + size, 0);
	/** Cells are compared above; what is timed reads the file, and answers that it did. */
	const run = (work: () => Promise<number>) => ({ run: async () => (await work()) === rows + 1 });
	const mine = run(async () => (await typed(bytes)).report.rows + 1);
	const often = { runs: quick ? 7 : 9, warmUp: quick ? 1 : 3 };
	return [
		await beside(
			'xlsx.read',
			`unzip (zlib ${process.versions.zlib}), ${rows / 1000} k × 8`,
			4,
			mine,
			run(async () => {
				let inflated = 0;
				for (const { start, end } of entries)
					inflated += inflateRawSync(bytes.subarray(start, end)).length;
				return inflated === total ? rows + 1 : 0;
			}),
			often
		),
		await beside(
			'xlsx.read-excel-file',
			peerName('read-excel-file'),
			1,
			mine,
			run(async () => (await readers.excelFile()).length),
			{ runs: 7, warmUp: 1 }
		),
		await beside(
			'xlsx.exceljs',
			peerName('exceljs'),
			1,
			mine,
			run(async () => (await readers.exceljs()).length),
			{ runs: 7, warmUp: 1 }
		)
	];
}

type Value = string | number | boolean;
/** Cells of any reader; dates are ISO texts. */
type Rows = readonly (readonly unknown[])[];

const HEADER = ['Salle', 'Client', 'Spectacle', 'Billets', 'Prix', 'Date', 'Taux', 'Abonné'];
const DAY = 86_400_000;

/** Ticket sales: the same at each run. */
function sales(count: number): { bytes: Uint8Array<ArrayBuffer>; values: Rows } {
	let state = 1;
	const next = (below: number): number => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
	const texts = new Map<string, number>();
	const shared = (text: string): number => {
		const index = texts.get(text) ?? texts.size;
		texts.set(text, index);
		return index;
	};
	const values: Value[][] = [HEADER];
	const xml: string[] = [
		`<row r="1">${HEADER.map((title, c) => `<c r="${'ABCDEFGH'[c]}1" t="s"><v>${shared(title)}</v></c>`).join('')}</row>`
	];
	for (let r = 2; r <= count + 1; r++) {
		const salle = `Salle ${next(40)} du théâtre`;
		const client = `C-${100_000 + next(60_000)}`;
		const title = `Spectacle nº ${next(2000)}`;
		const billets = 1 + next(8);
		const prix = (500 + next(12_000)) / 100;
		const serial = 43_831 + next(2000);
		const taux = next(1001) / 1000;
		const member = next(2);
		values.push([
			...[salle, client, title, billets, prix],
			new Date((serial - 25_569) * DAY).toISOString().slice(0, 10),
			taux,
			member === 1
		]);
		xml.push(
			`<row r="${r}" spans="1:8"><c r="A${r}" t="s"><v>${shared(salle)}</v></c><c r="B${r}" t="s"><v>${shared(client)}</v></c><c r="C${r}" t="s"><v>${shared(title)}</v></c><c r="D${r}"><v>${billets}</v></c><c r="E${r}" s="1"><v>${prix}</v></c><c r="F${r}" s="2"><v>${serial}</v></c><c r="G${r}"><v>${taux}</v></c><c r="H${r}" t="b"><v>${member}</v></c></row>`
		);
	}
	const bytes = workbookFile({
		sheets: [{ name: 'Ventes', rows: xml.join('') }],
		shared: [...texts.keys()].map((text) => `<si><t>${text}</t></si>`).join(''),
		formats: [0, 4, 14],
		// As Excel names them: not every reader looks where the parts are.
		names: 'excel'
	});
	return { bytes, values };
}

const typed = async (bytes: Uint8Array<ArrayBuffer>): Promise<ReadTable> =>
	readTable(await openWorkbook(bytes));

async function ours(bytes: Uint8Array<ArrayBuffer>): Promise<() => Promise<Rows>> {
	return async () => {
		const { columns, report } = await typed(bytes);
		const cells = columns.map((column) => {
			if (!column) throw new BenchError('a column was left out');
			const cell = cellReader(column);
			return column.type === 'date'
				? (row: number) => new Date(Number(cell(row))).toISOString().slice(0, 10)
				: cell;
		});
		return [
			columns.map((column) => column?.name),
			...Array.from({ length: report.rows }, (_, row) => cells.map((cell) => cell(row)))
		];
	};
}

const isoDays = (rows: Rows): Rows =>
	rows.map((row) =>
		row.map((cell) => (cell instanceof Date ? cell.toISOString().slice(0, 10) : cell))
	);

async function excelFile(bytes: Uint8Array<ArrayBuffer>): Promise<() => Promise<Rows>> {
	const module = await peer<Record<string, unknown>>('read-excel-file/node');
	const read = (module.readSheet ?? module.default) as (
		file: Buffer,
		sheet?: number
	) => Promise<Rows>;
	return async () => isoDays(await read(Buffer.from(bytes)));
}

interface ExcelJs {
	Workbook: new () => {
		xlsx: { load(bytes: Uint8Array): Promise<unknown> };
		worksheets: readonly { eachRow(each: (row: { values: unknown[] }) => void): void }[];
	};
}

async function exceljs(bytes: Uint8Array<ArrayBuffer>): Promise<() => Promise<Rows>> {
	const { default: library } = await peer<{ default: ExcelJs }>('exceljs');
	return async () => {
		const workbook = new library.Workbook();
		await workbook.xlsx.load(bytes);
		const rows: unknown[][] = [];
		workbook.worksheets[0]?.eachRow(({ values }) => void rows.push(values.slice(1)));
		return isoDays(rows);
	};
}

function sameValues(name: string, expected: Rows, rows: Rows): void {
	if (rows.length !== expected.length)
		throw new BenchError(`${name}: ${rows.length} rows for ${expected.length}`);
	expected.forEach((row, r) =>
		row.forEach((value, c) => {
			if (rows[r]?.[c] !== value)
				throw new BenchError(
					`${name}: row ${r}, column ${c}: ${String(rows[r]?.[c])} for ${value}`
				);
		})
	);
}
