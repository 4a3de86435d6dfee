/** A stored table to look at: its bytes are read in a worker, and the page asks for the rows that are in view. */
import { AppError } from '../core/errors.ts';
import type { TableQuality } from '../core/dataset/quality.ts';
import type { ImportAnswer } from '../core/protocol/import.ts';
import type { ColumnInfo, TableSummary, TableWindow } from '../core/protocol/messages.ts';
import { loadFile } from './dataset-files.ts';
import { startImportWorker, type ImportWorker, type StartImportWorker } from './import-worker.ts';

interface Waiting {
	readonly resolve: (value: never) => void;
	readonly reject: (error: AppError) => void;
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
			const { bytes } = await this.#load(name, 'page');
			if (this.#closed) return;
			this.#worker = this.#startWorker(
				(answer) => this.#hear(answer),
				() => this.#fail(new AppError('table_memory'))
			);
			this.#worker.post({ type: 'open-arrow', bytes }, [bytes]);
		} catch (cause) {
			if (!this.#closed) this.#fail(cause instanceof AppError ? cause : new AppError('unexpected'));
		}
	}

	window = (offset: number, count: number, columns: string[] | null): Promise<TableWindow> =>
		this.#ask((id) => this.#worker?.post({ type: 'window', id, offset, count, columns }));

	summary = (): Promise<TableSummary> =>
		this.#ask((id) => this.#worker?.post({ type: 'summary', id }));

	quality = (): Promise<TableQuality> =>
		this.#ask((id) => this.#worker?.post({ type: 'quality', id }));

	close(): void {
		this.#closed = true;
		this.#worker?.close();
		this.#worker = null;
		this.#reject(new AppError('import_stopped'));
	}

	#ask<T>(post: (id: number) => void): Promise<T> {
		return new Promise((resolve, reject) => {
			if (!this.#worker) return reject(this.error ?? new AppError('import_stopped'));
			const id = ++this.#id;
			this.#waiting.set(id, { resolve, reject });
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
		} else if (answer.type === 'window') this.#answer(answer.id, answer.window);
		else if (answer.type === 'summary') this.#answer(answer.id, answer.summary);
		else if (answer.type === 'quality') this.#answer(answer.id, answer.quality);
	}

	#answer(id: number, value: TableWindow | TableSummary | TableQuality): void {
		this.#waiting.get(id)?.resolve(value as never);
		this.#waiting.delete(id);
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
