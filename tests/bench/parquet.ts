/**
 * Reading Parquet beside the library that decodes it, used as its own documentation does: the file to an Arrow table.
 * Ours goes on to typed columns (texts each kept once, 64 bits made what fits), after it held the file's own words
 * against its bytes.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
	DateDay,
	Field,
	Float64,
	Int32,
	makeData,
	RecordBatch,
	Schema,
	Struct,
	Table,
	tableFromIPC,
	tableToIPC,
	TimestampMillisecond,
	Utf8,
	type Data
} from 'apache-arrow';
import { cellReader } from '../../src/lib/tables/column.ts';
import { openParquet } from '../../src/lib/tables/read/parquet/open-parquet.ts';
import type { ParquetEngine } from '../../src/lib/tables/read/parquet/parquet-engine.ts';
import { BenchError, beside, Measured, type BenchOptions, type Figure } from './figure.ts';
import { peerName } from './peers.ts';

export const figures = ['parquet.read'];

const LIBRARY = 'parquet-wasm';
const ROWS = 3_000_000;
const QUICK_ROWS = 200_000;

/** The library with a memory of its own: from the product, or from the peers. */
async function engineOf(folder: string): Promise<ParquetEngine> {
	const require = createRequire(pathToFileURL(join(process.cwd(), folder, 'package.json')));
	const library = (await import(
		pathToFileURL(require.resolve(`${LIBRARY}/esm/parquet_wasm.js`)).href
	)) as { initSync(options: { module: Uint8Array }): void };
	library.initSync({
		module: readFileSync(require.resolve(`${LIBRARY}/esm/parquet_wasm_bg.wasm`))
	});
	return library as unknown as ParquetEngine;
}

export async function measure({ quick }: BenchOptions): Promise<Figure[]> {
	const [ours, theirs] = [await engineOf('.'), await engineOf(join('tests', 'bench'))];
	const rows = quick ? QUICK_ROWS : ROWS;
	const bytes = new Uint8Array(written(theirs, rows));
	return [
		await beside(
			'parquet.read',
			`${peerName(LIBRARY)}, ${rows / 1e6} M rows × 5, zstd`,
			1.2,
			{
				run: async (turn) => {
					const start = performance.now();
					const { table } = await openParquet(bytes, {}, () => Promise.resolve(ours));
					const ms = performance.now() - start;
					if (table.kind !== 'typed') throw new BenchError('no columns');
					return new Measured(
						ms,
						table.columns.map((column) => [
							column.name,
							digest(column.length, cellReader(column), turn)
						])
					);
				}
			},
			{
				run: async (turn) => {
					const start = performance.now();
					const read = theirs.readParquet as unknown as (bytes: Uint8Array) => {
						intoIPCStream(): Uint8Array;
					};
					const table = tableFromIPC(read(bytes).intoIPCStream());
					const ms = performance.now() - start;
					return new Measured(
						ms,
						table.schema.fields.map(({ name }) => {
							const columns = table.batches.map((batch) => batch.getChild(name));
							return [name, digest(table.numRows, inOrder(columns), turn)];
						})
					);
				}
			},
			{ runs: quick ? 7 : 9 }
		)
	];
}

/** Reads a row of batches that are asked for in order. */
function inOrder(
	columns: readonly ({ length: number; get(i: number): unknown } | null)[]
): (row: number) => unknown {
	let batch = 0;
	let first = 0;
	return (row) => {
		for (;;) {
			const column = columns[batch];
			if (!column) throw new BenchError('no column');
			if (row - first < column.length) return column.get(row - first);
			first += column.length;
			batch++;
		}
	};
}

/** What the values of a column come to: all of them at first, then some, to leave the machine to what is timed. */
function digest(rows: number, read: (row: number) => unknown, turn: number): number {
	let sum = rows;
	for (let row = 0; row < rows; row += turn <= 2 ? 1 : 211) {
		const value = read(row);
		let number = 0;
		if (typeof value === 'string')
			for (let i = 0; i < value.length; i++) number = number * 31 + value.charCodeAt(i);
		else number = value === null ? -1 : Number(value);
		sum = (sum * 33 + number) % 9_007_199_254_739;
	}
	return sum;
}

/** Ticket sales, written by the library itself: the same at each run. */
function written(engine: ParquetEngine, rows: number): Uint8Array {
	let state = 1;
	const next = (below: number): number => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
	const encoder = new TextEncoder();
	const rooms = Array.from({ length: 200 }, (_, i) => encoder.encode(`Salle ${i + 1}`));
	const codes = Int32Array.from({ length: rows }, () => next(rooms.length));
	const offsets = new Int32Array(rows + 1);
	codes.forEach((code, i) => (offsets[i + 1] = (offsets[i] ?? 0) + (rooms[code]?.length ?? 0)));
	const texts = new Uint8Array(offsets[rows] ?? 0);
	codes.forEach((code, i) => texts.set(rooms[code] ?? [], offsets[i]));
	const plain = { length: rows, nullCount: 0 };
	const columns: Record<string, Data> = {
		salle: makeData({ type: new Utf8(), ...plain, valueOffsets: offsets, data: texts }),
		jour: makeData({
			type: new DateDay(),
			...plain,
			data: Int32Array.from({ length: rows }, () => 19_000 + next(1_000))
		}),
		prix: makeData({
			type: new Float64(),
			...plain,
			data: Float64Array.from({ length: rows }, () => next(20_000) / 100)
		}),
		billets: makeData({
			type: new Int32(),
			...plain,
			data: Int32Array.from({ length: rows }, () => 1 + next(6))
		}),
		achat: makeData({
			type: new TimestampMillisecond(),
			...plain,
			data: BigInt64Array.from({ length: rows }, () => BigInt(1_600_000_000_000 + next(1e9) * 100))
		})
	};
	const schema = new Schema(
		Object.entries(columns).map(([name, data]) => new Field(name, data.type as never, true))
	);
	const struct = makeData({
		type: new Struct(schema.fields),
		...plain,
		children: Object.values(columns)
	});
	const stream = tableToIPC(new Table([new RecordBatch(schema, struct)]), 'stream');
	const properties = new engine.WriterPropertiesBuilder().setCompression(engine.Compression.ZSTD);
	return engine.writeParquet(engine.Table.fromIPCStream(stream), properties.build());
}
