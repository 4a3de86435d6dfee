/** The words that edits write, read from the edits alone: there may be no document that they fit. */
import * as Y from 'yjs';

/** One that was written, between its neighbours at the same place. */
interface Letter {
	/** Empty once it was taken away again. */
	readonly letter: string;
	before: Letter | null;
	after: Letter | null;
}

/**
 * Words written at one place are together and in their order, each place on lines of its own; what the edits themselves
 * take away again is left out, and so is what cannot be read. Empty where they write none (cells moved, words deleted).
 * @param updates Yjs, V1
 */
export function writtenWords(updates: readonly Uint8Array[]): string {
	const read = decoded(updates);
	const taken = Y.mergeDeleteSets(read.map(({ ds }) => ds));
	const letters = new Map<string, Letter>();
	/** Some letter of each. */
	const places: Letter[] = [];
	for (const { item, words } of inOrder(read)) {
		const left = letters.get(keyOf(item.origin));
		const right = left ? left.after : (letters.get(keyOf(item.rightOrigin)) ?? null);
		let last = left ?? right?.before ?? null;
		const { client, clock } = item.id;
		for (const [i, word] of words.entries()) {
			const id = Y.createID(client, clock + i);
			const written: Letter = {
				letter: Y.isDeleted(taken, id) ? '' : word,
				before: last,
				after: right
			};
			if (last) last.after = written;
			else if (!right) places.push(written);
			if (right) right.before = written;
			letters.set(keyOf(id), written);
			last = written;
		}
	}
	return places
		.map(wordsAround)
		.filter((words) => words.trim() !== '')
		.join('\n');
}

function wordsAround(place: Letter): string {
	let first = place;
	while (first.before) first = first.before;
	let words = '';
	for (let at: Letter | null = first; at; at = at.after) words += at.letter;
	return words;
}

interface Written {
	readonly item: Y.Item;
	/** Of UTF-16, each. */
	readonly words: readonly string[];
}

/** What is written, each after what it was written beside, whichever page of the device wrote that. */
function inOrder(read: readonly Decoded[]): Written[] {
	let waiting = read.flatMap(({ structs }) =>
		structs.flatMap((item): Written[] =>
			item instanceof Y.Item && item.content instanceof Y.ContentString
				? [{ item, words: item.content.str.split('') }]
				: []
		)
	);
	const toCome = new Set(
		waiting.flatMap(({ item: { id }, words }) =>
			words.map((_, i) => keyOf(Y.createID(id.client, id.clock + i)))
		)
	);
	const ordered: Written[] = [];
	while (waiting.length > 0) {
		const rest: Written[] = [];
		for (const one of waiting) {
			const { item, words } = one;
			// Beside what none of these edits wrote, or what is there already.
			if (toCome.has(keyOf(item.origin)) || toCome.has(keyOf(item.rightOrigin))) {
				rest.push(one);
				continue;
			}
			ordered.push(one);
			for (const i of words.keys())
				toCome.delete(keyOf(Y.createID(item.id.client, item.id.clock + i)));
		}
		// Bytes that no page wrote may go round in a circle.
		if (rest.length === waiting.length) return ordered;
		waiting = rest;
	}
	return ordered;
}

const keyOf = (id: Y.ID | null): string => (id ? `${id.client}-${id.clock}` : '');

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
