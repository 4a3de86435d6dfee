/** Writes Arrow streams as they are told to be, true or forged: for tests of those who read them. */
import { BodyCompression } from 'apache-arrow/fb/body-compression';
import { Buffer as FbBuffer } from 'apache-arrow/fb/buffer';
import { DictionaryBatch } from 'apache-arrow/fb/dictionary-batch';
import { DictionaryEncoding } from 'apache-arrow/fb/dictionary-encoding';
import { Field } from 'apache-arrow/fb/field';
import { FieldNode } from 'apache-arrow/fb/field-node';
import { Int } from 'apache-arrow/fb/int';
import { KeyValue } from 'apache-arrow/fb/key-value';
import { List } from 'apache-arrow/fb/list';
import { Message } from 'apache-arrow/fb/message';
import { MessageHeader } from 'apache-arrow/fb/message-header';
import { RecordBatch } from 'apache-arrow/fb/record-batch';
import { Schema } from 'apache-arrow/fb/schema';
import { Type } from 'apache-arrow/fb/type';
import { Utf8 } from 'apache-arrow/fb/utf8';
import { Utf8View } from 'apache-arrow/fb/utf8-view';
import { Null } from 'apache-arrow/fb/null';
import { Builder } from 'flatbuffers';

export interface FieldPlan {
	readonly name: string;
	readonly type: 'int64' | 'int32' | 'utf8' | 'utf8view' | 'list' | 'null';
	/** Id of its dictionary, whose codes have 32 bits. */
	readonly dictionary?: bigint;
	readonly children?: readonly FieldPlan[];
}
export interface BatchPlan {
	readonly rows: number;
	/** Lengths of the nodes. */
	readonly nodes: readonly number[];
	/** Each in the body, one after the other, unless `places` say otherwise. */
	readonly buffers: readonly Uint8Array[];
	readonly compressed?: 'lz4' | 'zstd';
	readonly variadic?: readonly bigint[];
	/** What one of the lists claims to have, in place of the truth. */
	readonly claimed?: { readonly list: 'nodes' | 'buffers'; readonly length: number };
	readonly dictionary?: { readonly id: bigint; readonly delta: boolean };
}

function putField(
	b: Builder,
	{ name, type, dictionary, children = [] }: FieldPlan,
	metadataAt = 0
): number {
	const kids = children.map((child) => putField(b, child, metadataAt));
	const childrenAt = Field.createChildrenVector(b, kids);
	const nameAt = b.createString(name);
	let typeAt: number;
	let kind: Type;
	if (type === 'int64' || type === 'int32') {
		typeAt = Int.createInt(b, type === 'int64' ? 64 : 32, true);
		kind = Type.Int;
	} else if (type === 'utf8') {
		Utf8.startUtf8(b);
		typeAt = Utf8.endUtf8(b);
		kind = Type.Utf8;
	} else if (type === 'utf8view') {
		Utf8View.startUtf8View(b);
		typeAt = Utf8View.endUtf8View(b);
		kind = Type.Utf8View;
	} else if (type === 'list') {
		List.startList(b);
		typeAt = List.endList(b);
		kind = Type.List;
	} else {
		Null.startNull(b);
		typeAt = Null.endNull(b);
		kind = Type.Null;
	}
	let dictionaryAt = 0;
	if (dictionary !== undefined) {
		const index = Int.createInt(b, 32, true);
		DictionaryEncoding.startDictionaryEncoding(b);
		DictionaryEncoding.addId(b, dictionary);
		DictionaryEncoding.addIndexType(b, index);
		dictionaryAt = DictionaryEncoding.endDictionaryEncoding(b);
	}
	Field.startField(b);
	Field.addName(b, nameAt);
	Field.addNullable(b, true);
	Field.addTypeType(b, kind);
	Field.addType(b, typeAt);
	if (dictionaryAt) Field.addDictionary(b, dictionaryAt);
	Field.addChildren(b, childrenAt);
	if (metadataAt) Field.addCustomMetadata(b, metadataAt);
	return Field.endField(b);
}

function message(b: Builder, kind: MessageHeader, header: number, body: Uint8Array): Buffer {
	const at = Message.createMessage(b, 4, kind, header, BigInt(body.length), 0);
	b.finish(at);
	const metadata = b.asUint8Array();
	const padded = Math.ceil(metadata.length / 8) * 8;
	const head = Buffer.alloc(8 + padded);
	head.writeInt32LE(-1, 0);
	head.writeInt32LE(padded, 4);
	head.set(metadata, 8);
	return Buffer.concat([head, body]);
}

/** @param shared a text that each field names sixteen times, and that is there once */
export function schemaMessageOf(fields: readonly FieldPlan[], shared = ''): Buffer {
	const b = new Builder(1024);
	let metadataAt = 0;
	if (shared) {
		const text = b.createString(shared);
		KeyValue.startKeyValue(b);
		KeyValue.addKey(b, text);
		KeyValue.addValue(b, text);
		const pair = KeyValue.endKeyValue(b);
		metadataAt = Field.createCustomMetadataVector(b, new Array<number>(16).fill(pair));
	}
	const at = fields.map((field) => putField(b, field, metadataAt));
	const vector = Schema.createFieldsVector(b, at);
	Schema.startSchema(b);
	Schema.addFields(b, vector);
	return message(b, MessageHeader.Schema, Schema.endSchema(b), new Uint8Array(0));
}

export function batchMessage(plan: BatchPlan): Buffer {
	const b = new Builder(1024);
	const parts: Uint8Array[] = [];
	let length = 0;
	const places = plan.buffers.map((bytes) => {
		const place = { offset: length, length: bytes.length };
		const padded = Math.ceil(bytes.length / 8) * 8;
		parts.push(bytes, new Uint8Array(padded - bytes.length));
		length += padded;
		return place;
	});
	const claim = (elements: number): void => {
		// What a list says of its own length is written last, before all of it.
		(b as unknown as { vector_num_elems: number }).vector_num_elems = elements;
	};
	const putNodes = (): number => {
		RecordBatch.startNodesVector(b, plan.nodes.length);
		for (const node of [...plan.nodes].reverse()) FieldNode.createFieldNode(b, BigInt(node), 0n);
		if (plan.claimed?.list === 'nodes') claim(plan.claimed.length);
		return b.endVector();
	};
	const putBuffers = (): number => {
		RecordBatch.startBuffersVector(b, places.length);
		for (const place of [...places].reverse())
			FbBuffer.createBuffer(b, BigInt(place.offset), BigInt(place.length));
		if (plan.claimed?.list === 'buffers') claim(plan.claimed.length);
		return b.endVector();
	};
	// What is written first comes last in the message: nothing follows it but what is not there.
	let nodesAt: number;
	let buffersAt: number;
	if (plan.claimed?.list === 'buffers') {
		buffersAt = putBuffers();
		nodesAt = putNodes();
	} else {
		nodesAt = putNodes();
		buffersAt = putBuffers();
	}
	const variadicAt = plan.variadic
		? RecordBatch.createVariadicBufferCountsVector(b, [...plan.variadic])
		: 0;
	const compressionAt = plan.compressed
		? BodyCompression.createBodyCompression(b, plan.compressed === 'zstd' ? 1 : 0, 0)
		: 0;
	RecordBatch.startRecordBatch(b);
	RecordBatch.addLength(b, BigInt(plan.rows));
	RecordBatch.addNodes(b, nodesAt);
	RecordBatch.addBuffers(b, buffersAt);
	if (compressionAt) RecordBatch.addCompression(b, compressionAt);
	if (variadicAt) RecordBatch.addVariadicBufferCounts(b, variadicAt);
	const batch = RecordBatch.endRecordBatch(b);
	const body = Buffer.concat(parts);
	if (!plan.dictionary) return message(b, MessageHeader.RecordBatch, batch, body);
	DictionaryBatch.startDictionaryBatch(b);
	DictionaryBatch.addId(b, plan.dictionary.id);
	DictionaryBatch.addData(b, batch);
	DictionaryBatch.addIsDelta(b, plan.dictionary.delta);
	return message(b, MessageHeader.DictionaryBatch, DictionaryBatch.endDictionaryBatch(b), body);
}

export const arrowStream = (
	fields: readonly FieldPlan[],
	batches: readonly (BatchPlan | Buffer)[],
	shared = ''
): Uint8Array<ArrayBuffer> => {
	const whole = Buffer.concat([
		schemaMessageOf(fields, shared),
		...batches.map((batch) => (Buffer.isBuffer(batch) ? batch : batchMessage(batch)))
	]);
	return new Uint8Array(whole.buffer as ArrayBuffer, whole.byteOffset, whole.length).slice();
};

export const int32s = (values: ArrayLike<number>): Uint8Array =>
	new Uint8Array(Int32Array.from(values).buffer);
