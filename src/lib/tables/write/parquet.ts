/** Writes a table as Parquet, by the library that reads it. */
import { tableFromIPC } from 'apache-arrow';
import { encodeTable } from '../arrow.ts';
import type { Column } from '../column.ts';
import { schemaMessage } from '../read/arrow/schema-message.ts';
import { loadParquetEngine, type ParquetEngine } from '../read/parquet/parquet-engine.ts';

export interface ParquetOptions {
	/** `zstd` is smaller; `snappy` is read by everything. */
	readonly compression?: 'zstd' | 'snappy';
}

/** @throws RangeError if the columns differ in length */
export async function writeParquet(
	columns: readonly Column[],
	{ compression = 'zstd' }: ParquetOptions = {},
	load: () => Promise<ParquetEngine> = loadParquetEngine
): Promise<Uint8Array> {
	const engine = await load();
	const properties = new engine.WriterPropertiesBuilder()
		.setCompression(engine.Compression[compression === 'zstd' ? 'ZSTD' : 'SNAPPY'])
		.setCreatedBy('Carnet commun')
		.setMaxRowGroupSize(1_048_576)
		.build();
	return engine.writeParquet(
		engine.Table.fromIPCStream(streamOf(encodeTable(columns))),
		properties
	);
}

/** An Arrow file as a stream: the schema, which our writer puts in the footer alone, then what lies before that. */
function streamOf(file: Uint8Array<ArrayBuffer>): Uint8Array {
	const schema = schemaMessage(tableFromIPC(file).schema);
	const footer = new DataView(file.buffer, file.byteOffset).getInt32(file.length - 10, true);
	const body = file.subarray(8, file.length - 10 - footer);
	const out = new Uint8Array(schema.length + body.length);
	out.set(schema);
	out.set(body, schema.length);
	return out;
}
