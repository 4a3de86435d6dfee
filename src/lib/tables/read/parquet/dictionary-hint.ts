/**
 * Texts that a Parquet file holds as codes of a dictionary are asked for as such: what becomes of them is then bounded
 * by the file (a million codes of one long text stay codes), and nothing has to be put together again afterwards. The
 * library reads the wanted Arrow types in the file's own metadata, so a copy gets a footer that says them.
 */
import { Dictionary, Field, Int32, Schema, tableFromIPC, Utf8, type DataType } from 'apache-arrow';
import { schemaMessage } from '../arrow/schema-message.ts';
import { isByteArray, type ParquetMetadata } from './parquet-metadata.ts';
import { BINARY, LIST, STRUCT } from './thrift-reader.ts';

const KEY = 'ARROW:schema';
/** Field of the footer that holds keys and values. */
const KEY_VALUES = 5;

/**
 * @param schema of the file, as an Arrow stream: the types it would be read as
 * @returns the file with its new footer, or null when no column is concerned
 */
export function withDictionaryHint(
	bytes: Uint8Array,
	metadata: ParquetMetadata,
	schema: Uint8Array
): Uint8Array | null {
	const concerned = new Set<string>();
	metadata.columns.forEach((column, i) => {
		if (column.flat && isByteArray(column) && metadata.coded[i]) concerned.add(column.name);
	});
	if (concerned.size === 0) return null;
	const { fields } = tableFromIPC(schema).schema;
	let any = false;
	const hinted = fields.map((field: Field, i) => {
		if (!concerned.has(field.name) || !isText(field.type)) return field;
		any = true;
		return new Field(field.name, new Dictionary(new Utf8(), new Int32(), i), field.nullable);
	});
	if (!any) return null;
	const footer = footerWith(bytes, metadata, schemaMessage(new Schema(hinted)));
	const out = new Uint8Array(metadata.footerStart + footer.length + 8);
	out.set(bytes.subarray(0, metadata.footerStart));
	out.set(footer, metadata.footerStart);
	new DataView(out.buffer).setUint32(out.length - 8, footer.length, true);
	out.set(bytes.subarray(-4), out.length - 4);
	return out;
}

/** Utf8, LargeUtf8, and text that is in a dictionary already. */
const isText = (type: DataType): boolean => {
	const name = String(type);
	return name === 'Utf8' || name === 'LargeUtf8' || name === 'Utf8View';
};

function footerWith(
	bytes: Uint8Array,
	{ fields }: ParquetMetadata,
	message: Uint8Array
): Uint8Array {
	const parts: Uint8Array[] = [];
	let last = 0;
	const put = (id: number, type: number, value: Uint8Array): void => {
		parts.push(Uint8Array.of(((id - last) << 4) | type), value);
		last = id;
	};
	const ours = Uint8Array.of(
		...[(1 << 4) | STRUCT],
		...[(1 << 4) | BINARY, ...varint(KEY.length)],
		...new TextEncoder().encode(KEY)
	);
	const value = new TextEncoder().encode(base64(message));
	const keyValues = joined([
		ours,
		Uint8Array.of((1 << 4) | BINARY, ...varint(value.length)),
		value,
		Uint8Array.of(0)
	]);
	const kept = fields.filter(({ id }) => id !== KEY_VALUES && id < 8).sort((a, b) => a.id - b.id);
	for (const { id, type, start, end } of kept) {
		if (id > KEY_VALUES && last < KEY_VALUES) put(KEY_VALUES, LIST, keyValues);
		put(id, type, bytes.subarray(start, end));
	}
	if (last < KEY_VALUES) put(KEY_VALUES, LIST, keyValues);
	parts.push(Uint8Array.of(0));
	return joined(parts);
}

function varint(value: number): number[] {
	const out: number[] = [];
	for (; value > 127; value = Math.floor(value / 128)) out.push((value % 128) | 128);
	return [...out, value];
}

function base64(bytes: Uint8Array): string {
	let text = '';
	for (const byte of bytes) text += String.fromCharCode(byte);
	return btoa(text);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
	const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		out.set(part, at);
		at += part.length;
	}
	return out;
}
