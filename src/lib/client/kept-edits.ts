/** Edits that the device kept for a document: which of them can be put back on it as it is now. */
import * as Y from 'yjs';

export interface KeptEdit {
	/** Ends with the Yjs client that made it, after a « - ». */
	readonly id: string;
	/** Yjs, V1. */
	readonly update: Uint8Array;
}

/** Edits of this device that could not be put back. */
export interface LeftEdits {
	/** The person may only read now; or they rest on other edits, that are nowhere any more. */
	readonly why: 'reads' | 'rests';
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
