/** The history of the open notebook: its kept versions and its deleted cells. The server keeps them; this asks it. */
import type * as Y from 'yjs';
import { getState } from 'yjs';
import { AppError } from '../core/errors.ts';
import {
	HISTORY_CHANGED,
	type BroughtBack,
	type DeletedCellListing,
	type NotebookHistory as History,
	type RestoredVersion,
	type ServerChange,
	type VersionContent,
	type VersionListing
} from '../core/notebook/history.ts';
import { askJson } from './ask-json.ts';

export interface HistoryParts {
	/** Calls back at each notice of the live connection; answers how to stop (`NotebookConnection.onNotice`). */
	readonly listen?: (heard: (notice: string | null) => void) => () => void;
	readonly doc: Y.Doc;
	/** Runs the cells that a change of the server's left to be run. */
	readonly ran: () => void;
}

/** How long the page waits for a change that the server told it of. Milliseconds. */
const PATIENCE_MS = 5_000;

export class NotebookHistory {
	#history = $state.raw<History | null>(null);
	/** Code of what kept it from being read, until it is. */
	#error = $state<string | null>(null);
	/** Numbers of the last request made, and of the last whose answer is shown: answers may cross. */
	#asked = 0;
	#shown = 0;
	readonly notebookId: string;
	readonly #notebook: string;
	readonly #parts: HistoryParts;

	constructor(notebookId: string, parts: HistoryParts) {
		this.notebookId = notebookId;
		this.#notebook = `/api/notebooks/${encodeURIComponent(notebookId)}`;
		this.#parts = parts;
	}

	get loaded(): boolean {
		return this.#history !== null;
	}
	/** The latest first. */
	get versions(): readonly VersionListing[] {
		return this.#history?.versions ?? [];
	}
	/** The latest first; null for who may not edit the notebook. */
	get deleted(): readonly DeletedCellListing[] | null {
		return this.#history?.deleted ?? null;
	}
	get error(): string | null {
		return this.#error;
	}

	/** Reads it; what goes wrong is said in `error`, and what was read before stays. */
	async load(): Promise<void> {
		try {
			await this.#ask(() => askJson<History>(`${this.#notebook}/versions`), same);
		} catch (error) {
			this.#error = error instanceof AppError ? error.code : 'unexpected';
		}
	}

	/** Reads it and keeps it fresh; answers how to stop. */
	watch(): () => void {
		const deafen = this.#parts.listen?.((notice) => {
			if (notice === null || notice === HISTORY_CHANGED) void this.load();
		});
		void this.load();
		return () => deafen?.();
	}

	/** @throws AppError */
	look(version: string): Promise<VersionContent> {
		return askJson<VersionContent>(this.#of(version));
	}

	/** Names the notebook as the server holds it now. @throws AppError */
	async name(name: string): Promise<void> {
		await this.#ask(() => askJson<History>(`${this.#notebook}/versions`, 'POST', { name }), same);
	}

	/** @throws AppError */
	async rename(version: string, name: string): Promise<void> {
		await this.#ask(() => askJson<History>(this.#of(version), 'PATCH', { name }), same);
	}

	/** @throws AppError */
	async remove(version: string): Promise<void> {
		await this.#ask(() => askJson<History>(this.#of(version), 'DELETE'), same);
	}

	/** Answers the version that holds what was there before, or null where nothing differed. @throws AppError */
	async restore(version: string): Promise<string | null> {
		const { kept, change } = await this.#ask(
			() => askJson<RestoredVersion>(`${this.#of(version)}/restore`, 'POST', {}),
			({ history }) => history
		);
		await this.#follow(change);
		return kept;
	}

	/** @throws AppError */
	async bringBack(cell: string): Promise<void> {
		const { change } = await this.#ask(
			() => askJson<BroughtBack>(this.#cell(cell), 'POST', {}),
			({ history }) => history
		);
		await this.#follow(change);
	}

	/** @throws AppError */
	async forget(cell: string): Promise<void> {
		await this.#ask(() => askJson<History>(this.#cell(cell), 'DELETE'), same);
	}

	/** Once this page has the server's change (or will not have it), the cells it changed run. */
	async #follow(change: ServerChange | null): Promise<void> {
		if (!change) return;
		const { doc, ran } = this.#parts;
		const has = (): boolean => getState(doc.store, change.client) >= change.clock;
		if (!has())
			await new Promise<void>((resolve) => {
				const end = (): void => {
					clearTimeout(late);
					doc.off('afterAllTransactions', look);
					resolve();
				};
				const look = (): void => {
					if (has()) end();
				};
				const late = setTimeout(end, PATIENCE_MS);
				doc.on('afterAllTransactions', look);
			});
		ran();
	}

	#of(version: string): string {
		return `${this.#notebook}/versions/${encodeURIComponent(version)}`;
	}
	#cell(cell: string): string {
		return `${this.#notebook}/deleted-cells/${encodeURIComponent(cell)}`;
	}

	async #ask<T>(ask: () => Promise<T>, historyOf: (answer: T) => History): Promise<T> {
		const number = ++this.#asked;
		const answer = await ask();
		if (number >= this.#shown) {
			this.#shown = number;
			this.#history = historyOf(answer);
			this.#error = null;
		}
		return answer;
	}
}

const same = (history: History): History => history;
