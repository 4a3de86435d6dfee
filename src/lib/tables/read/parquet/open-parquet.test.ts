import { readFileSync } from 'node:fs';
import * as library from 'parquet-wasm/esm';
import { beforeAll, describe, expect, it } from 'vitest';
import { seeded } from '../../../../../tests/support/seeded.ts';
import { InvalidError } from '../../../core/errors.ts';
import { cellReader, type Column } from '../../column.ts';
import { integerColumn, numberColumn, textColumn } from '../../column-of.ts';
import { writeParquet } from '../../write/parquet.ts';
import type { OpenedFile } from '../opened-file.ts';
import { openParquet } from './open-parquet.ts';
import type { ParquetEngine } from './parquet-engine.ts';
import { readParquetMetadata } from './parquet-metadata.ts';

library.initSync({ module: readFileSync('node_modules/parquet-wasm/esm/parquet_wasm_bg.wasm') });
const engine = library as unknown as ParquetEngine;
const load = () => Promise.resolve(engine);
/** For what has to be refused before the library is even asked for. */
const never = (): Promise<ParquetEngine> => Promise.reject(new Error('the library was asked for'));

const columnsOf = ({ table }: OpenedFile): readonly Column[] => {
	if (table.kind !== 'typed') throw new Error('a text');
	return table.columns;
};
const cells = (columns: readonly Column[]) =>
	columns.map((column) => {
		const read = cellReader(column);
		return [column.name, ...Array.from({ length: column.length }, (_, i) => read(i))];
	});
async function refusal(bytes: Uint8Array, using = never): Promise<string> {
	try {
		await openParquet(new Uint8Array(bytes), {}, using);
	} catch (error) {
		if (error instanceof InvalidError)
			return [error.code, error.details.why ?? error.details.codec].filter(Boolean).join(' ');
		throw error;
	}
	return 'accepted';
}

// ---------------------------------------------------------------- files made by hand

type Thrift =
	| { kind: 'int' | 'long'; value: number }
	| { kind: 'text'; value: string }
	| { kind: 'list'; value: Thrift[] }
	| { kind: 'struct'; value: Record<number, Thrift | undefined> };
const int = (value: number): Thrift => ({ kind: 'int', value });
const long = (value: number): Thrift => ({ kind: 'long', value });
const text = (value: string): Thrift => ({ kind: 'text', value });
const list = (...value: Thrift[]): Thrift => ({ kind: 'list', value });
const struct = (value: Record<number, Thrift | undefined>): Thrift => ({ kind: 'struct', value });
const TYPES = { int: 5, long: 6, text: 8, list: 9, struct: 12 };

function varint(value: bigint): number[] {
	const out: number[] = [];
	for (; value > 127n; value >>= 7n) out.push(Number(value & 127n) | 128);
	return [...out, Number(value)];
}
const zigzag = (value: number): number[] =>
	varint(value < 0 ? -2n * BigInt(value) - 1n : 2n * BigInt(value));
function encoded(thrift: Thrift): number[] {
	switch (thrift.kind) {
		case 'int':
		case 'long':
			return zigzag(thrift.value);
		case 'text': {
			const bytes = [...new TextEncoder().encode(thrift.value)];
			return [...varint(BigInt(bytes.length)), ...bytes];
		}
		case 'list': {
			const size = thrift.value.length;
			const type = TYPES[thrift.value[0]?.kind ?? 'struct'];
			const head = size < 15 ? [(size << 4) | type] : [0xf0 | type, ...varint(BigInt(size))];
			return [...head, ...thrift.value.flatMap(encoded)];
		}
		case 'struct': {
			let last = 0;
			const out: number[] = [];
			for (const [key, value] of Object.entries(thrift.value)) {
				if (!value) continue;
				out.push(((Number(key) - last) << 4) | TYPES[value.kind], ...encoded(value));
				last = Number(key);
			}
			return [...out, 0];
		}
	}
}

interface Forgery {
	rows?: number;
	groupRows?: number;
	values?: number;
	codec?: number;
	type?: number;
	columns?: number;
	compressed?: number;
	start?: number;
	page?: { type?: number; plain?: number; packed?: number; values?: number };
	filePath?: boolean;
	encrypted?: boolean;
	schema?: Thrift;
	footerLength?: number;
	magic?: string;
}

/** A file of one column of whole numbers and one page that says it has so many, with whatever is asked to be false. */
function forged(forgery: Forgery = {}): Uint8Array {
	const { rows = 2, page = {}, columns = 1 } = forgery;
	const values = forgery.values ?? rows;
	const data = [4, 0, 0, 0, ...Array<number>(8).fill(7)];
	const header = encoded(
		struct({
			1: int(page.type ?? 0),
			2: int(page.plain ?? 8),
			3: int(page.packed ?? 8),
			5: struct({ 1: int(page.values ?? values), 2: int(0), 3: int(3), 4: int(3) })
		})
	);
	const body = [...new TextEncoder().encode('PAR1'), ...header, ...data.slice(4)];
	const chunk = struct({
		...(forgery.filePath ? { 1: text('elsewhere') } : {}),
		2: long(4),
		3: struct({
			1: int(forgery.type ?? 1),
			2: list(int(0)),
			3: list(text('n')),
			4: int(forgery.codec ?? 0),
			5: long(values),
			6: long(header.length + 8),
			7: long(forgery.compressed ?? header.length + 8),
			9: long(forgery.start ?? 4)
		})
	});
	const leaf = struct({ 1: int(1), 3: int(0), 4: text('n') });
	const metadata = encoded(
		struct({
			1: int(1),
			2:
				forgery.schema ??
				list(struct({ 4: text('schema'), 5: int(columns) }), ...Array<Thrift>(columns).fill(leaf)),
			3: long(rows),
			4: list(
				struct({
					1: list(...Array<Thrift>(columns).fill(chunk)),
					2: long(16),
					3: long(forgery.groupRows ?? rows)
				})
			),
			...(forgery.encrypted ? { 8: struct({}) } : {})
		})
	);
	const length = forgery.footerLength ?? metadata.length;
	return Uint8Array.of(
		...body,
		...metadata,
		...[length & 255, (length >> 8) & 255, (length >> 16) & 255, length >>> 24],
		...new TextEncoder().encode(forgery.magic ?? 'PAR1')
	);
}

/** The file without the keys and values of its footer. */
function withoutKeys(bytes: Uint8Array): Uint8Array {
	const { fields, footerStart } = readParquetMetadata(bytes);
	let last = 0;
	const footer = fields
		.filter(({ id }) => id !== 5)
		.flatMap(({ id, type, start, end }) => {
			const head = ((id - last) << 4) | type;
			last = id;
			return [head, ...bytes.subarray(start, end)];
		});
	footer.push(0);
	const size = [footer.length & 255, footer.length >> 8, 0, 0];
	const end = new TextEncoder().encode('PAR1');
	return new Uint8Array(
		Buffer.concat([bytes.subarray(0, footerStart), Uint8Array.of(...footer, ...size), end])
	);
}

describe('what is read', () => {
	it('a file made by hand, as the library reads it', async () => {
		const opened = await openParquet(new Uint8Array(forged()), {}, load);
		expect(cells(columnsOf(opened))).toEqual([['n', 117901063, 117901063]]);
		expect(opened).toMatchObject({ format: 'parquet', sheets: [], notes: [] });
	});

	it('three million flights, text columns as codes', async () => {
		const bytes = new Uint8Array(
			readFileSync('node_modules/vega-datasets/data/flights-3m.parquet')
		);
		let pauses = 0;
		const told: number[] = [];
		const opened = await openParquet(
			bytes,
			{
				pause: async () => void pauses++,
				progress: (done, total) => void told.push(done / total)
			},
			load
		);
		const columns = columnsOf(opened);
		expect(columns.map(({ name, type, length, missing }) => [name, type, length, missing])).toEqual(
			[
				['date', 'datetime', 3_000_000, 0],
				['delay', 'integer', 3_000_000, 0],
				['distance', 'integer', 3_000_000, 0],
				['origin', 'text', 3_000_000, 0],
				['destination', 'text', 3_000_000, 0]
			]
		);
		// As the same values are told by another file of the same source.
		const [date, delay, distance, origin, destination] = columns.map((column) =>
			cellReader(column)
		);
		expect([date?.(0), delay?.(0), distance?.(0), origin?.(0), destination?.(0)]).toEqual([
			...[expect.any(Number), expect.any(Number), expect.any(Number)],
			...[expect.stringMatching(/^[A-Z]{3}$/), expect.stringMatching(/^[A-Z]{3}$/)]
		]);
		expect(pauses).toBeGreaterThan(3);
		expect(told.at(-1)).toBe(1);
	});

	it('texts, whether as codes or as they are, missing ones included', async () => {
		const few = Array.from({ length: 5_000 }, (_, i) => (i % 7 ? `été ${i % 5}` : null));
		const many = Array.from({ length: 5_000 }, (_, i) => `numéro ${i} ${'x'.repeat(i % 50)}`);
		const table = [textColumn('peu', few), textColumn('beaucoup', many)];
		const written = new Uint8Array(await writeParquet(table, {}, load));
		const opened = await openParquet(written, {}, load);
		expect(cells(columnsOf(opened))).toEqual(cells(table));
		expect(readParquetMetadata(written).coded[0]).toBe(true);
	});

	it('a long text, a hundred thousand times, as the little that it is', async () => {
		const long = 'x'.repeat(50_000);
		const table = [textColumn('t', Array<string>(100_000).fill(long))];
		// As writers make it that do not say that their texts were codes.
		const bytes = withoutKeys(await writeParquet(table, {}, load));
		const [column] = columnsOf(await openParquet(new Uint8Array(bytes), {}, load));
		expect(column?.type === 'text' && column.dictionary.bytes.length).toBe(50_000);
		expect(column?.length).toBe(100_000);
	});

	it('stops when the pause throws', async () => {
		const bytes = new Uint8Array(await writeParquet([numberColumn('n', [1, 2])], {}, load));
		const pause = () => Promise.reject(new Error('replaced'));
		await expect(openParquet(bytes, { pause }, load)).rejects.toThrow('replaced');
	});
});

describe('what is refused before the library is asked for', () => {
	it.each<[string, Forgery, string]>([
		['a billion rows', { rows: 1e9 }, 'table_too_long'],
		['rows that its groups do not have', { groupRows: 3 }, 'parquet_unreadable rows'],
		['values that the group does not have', { values: 3 }, 'parquet_unreadable values'],
		[
			'values that the pages do not have',
			{ page: { values: 3 } },
			'parquet_unreadable page values'
		],
		['a page of 2 GB', { page: { plain: 2 ** 31 - 1 } }, 'parquet_unreadable page size'],
		['a page past its chunk', { page: { packed: 1_000 } }, 'parquet_unreadable page'],
		['a page of another kind', { page: { type: 9 } }, 'parquet_unreadable page type'],
		['a chunk past the file', { start: 40, compressed: 60 }, 'parquet_unreadable chunk'],
		['a chunk before the file', { start: 0 }, 'parquet_unreadable chunk'],
		['columns on the same bytes', { columns: 200 }, 'parquet_unreadable chunks overlap'],
		['another type than its schema says', { type: 2 }, 'parquet_unreadable column'],
		['values in another file', { filePath: true }, 'parquet_unreadable columns'],
		['a compression that nothing reads', { codec: 3 }, 'parquet_compression LZO'],
		['a compression that is none', { codec: 30 }, 'parquet_unreadable codec'],
		['an encrypted footer', { magic: 'PARE' }, 'parquet_encrypted'],
		['an encrypted file', { encrypted: true }, 'parquet_encrypted'],
		['another end', { magic: 'PAR2' }, 'parquet_unreadable magic'],
		['a footer longer than the file', { footerLength: 1e9 }, 'parquet_unreadable footer'],
		['a footer cut short', { footerLength: 20 }, 'parquet_unreadable'],
		['too many columns', { columns: 2_001 }, 'table_too_wide'],
		[
			'a schema with more children than it has',
			{ schema: list(struct({ 4: text('s'), 5: int(1e9) })) },
			'parquet_unreadable schema'
		]
	])('%s', async (_, forgery, expected) => {
		expect(await refusal(forged(forgery))).toMatch(new RegExp(`^${expected}`));
	});

	it('what is no Parquet', async () => {
		expect(await refusal(new Uint8Array(0))).toBe('parquet_unreadable short');
		expect(await refusal(new TextEncoder().encode('ville;n\nQuébec;3\n'))).toBe(
			'parquet_unreadable magic'
		);
	});

	it('pages that would become more than a browser has', async () => {
		// Runs of one code: 50 million rows of four columns of 16 bytes are in few bytes.
		const bytes = forged({ rows: 49_000_000, page: { plain: 8 } });
		expect(readParquetMetadata(bytes).groups[0]?.decoded).toBeGreaterThan(190_000_000);
		const leaf = struct({ 1: int(7), 2: int(900), 3: int(0), 4: text('n') });
		const schema = list(struct({ 4: text('schema'), 5: int(1) }), leaf);
		expect(await refusal(forged({ rows: 49_000_000, type: 7, schema }))).toBe('parquet_too_large');
	});

	it('pages that would become far more than their file', async () => {
		// Below what a browser has, yet in a hundred bytes.
		const leaf = struct({ 1: int(2), 3: int(0), 4: text('n') });
		const schema = list(struct({ 4: text('schema'), 5: int(1) }), leaf);
		const most = { rows: 24_000_000, type: 2, schema, page: { plain: 8 } };
		expect(readParquetMetadata(forged(most)).rows).toBe(24_000_000);
		expect(await refusal(forged({ ...most, rows: 26_000_000 }))).toBe('parquet_too_large');
	});

	it('metadata nested without end', async () => {
		const deep = [...Array<number>(40).fill(0x9c), 0];
		const footer = [...deep, ...Array<number>(40).fill(0)];
		const bytes = Uint8Array.of(
			...new TextEncoder().encode('PAR1'),
			...footer,
			...[footer.length, 0, 0, 0],
			...new TextEncoder().encode('PAR1')
		);
		expect(await refusal(bytes)).toBe('parquet_unreadable nested too deep');
	});
});

describe('damage', () => {
	let sources: Uint8Array[] = [];
	beforeAll(async () => {
		const texts = Array.from({ length: 60 }, (_, i) => (i % 4 ? `été ${i % 6}` : null));
		const table = [
			textColumn('t', texts),
			numberColumn(
				'n',
				texts.map((_, i) => i / 3)
			),
			integerColumn(
				'i',
				texts.map((_, i) => i)
			)
		];
		sources = [
			await writeParquet(table, {}, load),
			await writeParquet(table, { compression: 'snappy' }, load),
			forged()
		];
	});

	it('ends in a table or a refusal, whatever byte is changed or missing', async () => {
		const next = seeded(20240311);
		let accepted = 0;
		for (let i = 0; i < 1_200; i++) {
			const source = sources[i % sources.length] as Uint8Array;
			const bytes = source.slice(0, next() < 0.1 ? Math.floor(next() * source.length) : undefined);
			for (let k = Math.floor(next() * 3); k >= 0 && bytes.length; k--)
				bytes[Math.floor(next() * bytes.length)] = Math.floor(next() * 256);
			const result = await refusal(bytes, load);
			if (result === 'accepted') accepted++;
		}
		expect(accepted).toBeGreaterThan(50);
		// And the library is as good as before.
		const opened = await openParquet(new Uint8Array(sources[0] as Uint8Array), {}, load);
		expect(columnsOf(opened)).toHaveLength(3);
	});
});
