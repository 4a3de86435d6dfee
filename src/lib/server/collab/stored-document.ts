/**
 * A notebook's document as the database holds it: a snapshot, and the updates that came after it. Read by the server,
 * and by the thread that folds the one into the other.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as Y from 'yjs';
import { readNotebook } from '../../collab/document.ts';
import { unweave, weave } from './woven-state.ts';

/**
 * A snapshot begins with these, and goes on with Yjs's second encoding, or with our own (woven-state), deflated. One of
 * an earlier release is Yjs's first encoding as it is; that one begins with the number of those who wrote, which is
 * never 0.
 */
const DEFLATED = [0, 2] as const;
const WOVEN = [0, 3] as const;
/** Bytes from which a snapshot is woven, if it takes more than so many times what the notebook says: it takes longer to read. */
const WEAVE_FROM = 32 * 1024;
const WEAVE_PAST = 2;
/** Bytes of an inflated snapshot, at most: what a document of the largest notebook takes, many times over. */
const MAX_STATE = 512 * 2 ** 20;

export interface StoredDocument {
	readonly snapshot: Uint8Array | null;
	/** In the order in which they were written. */
	readonly updates: readonly Uint8Array[];
}

/** The rows of a notebook cannot be put together: it is left untouched for the operator. */
export class UnreadableNotebook extends Error {
	override readonly name = 'UnreadableNotebook';
	constructor(notebookId: string, options?: ErrorOptions) {
		super(`the stored document of notebook ${notebookId} cannot be read`, options);
	}
}

/** Puts the document together in `doc`. @throws UnreadableNotebook for a part of one, and for none at all */
export function assemble(notebookId: string, { snapshot, updates }: StoredDocument, doc: Y.Doc) {
	// A notebook is never stored without its first update: nothing means that it was lost.
	if (!snapshot && updates.length === 0) throw new UnreadableNotebook(notebookId);
	try {
		// One transaction, for there is a cost to the end of each.
		doc.transact(() => {
			if (snapshot) applySnapshot(doc, snapshot);
			for (const update of updates) Y.applyUpdate(doc, update);
		});
	} catch (cause) {
		throw new UnreadableNotebook(notebookId, { cause });
	}
	if (doc.store.pendingStructs || doc.store.pendingDs) throw new UnreadableNotebook(notebookId);
}

/** The whole of a document, as small as it gets. */
export const packState = (doc: Y.Doc): Buffer =>
	Buffer.concat([Uint8Array.from(DEFLATED), deflateRawSync(Y.encodeStateAsUpdateV2(doc))]);

/** What `packState` made, or an earlier release. */
export function unpackState(state: Uint8Array): Y.Doc {
	const doc = new Y.Doc();
	applySnapshot(doc, state);
	return doc;
}

function applySnapshot(doc: Y.Doc, snapshot: Uint8Array): void {
	const begins = (bytes: readonly number[]): boolean =>
		bytes.every((byte, i) => snapshot[i] === byte);
	const inflated = (): Uint8Array =>
		inflateRawSync(snapshot.subarray(DEFLATED.length), { maxOutputLength: MAX_STATE });
	if (begins(DEFLATED)) Y.applyUpdateV2(doc, inflated());
	else if (begins(WOVEN)) Y.applyUpdate(doc, unweave(inflated()));
	else Y.applyUpdate(doc, snapshot);
}

/**
 * The snapshot that stands for all of `stored`, checked to say the same.
 * @param encode how one is written whose traces weigh more than its words
 * @throws UnreadableNotebook
 */
export function fold(notebookId: string, stored: StoredDocument, encode = weave): Uint8Array {
	const doc = new Y.Doc();
	assemble(notebookId, stored, doc);
	const snapshot = packState(doc);
	const again = new Y.Doc();
	assemble(notebookId, { snapshot, updates: [] }, again);
	if (!sameDocument(doc, again)) throw new UnreadableNotebook(notebookId);
	if (snapshot.length < WEAVE_FROM) return snapshot;
	const content = Buffer.byteLength(JSON.stringify(readNotebook(doc)));
	if (snapshot.length < WEAVE_PAST * content) return snapshot;
	return wovenAs(again, encode) ?? snapshot;
}

/** The same to the last byte once it is read; null where it cannot be written so. */
function wovenAs(doc: Y.Doc, encode: (doc: Y.Doc) => Uint8Array): Uint8Array | null {
	try {
		const woven = Buffer.concat([Uint8Array.from(WOVEN), deflateRawSync(encode(doc))]);
		const same = Buffer.compare(
			Y.encodeStateAsUpdateV2(doc),
			Y.encodeStateAsUpdateV2(unpackState(woven))
		);
		return same === 0 ? woven : null;
	} catch {
		return null;
	}
}

/** Same structs, same deletions (a state vector says nothing of these), same content. */
export function sameDocument(a: Y.Doc, b: Y.Doc): boolean {
	return (
		Y.equalSnapshots(Y.snapshot(a), Y.snapshot(b)) &&
		JSON.stringify(readNotebook(a)) === JSON.stringify(readNotebook(b))
	);
}
