/**
 * Folds logs into snapshots in a thread of its own: a large document takes it most of a second, in which everybody else
 * goes on.
 */
import { LoneThread } from '../lone-thread.ts';
import { fold, type StoredDocument } from './stored-document.ts';

export interface FoldAsked extends StoredDocument {
	readonly notebookId: string;
}

/** Named apart from its use: a bundler would take the file for one of a page's. */
const ENTRY = new URL('./fold-thread.ts', import.meta.url);

export class Folder {
	readonly #thread: LoneThread<FoldAsked, Uint8Array>;

	constructor(entry = ENTRY) {
		this.#thread = new LoneThread(entry, foldAsked);
	}

	/** The snapshot that stands for all of `stored`. Rejects if the document cannot be read. */
	fold(notebookId: string, { snapshot, updates }: StoredDocument): Promise<Uint8Array> {
		return this.#thread.ask({ notebookId, snapshot, updates });
	}

	close(): Promise<void> {
		return this.#thread.close();
	}
}

export const foldAsked = ({ notebookId, ...stored }: FoldAsked): Uint8Array =>
	fold(notebookId, stored);
