/** What a notebook holds at most, held to while it is edited: whoever creates one is held to the same. */
import type * as Y from 'yjs';
import { cellOrder, cellText } from '../../collab/document.ts';
import { MAX_CELLS, MAX_SOURCE } from '../../core/notebook/limits.ts';

export interface Held {
	readonly cells: number;
	/** Characters of all the sources together. */
	readonly characters: number;
}

/** Structs that an update adds, at most. */
export interface NewPieces {
	/** Those that it brings, and what they part. */
	readonly brought: number;
	/** What its deletions cut. */
	readonly cut: number;
}

/** Ids of cells that a notebook ever had: each edit that deletes looks at all of them. */
const MAX_IDS = 20_000;
/**
 * Pieces that Yjs keeps a document in, those of words long deleted with them: nothing else bounds these, and who opens
 * the notebook has them all taken up (some 0.3 s). Writing makes one for ten keystrokes; words put and taken away
 * anywhere, one an edit.
 */
export const MAX_PIECES = 150_000;
/** Past it, nothing is deleted piecemeal either. */
const MAX_CUT = 1.2 * MAX_PIECES;

const sizeOf = (doc: Y.Doc): Held => {
	const ids = cellOrder(doc);
	return {
		cells: ids.length,
		characters: ids.reduce((sum, id) => sum + (cellText(doc, id)?.length ?? 0), 0)
	};
};
const fits = ({ cells, characters }: Held): boolean =>
	cells <= MAX_CELLS && characters <= MAX_SOURCE;

export const piecesOf = (doc: Y.Doc): number => {
	let pieces = 0;
	for (const structs of doc.store.clients.values()) pieces += structs.length;
	return pieces;
};

/**
 * Counts what came into each open document since it was last measured, so that a keystroke costs an addition. Only what
 * would pass the limit is measured, with what it takes away.
 */
export class Capacity {
	readonly #held = new WeakMap<Y.Doc, Held>();
	/** At most; those that Yjs put together since are counted apart. */
	readonly #pieces = new WeakMap<Y.Doc, number>();

	/** The document was changed by the server: it is measured again when the next update comes. */
	forget(doc: Y.Doc): void {
		this.#held.delete(doc);
		this.#pieces.delete(doc);
	}

	/** Whether the document has room for the update; counts it if so. `doc` is not changed. */
	takes(
		doc: Y.Doc,
		{ brought, taken, pieces }: { brought: Held; taken: Held; pieces: NewPieces }
	): boolean {
		let inPieces = (this.#pieces.get(doc) ?? piecesOf(doc)) + pieces.brought + pieces.cut;
		if (inPieces > MAX_PIECES) inPieces = piecesOf(doc) + pieces.brought + pieces.cut;
		if (inPieces > (pieces.brought > 0 ? MAX_PIECES : MAX_CUT)) return false;
		if (brought.cells > 0 && doc.getMap('cells')._map.size + brought.cells > MAX_IDS) return false;
		let held = this.#held.get(doc) ?? sizeOf(doc);
		let after = plus(held, brought);
		if (!fits(after)) {
			held = sizeOf(doc);
			const all = plus(held, brought);
			after = { cells: all.cells - taken.cells, characters: all.characters - taken.characters };
			// What makes a notebook that is too large smaller is always taken.
			const smaller = after.cells <= held.cells && after.characters <= held.characters;
			if (!fits(after) && !smaller) return false;
		}
		this.#held.set(doc, after);
		this.#pieces.set(doc, inPieces);
		return true;
	}
}

const plus = (held: Held, brought: Held): Held => ({
	cells: held.cells + brought.cells,
	characters: held.characters + brought.characters
});
