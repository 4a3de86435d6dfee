/** Arrow and Parquet files that a hostile person writes knowing the readers: each asks for time or memory out of proportion with itself. */
import { arrowStream, batchMessage, int32s, type FieldPlan } from './arrow-file.ts';
import { text, type Bomb } from './bombs.ts';

const TEXTS: FieldPlan = { name: 'a', type: 'utf8', dictionary: 1n };
const NONE = new Uint8Array(0);
/** A dictionary of so many texts of one letter. */
const letters = (count: number, delta: boolean) =>
	batchMessage({
		rows: count,
		nodes: [count],
		buffers: [
			NONE,
			int32s(Array.from({ length: count + 1 }, (_, i) => i)),
			new Uint8Array(count).fill(97)
		],
		dictionary: { id: 1n, delta }
	});
const oneCode = { rows: 1, nodes: [1], buffers: [NONE, int32s([0])] };

function letterNoise(length: number): Uint8Array {
	const data = new Uint8Array(length);
	let state = 1;
	for (let i = 0; i < length; i++) {
		state = (state * 16_807) % 2_147_483_647;
		data[i] = 97 + (state % 26);
	}
	return data;
}

/** A compressed buffer: what it says it becomes, and a frame of Zstandard with blocks of these kinds and lengths. */
function zstdBuffer(
	length: number,
	blocks: readonly { kind: 1 | 2; length: number; bytes: readonly number[] }[]
): Uint8Array {
	const head = Buffer.alloc(8 + 4 + 1 + 1 + 8);
	head.writeBigInt64LE(BigInt(length), 0);
	head.writeUInt32LE(0xfd2fb528, 8);
	// Content size in eight bytes, a window of 128 KiB.
	head[12] = 0xc0;
	head[13] = 0x38;
	head.writeBigUInt64LE(BigInt(length), 14);
	const parts = blocks.flatMap(({ kind, length, bytes }, i) => {
		const header = (length << 3) | (kind << 1) | (i === blocks.length - 1 ? 1 : 0);
		return [Buffer.from([header & 255, (header >> 8) & 255, (header >> 16) & 255, ...bytes])];
	});
	return Buffer.concat([head, ...parts]);
}
/** A run of zeros: four bytes for each 128 KiB. */
const zstdZeros = (length: number): Uint8Array =>
	zstdBuffer(
		length,
		Array.from({ length: Math.ceil(length / 131_072) }, (_, i) => ({
			kind: 1,
			length: Math.min(131_072, length - i * 131_072),
			bytes: [0]
		}))
	);
/** No literals, and sequences whose codes are always the same: the longest match there is, in two bytes each. */
function zstdCopies(): Uint8Array {
	const bytes = [
		0,
		255,
		0,
		0,
		0b0101_0100,
		0,
		0,
		52,
		...new Array<number>(2 * 0x7f00).fill(255),
		1
	];
	const block = { kind: 2 as const, length: bytes.length, bytes };
	return zstdBuffer(8_000_000, new Array<typeof block>(10).fill(block));
}

/** Parquet's metadata (Thrift, compact), written by hand. */
const varint = (value: number): number[] => {
	const out: number[] = [];
	let rest = value;
	for (; rest >= 128; rest = Math.floor(rest / 128)) out.push((rest % 128) | 128);
	return [...out, rest];
};
const zig = (value: number): number[] => varint(value * 2);
const word = (letters: string): number[] => [...varint(letters.length), ...text(letters)];
const listOf = (size: number, type: number): number[] =>
	size < 15 ? [(size << 4) | type] : [0xf0 | type, ...varint(size)];

/** Columns of one number of 64 bits, the same in each of so many rows: two pages of some bytes a column. */
function parquetRuns(rows: number, columns: number): Uint8Array<ArrayBuffer> {
	const pages: number[][] = [];
	const run = [1, ...varint(rows * 2), 0];
	const dictionaryPage = [
		...[0x15, ...zig(2), 0x15, ...zig(8), 0x15, ...zig(8)],
		...[0x4c, 0x15, ...zig(1), 0x15, ...zig(0), 0, 0],
		...[7, 0, 0, 0, 0, 0, 0, 0]
	];
	const dataPage = [
		...[0x15, ...zig(0), 0x15, ...zig(run.length), 0x15, ...zig(run.length)],
		...[0x2c, 0x15, ...zig(rows), 0x15, ...zig(8), 0x15, ...zig(3), 0x15, ...zig(3), 0, 0],
		...run
	];
	const chunk = [...dictionaryPage, ...dataPage];
	const chunks: number[] = [];
	for (let i = 0; i < columns; i++) {
		const at = 4 + i * chunk.length;
		pages.push(chunk);
		const meta = [
			...[0x15, ...zig(2), 0x19, ...listOf(2, 5), ...zig(0), ...zig(8)],
			...[0x19, 0x18, ...word(`c${i}`), 0x15, ...zig(0), 0x16, ...zig(rows)],
			...[0x16, ...zig(chunk.length), 0x16, ...zig(chunk.length)],
			...[0x26, ...zig(at + dictionaryPage.length), 0x26, ...zig(at), 0]
		];
		chunks.push(0x26, ...zig(at), 0x1c, ...meta, 0);
	}
	const schema = [0x48, ...word('r'), 0x15, ...zig(columns), 0];
	for (let i = 0; i < columns; i++)
		schema.push(0x15, ...zig(2), 0x25, ...zig(0), 0x18, ...word(`c${i}`), 0);
	const group = [
		...[0x19, ...listOf(columns, 12), ...chunks],
		...[0x16, ...zig(chunk.length * columns), 0x16, ...zig(rows), 0]
	];
	const footer = [
		...[0x15, ...zig(1), 0x19, ...listOf(columns + 1, 12), ...schema, 0x16, ...zig(rows)],
		...[0x19, ...listOf(1, 12), ...group, 0]
	];
	const length = Buffer.alloc(4);
	length.writeUInt32LE(footer.length);
	return Uint8Array.from([...text('PAR1'), ...pages.flat(), ...footer, ...length, ...text('PAR1')]);
}

/** A billion laughs: each dictionary is a list of sixteen times what the next one says. */
function laughs(depth: number): Uint8Array<ArrayBuffer> {
	let field: FieldPlan = { name: 'item', type: 'int32' };
	for (let level = depth; level >= 1; level--)
		field = { name: 'item', type: 'list', dictionary: BigInt(level), children: [field] };
	const sixteen = (id: bigint) =>
		batchMessage({
			rows: 1,
			nodes: [1, 16],
			buffers: [NONE, int32s([0, 16]), NONE, int32s(new Array<number>(16).fill(0))],
			dictionary: { id, delta: false }
		});
	return arrowStream(
		[{ name: 'a', type: 'list', children: [field] }],
		[
			...Array.from({ length: depth }, (_, i) => sixteen(BigInt(depth - i))),
			{ rows: 1, nodes: [1, 1], buffers: [NONE, int32s([0, 1]), NONE, int32s([0])] }
		]
	);
}

/** `ends`: `read`, or the code of the refusal. */
export const CRAFTED_ARROW: readonly (Bomb & { readonly ends: string })[] = [
	{
		name: 'six thousand deltas to a dictionary of a hundred thousand texts',
		ends: 'read',
		file: 'a.arrow',
		make: () => {
			const more = letters(1, true);
			return arrowStream(
				[TEXTS],
				[letters(100_000, false), ...new Array<Buffer>(6000).fill(more), oneCode]
			);
		}
	},
	{
		name: 'a delta to a dictionary of eight million texts',
		ends: 'read',
		file: 'a.arrow',
		make: () => arrowStream([TEXTS], [letters(8_000_000, false), letters(1, true), oneCode])
	},
	{
		name: 'a batch that claims two billion buffers of views',
		ends: 'arrow_file',
		file: 'a.arrow',
		make: () =>
			arrowStream(
				[{ name: 'a', type: 'utf8view' }],
				[
					{
						rows: 1,
						nodes: [1],
						buffers: [NONE, new Uint8Array(16)],
						variadic: [2_000_000_000n],
						claimed: { list: 'buffers', length: 2_147_483_647 }
					}
				]
			)
	},
	{
		name: 'batches of no rows whose two thousand nodes are not there',
		ends: 'arrow_file',
		file: 'a.arrow',
		make: () => {
			const fields = Array.from({ length: 2000 }, (_, i): FieldPlan => ({
				name: `c${i}`,
				type: 'null'
			}));
			const batch = batchMessage({
				rows: 0,
				nodes: [0],
				buffers: [],
				claimed: { list: 'nodes', length: 2_147_483_647 }
			});
			return arrowStream(fields, [...new Array<Buffer>(40_000).fill(batch)]);
		}
	},
	{
		name: 'two thousand columns that say one text of ten megabytes of themselves',
		ends: 'read',
		file: 'a.arrow',
		make: () => {
			const fields = Array.from({ length: 2000 }, (_, i): FieldPlan => ({
				name: `c${i}`,
				type: 'int32'
			}));
			return arrowStream(fields, [], 'a'.repeat(10_000_000));
		}
	},
	{
		name: 'two thousand columns of one name of ten megabytes',
		ends: 'read',
		file: 'a.arrow',
		make: () => {
			const field: FieldPlan = { name: 'é'.repeat(5_000_000), type: 'int32' };
			return arrowStream(new Array<FieldPlan>(2000).fill(field), []);
		}
	},
	{
		name: 'two thousand columns through one dictionary of a million texts',
		ends: 'table_too_large',
		file: 'a.arrow',
		make: () =>
			arrowStream(
				Array.from({ length: 2000 }, (_, i): FieldPlan => ({ ...TEXTS, name: `c${i}` })),
				[
					letters(1_000_000, false),
					{
						rows: 1,
						nodes: new Array<number>(2000).fill(1),
						buffers: Array.from({ length: 4000 }, (_, i) => (i % 2 ? int32s([0]) : NONE))
					}
				]
			)
	},
	{
		name: 'a dictionary of a million texts that grows two thousand times, rows between',
		ends: 'read',
		file: 'a.arrow',
		make: () => {
			const more = [letters(1, true), batchMessage(oneCode)];
			return arrowStream(
				[TEXTS],
				[letters(1_000_000, false), ...Array.from({ length: 2000 }, () => more).flat()]
			);
		}
	},
	{
		name: 'fifteen hundred columns on the same eight megabytes',
		ends: 'table_too_large',
		file: 'a.arrow',
		make: () => {
			const column = new Uint8Array(8_000_000);
			return arrowStream(
				Array.from({ length: 1500 }, (_, i): FieldPlan => ({ name: `c${i}`, type: 'int64' })),
				[
					{
						rows: 1_000_000,
						nodes: new Array<number>(1500).fill(1_000_000),
						buffers: Array.from({ length: 3000 }, (_, i) => (i % 2 ? column : NONE)),
						overlaid: true
					}
				]
			);
		}
	},
	{
		name: 'texts of a megabyte whose offsets go back where a value is missing',
		ends: 'arrow_file',
		file: 'a.arrow',
		make: () => {
			const count = 1300;
			const offsets = Array.from({ length: 2 * count + 1 }, (_, i) =>
				i % 2 ? (i - 1) / 2 + 1_000_000 : i / 2
			);
			return arrowStream(
				[{ name: 'a', type: 'utf8' }],
				[
					{
						rows: 2 * count,
						nodes: [2 * count],
						missing: count,
						buffers: [
							new Uint8Array((2 * count) / 8 + 1).fill(0b0101_0101),
							int32s(offsets),
							letterNoise(1_002_000)
						]
					}
				]
			);
		}
	},
	{
		name: 'texts of a megabyte that lie over one another',
		ends: 'arrow_file',
		file: 'a.arrow',
		make: () => {
			const count = 1300;
			const views = Buffer.alloc(16 * count);
			for (let i = 0; i < count; i++) {
				views.writeInt32LE(1_000_000, 16 * i);
				views.writeInt32LE(0, 16 * i + 8);
				views.writeInt32LE(i, 16 * i + 12);
			}
			return arrowStream(
				[{ name: 'a', type: 'utf8view' }],
				[
					{
						rows: count,
						nodes: [count],
						buffers: [NONE, views, letterNoise(1_002_000)],
						variadic: [1n]
					}
				]
			);
		}
	},
	{
		name: 'a dictionary of lists of itself, eight deep',
		ends: 'nested_value_too_long',
		file: 'a.arrow',
		make: () => laughs(8)
	},
	{
		name: 'thirty million zeros of 64 bits in eight kilobytes',
		ends: 'read',
		file: 'a.arrow',
		make: () =>
			arrowStream(
				[{ name: 'a', type: 'int64' }],
				[
					{
						rows: 30_000_000,
						nodes: [30_000_000],
						buffers: [NONE, zstdZeros(8 * 30_000_000)],
						compressed: 'zstd'
					}
				]
			)
	},
	{
		name: 'copies of gigabytes that two bytes order each, in Zstandard',
		ends: 'arrow_file',
		file: 'a.arrow',
		make: () =>
			arrowStream(
				[{ name: 'a', type: 'int64' }],
				[
					{
						rows: 1_000_000,
						nodes: [1_000_000],
						buffers: [NONE, zstdCopies()],
						compressed: 'zstd'
					}
				]
			)
	},
	{
		name: 'three columns of fifty million rows, of one run each',
		ends: 'parquet_too_large',
		file: 'a.parquet',
		make: () => parquetRuns(49_000_000, 3)
	},
	{
		name: 'two thousand columns of ninety thousand rows, of one run each',
		ends: 'parquet_too_large',
		file: 'a.parquet',
		make: () => parquetRuns(90_000, 1900)
	}
];
