/**
 * A table as a file to take away: a zip of the data, of what describes them to machines (`datapackage.json`), and of what
 * a person reads first. What is written goes into Blobs as it comes, which a browser may keep out of its memory.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { AppError } from '../../core/errors.ts';
import {
	exportPaths,
	type ExportedFile,
	type ExportFormat,
	type ExportWanted
} from '../../core/protocol/export.ts';
import { encodeTable } from '../arrow.ts';
import type { Column } from '../column.ts';
import { loaded } from '../loaded.ts';
import { gather } from '../merge/gather.ts';
import { loadParquetEngine, type ParquetEngine } from '../read/parquet/parquet-engine.ts';
import { BlobSpool } from './blob-spool.ts';
import { PIECE_ROWS } from './cell-text.ts';
import { writeCsv } from './csv.ts';
import { writeDatapackage } from './datapackage.ts';
import { describeExport } from './describe-export.ts';
import { writeJson } from './json.ts';
import { writeParquet } from './parquet.ts';
import { readmeOf } from './readme.ts';
import { rowsGoneThrough, writeWorkbook } from './xlsx/write-workbook.ts';
import { zipStream } from './zip.ts';

/** The table, and how it is arranged: rows in the order shown, or null for all of them in their own. */
export interface ExportSource {
	readonly columns: readonly Column[];
	readonly order: Uint32Array<ArrayBuffer> | null;
}
export interface ExportWork {
	/** Called now and then: something to wait for when it is time to hear messages. */
	readonly pause?: () => Promise<void> | undefined;
	/** Told the share done, from 0 to 1; null where the library at work does not tell. */
	readonly progress?: (done: number | null) => void;
	readonly signal?: AbortSignal;
	/** For tests: the engine of Parquet, loaded otherwise than in a browser. */
	readonly loadParquet?: () => Promise<ParquetEngine>;
}

type Bytes = Uint8Array<ArrayBuffer>;

/** Bytes of Arrow that are handed on at once. */
const SLICE = 1 << 20;
/** Share of an export that is over once a file is made, which then is put into the zip as it is. */
const MADE = 0.9;

/**
 * @throws the reason of `signal` once it is aborted; AppError `offline` when the writer of Parquet could not be loaded,
 *   `unexpected` for the name of no column; InvalidError `workbook_too_long`, `workbook_text_too_long`, `table_too_wide`,
 *   `table_too_large`
 */
export async function exportTable(
	source: ExportSource,
	wanted: ExportWanted,
	work: ExportWork = {}
): Promise<ExportedFile> {
	const { format, csv, language, arranged, facts, terms } = wanted;
	const rest = async (): Promise<void> => {
		await work.pause?.();
		work.signal?.throwIfAborted();
	};
	work.signal?.throwIfAborted();
	const columns = arranged ? await arrange(source, arranged.columns, rest) : source.columns;
	const rows = columns[0]?.length ?? 0;
	const part = arranged !== null;
	const paths = exportPaths(facts, { format, language, part });

	const tally = { hash: sha256.create(), size: 0, neutralised: 0 };
	const content = new Writing(columns, wanted, work, rest, tally);
	const entries = [
		{ path: paths.data, content: await content.whole() },
		// What is written of the data is known once they are.
		{ path: 'datapackage.json', content: later(descriptionText) },
		{ path: paths.readme, content: later(readmeText) }
	];
	function descriptionText(): string {
		const hash = [...tally.hash.digest()]
			.map((byte) => byte.toString(16).padStart(2, '0'))
			.join('');
		const file = { path: paths.data, format, hash, size: tally.size, language: csv };
		return writeDatapackage(columns, [file], describeExport(facts, language));
	}
	function readmeText(): string {
		const { title, description } = facts;
		return readmeOf(language, {
			...{ title, description, terms, neutralised: tally.neutralised },
			files: [paths.data, 'datapackage.json'],
			part: arranged && {
				rows: [rows, source.columns[0]?.length ?? 0],
				columns: [columns.length, source.columns.length]
			}
		});
	}

	const zip = new BlobSpool('application/zip');
	for await (const piece of zipStream(entries)) {
		zip.add(piece);
		await rest();
	}
	work.progress?.(1);
	return { name: paths.zip, file: zip.blob(), rows, neutralised: tally.neutralised };
}

/** Only what is shown: neither other rows, nor texts that only they have. */
async function arrange(
	{ columns, order }: ExportSource,
	names: readonly string[],
	rest: () => Promise<void>
): Promise<readonly Column[]> {
	const shown = names.map((name) => {
		const column = columns.find((one) => one.name === name);
		if (!column) throw new AppError('unexpected');
		return column;
	});
	if (!order) return shown;
	const none = new Int32Array(order.length).fill(-1);
	const rows = {
		before: new Int32Array(order.buffer, order.byteOffset, order.length),
		after: none
	};
	const kept: Column[] = [];
	for (const column of shown) {
		kept.push(gather(column, null, rows));
		await rest();
	}
	return kept;
}

interface Tally {
	readonly hash: ReturnType<typeof sha256.create>;
	size: number;
	neutralised: number;
}

/** Writes the data file of an export, counting what goes through. */
class Writing {
	readonly #columns: readonly Column[];
	readonly #wanted: ExportWanted;
	readonly #work: ExportWork;
	readonly #rest: () => Promise<void>;
	readonly #tally: Tally;

	constructor(
		columns: readonly Column[],
		wanted: ExportWanted,
		work: ExportWork,
		rest: () => Promise<void>,
		tally: Tally
	) {
		this.#columns = columns;
		this.#wanted = wanted;
		this.#work = work;
		this.#rest = rest;
		this.#tally = tally;
	}

	/** As the zip takes it: what is compressed already is made first. */
	async whole(): Promise<Blob | AsyncIterable<Bytes>> {
		const { format } = this.#wanted;
		const pieces = this.#pieces(format);
		if (format !== 'xlsx' && format !== 'parquet') return pieces;
		const spool = new BlobSpool('application/octet-stream');
		for await (const piece of pieces) spool.add(piece);
		this.#work.progress?.(MADE);
		return spool.blob();
	}

	async *#pieces(format: ExportFormat): AsyncGenerator<Bytes> {
		for await (const piece of this.#written(format)) {
			this.#tally.hash.update(piece);
			this.#tally.size += piece.length;
			yield piece;
			await this.#rest();
		}
	}

	#written(format: ExportFormat): AsyncIterable<Bytes> | Iterable<Bytes> {
		switch (format) {
			case 'csv':
				return this.#csv();
			case 'json':
			case 'ndjson':
				return this.#counted(writeJson(this.#columns, { lines: format === 'ndjson' }));
			case 'arrow':
				return this.#sliced(encodeTable(this.#columns));
			case 'parquet':
				return this.#parquet();
			case 'xlsx':
				return this.#workbook();
		}
	}

	*#csv(): Generator<Bytes> {
		const written = writeCsv(this.#columns, { language: this.#wanted.csv });
		this.#tally.neutralised = (yield* this.#counted(written)).neutralised;
	}

	/** Says how far it is: each piece holds as many rows. */
	*#counted<T>(pieces: Generator<Bytes, T>): Generator<Bytes, T> {
		const rows = this.#columns[0]?.length ?? 0;
		for (let done = 0; ; done += PIECE_ROWS) {
			const next = pieces.next();
			if (next.done) return next.value;
			this.#work.progress?.(Math.min(1, done / Math.max(1, rows)));
			yield next.value;
		}
	}

	*#sliced(bytes: Bytes): Generator<Bytes> {
		for (let at = 0; at < bytes.length; at += SLICE) {
			this.#work.progress?.(at / bytes.length);
			yield bytes.subarray(at, at + SLICE);
		}
	}

	async *#parquet(): AsyncGenerator<Bytes> {
		this.#work.progress?.(null);
		const engine = await loaded((this.#work.loadParquet ?? loadParquetEngine)());
		await this.#rest();
		const bytes = await writeParquet(this.#columns, {}, () => Promise.resolve(engine));
		yield new Uint8Array(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.length);
	}

	#workbook(): AsyncIterable<Bytes> {
		const all = rowsGoneThrough(this.#columns);
		return writeWorkbook(this.#columns, {
			title: this.#wanted.facts.title,
			pause: (done) => {
				this.#work.progress?.(Math.min(MADE, (MADE * done) / Math.max(1, all)));
				return this.#rest();
			}
		});
	}
}

/** A text that is made when it is its turn. */
function* later(text: () => string): Generator<Bytes> {
	yield new TextEncoder().encode(text());
}
