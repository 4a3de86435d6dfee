/**
 * What the footer of a Parquet file says of it, and its page headers, held against each other and against the bytes that
 * are there: before the library that decodes them is given any.
 */
import { InvalidError } from '../../../core/errors.ts';
import { ARROW_LIMITS } from '../../check-arrow.ts';
import { LIST, STRUCT, ThriftReader, unreadable } from './thrift-reader.ts';

/** Bytes that the columns of a table may take once decoded, as far as that can be told. */
const MAX_DECODED = 1_500_000_000;
/**
 * What any file may become, however small, and how many bytes each of its own may: a run of one code says millions of
 * values in a few bytes. Three million flights, in codes and Zstandard, become fourteen times what they were.
 */
const ANY_DECODED = 200_000_000;
const EACH_DECODED = 64;
const MAX_FOOTER = 64_000_000;

/** By number: the name, and how many bytes one compressed byte may become at most. */
const CODECS: readonly (readonly [name: string, most: number, known: boolean])[] = [
	['UNCOMPRESSED', 1, true],
	['SNAPPY', 64, true],
	['GZIP', 1_100, true],
	['LZO', 1, false],
	['BROTLI', 1_000_000, true],
	['LZ4', 256, true],
	['ZSTD', 40_000, true],
	['LZ4_RAW', 256, true]
];
const BYTE_ARRAY = 6;
/** Bytes of a value of each physical type; a text's place and length. */
const WIDTHS = [1 / 8, 4, 8, 12, 4, 8, 16, 0] as const;
const DICTIONARY_PAGE = 2;
const DATA_PAGES = [0, 3];
const DICTIONARY_CODES = [2, 8];

export interface ParquetColumn {
	/** `lieu.ville` for a nested one. */
	readonly name: string;
	readonly type: number;
	/** Bytes of a value of fixed length. */
	readonly width: number;
	/** At the top, with one value a row. */
	readonly flat: boolean;
}
export interface ParquetMetadata {
	readonly rows: number;
	readonly columns: readonly ParquetColumn[];
	readonly groups: readonly {
		readonly rows: number;
		/** Bytes that it takes once decoded, about. */
		readonly decoded: number;
	}[];
	/** By column: whether some of its pages are codes of a dictionary. */
	readonly coded: readonly boolean[];
	/** The footer's own fields: where the value of each lies. */
	readonly fields: readonly { id: number; type: number; start: number; end: number }[];
	readonly footerStart: number;
	readonly fileBytes: number;
}

interface Chunk {
	type: number;
	codec: number;
	values: number;
	uncompressed: number;
	compressed: number;
	dataPage: number;
	dictionaryPage: number;
	elsewhere: boolean;
}

const isMagic = (bytes: Uint8Array, at: number, last: number): boolean =>
	bytes[at] === 0x50 && bytes[at + 1] === 0x41 && bytes[at + 2] === 0x52 && bytes[at + 3] === last;

/**
 * @throws InvalidError `parquet_unreadable`, `parquet_encrypted`, `parquet_compression` (codec), `parquet_too_large`
 *   (megabytes), `table_too_long` (max), `table_too_wide` (max)
 */
export function readParquetMetadata(bytes: Uint8Array): ParquetMetadata {
	const { length } = bytes;
	if (length < 12) throw unreadable('short');
	if (isMagic(bytes, length - 4, 0x45)) throw new InvalidError('parquet_encrypted');
	if (!isMagic(bytes, 0, 0x31) || !isMagic(bytes, length - 4, 0x31)) throw unreadable('magic');
	const view = new DataView(bytes.buffer, bytes.byteOffset, length);
	const footerLength = view.getUint32(length - 8, true);
	const footerStart = length - 8 - footerLength;
	if (footerStart < 4 || footerLength > MAX_FOOTER) throw unreadable('footer');

	const reader = new ThriftReader(bytes, footerStart, length - 8);
	let rows = -1;
	let columns: ParquetColumn[] = [];
	const groups: { rows: number; chunks: Chunk[] }[] = [];
	const fields: { id: number; type: number; start: number; end: number }[] = [];
	reader.struct((id, type) => {
		const start = reader.at;
		if (id === 2 && type === LIST) columns = readSchema(reader);
		else if (id === 3) rows = reader.count();
		else if (id === 4 && type === LIST) readGroups(reader, groups);
		else if (id === 8) throw new InvalidError('parquet_encrypted');
		else reader.skip(type);
		fields.push({ id, type, start, end: reader.at });
		return true;
	});
	if (rows < 0 || columns.length === 0) throw unreadable('no schema');
	if (rows > ARROW_LIMITS.rows)
		throw new InvalidError('table_too_long', { max: ARROW_LIMITS.rows });
	if (groups.reduce((sum, group) => sum + group.rows, 0) !== rows) throw unreadable('rows');

	const most = Math.min(MAX_DECODED, Math.max(ANY_DECODED, EACH_DECODED * length));
	let left = footerStart - 4;
	let decoded = 0;
	const coded = columns.map(() => false);
	const measured = groups.map((group) => {
		if (group.chunks.length !== columns.length) throw unreadable('columns');
		let own = 0;
		group.chunks.forEach((chunk, i) => {
			const column = columns[i] as ParquetColumn;
			if (chunk.type !== column.type || chunk.elsewhere) throw unreadable('column');
			if (column.flat ? chunk.values !== group.rows : chunk.values > 4 * ARROW_LIMITS.rows)
				throw unreadable('values');
			// Chunks on the same bytes would make a large table of a small file.
			left -= chunk.compressed;
			if (left < 0) throw unreadable('chunks overlap');
			const pages = readPages(bytes, chunk, footerStart, most);
			if (pages.coded) coded[i] = true;
			own += pages.uncompressed + chunk.values * (column.width || WIDTHS[column.type] || 0);
			if (decoded + own > most) throw tooLarge(most);
		});
		decoded += own;
		return { rows: group.rows, decoded: own };
	});
	return { rows, columns, groups: measured, coded, fields, footerStart, fileBytes: length };
}

/** The schema is a tree written in order: each element says how many children follow it. */
function readSchema(reader: ThriftReader): ParquetColumn[] {
	const columns: ParquetColumn[] = [];
	/** Children still to come, and the path, of each element around. */
	const around: { left: number; path: string; repeated: boolean }[] = [];
	let element = { type: -1, width: 0, repetition: 0, name: '', children: 0 };
	const { size } = reader.list();
	for (let i = 0; i < size; i++) {
		element = { type: -1, width: 0, repetition: 0, name: '', children: 0 };
		reader.struct((id) => {
			if (id === 1) element.type = reader.count();
			else if (id === 2) element.width = reader.count();
			else if (id === 3) element.repetition = reader.count();
			else if (id === 4) element.name = reader.text();
			else if (id === 5) element.children = reader.count();
			else return false;
			return true;
		});
		const parent = around.at(-1);
		if (i > 0 && !parent) throw unreadable('schema');
		if (parent) parent.left--;
		const path = around.length > 1 ? `${parent?.path ?? ''}.${element.name}` : element.name;
		const repeated = (parent?.repeated ?? false) || element.repetition === 2;
		if (element.children > 0 || i === 0) {
			if (element.children > size - i || around.length > 64) throw unreadable('schema');
			around.push({ left: element.children, path, repeated: i > 0 && repeated });
		} else {
			if (element.type < 0 || element.type >= WIDTHS.length) throw unreadable('type');
			if (columns.length === ARROW_LIMITS.columns)
				throw new InvalidError('table_too_wide', { max: ARROW_LIMITS.columns });
			// What a value of fixed length says it takes; nothing for the others.
			const width = element.type === 7 ? element.width : 0;
			if (width > 1_000_000) throw unreadable('width');
			columns.push({
				name: path,
				type: element.type,
				width,
				flat: around.length === 1 && !repeated
			});
		}
		while (around.length > 0 && around.at(-1)?.left === 0) around.pop();
	}
	if (around.length > 0) throw unreadable('schema');
	return columns;
}

function readGroups(reader: ThriftReader, groups: { rows: number; chunks: Chunk[] }[]): void {
	reader.structs((index, id, type) => {
		const group = (groups[index] ??= { rows: 0, chunks: [] });
		if (id === 3) group.rows = reader.count();
		else if (id === 1 && type === LIST) {
			reader.structs((_, field, kind) => {
				if (field === 8 || field === 9) throw new InvalidError('parquet_encrypted');
				if (field !== 3 || kind !== STRUCT) {
					if (field === 1) {
						// A path: the values would lie in another file.
						group.chunks.push({ ...readChunk(null), elsewhere: true });
					}
					return false;
				}
				group.chunks.push(readChunk(reader));
				return true;
			});
		} else return false;
		return true;
	});
}

function readChunk(reader: ThriftReader | null): Chunk {
	const chunk: Chunk = {
		type: -1,
		codec: 0,
		values: 0,
		uncompressed: 0,
		compressed: 0,
		dataPage: 0,
		dictionaryPage: 0,
		elsewhere: false
	};
	reader?.struct((id) => {
		if (id === 1) chunk.type = reader.count();
		else if (id === 4) chunk.codec = reader.count();
		else if (id === 5) chunk.values = reader.count();
		else if (id === 6) chunk.uncompressed = reader.count();
		else if (id === 7) chunk.compressed = reader.count();
		else if (id === 9) chunk.dataPage = reader.count();
		else if (id === 11) chunk.dictionaryPage = reader.count();
		else return false;
		return true;
	});
	return chunk;
}

const tooLarge = (most: number): InvalidError =>
	new InvalidError('parquet_too_large', { megabytes: Math.round(most / 1e6) });

/** Goes from page to page of a chunk: what their headers say has to fit in it, and to add up to what it says. */
function readPages(
	bytes: Uint8Array,
	chunk: Chunk,
	limit: number,
	most: number
): { uncompressed: number; coded: boolean } {
	const [name, times, known] = CODECS[chunk.codec] ?? ['', 0, false];
	if (!known) {
		if (name) throw new InvalidError('parquet_compression', { codec: name });
		throw unreadable('codec');
	}
	const { dictionaryPage, dataPage } = chunk;
	const start = dictionaryPage > 0 && dictionaryPage < dataPage ? dictionaryPage : dataPage;
	const end = start + chunk.compressed;
	if (start < 4 || end > limit) throw unreadable('chunk');
	let values = 0;
	let uncompressed = 0;
	let coded = false;
	const reader = new ThriftReader(bytes, start, end);
	while (values < chunk.values) {
		let type = -1;
		let plain = -1;
		let packed = -1;
		let count = -1;
		let encoding = -1;
		reader.struct((id, kind) => {
			if (id === 1) type = reader.count();
			else if (id === 2) plain = reader.count();
			else if (id === 3) packed = reader.count();
			else if ((id === 5 || id === 7 || id === 8) && kind === STRUCT)
				reader.struct((field, inner) => {
					if (field === 1) count = reader.count();
					// The version 2 of a data page has its encoding further on.
					else if (field === (id === 8 ? 4 : 2)) encoding = reader.count();
					else reader.skip(inner);
					return true;
				});
			else return false;
			return true;
		});
		if (plain < 0 || packed < 0 || packed > end - reader.at) throw unreadable('page');
		if (plain > packed * times + 64) throw unreadable('page size');
		reader.at += packed;
		uncompressed += plain;
		if (uncompressed > most) throw tooLarge(most);
		if (DATA_PAGES.includes(type)) {
			if (count < 0) throw unreadable('page');
			// Pages of nothing would make a long way of a few values.
			values += count;
			if (DICTIONARY_CODES.includes(encoding)) coded = true;
		} else if (type !== DICTIONARY_PAGE && type !== 1) throw unreadable('page type');
	}
	if (values !== chunk.values) throw unreadable('page values');
	return { uncompressed, coded };
}

/** Whether the values of a column are texts, or other bytes of any length. */
export const isByteArray = ({ type }: ParquetColumn): boolean => type === BYTE_ARRAY;
