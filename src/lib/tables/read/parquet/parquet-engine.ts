/**
 * The library that decodes and encodes Parquet pages: WebAssembly, 5 MB, asked for when a Parquet file is first met.
 * Its memory grows with the largest file and ends with the worker.
 */

/** What is used of it. */
export interface ParquetEngine {
	readParquet(
		bytes: Uint8Array,
		options: { batchSize: number; rowGroups: number[] }
	): ParquetBatches;
	readSchema(bytes: Uint8Array): { intoIPCStream(): Uint8Array };
	writeParquet(table: ParquetBatches, properties: unknown): Uint8Array;
	readonly Table: { fromIPCStream(bytes: Uint8Array): ParquetBatches };
	readonly WriterPropertiesBuilder: new () => ParquetProperties;
	readonly Compression: { readonly SNAPPY: number; readonly ZSTD: number };
}
export interface ParquetBatches {
	readonly numBatches: number;
	recordBatch(index: number): { intoIPCStream(): Uint8Array } | undefined;
	free(): void;
}
interface ParquetProperties {
	setCompression(value: number): ParquetProperties;
	setCreatedBy(value: string): ParquetProperties;
	setMaxRowGroupSize(value: number): ParquetProperties;
	build(): unknown;
}

let loading: Promise<ParquetEngine> | null = null;

/** In a browser: from the address that the build gave to its file. A failure is not kept: the next call tries again. */
export function loadParquetEngine(): Promise<ParquetEngine> {
	loading ??= load().catch((error: unknown) => {
		loading = null;
		throw error;
	});
	return loading;
}

async function load(): Promise<ParquetEngine> {
	const library = await import('parquet-wasm/esm');
	await library.default();
	return library as unknown as ParquetEngine;
}
