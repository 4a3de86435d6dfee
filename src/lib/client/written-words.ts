/** The words that edits write, read from the edits alone: there may be no document that they fit. */
import * as Y from 'yjs';

/**
 * Words written at one place are together, each place on lines of its own; what the edits themselves take away again
 * is left out, and so is what cannot be read. Empty where they write none (cells moved, words deleted).
 * @param updates Yjs, V1
 */
export function writtenWords(updates: readonly Uint8Array[]): string {
	const places: string[] = [];
	let end: Y.ID | null = null;
	for (const { structs, ds } of decoded(updates))
		for (const struct of structs) {
			if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) continue;
			const { client, clock } = struct.id;
			const words = [...struct.content.str.split('')]
				.filter((_, i) => !deletes(ds, client, clock + i))
				.join('');
			const goes: boolean = end !== null && Y.compareIDs(struct.origin, end);
			if (goes) places.push((places.pop() ?? '') + words);
			else places.push(words);
			end = struct.lastId;
		}
	return places.filter((words) => words.trim() !== '').join('\n');
}

type Decoded = ReturnType<typeof Y.decodeUpdate>;

function decoded(updates: readonly Uint8Array[]): Decoded[] {
	try {
		return [Y.decodeUpdate(Y.mergeUpdates([...updates]))];
	} catch {
		if (updates.length < 2) return [];
		// One that is damaged does not hide the others.
		return updates.flatMap((update) => decoded([update]));
	}
}

function deletes(ds: Decoded['ds'], client: number, clock: number): boolean {
	return (ds.clients.get(client) ?? []).some(
		(range) => clock >= range.clock && clock < range.clock + range.len
	);
}
