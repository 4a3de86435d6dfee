/**
 * Documents as they were read last from the disk: a page asks for the same one several times, and one in many pieces takes
 * a third of a second to put together. Known by the place of the last edit in the log: what came after it, from whatever
 * process, is added to what is there.
 */
import * as Y from 'yjs';
import { readNotebook } from '../../collab/document.ts';
import type { Notebook } from '../../core/notebook/notebook.ts';
import { piecesOf } from './capacity.ts';

/** To be used at once, and never changed: it is everyone's who reads it, and follows the edits. */
export interface ReadDocument {
	readonly doc: Y.Doc;
	readonly notebook: Notebook;
}

/** Where documents are read. */
export interface DocumentSource {
	load(notebookId: string): Y.Doc;
	/** The updates after a place in the log; null where that was folded away. */
	updatesSince(notebookId: string, place: number): readonly Uint8Array[] | null;
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
	readonly #source: DocumentSource;
	readonly #most: number;
	readonly #mostPieces: number;

	constructor(source: DocumentSource, most = MOST, mostPieces = MOST_PIECES) {
		this.#source = source;
		this.#most = most;
		this.#mostPieces = mostPieces;
	}

	/** @param lastEdit the place of its last edit in the log, asked in the same turn */
	read(notebookId: string, lastEdit: number): ReadDocument {
		const known = this.#kept.get(notebookId);
		if (known) this.#forget(notebookId, known);
		if (known?.lastEdit === lastEdit) return this.#keep(notebookId, known);
		const doc = (known && this.#caughtUp(notebookId, known)) ?? this.#source.load(notebookId);
		const pieces = piecesOf(doc);
		return this.#keep(notebookId, { doc, notebook: readNotebook(doc), lastEdit, pieces });
	}

	/** null where it cannot be made of what is kept: it is read whole. */
	#caughtUp(notebookId: string, { doc, lastEdit }: Kept): Y.Doc | null {
		const updates = this.#source.updatesSince(notebookId, lastEdit);
		if (!updates) return null;
		try {
			doc.transact(() => {
				for (const update of updates) Y.applyUpdate(doc, update);
			});
		} catch {
			return null;
		}
		return doc.store.pendingStructs || doc.store.pendingDs ? null : doc;
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
