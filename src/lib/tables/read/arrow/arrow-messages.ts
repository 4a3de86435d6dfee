/**
 * The messages of an Arrow IPC file or stream, found without believing a length. In a file they lie between its magic
 * and its footer, which repeats the schema; what the footer says of where they lie is not needed.
 */
import { DictionaryBatch as FbDictionaryBatch } from 'apache-arrow/fb/dictionary-batch';
import { Footer as FbFooter } from 'apache-arrow/fb/footer';
import { Message as FbMessage } from 'apache-arrow/fb/message';
import { MessageHeader } from 'apache-arrow/fb/message-header';
import { RecordBatch as FbRecordBatch } from 'apache-arrow/fb/record-batch';
import { Schema as FbSchema } from 'apache-arrow/fb/schema';
import { ByteBuffer } from 'flatbuffers';
import { InvalidError } from '../../../core/errors.ts';
import { readFields, unreadable, type ArrowField } from './arrow-type.ts';
import { sizeOf } from './batch-body.ts';

export interface BatchMessage {
	readonly header: FbRecordBatch;
	readonly body: Uint8Array;
	/** Absent for rows; for a dictionary, its id and whether it goes on from the one before. */
	readonly dictionary: { readonly id: bigint; readonly delta: boolean } | null;
	/** Where it ends in the bytes. */
	readonly end: number;
}
export interface ArrowMessages {
	readonly fields: readonly ArrowField[];
	/** As they are to be applied: in a file, dictionaries come first wherever they lie. */
	readonly batches: readonly BatchMessage[];
}

const startsWith = (bytes: Uint8Array, text: string): boolean =>
	[...text].every((letter, i) => bytes[i] === letter.charCodeAt(0));

/** @throws InvalidError `arrow_file`, `file_feather_v1`, `table_too_wide` (max) */
export function readMessages(bytes: Uint8Array): ArrowMessages {
	if (startsWith(bytes, 'FEA1')) throw new InvalidError('file_feather_v1');
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	let at = 0;
	let end = bytes.length;
	let fields: readonly ArrowField[] | null = null;
	const isFile = startsWith(bytes, 'ARROW1');
	if (isFile) {
		const footerLength = bytes.length > 18 ? view.getInt32(bytes.length - 10, true) : 0;
		at = 8;
		end = bytes.length - 10 - footerLength;
		if (!startsWith(bytes.subarray(-6), 'ARROW1') || footerLength < 4 || end < at)
			throw unreadable('footer');
		const footer = bytes.subarray(end, end + footerLength);
		const schema = FbFooter.getRootAsFooter(new ByteBuffer(footer)).schema();
		if (!schema) throw unreadable('no schema');
		fields = readFields(schema, footerLength);
	}
	const rows: BatchMessage[] = [];
	const dictionaries: BatchMessage[] = [];
	while (at + 4 <= end) {
		// Before version 0.15 a message had no mark before its length.
		const marked = view.getInt32(at, true) === -1;
		if (marked && at + 8 > end) throw unreadable('message');
		const length = view.getInt32(marked ? at + 4 : at, true);
		at += marked ? 8 : 4;
		if (length === 0) break;
		if (length < 0 || at + length > end) throw unreadable('metadata');
		const message = FbMessage.getRootAsMessage(new ByteBuffer(bytes.subarray(at, at + length)));
		at += length;
		const bodyLength = sizeOf(message.bodyLength(), end - at, 'body');
		const body = bytes.subarray(at, at + bodyLength);
		at += bodyLength;
		const kind = message.headerType();
		if (kind === MessageHeader.Schema) {
			if (!isFile) {
				if (fields) throw unreadable('two schemas');
				fields = readFields(message.header(new FbSchema()) as FbSchema, length);
			}
		} else if (kind === MessageHeader.DictionaryBatch) {
			const found = message.header(new FbDictionaryBatch()) as FbDictionaryBatch;
			const header = found.data();
			if (!header) throw unreadable('dictionary');
			const dictionary = { id: found.id(), delta: found.isDelta() };
			(isFile ? dictionaries : rows).push({ header, body, dictionary, end: at });
		} else if (kind === MessageHeader.RecordBatch) {
			const header = message.header(new FbRecordBatch()) as FbRecordBatch;
			rows.push({ header, body, dictionary: null, end: at });
		} else throw unreadable('message');
	}
	if (!fields) throw unreadable('no schema');
	return { fields, batches: [...dictionaries, ...rows] };
}
