/**
 * Reads Arrow bytes that somebody sent, believing none of their numbers: every length, offset, code and text
 * is checked against the bytes that are there before a view is made over them. What comes out is the table;
 * what is stored is that table written anew (`encodeTable`), so that no reader downstream can see anything
 * in the bytes that was not checked here.
 *
 * The library's own reader trusts its input (a forged count makes it allocate without end), so its generated
 * FlatBuffers accessors are used instead, one message at a time.
 */
import { Int as FbInt } from 'apache-arrow/fb/int';
import { FloatingPoint as FbFloat } from 'apache-arrow/fb/floating-point';
import { Date as FbDate } from 'apache-arrow/fb/date';
import type { Field as FbField } from 'apache-arrow/fb/field';
import { Footer as FbFooter } from 'apache-arrow/fb/footer';
import { DictionaryBatch as FbDictionaryBatch } from 'apache-arrow/fb/dictionary-batch';
import { Message as FbMessage } from 'apache-arrow/fb/message';
import { MessageHeader } from 'apache-arrow/fb/message-header';
import { RecordBatch as FbRecordBatch } from 'apache-arrow/fb/record-batch';
import { Schema as FbSchema } from 'apache-arrow/fb/schema';
import { Timestamp as FbTimestamp } from 'apache-arrow/fb/timestamp';
import { Type } from 'apache-arrow/fb/type';
import { ByteBuffer, Encoding } from 'flatbuffers';
import { isValueType } from '../core/dataset/value-type.ts';
import { InvalidError } from '../core/errors.ts';
import {
	dictionarySize,
	VALUE_TYPE_KEY,
	type Column,
	type DataType,
	type TextDictionary
} from './column.ts';
import { TextInterner } from './text-interner.ts';
import { invalidUtf8At } from './utf8.ts';

export interface ArrowLimits {
	readonly bytes: number;
	readonly rows: number;
	readonly columns: number;
	/** UTF-16 units of a column's name. */
	readonly nameLength: number;
}
export const ARROW_LIMITS: ArrowLimits = {
	bytes: 200_000_000,
	rows: 50_000_000,
	columns: 2_000,
	nameLength: 300
};

/** A column of the schema, before its values are read. */
interface FieldPlan {
	readonly name: string;
	readonly type: DataType;
	/** Text: the id of its dictionary, and the type of its codes. */
	readonly dictionary: bigint;
	readonly codeBytes: 1 | 2 | 4;
	readonly codeSigned: boolean;
	/** What the file says that its values are; believed only where it is a type that is stored so. */
	readonly valueType: string | null;
}

/** Why the bytes were refused, for whoever reads the log; the sentence people read is the same for all. */
const unreadable = (why: string): InvalidError => new InvalidError('arrow_unreadable', { why });

/**
 * @returns the table's columns, as views over `bytes` where these allow it
 * @throws InvalidError `arrow_unreadable`, `arrow_type` (column), `table_too_large` (bytes, rows),
 *   `table_too_wide` (max), `arrow_names`
 */
export function checkArrow(bytes: Uint8Array, limits: ArrowLimits = ARROW_LIMITS): Column[] {
	if (bytes.length > limits.bytes)
		throw new InvalidError('table_too_large', { megabytes: limits.bytes / 1e6 });
	try {
		return readMessages(bytes, limits);
	} catch (error) {
		if (error instanceof InvalidError) throw error;
		// Whatever else a forged byte makes an accessor throw (RangeError, TypeError): the bytes are at fault.
		throw unreadable('malformed');
	}
}

/** ARROW1 */
const MAGIC = [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31];

function readMessages(bytes: Uint8Array, limits: ArrowLimits): Column[] {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	let at = 0;
	let end = bytes.length;
	let plans: FieldPlan[] | null = null;
	if (bytes.length >= 8 && MAGIC.every((byte, i) => bytes[i] === byte)) {
		// A file: the messages lie between the magic and the footer, which repeats the schema (some writers
		// put it there alone). What the footer says of where they lie is not needed, nor believed.
		const footerLength = bytes.length > 18 ? view.getInt32(bytes.length - 10, true) : 0;
		at = 8;
		end = bytes.length - 10 - footerLength;
		if (footerLength < 4 || end < at) throw unreadable('footer');
		const footer = FbFooter.getRootAsFooter(
			new ByteBuffer(bytes.subarray(end, end + footerLength))
		);
		const schema = footer.schema();
		if (!schema) throw unreadable('no schema');
		plans = readSchema(schema, footerLength, limits);
	}
	const isFile = plans !== null;
	let seenSchema = false;
	let columns: Column[] | null = null;
	const dictionaries = new Map<bigint, TextDictionary>();
	while (at < end) {
		if (at + 8 > end || view.getInt32(at, true) !== -1) throw unreadable('no message');
		const metadataLength = view.getInt32(at + 4, true);
		if (metadataLength === 0) break; // End of the stream.
		at += 8;
		if (metadataLength < 0 || at + metadataLength > end) throw unreadable('metadata');
		const message = FbMessage.getRootAsMessage(
			new ByteBuffer(bytes.subarray(at, at + metadataLength))
		);
		at += metadataLength;
		const bodyLength = sizeOf(message.bodyLength(), end - at, 'body');
		const body = bytes.subarray(at, at + bodyLength);
		at += bodyLength;

		const kind = message.headerType();
		if (kind === MessageHeader.Schema) {
			if (seenSchema || columns || dictionaries.size) throw unreadable('two schemas');
			seenSchema = true;
			const read = readSchema(message.header(new FbSchema()) as FbSchema, metadataLength, limits);
			if (!isFile) plans = read;
		} else if (kind === MessageHeader.DictionaryBatch) {
			const header = message.header(new FbDictionaryBatch()) as FbDictionaryBatch;
			const id = header.id();
			const batch = header.data();
			if (!batch || header.isDelta() || dictionaries.has(id)) throw unreadable('dictionary');
			if (!plans?.some((plan) => plan.dictionary === id)) throw unreadable('stray dictionary');
			dictionaries.set(id, readDictionary(new Batch(batch, body, limits)));
		} else if (kind === MessageHeader.RecordBatch) {
			if (!plans) throw unreadable('no schema');
			if (columns) throw unreadable('two batches');
			const batch = new Batch(message.header(new FbRecordBatch()) as FbRecordBatch, body, limits);
			columns = plans.map((plan) => readColumn(plan, batch, dictionaries));
			batch.end();
		} else throw unreadable('message');
	}
	if (!plans || !columns) throw unreadable('no table');
	return columns;
}

/** A length or an offset as a number, refused when it goes past what is there. */
function sizeOf(value: bigint, most: number, what: string): number {
	if (value < 0n || value > BigInt(most)) throw unreadable(what);
	return Number(value);
}

function readSchema(schema: FbSchema, metadataLength: number, limits: ArrowLimits): FieldPlan[] {
	if (schema.endianness() !== 0) throw unreadable('endianness');
	const count = schema.fieldsLength();
	if (count < 1 || count * 4 > metadataLength) throw unreadable('fields');
	if (count > limits.columns) throw new InvalidError('table_too_wide', { max: limits.columns });
	const plans: FieldPlan[] = [];
	const names = new Set<string>();
	const ids = new Set<bigint>();
	for (let i = 0; i < count; i++) {
		const field = schema.fields(i);
		const name = field ? shortText(field.name(Encoding.UTF8_BYTES), 3 * limits.nameLength) : null;
		if (!field || !name || name.length > limits.nameLength || names.has(name))
			throw new InvalidError('arrow_names', { number: i + 1 });
		names.add(name);
		if (field.childrenLength() !== 0) throw new InvalidError('arrow_type', { column: name });
		const refuse = (): never => {
			throw new InvalidError('arrow_type', { column: name });
		};
		const encoding = field.dictionary();
		const type = field.typeType();
		if (encoding) {
			const index = encoding.indexType();
			const bits = index?.bitWidth();
			if (type !== Type.Utf8 || !index || (bits !== 8 && bits !== 16 && bits !== 32))
				return refuse();
			// One dictionary a column: shared ones would have to be told apart again when written.
			if (ids.has(encoding.id())) return refuse();
			ids.add(encoding.id());
			plans.push({
				name,
				type: 'text',
				dictionary: encoding.id(),
				codeBytes: (bits / 8) as 1 | 2 | 4,
				codeSigned: index.isSigned(),
				valueType: valueTypeOf(field)
			});
			continue;
		}
		const plain = plainType(field.type.bind(field), type) ?? refuse();
		plans.push({
			name,
			type: plain,
			dictionary: -1n,
			codeBytes: 4,
			codeSigned: true,
			valueType: valueTypeOf(field)
		});
	}
	return plans;
}

/** Metadata beyond these entries is not looked for. */
const METADATA_ENTRIES = 16;

const VALUE_TYPE_KEY_BYTES = new TextEncoder().encode(VALUE_TYPE_KEY);
/** Bytes: no value type's name is as long. */
const VALUE_TYPE_BYTES = 64;

/**
 * What a field's metadata names as its value type: nothing else of the metadata is read. Keys are compared as bytes,
 * their lengths first: all fields may point at one text as long as the message, which is not to be read for each.
 */
function valueTypeOf(field: FbField): string | null {
	const count = Math.min(field.customMetadataLength(), METADATA_ENTRIES);
	for (let i = 0; i < count; i++) {
		const entry = field.customMetadata(i);
		const key = textBytes(entry?.key(Encoding.UTF8_BYTES));
		if (
			entry &&
			key?.length === VALUE_TYPE_KEY_BYTES.length &&
			VALUE_TYPE_KEY_BYTES.every((byte, at) => key[at] === byte)
		)
			return shortText(entry.value(Encoding.UTF8_BYTES), VALUE_TYPE_BYTES);
	}
	return null;
}

/** The accessors answer bytes where they are asked for `Encoding.UTF8_BYTES`; their declared type is wider. */
const textBytes = (found: unknown): Uint8Array | null =>
	found instanceof Uint8Array ? found : null;

/** A text of at most so many bytes of UTF-8; one that is longer, or is not there, is null, and is not decoded. */
function shortText(found: unknown, most: number): string | null {
	const bytes = textBytes(found);
	return bytes && bytes.length <= most ? new TextDecoder().decode(bytes) : null;
}

function plainType(typed: (holder: unknown) => unknown, type: Type): DataType | null {
	switch (type) {
		case Type.FloatingPoint:
			return (typed(new FbFloat()) as FbFloat).precision() === 2 ? 'number' : null;
		case Type.Int: {
			const int = typed(new FbInt()) as FbInt;
			return int.bitWidth() === 32 && int.isSigned() ? 'integer' : null;
		}
		case Type.Date:
			return (typed(new FbDate()) as FbDate).unit() === 0 ? 'date' : null;
		case Type.Timestamp: {
			const timestamp = typed(new FbTimestamp()) as FbTimestamp;
			return timestamp.unit() === 1 && !timestamp.timezone() ? 'datetime' : null;
		}
		case Type.Bool:
			return 'boolean';
		default:
			return null;
	}
}

/** A record batch whose nodes and buffers are taken one after the other, each checked against the body. */
class Batch {
	readonly rows: number;
	readonly #header: FbRecordBatch;
	readonly #body: Uint8Array;
	#node = 0;
	#buffer = 0;
	/** Where the last buffer ended. */
	#taken = 0;

	constructor(header: FbRecordBatch, body: Uint8Array, limits: ArrowLimits) {
		this.#header = header;
		this.#body = body;
		if (header.compression()) throw unreadable('compressed');
		if (header.length() > BigInt(limits.rows))
			throw new InvalidError('table_too_long', { max: limits.rows });
		this.rows = sizeOf(header.length(), limits.rows, 'rows');
	}

	node(): void {
		const node = this.#node < this.#header.nodesLength() ? this.#header.nodes(this.#node++) : null;
		if (!node || node.length() !== BigInt(this.rows)) throw unreadable('node');
	}

	/** The next buffer, at least `needed` bytes of it; copied if it does not lie on a multiple of 8. */
	buffer(needed: number): Uint8Array<ArrayBuffer> {
		const found = this.next();
		if (found.length < needed) throw unreadable('short buffer');
		const part = found.subarray(0, needed);
		return (
			part.byteOffset % 8 === 0 && part.buffer instanceof ArrayBuffer ? part : part.slice()
		) as Uint8Array<ArrayBuffer>;
	}

	next(): Uint8Array {
		const buffer =
			this.#buffer < this.#header.buffersLength() ? this.#header.buffers(this.#buffer++) : null;
		if (!buffer) throw unreadable('buffer');
		const offset = sizeOf(buffer.offset(), this.#body.length, 'offset');
		const length = sizeOf(buffer.length(), this.#body.length - offset, 'length');
		// Each after the one before: columns on the same bytes would make a large table of a small file.
		if (length > 0 && offset < this.#taken) throw unreadable('overlapping buffers');
		this.#taken = Math.max(this.#taken, offset + length);
		return this.#body.subarray(offset, offset + length);
	}

	/** The bitmap of what is there, and how many are missing. */
	validity(): { valid: Uint8Array<ArrayBuffer> | null; missing: number } {
		const found = this.next();
		if (found.length === 0) return { valid: null, missing: 0 };
		const bytes = (this.rows + 7) >> 3;
		if (found.length < bytes) throw unreadable('validity');
		const valid = found.slice(0, bytes) as Uint8Array<ArrayBuffer>;
		clearTail(valid, this.rows);
		const missing = this.rows - countBits(valid);
		return { valid: missing ? valid : null, missing };
	}

	end(): void {
		if (this.#node !== this.#header.nodesLength() || this.#buffer !== this.#header.buffersLength())
			throw unreadable('more buffers than columns');
	}
}

function readDictionary(batch: Batch): TextDictionary {
	batch.node();
	if (batch.validity().missing) throw unreadable('missing text');
	const size = batch.rows;
	// Arrow lets an empty dictionary leave its offsets out.
	const raw = size === 0 ? new Uint8Array(4) : batch.buffer((size + 1) * 4);
	if (size === 0) batch.next();
	const offsets = new Int32Array(raw.buffer, raw.byteOffset, size + 1);
	const data = batch.next();
	if (offsets[0] !== 0) throw unreadable('text offsets');
	for (let i = 0; i < size; i++)
		if ((offsets[i + 1] as number) < (offsets[i] as number)) throw unreadable('text offsets');
	const end = offsets[size] as number;
	if (end > data.length) throw unreadable('text bytes');
	batch.end();
	const bytes = data.subarray(0, end) as Uint8Array<ArrayBuffer>;
	if (invalidUtf8At(bytes) >= 0) throw unreadable('text encoding');
	const interner = new TextInterner();
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	for (let i = 0; i < size; i++) {
		const start = offsets[i] as number;
		const stop = offsets[i + 1] as number;
		// No text begins in the middle of a character, and none is there twice.
		if (start < end && ((bytes[start] as number) & 0xc0) === 0x80) throw unreadable('text split');
		if (interner.intern(bytes, view, start, stop) !== i) throw unreadable('text twice');
	}
	return { offsets, bytes };
}

function readColumn(
	plan: FieldPlan,
	batch: Batch,
	dictionaries: ReadonlyMap<bigint, TextDictionary>
): Column {
	batch.node();
	const { rows } = batch;
	const base = {
		name: plan.name,
		...(isValueType(plan.valueType, plan.type) && plan.valueType !== plan.type
			? { valueType: plan.valueType }
			: {}),
		length: rows,
		...batch.validity()
	};
	switch (plan.type) {
		case 'text': {
			const dictionary = dictionaries.get(plan.dictionary);
			if (!dictionary) throw unreadable('no dictionary');
			const codes = readCodes(batch.buffer(rows * plan.codeBytes), plan);
			checkCodes(codes, base.valid, dictionarySize(dictionary));
			return { ...base, type: 'text', codes, dictionary };
		}
		case 'number': {
			const raw = batch.buffer(rows * 8);
			return {
				...base,
				type: 'number',
				values: new Float64Array(raw.buffer, raw.byteOffset, rows)
			};
		}
		case 'integer': {
			const raw = batch.buffer(rows * 4);
			return { ...base, type: 'integer', values: new Int32Array(raw.buffer, raw.byteOffset, rows) };
		}
		case 'date': {
			const raw = batch.buffer(rows * 4);
			const values = new Int32Array(raw.buffer, raw.byteOffset, rows);
			checkDays(values);
			return { ...base, type: 'date', values };
		}
		case 'datetime': {
			const raw = batch.buffer(rows * 8);
			const values = new BigInt64Array(raw.buffer, raw.byteOffset, rows);
			checkTimes(values);
			return { ...base, type: 'datetime', values };
		}
		case 'boolean': {
			const values = batch.buffer((rows + 7) >> 3).slice();
			clearTail(values, rows);
			return { ...base, type: 'boolean', values };
		}
	}
}

function readCodes(raw: Uint8Array<ArrayBuffer>, plan: FieldPlan): Int32Array<ArrayBuffer> {
	const { buffer, byteOffset, byteLength } = raw;
	if (plan.codeBytes === 4) return new Int32Array(buffer, byteOffset, byteLength / 4);
	if (plan.codeBytes === 2)
		return Int32Array.from(
			plan.codeSigned
				? new Int16Array(buffer, byteOffset, byteLength / 2)
				: new Uint16Array(buffer, byteOffset, byteLength / 2)
		);
	return Int32Array.from(plan.codeSigned ? new Int8Array(buffer, byteOffset, byteLength) : raw);
}

// What a Date can hold. Loops by index, in functions of their own: ten million rows are looked at while a page waits.
function checkDays(values: Int32Array): void {
	for (let row = 0; row < values.length; row++) {
		const day = values[row] as number;
		if (day > 1e8 || day < -1e8) throw unreadable('date');
	}
}
function checkTimes({ buffer, byteOffset, length }: BigInt64Array): void {
	const words = new Int32Array(buffer, byteOffset, length * 2);
	for (let at = 0; at < words.length; at += 2) {
		const ms = (words[at + 1] as number) * 4_294_967_296 + ((words[at] as number) >>> 0);
		if (ms > 8.64e15 || ms < -8.64e15) throw unreadable('date-time');
	}
}

/** Every code names a text, and every text is named: an unused one would be data that no row shows. */
function checkCodes(codes: Int32Array, valid: Uint8Array | null, size: number): void {
	const used = new Uint8Array(size);
	if (!valid)
		for (let row = 0; row < codes.length; row++) {
			const code = codes[row] as number;
			if (code < 0 || code >= size) throw unreadable('code');
			used[code] = 1;
		}
	for (let row = 0; valid && row < codes.length; row++) {
		const code = codes[row] as number;
		if ((((valid[row >> 3] as number) >> (row & 7)) & 1) === 0) {
			if (code !== 0) throw unreadable('code of a missing value');
		} else if (code < 0 || code >= size) throw unreadable('code');
		else used[code] = 1;
	}
	if (used.includes(0)) throw unreadable('unused text');
}

function clearTail(bits: Uint8Array, rows: number): void {
	if (rows & 7) bits[bits.length - 1] = (bits[bits.length - 1] as number) & ((1 << (rows & 7)) - 1);
}

function countBits(bits: Uint8Array): number {
	let count = 0;
	for (let byte of bits) for (; byte; byte &= byte - 1) count++;
	return count;
}
