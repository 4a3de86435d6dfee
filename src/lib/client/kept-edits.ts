/** Edits that the device kept for a document: which of them can be put back on it as it is now. */
import * as Y from 'yjs';

export interface KeptEdit {
	/** Ends with the Yjs client that made it, after a « - ». */
	readonly id: string;
	/** Yjs, V1. */
	readonly update: Uint8Array;
}

/** Edits of this device whose words are not in the notebook. */
export interface LeftEdits {
	/**
	 * The person may only read now; or they rest on other edits, that are nowhere any more; or somebody deleted the cell
	 * that they write in before they came.
	 */
	readonly why: 'reads' | 'rests' | 'deleted';
	readonly edits: readonly KeptEdit[];
}

/**
 * Edits of one client rest on each other: past the first that does not fit, none of that client does.
 * @param state of the document, as one update
 * @param edits oldest first
 */
export function sortKept(
	state: Uint8Array,
	edits: readonly KeptEdit[]
): { readonly fits: readonly KeptEdit[]; readonly left: readonly KeptEdit[] } {
	if (fit(documentOf(state), edits)) return { fits: edits, left: [] };
	const fits: KeptEdit[] = [];
	const left: KeptEdit[] = [];
	const stuck = new Set<string>();
	let trial = documentOf(state);
	for (const edit of edits) {
		const client = edit.id.slice(edit.id.lastIndexOf('-') + 1);
		if (stuck.has(client)) left.push(edit);
		else if (fit(trial, [edit])) fits.push(edit);
		else {
			left.push(edit);
			stuck.add(client);
			// What it left there half done is not there.
			trial = documentOf(state);
			fit(trial, fits);
		}
	}
	return { fits, left };
}

/**
 * Edits whose words a document takes and shows nowhere, though their own author took none of these away: what they
 * write in was deleted by somebody who had not seen them. With them, the blanks between, and what their author took
 * away there, without which they cannot be read.
 * @param beside all that the device keeps: edits are acknowledged by ones and twos, words are written by many
 */
export function buriedEdits(
	doc: Y.Doc,
	edits: readonly KeptEdit[],
	beside: readonly KeptEdit[] = edits
): readonly KeptEdit[] {
	const read = new Map([...beside, ...edits].map((edit) => [edit, decoded(edit)]));
	const own = Y.mergeDeleteSets([...read.values()].flatMap((one) => one?.ds ?? []));
	const gone = Y.createDeleteSetFromStructStore(doc.store);
	const goneOf = (edit: KeptEdit) =>
		lettersOf(read.get(edit)).filter(({ id }) => Y.isDeleted(gone, id));
	const buried = beside.some((edit) =>
		goneOf(edit).some(({ id, letter }) => letter.trim() !== '' && !Y.isDeleted(own, id))
	);
	if (!buried) return [];
	return edits.filter((edit) => goneOf(edit).length > 0 || read.get(edit)?.ds.clients.size);
}

type Decoded = ReturnType<typeof Y.decodeUpdate>;

interface Letter {
	readonly id: Y.ID;
	/** Of UTF-16. */
	readonly letter: string;
}
function lettersOf(edit: Decoded | null | undefined): Letter[] {
	return (edit?.structs ?? []).flatMap((struct) => {
		if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) return [];
		const { client, clock } = struct.id;
		return struct.content.str
			.split('')
			.map((letter, i) => ({ id: Y.createID(client, clock + i), letter }));
	});
}

function decoded({ update }: KeptEdit): Decoded | null {
	try {
		return Y.decodeUpdate(update);
	} catch {
		// Bytes that a device damaged.
		return null;
	}
}

function documentOf(state: Uint8Array): Y.Doc {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, state);
	return doc;
}

/** Applies them to it; answers whether nothing of them waits for what is not there. */
function fit(doc: Y.Doc, edits: readonly KeptEdit[]): boolean {
	if (edits.length === 0) return true;
	try {
		Y.applyUpdate(doc, Y.mergeUpdates(edits.map(({ update }) => update)));
	} catch {
		// Bytes that a device damaged.
		return false;
	}
	return doc.store.pendingStructs === null && doc.store.pendingDs === null;
}
