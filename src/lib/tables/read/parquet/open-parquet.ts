/** Opens Parquet files: what they say of themselves is held against their bytes first, then a library decodes them. */
import { AppError } from '../../../core/errors.ts';
import type { ArrowArray } from '../arrow/arrow-array.ts';
import { readMessages } from '../arrow/arrow-messages.ts';
import { BatchBody } from '../arrow/batch-body.ts';
import { ArrowTable, Dictionaries } from '../arrow/open-arrow.ts';
import type { OpenedFile, OpenOptions } from '../opened-file.ts';
import { withDictionaryHint } from './dictionary-hint.ts';
import { loadParquetEngine, type ParquetEngine } from './parquet-engine.ts';
import { readParquetMetadata, type ParquetMetadata } from './parquet-metadata.ts';
import { unreadable } from './thrift-reader.ts';

/** Decoded bytes that the library makes at a time, and that are taken from it at a time. */
const AT_ONCE = 256_000_000;
const BATCH = 32_000_000;

/**
 * @param load where the library comes from
 * @throws InvalidError `parquet_unreadable`, `parquet_encrypted`, `parquet_compression` (codec), `parquet_too_large`
 *   (megabytes), `table_too_long` (max), `table_too_wide` (max), `arrow_type` (column) when no column can be read
 */
export async function openParquet(
	bytes: Uint8Array<ArrayBuffer>,
	options: OpenOptions = {},
	load: () => Promise<ParquetEngine> = loadParquetEngine
): Promise<OpenedFile> {
	const metadata = readParquetMetadata(bytes);
	const engine = await load();
	const file = refusing(() => hinted(engine, bytes, metadata));
	let table: ArrowTable | null = null;
	let done = 0;
	const perRow = metadata.groups.reduce((sum, { decoded }) => sum + decoded, 0) / metadata.rows;
	const batchSize = Math.min(Math.max(Math.floor(BATCH / (perRow || 1)), 1_024), 262_144);
	for (const rowGroups of shares(metadata)) {
		const batches = refusing(() => engine.readParquet(file, { batchSize, rowGroups }));
		try {
			for (let i = 0; i < batches.numBatches; i++) {
				table = refusing(() => {
					const stream = batches.recordBatch(i)?.intoIPCStream();
					if (!stream) throw unreadable('batch');
					return append(table, stream, metadata, options);
				});
				done += batchSize;
				options.progress?.(Math.min(done, metadata.rows), metadata.rows);
				await options.pause?.();
			}
		} finally {
			batches.free();
		}
	}
	const read = table ?? refusing(() => append(null, schemaOf(engine, file), metadata, options));
	if (read.rows !== metadata.rows) throw unreadable('rows');
	return read.finish('parquet');
}

const schemaOf = (engine: ParquetEngine, file: Uint8Array): Uint8Array =>
	engine.readSchema(file).intoIPCStream();

/** What the library, or what reads its output, throws is the file's fault: it is code without a state of its own. */
function refusing<T>(work: () => T): T {
	try {
		return work();
	} catch (error) {
		if (error instanceof AppError && !error.code.startsWith('arrow_file')) throw error;
		throw unreadable(error instanceof Error ? error.message.slice(0, 200) : String(error));
	}
}

function hinted(engine: ParquetEngine, bytes: Uint8Array, metadata: ParquetMetadata): Uint8Array {
	// The footer alone says the schema: the library need not be given all the rest for it.
	const footer = bytes.length - metadata.footerStart;
	const brief = new Uint8Array(4 + footer);
	brief.set(bytes.subarray(0, 4));
	brief.set(bytes.subarray(metadata.footerStart), 4);
	const schema = schemaOf(engine, brief);
	return withDictionaryHint(bytes, metadata, schema) ?? bytes;
}

/** Row groups to decode together. */
function* shares({ groups }: ParquetMetadata): Generator<number[]> {
	let share: number[] = [];
	let size = 0;
	for (const [i, { rows, decoded }] of groups.entries()) {
		if (rows === 0) continue;
		if (share.length > 0 && size + decoded > AT_ONCE) {
			yield share;
			share = [];
			size = 0;
		}
		share.push(i);
		size += decoded;
	}
	if (share.length > 0) yield share;
}

/** Adds a stream of one batch to the table, which the first one begins. */
function append(
	table: ArrowTable | null,
	stream: Uint8Array,
	{ rows, fileBytes }: ParquetMetadata,
	{ depth }: OpenOptions
): ArrowTable {
	const { fields, batches } = readMessages(stream);
	const filled = table ?? new ArrowTable(fields, fileBytes, depth, rows);
	const dictionaries = new Dictionaries(fields, filled.budget);
	for (const message of batches) {
		if (message.dictionary) {
			dictionaries.take(message);
			continue;
		}
		const body = new BatchBody(message.header, message.body, filled.budget);
		const arrays: ArrowArray[] = fields.map((field) =>
			body.array(field, body.rows, dictionaries.current)
		);
		filled.append(arrays, body.rows);
		body.release();
	}
	return filled;
}
