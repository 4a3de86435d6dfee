/**
 * Yjs's undo, which writes deleted words anew. Where another deleted the same words and has brought them back already,
 * they are not written a second time: Yjs is told that the other's are what came of them.
 */
import * as Y from 'yjs';

/** Neighbours looked at for words that are back: they stand right before those that were deleted. */
const MAX_STEPS = 100;

type StackItem = Y.UndoManager['undoStack'][number];

export class OwnUndo extends Y.UndoManager {
	/** The text came back as another: what was written in it before is taken back there. */
	follow(text: Y.Text): void {
		this.addToScope(text);
		this.stopCapturing();
	}

	override undo(): StackItem | null {
		this.#noteBack(this.undoStack.at(-1));
		return super.undo();
	}
	override redo(): StackItem | null {
		this.#noteBack(this.redoStack.at(-1));
		return super.redo();
	}

	#noteBack(change: StackItem | undefined): void {
		if (!change || change.deletions.clients.size === 0) return;
		this.doc.transact((transaction) =>
			Y.iterateDeletedStructs(transaction, change.deletions, (struct) => {
				if (!(struct instanceof Y.Item) || !struct.deleted || struct.redone !== null) return;
				const back = backOf(struct, this.doc.clientID);
				if (!back) return;
				const { client, clock } = struct.id;
				// The rest is looked at next.
				if (back.length < struct.length)
					Y.getItemCleanStart(transaction, Y.createID(client, clock + back.length));
				struct.redone = back.id;
			})
		);
	}
}

/** Where another's copy of deleted words begins, and how many of them it holds, if one stands. */
function backOf(gone: Y.Item, own: number): { id: Y.ID; length: number } | null {
	if (!(gone.content instanceof Y.ContentString)) return null;
	const { str } = gone.content;
	let at = gone.left;
	for (let steps = 0; at && steps < MAX_STEPS; steps++, at = at.left) {
		const { rightOrigin, content } = at;
		if (at.deleted || at.id.client === own || !(content instanceof Y.ContentString)) continue;
		// A copy is put before what it is a copy of, or before the piece that this one was a part of.
		if (rightOrigin?.client !== gone.id.client) continue;
		const from = gone.id.clock - rightOrigin.clock;
		if (from < 0) continue;
		const same = content.str.slice(from, from + str.length);
		if (same === '' || !str.startsWith(same)) continue;
		keep(at);
		return { id: Y.createID(at.id.client, at.id.clock + from), length: same.length };
	}
	return null;
}

/** As Yjs keeps what it brings back itself: what points to it must find it. */
function keep(item: Y.Item): void {
	for (let at: Y.Item | null = item; at && !at.keep;) {
		at.keep = true;
		at = (at.parent as Y.AbstractType<unknown>)._item;
	}
}
