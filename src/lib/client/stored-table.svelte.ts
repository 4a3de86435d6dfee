/** A stored table to look at: its bytes are read in a worker, and the page asks for the rows that are in view. */
import { AppError } from '../core/errors.ts';
import type { TableQuality } from '../core/dataset/quality.ts';
import type { ImportAnswer } from '../core/protocol/import.ts';
import type { ColumnInfo, TableSummary } from '../core/protocol/messages.ts';
import type { ArrangedWindow, TableAsk, TableExplorer } from '../core/protocol/table-query.ts';
import { loadFile } from './dataset-files.ts';
import { startImportWorker, type ImportWorker, type StartImportWorker } from './import-worker.ts';

interface Waiting {
	readonly resolve: (value: never) => void;
	readonly reject: (error: AppError) => void;
	readonly progress?: (done: number) => void;
}

export class StoredTable {
	/** Null until the table is open. */
	opened = $state.raw<{ readonly rows: number; readonly columns: readonly ColumnInfo[] } | null>(
		null
	);
	error = $state.raw<AppError | null>(null);

	readonly #startWorker: StartImportWorker;
	readonly #load: typeof loadFile;
	#worker: ImportWorker | null = null;
	#closed = false;
	#id = 0;
	// eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on the page depends on it
	readonly #waiting = new Map<number, Waiting>();

	/** @param parts for tests: the real ones otherwise */
	constructor(parts: { startWorker?: StartImportWorker; load?: typeof loadFile } = {}) {
		this.#startWorker = parts.startWorker ?? startImportWorker;
		this.#load = parts.load ?? loadFile;
	}

	/** @param name `slug@version.arrow` */
	async open(name: string): Promise<void> {
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
		arrange: (query, progress) => this.#tell({ ask: 'arrange', query }, progress),
		profile: (column) => this.#tell({ ask: 'profile', column }),
		values: (column, text) => this.#tell({ ask: 'values', column, text }),
		find: ({ row, column }, back) => this.#tell({ ask: 'find', row, column, back })
	};

	close(): void {
		this.#closed = true;
		this.#worker?.close();
		this.#worker = null;
		this.#reject(new AppError('import_stopped'));
	}

	#tell<T>(ask: TableAsk, progress?: (done: number) => void): Promise<T> {
		return this.#ask((id) => this.#worker?.post({ type: 'ask', id, ask }), progress);
	}

	#ask<T>(post: (id: number) => void, progress?: (done: number) => void): Promise<T> {
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
		} else if (answer.type === 'arranging') this.#waiting.get(answer.id)?.progress?.(answer.done);
		else if (answer.type === 'window') this.#settle(answer.id, answer.window);
		else if (answer.type === 'summary') this.#settle(answer.id, answer.summary);
		else if (answer.type === 'quality') this.#settle(answer.id, answer.quality);
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
