import {
	Table,
	tableToIPC,
	vectorFromArray,
	Utf8,
	List,
	Field,
	Float64,
	Float32
} from 'apache-arrow';
import { Message as FbMessage } from 'apache-arrow/fb/message';
import { MessageHeader } from 'apache-arrow/fb/message-header';
import { RecordBatch as FbRecordBatch } from 'apache-arrow/fb/record-batch';
import { ByteBuffer } from 'flatbuffers';
import { describe, expect, it } from 'vitest';
import { InvalidError } from '../core/errors.ts';
import { encodeTable } from './arrow.ts';
import { ARROW_LIMITS, checkArrow } from './check-arrow.ts';
import { cellReader, type Column } from './column.ts';
import {
	booleanColumn,
	dateColumn,
	dateTimeColumn,
	integerColumn,
	numberColumn,
	textColumn
} from './column-of.ts';

const columns: Column[] = [
	textColumn('ville', ['Montréal', 'Québec', null, 'Montréal', '']),
	numberColumn('prix', [1234.56, -0.5, null, 1e300, 0]),
	integerColumn('entrées', [1, -2, null, 3, 4]),
	dateColumn('jour', ['2024-02-29', '1969-12-31', null, '1899-01-01', 0]),
	dateTimeColumn('achat', ['2024-03-10T19:30:00', null, null, 0, 1]),
	booleanColumn('membre', [true, false, null, false, true]),
	textColumn('__proto__', ['a', 'b', 'c', 'a', 'b'])
];
const cells = (table: readonly Column[]) =>
	table.map((column) => {
		const read = cellReader(column);
		return [column.name, column.type, ...Array.from({ length: column.length }, (_, r) => read(r))];
	});
const codeOf = (work: () => unknown): string => {
	try {
		work();
	} catch (error) {
		if (error instanceof InvalidError) return error.code;
		throw error;
	}
	return 'accepted';
};
const whyOf = (work: () => unknown): unknown => {
	try {
		work();
	} catch (error) {
		if (error instanceof InvalidError) return error.details.why ?? error.code;
		throw error;
	}
	return 'accepted';
};

/** The file with the buffers of its table moved, each to where `place` says from its index and its own offset. */
function moved(bytes: Uint8Array, place: (index: number, offset: number) => number): Uint8Array {
	const copy = bytes.slice();
	const view = new DataView(copy.buffer);
	for (let at = 8; view.getInt32(at + 4, true) > 0;) {
		const start = at + 8;
		const length = view.getInt32(at + 4, true);
		const message = FbMessage.getRootAsMessage(
			new ByteBuffer(copy.subarray(start, start + length))
		);
		at = start + length + Number(message.bodyLength());
		if (message.headerType() !== MessageHeader.RecordBatch) continue;
		const batch = message.header(new FbRecordBatch()) as FbRecordBatch;
		for (let i = 0; i < batch.buffersLength(); i++) {
			const buffer = batch.buffers(i);
			if (buffer)
				view.setBigInt64(start + buffer.bb_pos, BigInt(place(i, Number(buffer.offset()))), true);
		}
	}
	return copy;
}

describe('checkArrow', () => {
	it('refuses columns that lie on the same bytes, which a small file would make large', () => {
		const bytes = encodeTable([numberColumn('a', [1, 2, 3]), numberColumn('b', [4, 5, 6])]);
		expect(whyOf(() => checkArrow(moved(bytes, (_, offset) => offset)))).toBe('accepted');
		expect(whyOf(() => checkArrow(moved(bytes, () => 0)))).toBe('overlapping buffers');
	});

	it('reads back what encodeTable wrote, and writes the same bytes again', () => {
		const bytes = encodeTable(columns);
		const read = checkArrow(bytes);
		expect(cells(read)).toEqual(cells(columns));
		expect(encodeTable(read)).toEqual(bytes);
	});

	it('reads the stream format, from any offset in memory', () => {
		const stream = tableToIPC(
			new Table({
				a: vectorFromArray(['x', 'y', 'x']),
				b: vectorFromArray([1.5, 2, 3], new Float64())
			}),
			'stream'
		);
		const shifted = new Uint8Array(stream.length + 3);
		shifted.set(stream, 3);
		expect(cells(checkArrow(shifted.subarray(3)))).toEqual([
			['a', 'text', 'x', 'y', 'x'],
			['b', 'number', 1.5, 2, 3]
		]);
	});

	it.each([
		['nothing', new Uint8Array(0)],
		['noise', Uint8Array.from({ length: 500 }, (_, i) => (i * 7919) & 255)],
		['a magic alone', new TextEncoder().encode('ARROW1\0\0')],
		['a cut file', encodeTable(columns).subarray(0, 400)]
	])('refuses %s', (_, bytes) => {
		expect(codeOf(() => checkArrow(bytes))).toBe('arrow_unreadable');
	});

	it('refuses what is past the limits', () => {
		const bytes = encodeTable(columns);
		expect(codeOf(() => checkArrow(bytes, { ...ARROW_LIMITS, bytes: 100 }))).toBe(
			'table_too_large'
		);
		expect(codeOf(() => checkArrow(bytes, { ...ARROW_LIMITS, rows: 4 }))).toBe('table_too_long');
		expect(codeOf(() => checkArrow(bytes, { ...ARROW_LIMITS, columns: 6 }))).toBe('table_too_wide');
		expect(codeOf(() => checkArrow(bytes, { ...ARROW_LIMITS, nameLength: 4 }))).toBe('arrow_names');
		expect(codeOf(() => checkArrow(bytes))).toBe('accepted');
	});

	it('refuses names that are empty or there twice', () => {
		expect(codeOf(() => checkArrow(encodeTable([integerColumn('', [1])])))).toBe('arrow_names');
		expect(
			codeOf(() => checkArrow(encodeTable([integerColumn('a', [1]), integerColumn('a', [2])])))
		).toBe('arrow_names');
	});

	it('refuses types that a dataset does not hold', () => {
		const list = vectorFromArray([['a']], new List(new Field('item', new Utf8(), true)));
		for (const vector of [
			list,
			vectorFromArray(['plain'], new Utf8()),
			vectorFromArray([1], new Float32())
		])
			expect(codeOf(() => checkArrow(tableToIPC(new Table({ v: vector }), 'file')))).toBe(
				'arrow_type'
			);
	});

	it('refuses two batches', () => {
		const one = new Table({ n: vectorFromArray([1, 2], new Float64()) });
		expect(whyOf(() => checkArrow(tableToIPC(one.concat(one), 'stream')))).toBe('two batches');
	});

	it('refuses codes without a text, texts without a code, and a text there twice', () => {
		const text = textColumn('t', ['a', 'b']);
		if (text.type !== 'text') throw new Error('text expected');
		const forged = (codes: number[], texts: string[]): Column => {
			const dictionary = textColumn('d', texts);
			if (dictionary.type !== 'text') throw new Error('text expected');
			return { ...text, codes: Int32Array.from(codes), dictionary: dictionary.dictionary };
		};
		const why = (column: Column) => whyOf(() => checkArrow(encodeTable([column])));
		expect(why(forged([0, 2], ['a', 'b']))).toBe('code');
		expect(why(forged([0, -1], ['a', 'b']))).toBe('code');
		expect(why(forged([0, 0], ['a', 'b']))).toBe('unused text');
		expect(why(forged([0, 1], ['a', 'b']))).toBe('accepted');
		const twice = { offsets: Int32Array.of(0, 1, 2), bytes: new TextEncoder().encode('aa') };
		expect(why({ ...text, dictionary: twice })).toBe('text twice');
		const backwards = { offsets: Int32Array.of(0, 2, 1), bytes: new TextEncoder().encode('ab') };
		expect(why({ ...text, dictionary: backwards })).not.toBe('accepted');
		const broken = { offsets: Int32Array.of(0, 1, 2), bytes: Uint8Array.of(0xc3, 0xa9) };
		expect(why({ ...text, dictionary: broken })).toBe('text split');
		const latin = { offsets: Int32Array.of(0, 1, 2), bytes: Uint8Array.of(0xe9, 0x61) };
		expect(why({ ...text, dictionary: latin })).toBe('text encoding');
	});

	it('never does worse than refuse, whatever byte is changed', () => {
		const bytes = encodeTable(columns);
		let seed = 42;
		const random = (below: number) => {
			seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
			return seed % below;
		};
		let refused = 0;
		const tries: Uint8Array[] = [];
		// Each byte of the metadata at its extremes, then random damage of several kinds.
		for (let i = 0; i < Math.min(bytes.length, 2500); i++)
			for (const value of [0xff, 0x80, 0x00]) {
				const copy = bytes.slice();
				copy[i] = value;
				tries.push(copy);
			}
		for (let i = 0; i < 1500; i++) {
			const copy = bytes.slice(0, i % 3 ? bytes.length : random(bytes.length));
			for (let k = 0; k <= i % 8 && copy.length; k++) copy[random(copy.length)] = random(256);
			tries.push(copy);
		}
		for (const copy of tries) {
			const code = codeOf(() => {
				const read = checkArrow(copy);
				// What is accepted can be read to its last cell and written again.
				cells(read);
				checkArrow(encodeTable(read));
			});
			if (code !== 'accepted') refused++;
		}
		expect(refused).toBeGreaterThan(500);
		expect(refused).toBeLessThan(tries.length);
	});
});

it('refuses days and times that no date can hold, at both ends, and takes the last ones that it can', () => {
	const base = { name: 'x', length: 1, missing: 0, valid: null };
	const day = (value: number) =>
		encodeTable([{ ...base, type: 'date', values: Int32Array.of(value) }]);
	const time = (value: bigint) =>
		encodeTable([{ ...base, type: 'datetime', values: BigInt64Array.of(value) }]);
	const last = 8_640_000_000_000_000n;
	for (const sign of [1, -1]) {
		expect(whyOf(() => checkArrow(day(sign * 1e8)))).toBe('accepted');
		expect(whyOf(() => checkArrow(day(sign * (1e8 + 1))))).toBe('date');
		expect(whyOf(() => checkArrow(time(BigInt(sign) * last)))).toBe('accepted');
		expect(whyOf(() => checkArrow(time(BigInt(sign) * (last + 1n))))).toBe('date-time');
		expect(whyOf(() => checkArrow(time(BigInt(sign) * 9_223_372_036_854_775_807n)))).toBe(
			'date-time'
		);
	}
});
