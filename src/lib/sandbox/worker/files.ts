/**
 * `FileAttachment`: dataset versions, by the name that the source gives. The worker has no network: it asks the host,
 * and keeps the bytes for later runs.
 */
import type { ColumnTable } from 'arquero';
import { tableFromIPC } from '@uwdata/flechette';
import type { LineageSource } from '../../core/governance/terms.ts';
import { readArrow } from './arrow.ts';
import type { CellRun } from './cell-run.ts';
import { CellFailure } from './failure.ts';
import { traceSource } from './lineage.ts';

interface LoadedFile {
	readonly bytes: ArrayBuffer;
	readonly source: LineageSource;
	table: ColumnTable | null;
}
interface Waiting {
	readonly promise: Promise<LoadedFile>;
	readonly resolve: (file: LoadedFile) => void;
	readonly reject: (error: unknown) => void;
}

/** The host's answers that mean that there is no such file for this person. */
const UNKNOWN = new Set(['not_found', 'forbidden', 'sign_in_required', 'unknown_file']);

export class Files {
	readonly #ask: (name: string) => void;
	readonly #loaded = new Map<string, LoadedFile>();
	readonly #waiting = new Map<string, Waiting>();

	constructor(ask: (name: string) => void) {
		this.#ask = ask;
	}

	load(name: string): Promise<LoadedFile> {
		const loaded = this.#loaded.get(name);
		if (loaded) return Promise.resolve(loaded);
		let waiting = this.#waiting.get(name);
		if (!waiting) {
			waiting = Promise.withResolvers<LoadedFile>();
			this.#waiting.set(name, waiting);
			this.#ask(name);
		}
		return waiting.promise;
	}

	arrived(name: string, bytes: ArrayBuffer, source: LineageSource): void {
		const file: LoadedFile = { bytes, source, table: null };
		this.#loaded.set(name, file);
		this.#waiting.get(name)?.resolve(file);
		this.#waiting.delete(name);
	}

	failed(
		name: string,
		code: string,
		details: Readonly<Record<string, string | number>> = {}
	): void {
		const error = UNKNOWN.has(code)
			? new CellFailure('unknown_file', { name })
			: new CellFailure('file_unreadable', { ...details, name, why: code });
		this.#waiting.get(name)?.reject(error);
		this.#waiting.delete(name);
	}
}

const absent = (method: string) => (): never => {
	throw new CellFailure('absent_builtin', { name: `FileAttachment.${method}`, advice: 'table' });
};
/** What Observable's files can do and these, which are tables, can't. */
const ABSENT = [
	'blob',
	'stream',
	'csv',
	'tsv',
	'dsv',
	'xlsx',
	'zip',
	'xml',
	'html',
	'image',
	'parquet',
	'sqlite',
	'url',
	'href'
];

/** The `FileAttachment` of one run: what it reads counts among what the run comes from. */
export function fileAttachment(files: Files, run: CellRun): (name: unknown) => object {
	return (given) => {
		const name = String(given);
		const load = async (): Promise<LoadedFile> => {
			const file = await files.load(name);
			run.addFile(file.source);
			return file;
		};
		const read = <T>(use: (file: LoadedFile) => T): Promise<T> =>
			load().then((file) => {
				try {
					return use(file);
				} catch {
					throw new CellFailure('file_unreadable', { name, why: 'format' });
				}
			});
		return Object.freeze({
			name,
			mimeType: 'application/vnd.apache.arrow.file',
			arquero: () =>
				read((file) => {
					file.table ??= readArrow(file.bytes);
					// A table of its own for each caller: lineage says which cell loaded it.
					const table = file.table.create({});
					traceSource(table, file.source, run.id);
					return table;
				}),
			arrow: () => read((file) => tableFromIPC(new Uint8Array(file.bytes), { useDate: true })),
			arrayBuffer: () => read((file) => file.bytes.slice(0)),
			text: () => read((file) => new TextDecoder().decode(file.bytes)),
			json: () => read((file) => JSON.parse(new TextDecoder().decode(file.bytes)) as unknown),
			...Object.fromEntries(ABSENT.map((method) => [method, absent(method)]))
		});
	};
}
