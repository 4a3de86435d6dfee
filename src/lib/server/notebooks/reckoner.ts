/**
 * What a copy changed, reckoned from bytes in a thread of its own: it reads two documents, and one of a large notebook
 * takes it most of a second, in which everybody else goes on.
 */
import * as Y from 'yjs';
import { readNotebook } from '../../collab/document.ts';
import { summariseFork, type ForkSummary } from '../../core/notebook/fork-summary.ts';
import type { Lang, Notebook } from '../../core/notebook/notebook.ts';
import { assemble, unpackState, type StoredDocument } from '../collab/stored-document.ts';
import { LoneThread } from '../lone-thread.ts';

export interface ReckonAsked {
	readonly copyId: string;
	readonly copy: StoredDocument;
	readonly originVersionId: string;
	/** The frozen state that the copy was made of. */
	readonly origin: Uint8Array;
	readonly lang: Lang;
}

const ENTRY = new URL('./reckon-thread.ts', import.meta.url);

export class Reckoner {
	readonly #thread: LoneThread<ReckonAsked, ForkSummary>;

	constructor(entry = ENTRY) {
		this.#thread = new LoneThread(entry, reckon);
	}

	/** Rejects if one of the two cannot be read. */
	reckon(asked: ReckonAsked): Promise<ForkSummary> {
		return this.#thread.ask(asked);
	}

	close(): Promise<void> {
		return this.#thread.close();
	}
}

/** The copies of one starter come one after the other: it is read once. A frozen state never changes. */
let last: { readonly versionId: string; readonly notebook: Notebook } | null = null;

export function reckon({ copyId, copy, originVersionId, origin, lang }: ReckonAsked): ForkSummary {
	if (last?.versionId !== originVersionId)
		last = { versionId: originVersionId, notebook: readNotebook(unpackState(origin)) };
	const doc = new Y.Doc();
	assemble(copyId, copy, doc);
	return summariseFork(last.notebook, readNotebook(doc), lang);
}
