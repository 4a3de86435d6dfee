/** What a notebook holds at most, held to while it is edited: whoever creates one is held to the same. */
import * as Y from 'yjs';
import { readNotebook } from '../../collab/document.ts';
import { MAX_CELLS, MAX_SOURCE } from '../../core/notebook/limits.ts';

interface Held {
	readonly cells: number;
	/** Characters of all the sources together. */
	readonly characters: number;
}

/** What an update brings at most, before anything that it takes away. */
export type Brought = Held;

const sizeOf = (doc: Y.Doc): Held => {
	const { cells } = readNotebook(doc);
	return {
		cells: cells.length,
		characters: cells.reduce((sum, { source }) => sum + source.length, 0)
	};
};
const fits = ({ cells, characters }: Held): boolean =>
	cells <= MAX_CELLS && characters <= MAX_SOURCE;

/**
 * Counts what came into each open document since it was last measured, so that a keystroke costs an addition. Only what
 * would pass the limit is measured, with what it takes away.
 */
export class Capacity {
	readonly #held = new WeakMap<Y.Doc, Held>();

	/** The document was changed by the server: it is measured again when the next update comes. */
	forget(doc: Y.Doc): void {
		this.#held.delete(doc);
	}

	/** Whether the document has room for the update; counts it if so. `doc` is not changed. */
	takes(doc: Y.Doc, update: Uint8Array, brought: Brought): boolean {
		const held = this.#held.get(doc) ?? sizeOf(doc);
		let after = {
			cells: held.cells + brought.cells,
			characters: held.characters + brought.characters
		};
		if (!fits(after)) {
			const trial = new Y.Doc();
			Y.applyUpdate(trial, Y.encodeStateAsUpdate(doc));
			const before = sizeOf(trial);
			Y.applyUpdate(trial, update);
			after = sizeOf(trial);
			// What makes a notebook that is too large smaller is always taken.
			const smaller = after.cells <= before.cells && after.characters <= before.characters;
			if (!fits(after) && !smaller) return false;
		}
		this.#held.set(doc, after);
		return true;
	}
}
