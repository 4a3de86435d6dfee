/**
 * What a Yjs update holds, looked at before anything keeps it. Yjs itself sets aside what it cannot place yet
 * and says nothing; here such an update is refused, because an edit that is acknowledged must be readable from
 * the disk. Only what a notebook is made of comes in (maps, texts, plain values).
 */
import * as Y from 'yjs';
import { InvalidError } from '../../core/errors.ts';
import type { Held, NewPieces } from './capacity.ts';
import { hasShape, indexAt, structAt, type Struct } from './check-shape.ts';
import { placingSteps } from './placing-steps.ts';

/** Clocks are kept under this, well inside what Yjs's decoders read exactly. */
const MAX_CLOCK = 2 ** 31;
/** Yjs clients that one update writes for: a page is one, and its kept edits one for each time it was opened. */
export const MAX_WRITERS = 256;
/**
 * Yjs clients that ever wrote in a notebook: each page that edits is one. Every page that opens tells how far it is with
 * each of them (rooms keeps so much of a socket that is not let in yet), and Yjs counts them at each edit.
 */
export const MAX_CLIENTS = 10_000;
/** Structs of one update: a day of edits away from the network is a few thousand. */
const MAX_STRUCTS = 20_000;
/** Ranges of deletions of one update, known or not: a page sends all that its document ever deleted when it comes back. */
const MAX_DELETIONS = 300_000;
/** Ranges of which some is deleted by this update: Yjs takes an item apart for each. */
const MAX_NEW_DELETIONS = 20_000;
/** The top-level names of a notebook (collab/document). */
const ROOTS: ReadonlySet<string> = new Set(['meta', 'cells']);

/** Each reason has its own code, for logs and tests; a person reads `update_refused`. */
export class UpdateRefused extends InvalidError {
	readonly reason: UpdateFault;
	constructor(reason: UpdateFault) {
		super('update_refused', { reason });
		this.reason = reason;
	}
}
export type UpdateFault =
	| 'malformed'
	| 'skip'
	| 'clock'
	| 'content'
	| 'shape'
	| 'gap'
	| 'foreign-client'
	| 'too-large'
	| 'full';

export interface UpdateFacts {
	/** Yjs clients of which the update brings structs that the document has not. */
	readonly writers: readonly number[];
	/** Nothing that the document has not already. */
	readonly known: boolean;
	/** The cells and the characters that it brings, at most. */
	readonly brought: Held;
	/** The cells and the characters that it takes away, at least: of the document and of what it brings. */
	readonly taken: Held;
	readonly pieces: NewPieces;
	/** Ids of the document's cells that it takes away, or writes anew. */
	readonly removes: readonly string[];
	/** Steps that Yjs will take to place it (placing-steps); few, but where people wrote at one place at once. */
	readonly steps: number;
}

/**
 * @param update in Yjs's V1 encoding (V2 bytes are refused as malformed)
 * @param doc the document as it is; not changed
 * @throws UpdateRefused
 */
export function inspectUpdate(update: Uint8Array, doc: Y.Doc): UpdateFacts {
	const { structs, ds } = decodeWhole(update);

	/** Per client: its structs in clock order, without a hole. */
	const lines = new Map<number, Struct[]>();
	for (const struct of structs) {
		if (struct instanceof Y.Skip) throw new UpdateRefused('skip');
		const { client, clock } = struct.id;
		const end = clock + struct.length;
		if (client >= 2 ** 53 || end >= MAX_CLOCK) throw new UpdateRefused('clock');
		if (struct.length < 1) throw new UpdateRefused('malformed');
		if (struct instanceof Y.Item) checkContent(struct);
		const line = lines.get(client);
		if (!line) {
			if (lines.size >= MAX_WRITERS) throw new UpdateRefused('too-large');
			lines.set(client, [struct]);
		} else {
			const last = line[line.length - 1];
			if (last && last.id.clock + last.length !== clock) throw new UpdateRefused('gap');
			line.push(struct);
		}
	}

	const placed: Struct[] = [];
	const reached = placeAll(lines, doc, placed);
	if (!hasShape(placed, doc)) throw new UpdateRefused('shape');
	const steps = placingSteps(placed, doc, () => new UpdateRefused('too-large'));

	for (const [client, ranges] of ds.clients) {
		const state = reached.get(client) ?? Y.getState(doc.store, client);
		let from = 0;
		for (const { clock, len } of ranges) {
			if (clock + len >= MAX_CLOCK) throw new UpdateRefused('clock');
			if (clock + len > state) throw new UpdateRefused('gap');
			// Yjs writes them in order and apart; ranges over the same structs would be walked once each.
			if (len < 1 || clock < from) throw new UpdateRefused('malformed');
			from = clock + len;
		}
	}

	const writers: number[] = [];
	let clients = doc.store.clients.size;
	for (const [client, line] of lines) {
		const last = line[line.length - 1];
		const state = Y.getState(doc.store, client);
		if (!last || last.id.clock + last.length <= state) continue;
		writers.push(client);
		if (state === 0 && ++clients > MAX_CLIENTS) throw new UpdateRefused('full');
	}
	const deletions = newDeletions(ds, doc);
	if (deletions > MAX_NEW_DELETIONS) throw new UpdateRefused('too-large');
	return {
		writers,
		known: writers.length === 0 && deletions === 0,
		brought: broughtBy(placed, doc),
		// A struct comes between two others, and parts both at most; a range of deletions is cut at its ends.
		pieces: { brought: 3 * newStructs(placed, doc), cut: 2 * deletions },
		taken: deletions === 0 ? NOTHING : takenBy(ds, doc, lines),
		removes: deletions === 0 ? [] : removedBy(ds, doc),
		steps
	};
}

const NOTHING: Held = { cells: 0, characters: 0 };
type Deletions = ReturnType<typeof Y.decodeUpdate>['ds'];

function removedBy(ds: Deletions, doc: Y.Doc): string[] {
	const removed: string[] = [];
	for (const [id, item] of doc.getMap('cells')._map)
		if (!item.deleted && Y.isDeleted(ds, item.id)) removed.push(id);
	return removed;
}

/** What its deletions name of what is there or comes with it, and is not deleted. */
function takenBy(ds: Deletions, doc: Y.Doc, lines: ReadonlyMap<number, readonly Struct[]>): Held {
	let cells = 0;
	let characters = 0;
	for (const [client, ranges] of ds.clients) {
		const known = doc.store.clients.get(client) ?? [];
		const state = Y.getState(doc.store, client);
		for (const { clock, len } of ranges)
			for (const [structs, from, to] of [
				[known, clock, Math.min(clock + len, state)],
				[lines.get(client) ?? [], Math.max(clock, state), clock + len]
			] as const)
				for (let i = indexAt(structs, from); from < to && i < structs.length; i++) {
					const struct = structs[i];
					if (!struct || struct.id.clock >= to) break;
					if (!(struct instanceof Y.Item) || struct.deleted) continue;
					const { content, id, length } = struct;
					if (content instanceof Y.ContentString)
						characters += Math.min(to, id.clock + length) - Math.max(from, id.clock);
					else if (content instanceof Y.ContentType && content.type instanceof Y.Map) cells++;
				}
	}
	return { cells, characters };
}

function broughtBy(placed: readonly Struct[], doc: Y.Doc): Held {
	let cells = 0;
	let characters = 0;
	for (const struct of placed) {
		const state = Y.getState(doc.store, struct.id.client);
		if (!(struct instanceof Y.Item) || struct.id.clock + struct.length <= state) continue;
		if (struct.content instanceof Y.ContentString) characters += struct.length;
		else if (struct.content instanceof Y.ContentType && struct.content.type instanceof Y.Map)
			cells++;
	}
	return { cells, characters };
}

const newStructs = (placed: readonly Struct[], doc: Y.Doc): number =>
	placed.filter(({ id, length }) => id.clock + length > Y.getState(doc.store, id.client)).length;

function decodeWhole(update: Uint8Array): ReturnType<typeof Y.decodeUpdate> {
	let read: { pos: number; arr: Uint8Array } | undefined;
	class Watched extends Y.UpdateDecoderV1 {
		constructor(decoder: ConstructorParameters<typeof Y.UpdateDecoderV1>[0]) {
			super(decoder);
			read = decoder;
		}
		// Counted while they are read: a million of either fits in a frame.
		override readInfo(): number {
			if (++structs > MAX_STRUCTS) throw new UpdateRefused('too-large');
			return super.readInfo();
		}
		override readDsLen(): number {
			if (++deletions > MAX_DELETIONS) throw new UpdateRefused('too-large');
			return super.readDsLen();
		}
	}
	let structs = 0;
	let deletions = 0;
	let decoded: ReturnType<typeof Y.decodeUpdate>;
	try {
		decoded = Y.decodeUpdateV2(update, Watched as unknown as typeof Y.UpdateDecoderV2);
	} catch (cause) {
		throw cause instanceof UpdateRefused ? cause : new UpdateRefused('malformed');
	}
	// Bytes left over: not this encoding (a V2 update reads as an empty V1 one), or a smuggled tail.
	if (!read || read.pos !== update.byteLength) throw new UpdateRefused('malformed');
	return decoded;
}

function checkContent(item: Y.Item): void {
	if (typeof item.parent === 'string' && !ROOTS.has(item.parent))
		throw new UpdateRefused('content');
	const { content } = item;
	const allowed =
		content instanceof Y.ContentString ||
		content instanceof Y.ContentAny ||
		content instanceof Y.ContentDeleted ||
		(content instanceof Y.ContentType &&
			(content.type.constructor === Y.Map || content.type.constructor === Y.Text));
	if (!allowed) throw new UpdateRefused('content');
}

/**
 * Places the structs one after the other as Yjs will, so that one that waits for something absent (or for
 * itself, in a circle) is found. A line that waits is taken up again by the very struct that it waits for: each
 * is looked at a few times, however they depend on each other. Answers how far each client of the update reaches.
 * @param placed takes the structs, in the order in which they were placed
 */
function placeAll(
	lines: ReadonlyMap<number, readonly Struct[]>,
	doc: Y.Doc,
	placed: Struct[]
): Map<number, number> {
	const reached = new Map<number, number>();
	const next = new Map<number, number>();
	for (const client of lines.keys()) {
		reached.set(client, Y.getState(doc.store, client));
		next.set(client, 0);
	}
	/** Per struct: the clients whose lines wait for it. */
	const waiting = new Map<Struct, number[]>();
	const ready = [...lines.keys()];
	for (let client = ready.pop(); client !== undefined; client = ready.pop()) {
		const line = lines.get(client) ?? [];
		let index = next.get(client) ?? 0;
		for (let struct = line[index]; struct; struct = line[++index]) {
			if (struct.id.clock > (reached.get(client) ?? 0)) throw new UpdateRefused('gap');
			const lacking = firstLacking(struct, reached, doc);
			if (lacking) {
				const awaited = structAt(lines.get(lacking.client) ?? [], lacking.clock);
				if (!awaited) throw new UpdateRefused('gap');
				const others = waiting.get(awaited);
				if (others) others.push(client);
				else waiting.set(awaited, [client]);
				break;
			}
			reached.set(client, Math.max(reached.get(client) ?? 0, struct.id.clock + struct.length));
			placed.push(struct);
			const woken = waiting.get(struct);
			if (woken) {
				for (const other of woken) ready.push(other);
				waiting.delete(struct);
			}
		}
		next.set(client, index);
	}
	for (const [client, line] of lines)
		if ((next.get(client) ?? 0) < line.length) throw new UpdateRefused('gap');
	return reached;
}

/** What the struct rests on and is not placed yet, if anything. */
function firstLacking(
	struct: Struct,
	reached: ReadonlyMap<number, number>,
	doc: Y.Doc
): Y.ID | null {
	if (!(struct instanceof Y.Item)) return null;
	for (const id of [struct.origin, struct.rightOrigin, struct.parent])
		if (
			id instanceof Y.ID &&
			id.clock >= (reached.get(id.client) ?? Y.getState(doc.store, id.client))
		)
			return id;
	return null;
}

/** Ranges that delete something which is not deleted yet, in the document or in the update itself. */
function newDeletions(ds: Deletions, doc: Y.Doc): number {
	let count = 0;
	for (const [client, ranges] of ds.clients) {
		const structs = doc.store.clients.get(client);
		const state = Y.getState(doc.store, client);
		for (const { clock, len } of ranges)
			if (!structs || clock + len > state || !allDeleted(structs, clock, clock + len)) count++;
	}
	return count;
}

function allDeleted(structs: (Y.Item | Y.GC)[], from: number, to: number): boolean {
	for (let i = Y.findIndexSS(structs, from); i < structs.length; i++) {
		const struct = structs[i];
		if (!struct || struct.id.clock >= to) break;
		if (!struct.deleted) return false;
	}
	return true;
}
