/**
 * Writes a table as an Arrow IPC file: one record batch, texts dictionary-encoded (Int32 codes), dates as days,
 * date-times as milliseconds. The same table always makes the same bytes, so that a content hash names a table.
 */
import {
	Bool,
	DateDay,
	Dictionary,
	Field,
	Float64,
	Int32,
	RecordBatch,
	RecordBatchFileWriter,
	Schema,
	Struct,
	TimestampMillisecond,
	Utf8,
	Vector,
	makeData,
	type Data
} from 'apache-arrow';
import { dictionarySize, VALUE_TYPE_KEY, type Column } from './column.ts';

/** @throws RangeError if the columns differ in length */
export function encodeTable(columns: readonly Column[]): Uint8Array<ArrayBuffer> {
	const length = columns[0]?.length ?? 0;
	for (const column of columns)
		if (column.length !== length)
			throw new RangeError(`column of ${column.length} rows, not ${length}`);
	const children = columns.map(dataOf);
	const schema = new Schema(
		columns.map(
			(column, i) =>
				new Field(
					column.name,
					(children[i] as Data).type,
					true,
					column.valueType ? new Map([[VALUE_TYPE_KEY, column.valueType]]) : null
				)
		)
	);
	const struct = makeData({ type: new Struct(schema.fields), length, nullCount: 0, children });
	const writer = new RecordBatchFileWriter();
	writer.write(new RecordBatch(schema, struct));
	writer.finish();
	const bytes = writer.toUint8Array(true);
	// A buffer of its own, so that it can be handed over whole.
	return bytes.byteLength === bytes.buffer.byteLength
		? (bytes as Uint8Array<ArrayBuffer>)
		: new Uint8Array(bytes);
}

function dataOf(column: Column, index: number): Data {
	const shape = {
		length: column.length,
		nullCount: column.missing,
		nullBitmap: column.missing ? column.valid : null
	};
	switch (column.type) {
		case 'text': {
			const { offsets, bytes } = column.dictionary;
			const texts = makeData({
				type: new Utf8(),
				length: dictionarySize(column.dictionary),
				nullCount: 0,
				valueOffsets: offsets,
				data: bytes
			});
			return makeData({
				// An id of its own for each column: without one the library draws them from a counter, and the
				// same table would make other bytes the next time.
				type: new Dictionary(new Utf8(), new Int32(), index),
				...shape,
				data: column.codes,
				dictionary: new Vector([texts])
			});
		}
		case 'number':
			return makeData({ type: new Float64(), ...shape, data: column.values });
		case 'integer':
			return makeData({ type: new Int32(), ...shape, data: column.values });
		case 'date':
			return makeData({ type: new DateDay(), ...shape, data: column.values });
		case 'datetime':
			return makeData({ type: new TimestampMillisecond(), ...shape, data: column.values });
		case 'boolean':
			return makeData({ type: new Bool(), ...shape, data: column.values });
	}
}
