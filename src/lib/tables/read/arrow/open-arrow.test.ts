import { readFileSync } from 'node:fs';
import {
	Binary,
	Field,
	Int32,
	LargeUtf8,
	List,
	makeData,
	Null,
	RecordBatch,
	Schema,
	Struct,
	Table,
	tableFromIPC,
	tableToIPC,
	Utf8,
	vectorFromArray,
	type DataType as ArrowDataType
} from 'apache-arrow';
import { Message as FbMessage } from 'apache-arrow/fb/message';
import { MessageHeader } from 'apache-arrow/fb/message-header';
import { RecordBatch as FbRecordBatch } from 'apache-arrow/fb/record-batch';
import { ByteBuffer } from 'flatbuffers';
import { describe, expect, it } from 'vitest';
import { seeded } from '../../../../../tests/support/seeded.ts';
import { InvalidError } from '../../../core/errors.ts';
import { encodeTable } from '../../arrow.ts';
import { cellReader, type Column } from '../../column.ts';
import {
	booleanColumn,
	dateColumn,
	dateTimeColumn,
	integerColumn,
	numberColumn,
	textColumn
} from '../../column-of.ts';
import type { OpenedFile } from '../opened-file.ts';
import {
	DELTA_STREAM,
	LZ4_FILE,
	REPLACED_STREAM,
	TYPES_STREAM,
	ZSTD_FILE
} from './arrow-samples.ts';
import { DecodingBudget } from './decoding-budget.ts';
import { readLz4Frame } from './lz4-frame.ts';
import { openArrow } from './open-arrow.ts';

const columnsOf = ({ table }: OpenedFile): readonly Column[] => {
	if (table.kind !== 'typed') throw new Error('a text');
	return table.columns;
};
const cells = (columns: readonly Column[]) =>
	columns.map((column) => {
		const read = cellReader(column);
		return [column.name, column.type, ...Array.from({ length: column.length }, (_, i) => read(i))];
	});
const read = async (bytes: Uint8Array) => cells(columnsOf(await openArrow(new Uint8Array(bytes))));

async function refusal(work: Promise<unknown>): Promise<string> {
	try {
		await work;
	} catch (error) {
		if (error instanceof InvalidError)
			return [error.code, error.details.why].filter(Boolean).join(' ');
		throw error;
	}
	return 'accepted';
}
const refused = (bytes: Uint8Array) => refusal(openArrow(new Uint8Array(bytes)));

/** A copy whose batch message of that number was changed. */
function forged(
	bytes: Uint8Array,
	change: (batch: FbRecordBatch, view: DataView, start: number, body: number) => void,
	wanted = 0
): Uint8Array {
	const copy = bytes.slice();
	const view = new DataView(copy.buffer);
	let seen = 0;
	for (let at = copy[0] === 0x41 ? 8 : 0; at + 8 < copy.length;) {
		const start = at + 8;
		const length = view.getInt32(at + 4, true);
		if (length <= 0) break;
		const message = FbMessage.getRootAsMessage(
			new ByteBuffer(copy.subarray(start, start + length))
		);
		at = start + length + Number(message.bodyLength());
		if (message.headerType() !== MessageHeader.RecordBatch || seen++ !== wanted) continue;
		change(message.header(new FbRecordBatch()) as FbRecordBatch, view, start, start + length);
	}
	return copy;
}

const ours: Column[] = [
	textColumn('ville', ['Montréal', 'Québec', null, 'Montréal', '']),
	numberColumn('prix', [1234.56, -0.5, null, 1e300, 0]),
	integerColumn('entrées', [1, -2, null, 3, 4]),
	dateColumn('jour', ['2024-02-29', '1969-12-31', null, '1899-01-01', 0]),
	dateTimeColumn('achat', ['2024-03-10T19:30:00', null, null, 0, -1]),
	booleanColumn('membre', [true, false, null, false, true]),
	textColumn('__proto__', ['a', 'b', 'c', 'a', 'b'])
];

describe('what is read', () => {
	it('our own files', async () => {
		expect(await read(encodeTable(ours))).toEqual(cells(ours));
		// Whatever address its bytes lie at.
		const bytes = encodeTable(ours);
		const moved = new Uint8Array(bytes.length + 3).subarray(3);
		moved.set(bytes);
		expect(cells(columnsOf(await openArrow(moved)))).toEqual(cells(ours));
	});

	it.each([
		['LZ4', LZ4_FILE],
		['Zstandard', ZSTD_FILE]
	])('files compressed with %s', async (_, bytes) => {
		const [ville, n, jour] = await read(bytes);
		expect(ville?.slice(0, 6)).toEqual(['ville', 'text', 'Montréal', 'Québec', null, 'Montréal']);
		expect(n?.slice(0, 6)).toEqual(['n', 'number', 1, null, 3, 2 ** 40]);
		expect(jour?.slice(0, 3)).toEqual(['jour', 'date', Date.UTC(2024, 2, 9)]);
		expect(jour).toHaveLength(34);
	});

	it('many types', async () => {
		const opened = await openArrow(TYPES_STREAM);
		expect(cells(columnsOf(opened))).toEqual([
			['vue', 'text', 'court', null, 'une chaîne de plus de douze octets'],
			['grand', 'text', 'a', null, 'c'],
			['demi', 'number', 1.5, null, -0.25],
			['montant', 'number', 12.5, null, -0.05],
			['heure', 'text', '19:30:00', null, '08:00:05'],
			// 2024-03-09 23:30 UTC, before summer time; the last millisecond of 1969 there.
			[
				'instant',
				'datetime',
				Date.UTC(2024, 2, 9, 18, 30, 0, 123),
				null,
				Date.UTC(1969, 11, 31, 19) - 1
			],
			['liste', 'text', '[1,null]', null, '[]'],
			['carte', 'text', '[{"key":"k","value":1}]', null, '[]'],
			['octets', 'text', 'abc', null, 'def'],
			['code', 'integer', 10, null, 20]
		]);
		expect(columnsOf(opened)[4]?.valueType).toBe('time');
		expect(opened.notes).toEqual([
			{ code: 'dropped_columns', count: 1 },
			{ code: 'nested_values', count: 4 }
		]);
	});

	it('dictionaries that grow, or are replaced', async () => {
		expect(await read(DELTA_STREAM)).toEqual([['d', 'text', 'a', 'b', null, 'c', 'b', 'a', 'b']]);
		expect(await read(REPLACED_STREAM)).toEqual([
			['d', 'text', 'a', 'b', null, 'c', 'b', 'x', 'b']
		]);
	});

	it('whole numbers of 64 bits as what holds them exactly', async () => {
		const wide = (...values: bigint[]) => vectorFromArray([...values, null]);
		const opened = await openArrow(
			new Uint8Array(
				tableToIPC(
					new Table({
						court: wide(-(2n ** 31n), 2n ** 31n - 1n),
						long: wide(2n ** 31n, -(2n ** 53n) + 1n),
						chiffres: wide(7n, 2n ** 53n)
					})
				)
			)
		);
		expect(cells(columnsOf(opened))).toEqual([
			['court', 'integer', -2147483648, 2147483647, null],
			['long', 'number', 2147483648, -9007199254740991, null],
			['chiffres', 'text', '7', '9007199254740992', null]
		]);
		expect(opened.notes).toEqual([{ code: 'values_as_text', count: 1 }]);
	});

	it('several batches, each of a type that the next one widens', async () => {
		const batches = [[1n], [2n ** 40n, null], [2n ** 60n]].map(
			(values) => new Table({ n: vectorFromArray(values) }).batches[0] as RecordBatch
		);
		expect(await read(tableToIPC(new Table(batches), 'stream'))).toEqual([
			['n', 'text', '1', '1099511627776', null, '1152921504606846976']
		]);
	});

	it('NaN as missing, and a column without any value', async () => {
		const nothing = makeData({ type: new Null(), length: 2 });
		const schema = new Schema([new Field('rien', new Null(), true)]);
		const struct = makeData({ type: new Struct(schema.fields), length: 2, children: [nothing] });
		const bytes = tableToIPC(new Table([new RecordBatch(schema, struct)]));
		expect(await read(bytes)).toEqual([['rien', 'text', null, null]]);
		expect(await read(tableToIPC(new Table({ a: vectorFromArray([1.5, NaN]) })))).toEqual([
			['a', 'number', 1.5, null]
		]);
	});

	it('nested objects as columns, as deep as asked', async () => {
		const type = new Struct<{ ville: Utf8; deep: ArrowDataType }>([
			new Field('ville', new Utf8(), true),
			new Field('deep', new Struct([new Field('x', new Int32(), true)]), true)
		]);
		const lieu = vectorFromArray(
			[{ ville: 'Alma', deep: { x: 1 } }, null, { ville: null, deep: null }],
			type
		);
		const bytes = new Uint8Array(tableToIPC(new Table({ lieu })));
		const flat = await openArrow(bytes);
		expect(cells(columnsOf(flat))).toEqual([
			['lieu.ville', 'text', 'Alma', null, null],
			['lieu.deep', 'text', '{"x":1}', null, null]
		]);
		expect(flat.nested).toEqual(['lieu.ville', 'lieu.deep', 'lieu.deep.x']);
		expect(cells(columnsOf(await openArrow(bytes, { depth: 2 })))[1]).toEqual([
			'lieu.deep.x',
			'integer',
			1,
			null,
			null
		]);
		expect(cells(columnsOf(await openArrow(bytes, { depth: 0 })))).toEqual([
			['lieu', 'text', '{"ville":"Alma","deep":{"x":1}}', null, '{"ville":null,"deep":null}']
		]);
	});

	it('texts that are no UTF-8, each wrong byte replaced', async () => {
		const bytes = tableToIPC(new Table({ t: vectorFromArray(['a\u00e9', 'bcd'], new Utf8()) }));
		const at = bytes.findIndex((byte, i) => byte === 0xc3 && bytes[i + 1] === 0xa9);
		bytes[at] = 0xff;
		expect(await read(bytes)).toEqual([['t', 'text', 'a\ufffd\ufffd', 'bcd']]);
	});

	it('a real file as the library reads it', async () => {
		const bytes = new Uint8Array(
			readFileSync('node_modules/vega-datasets/data/flights-200k.arrow')
		);
		const columns = columnsOf(await openArrow(bytes));
		const table = tableFromIPC(bytes);
		expect(columns.map(({ name, type }) => [name, type])).toEqual([
			['delay', 'integer'],
			['distance', 'integer'],
			['time', 'number']
		]);
		for (const column of columns) {
			const values = table.getChild(column.name);
			const at = cellReader(column);
			let different = 0;
			for (let i = 0; i < 200_000; i++) if (at(i) !== values?.get(i)) different++;
			expect([column.name, column.length, different]).toEqual([column.name, 200_000, 0]);
		}
	});

	it('pauses between batches', async () => {
		const batch = new Table({
			n: vectorFromArray(Array.from({ length: 300_000 }, (_, i) => i + 0.5))
		}).batches[0] as RecordBatch;
		const bytes = new Uint8Array(tableToIPC(new Table(Array(6).fill(batch) as RecordBatch[])));
		const told: number[] = [];
		let pauses = 0;
		await openArrow(bytes, {
			progress: (done) => void told.push(done),
			pause: async () => void pauses++
		});
		expect(pauses).toBeGreaterThan(2);
		expect(told).toHaveLength(pauses);
		await expect(
			openArrow(bytes, { pause: () => Promise.reject(new Error('replaced')) })
		).rejects.toThrow('replaced');
	});
});

describe('what is refused', () => {
	const ascii = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));

	it('what is no Arrow, and Feather of the first version', async () => {
		expect(await refused(ascii('FEA1\0\0\0\0'))).toBe('file_feather_v1');
		expect(await refused(ascii('ARROW1\0\0 and nothing after it'))).toBe('arrow_file footer');
		expect(await refused(new Uint8Array(0))).toBe('arrow_file no schema');
		expect(await refused(ascii('ville;n\nQuébec;3\n'))).toMatch(/^arrow_file/);
	});

	it('files cut short', async () => {
		const bytes = encodeTable(ours);
		expect(await refused(bytes.subarray(0, -30))).toBe('arrow_file footer');
		const stream = tableToIPC(new Table({ n: vectorFromArray([1, 2, 3]) }), 'stream');
		expect(await refused(stream.subarray(0, stream.length - 16))).toBe('arrow_file body');
	});

	it('rows that are not there', async () => {
		const bytes = tableToIPC(new Table({ n: vectorFromArray([1, 2, 3]) }));
		const claims = (rows: bigint, nodes = rows) =>
			refused(
				forged(bytes, (batch, view, start) => {
					// The length is the first field of the table: found by its value.
					const at = start + batch.bb_pos;
					const table = at - view.getInt32(at, true);
					view.setBigInt64(at + view.getUint16(table + 4, true), rows, true);
					const node = batch.nodes(0);
					if (node) view.setBigInt64(start + node.bb_pos, nodes, true);
				})
			);
		expect(await claims(3n)).toBe('accepted');
		expect(await claims(1_000_000_000n)).toBe('table_too_long');
		expect(await claims(50_000_000n)).toBe('arrow_file short buffer');
		expect(await claims(3n, 2n)).toBe('arrow_file node');
		expect(await claims(-1n)).toBe('arrow_file rows');
	});

	it('rows of nothing, more than anyone has', async () => {
		const rows = (length: number) => {
			const schema = new Schema([new Field('rien', new Null(), true)]);
			const nothing = makeData({ type: new Null(), length });
			const struct = makeData({ type: new Struct(schema.fields), length, children: [nothing] });
			return tableToIPC(new Table([new RecordBatch(schema, struct)]));
		};
		expect(await refused(rows(100_000))).toBe('accepted');
		expect(await refused(rows(100_001))).toBe('arrow_file rows without values');
	});

	it.each([
		['LZ4', LZ4_FILE],
		['Zstandard', ZSTD_FILE]
	])('%s that claims to become more than it can', async (_, bytes) => {
		const claiming = (size: bigint) =>
			forged(bytes, (batch, view, _start, body) => {
				for (let i = 0; i < batch.buffersLength(); i++) {
					const buffer = batch.buffers(i);
					if (buffer && buffer.length() > 8n)
						view.setBigInt64(body + Number(buffer.offset()), size, true);
				}
			});
		expect(await refused(claiming(2_000_000_000n))).toBe('arrow_file compressed');
		expect(await refused(claiming(2n ** 62n))).toBe('arrow_file compressed');
		expect(await refused(claiming(-2n))).toBe('arrow_file compressed');
		expect(await refused(claiming(1_000n))).toMatch(/^arrow_file/);
	});

	it('buffers past the end of the body', async () => {
		const bytes = encodeTable(ours);
		const placed = (field: 0 | 8, value: bigint) =>
			refused(
				forged(bytes, (batch, view, start) => {
					const buffer = batch.buffers(1);
					if (buffer) view.setBigInt64(start + buffer.bb_pos + field, value, true);
				})
			);
		expect(await placed(0, 1n << 40n)).toBe('arrow_file offset');
		expect(await placed(8, 1n << 40n)).toBe('arrow_file length');
		expect(await placed(8, 3n)).toBe('arrow_file short buffer');
	});

	it('offsets of texts that go back, or past the end', async () => {
		for (const type of [new Utf8(), new LargeUtf8()]) {
			const bytes = tableToIPC(new Table({ t: vectorFromArray(['abc', 'def'], type) }));
			const offsetting = (value: number) =>
				refused(
					forged(bytes, (batch, view, _start, body) => {
						const offsets = batch.buffers(1);
						const width = type instanceof Utf8 ? 4 : 8;
						if (offsets) view.setInt32(body + Number(offsets.offset()) + width, value, true);
					})
				);
			expect(await offsetting(2)).toBe('accepted');
			expect(await offsetting(7)).toBe('arrow_file offsets');
			expect(await offsetting(-1)).toBe('arrow_file offsets');
		}
	});

	it('codes without a text', async () => {
		const bytes = encodeTable([textColumn('t', ['a', 'b'])]);
		const code = (value: number) =>
			refused(
				forged(bytes, (batch, view, _start, body) => {
					const codes = batch.buffers(1);
					if (codes) view.setInt32(body + Number(codes.offset()), value, true);
				})
			);
		expect(await code(1)).toBe('accepted');
		expect(await code(2)).toBe('arrow_file code');
		expect(await code(-1)).toBe('arrow_file code');
	});

	it('dates that no calendar has', async () => {
		const bytes = encodeTable([dateColumn('d', ['2024-01-01'])]);
		const day = (value: number) =>
			refused(
				forged(bytes, (batch, view, _start, body) => {
					const days = batch.buffers(1);
					if (days) view.setInt32(body + Number(days.offset()), value, true);
				})
			);
		expect(await day(100_000_000)).toBe('accepted');
		expect(await day(100_000_001)).toBe('arrow_file date');
	});

	it('more columns than a table may have, at any depth', async () => {
		const wide = (n: number) =>
			encodeTable(Array.from({ length: n }, (_, i) => integerColumn(`k${i}`, [i])));
		expect(await refused(wide(2_000))).toBe('accepted');
		expect(await refused(wide(2_001))).toBe('table_too_wide');
		expect(await refused(wide(8_001))).toBe('table_too_wide');
	});

	it('more fields within one column than anyone has', async () => {
		const type = new Struct(
			Array.from({ length: 8_001 }, (_, i) => new Field(`k${i}`, new Int32(), true))
		);
		const bytes = tableToIPC(new Table({ a: vectorFromArray([null], type) }));
		expect(await refusal(openArrow(new Uint8Array(bytes), { depth: 0 }))).toBe('table_too_wide');
	});

	it('truths that are not there', async () => {
		const bytes = encodeTable([booleanColumn('b', Array<boolean>(9).fill(true))]);
		const cut = forged(bytes, (batch, view, start) => {
			const bits = batch.buffers(1);
			if (bits) view.setBigInt64(start + bits.bb_pos + 8, 1n, true);
		});
		expect(await refused(cut)).toBe('arrow_file short buffer');
	});

	it('types within types without end', async () => {
		let type: ArrowDataType = new Int32();
		const deep = (n: number) => {
			type = new Int32();
			for (let i = 0; i < n; i++) type = new List(new Field('x', type, true));
			return tableToIPC(new Table({ a: vectorFromArray([null], type) }));
		};
		expect(await refused(deep(24))).toBe('accepted');
		expect(await refused(deep(25))).toBe('arrow_file field');
	});

	it('a table without any column that can be one', async () => {
		const bytes = tableToIPC(
			new Table({ a: vectorFromArray([Uint8Array.of(0, 255)], new Binary()) })
		);
		expect(await refused(bytes)).toBe('arrow_type');
	});

	it('what takes more than a browser has', () => {
		const held = new DecodingBudget(200_000_000);
		held.hold(1_400_000_000);
		held.release(1_400_000_000);
		held.hold(1_400_000_000);
		expect(() => held.hold(200_000_000)).toThrow('table_too_large');
		const reading = new DecodingBudget(200_000_000);
		reading.read(5_000_000_000);
		expect(() => reading.read(2_000_000_000)).toThrow('table_too_large');
	});

	it('what takes more than a small file can honestly become', () => {
		const held = new DecodingBudget(1000);
		held.hold(380_000_000);
		expect(() => held.hold(10_000_000)).toThrow('table_too_large');
		const reading = new DecodingBudget(1000);
		reading.read(900_000_000);
		expect(() => reading.read(200_000_000)).toThrow('table_too_large');
		// Twenty megabytes may be eight hundred.
		new DecodingBudget(20_000_000).hold(800_000_000);
	});
});

describe('LZ4', () => {
	const frame = (...bytes: number[]) =>
		Uint8Array.of(0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82, ...bytes);
	const block = (...bytes: number[]) => frame(bytes.length, 0, 0, 0, ...bytes, 0, 0, 0, 0);

	it('copies what was just written', () => {
		const out = new Uint8Array(12);
		// One letter, then itself eleven times: a match that overlaps what it writes.
		readLz4Frame(block(0x16, 0x61, 1, 0, 0x10, 0x62), out);
		expect(new TextDecoder().decode(out)).toBe('aaaaaaaaaaab');
	});

	it.each([
		['a match before the beginning', block(0x17, 0x61, 2, 0)],
		['a match at no distance', block(0x17, 0x61, 0, 0)],
		['more literals than there are', block(0xf0, 200, 0x61)],
		['a length without end', block(0xf0, 255, 255)],
		['more than was said', block(0x1f, 0x61, 1, 0, 255, 255, 0)],
		['less than was said', block(0x10, 0x61)],
		['a block past the end', frame(200, 0, 0, 0, 0x10)],
		['another format', Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)]
	])('refuses %s', (_, bytes) => {
		expect(() => readLz4Frame(bytes, new Uint8Array(12))).toThrow(RangeError);
	});
});

describe('damage', () => {
	it('ends in a table or a refusal, whatever byte is changed or missing', async () => {
		const sources = [LZ4_FILE, ZSTD_FILE, TYPES_STREAM, DELTA_STREAM, encodeTable(ours)];
		const next = seeded(20240310);
		let accepted = 0;
		for (let i = 0; i < 2_500; i++) {
			const source = sources[i % sources.length] as Uint8Array;
			const bytes = source.slice(0, next() < 0.1 ? Math.floor(next() * source.length) : undefined);
			for (let k = Math.floor(next() * 4); k >= 0 && bytes.length; k--)
				bytes[Math.floor(next() * bytes.length)] = Math.floor(next() * 256);
			try {
				cells(columnsOf(await openArrow(bytes as Uint8Array<ArrayBuffer>)));
				accepted++;
			} catch (error) {
				if (!(error instanceof InvalidError)) throw error;
			}
		}
		expect(accepted).toBeGreaterThan(300);
	});
});
