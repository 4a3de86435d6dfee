/** A stored table to look at: its bytes are read in a worker, and the page asks for the rows that are in view. */
import { AppError } from '../core/errors.ts';
import type { TableQuality } from '../core/dataset/quality.ts';
import type { ExportedFile, ExportWanted } from '../core/protocol/export.ts';
import type { ImportAnswer } from '../core/protocol/import.ts';
import type { ColumnInfo, TableSummary } from '../core/protocol/messages.ts';
import type {
	Arranged,
	ArrangedWindow,
	TableAsk,
	TableExplorer,
	TableQuery
} from '../core/protocol/table-query.ts';
import { loadFile, recordExport } from './dataset-files.ts';
import { startImportWorker, type ImportWorker, type StartImportWorker } from './import-worker.ts';

interface Waiting {
	readonly resolve: (value: never) => void;
	readonly reject: (error: AppError) => void;
	readonly progress?: (done: number | null) => void;
}
/** How an export goes on; each is told as it comes. */
export interface ExportWatch {
	/** The share done, from 0 to 1; null where it is not known. */
	readonly progress: (done: number | null) => void;
	/** Stops it: the promise is then rejected with `import_stopped`. */
	readonly signal: AbortSignal;
}

export class StoredTable {
	/** Null until the table is open. */
	opened = $state.raw<{ readonly rows: number; readonly columns: readonly ColumnInfo[] } | null>(
		null
	);
	error = $state.raw<AppError | null>(null);

	/** Rows that the grid shows, where it shows others than all of them in their own order; else null. */
	arranged = $state.raw<Arranged | null>(null);

	readonly #startWorker: StartImportWorker;
	readonly #load: typeof loadFile;
	readonly #record: typeof recordExport;
	#name = '';
	#worker: ImportWorker | null = null;
	#closed = false;
	#id = 0;
	// eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on the page depends on it
	readonly #waiting = new Map<number, Waiting>();

	/** @param parts for tests: the real ones otherwise */
	constructor(
		parts: {
			startWorker?: StartImportWorker;
			load?: typeof loadFile;
			record?: typeof recordExport;
		} = {}
	) {
		this.#startWorker = parts.startWorker ?? startImportWorker;
		this.#load = parts.load ?? loadFile;
		this.#record = parts.record ?? recordExport;
	}

	/** @param name `slug@version.arrow` */
	async open(name: string): Promise<void> {
		this.#name = name;
		try {
			// Before the bytes are here: it gets ready while they come.
			this.#worker = this.#startWorker(
				(answer) => this.#hear(answer),
				() => this.#fail(new AppError('table_memory'))
			);
			const { bytes } = await this.#load(name, 'page');
			this.#worker?.post({ type: 'open-arrow', bytes }, [bytes]);
		} catch (cause) {
			if (!this.#closed) this.#fail(cause instanceof AppError ? cause : new AppError('unexpected'));
		}
	}

	window = (offset: number, count: number, columns: string[] | null): Promise<ArrangedWindow> =>
		this.#ask((id) => this.#worker?.post({ type: 'window', id, offset, count, columns }));

	summary = (): Promise<TableSummary> =>
		this.#ask((id) => this.#worker?.post({ type: 'summary', id }));

	quality = (): Promise<TableQuality> =>
		this.#ask((id) => this.#worker?.post({ type: 'quality', id }));

	readonly explorer: TableExplorer = {
		arrange: async (query, progress) => {
			const arranged = await this.#tell<Arranged | null>({ ask: 'arrange', query }, progress);
			if (arranged) this.arranged = movesRows(query) ? arranged : null;
			return arranged;
		},
		profile: (column) => this.#tell({ ask: 'profile', column }),
		values: (column, text) => this.#tell({ ask: 'values', column, text }),
		find: ({ row, column }, back) => this.#tell({ ask: 'find', row, column, back })
	};

	/**
	 * Makes a file of the table in the worker, then has it written down that it is taken out: one that the server did not
	 * hear of is not handed over.
	 * @param hash of the stored bytes, in hex
	 * @throws AppError as `recordExport` does, `import_stopped`, and what `exportTable` throws
	 */
	async export(
		wanted: ExportWanted,
		hash: string,
		{ progress, signal }: ExportWatch
	): Promise<ExportedFile> {
		const stopped = (): AppError => new AppError('import_stopped');
		if (signal.aborted) throw stopped();
		const made = await new Promise<ExportedFile>((resolve, reject) => {
			const stop = (): void => {
				this.#worker?.post({ type: 'cancel-export' });
				reject(stopped());
			};
			signal.addEventListener('abort', stop, { once: true });
			this.#ask<ExportedFile>(
				(id) => this.#worker?.post({ type: 'export', id, wanted }),
				(done) => {
					if (!signal.aborted) progress(done);
				}
			)
				.then(resolve, reject)
				.finally(() => signal.removeEventListener('abort', stop));
		});
		await this.#record(this.#name, hash);
		if (signal.aborted) throw stopped();
		return made;
	}

	close(): void {
		this.#closed = true;
		this.#worker?.close();
		this.#worker = null;
		this.#reject(new AppError('import_stopped'));
	}

	#tell<T>(ask: TableAsk, progress?: (done: number) => void): Promise<T> {
		return this.#ask(
			(id) => this.#worker?.post({ type: 'ask', id, ask }),
			progress && ((done) => progress(done ?? 0))
		);
	}

	#ask<T>(post: (id: number) => void, progress?: (done: number | null) => void): Promise<T> {
		return new Promise((resolve, reject) => {
			if (!this.#worker) return reject(this.error ?? new AppError('import_stopped'));
			const id = ++this.#id;
			this.#waiting.set(id, { resolve, reject, progress });
			post(id);
		});
	}

	#hear(answer: ImportAnswer): void {
		if (answer.type === 'opened-arrow')
			this.opened = { rows: answer.rows, columns: answer.columns };
		else if (answer.type === 'failed') {
			const error = new AppError(answer.code, { ...answer.details });
			const waiting = answer.id === null ? undefined : this.#waiting.get(answer.id);
			if (answer.id !== null) this.#waiting.delete(answer.id);
			if (waiting) waiting.reject(error);
			else this.#fail(error);
		} else if (answer.type === 'arranging' || answer.type === 'exporting')
			this.#waiting.get(answer.id)?.progress?.(answer.done);
		else if (answer.type === 'window') this.#settle(answer.id, answer.window);
		else if (answer.type === 'summary') this.#settle(answer.id, answer.summary);
		else if (answer.type === 'quality') this.#settle(answer.id, answer.quality);
		else if (answer.type === 'exported') this.#settle(answer.id, answer.made);
		else if (answer.type === 'told') this.#settle(answer.id, answer.reply);
	}

	#settle(id: number, value: unknown): void {
		const waiting = this.#waiting.get(id);
		this.#waiting.delete(id);
		waiting?.resolve(value as never);
	}

	#fail(error: AppError): void {
		this.opened = null;
		this.error = error;
		this.#worker?.close();
		this.#worker = null;
		this.#reject(error);
	}

	#reject(error: AppError): void {
		for (const { reject } of this.#waiting.values()) reject(error);
		this.#waiting.clear();
	}
}

/** Whether other rows are shown than all of them in their own order. */
const movesRows = ({ sort, filters, search }: TableQuery): boolean =>
	sort.length > 0 || filters.length > 0 || (search?.only === true && search.text.trim() !== '');
