/**
 * Documents as they were read last from the disk: a page asks for the same one several times, and a document in many
 * pieces takes a third of a second to put together. Known by the place of the last edit in the log: what another process
 * wrote is read anew.
 */
import type * as Y from 'yjs';
import { readNotebook } from '../../collab/document.ts';
import type { Notebook } from '../../core/notebook/notebook.ts';
import { piecesOf } from './capacity.ts';

/** Never changed: it is everyone's who reads it. */
export interface ReadDocument {
	readonly doc: Y.Doc;
	readonly notebook: Notebook;
}

/** Kept at most, those read last: documents, and pieces of all of them. */
const MOST = 30;
const MOST_PIECES = 300_000;

interface Kept extends ReadDocument {
	readonly lastEdit: number;
	readonly pieces: number;
}

export class ReadDocuments {
	/** The one read last comes last. */
	readonly #kept = new Map<string, Kept>();
	#pieces = 0;
	readonly #most: number;
	readonly #mostPieces: number;

	constructor(most = MOST, mostPieces = MOST_PIECES) {
		this.#most = most;
		this.#mostPieces = mostPieces;
	}

	/** @param lastEdit the place of its last edit in the log, asked in the same turn as `load` reads it */
	read(notebookId: string, lastEdit: number, load: () => Y.Doc): ReadDocument {
		const known = this.#kept.get(notebookId);
		if (known) this.#forget(notebookId, known);
		if (known?.lastEdit === lastEdit) return this.#keep(notebookId, known);
		const doc = load();
		const pieces = piecesOf(doc);
		return this.#keep(notebookId, { doc, notebook: readNotebook(doc), lastEdit, pieces });
	}

	#keep(notebookId: string, read: Kept): ReadDocument {
		this.#kept.set(notebookId, read);
		this.#pieces += read.pieces;
		for (const [id, oldest] of this.#kept) {
			if (this.#kept.size <= this.#most && this.#pieces <= this.#mostPieces) break;
			this.#forget(id, oldest);
		}
		return read;
	}

	#forget(notebookId: string, { pieces }: Kept): void {
		this.#kept.delete(notebookId);
		this.#pieces -= pieces;
	}
}
