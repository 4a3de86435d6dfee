/**
 * What a Yjs update holds, looked at before anything keeps it. Yjs itself sets aside what it cannot place yet
 * and says nothing; here such an update is refused, because an edit that is acknowledged must be readable from
 * the disk. Only what a notebook is made of comes in (maps, texts, plain values).
 */
import * as Y from 'yjs';
import { InvalidError } from '../../core/errors.ts';
import type { Brought } from './capacity.ts';
import { hasShape, structAt, type Struct } from './check-shape.ts';

/** Clocks are kept under this, well inside what Yjs's decoders read exactly. */
const MAX_CLOCK = 2 ** 31;
/** Yjs clients that one update writes for: a page is one, and its kept edits one for each time it was opened. */
export const MAX_WRITERS = 256;
/** Structs of one update: a day of edits away from the network is a few thousand. */
const MAX_STRUCTS = 20_000;
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
	readonly brought: Brought;
	/** Ids of the document's cells that it takes away, or writes anew. */
	readonly removes: readonly string[];
}

/**
 * @param update in Yjs's V1 encoding (V2 bytes are refused as malformed)
 * @param doc the document as it is; not changed
 * @throws UpdateRefused
 */
export function inspectUpdate(update: Uint8Array, doc: Y.Doc): UpdateFacts {
	const { structs, ds } = decodeWhole(update);
	if (structs.length > MAX_STRUCTS) throw new UpdateRefused('too-large');

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
	for (const [client, line] of lines) {
		const last = line[line.length - 1];
		if (last && last.id.clock + last.length > Y.getState(doc.store, client)) writers.push(client);
	}
	return {
		writers,
		known: writers.length === 0 && deletionsKnown(ds, doc),
		brought: broughtBy(placed, doc),
		removes: removedBy(ds, doc)
	};
}

function removedBy(ds: ReturnType<typeof Y.decodeUpdate>['ds'], doc: Y.Doc): string[] {
	if (ds.clients.size === 0) return [];
	const removed: string[] = [];
	for (const [id, item] of doc.getMap('cells')._map)
		if (!item.deleted && Y.isDeleted(ds, item.id)) removed.push(id);
	return removed;
}

function broughtBy(placed: readonly Struct[], doc: Y.Doc): Brought {
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

function decodeWhole(update: Uint8Array): ReturnType<typeof Y.decodeUpdate> {
	let read: { pos: number; arr: Uint8Array } | undefined;
	class Watched extends Y.UpdateDecoderV1 {
		constructor(decoder: ConstructorParameters<typeof Y.UpdateDecoderV1>[0]) {
			super(decoder);
			read = decoder;
		}
	}
	let decoded: ReturnType<typeof Y.decodeUpdate>;
	try {
		decoded = Y.decodeUpdateV2(update, Watched as unknown as typeof Y.UpdateDecoderV2);
	} catch {
		throw new UpdateRefused('malformed');
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

function deletionsKnown(ds: ReturnType<typeof Y.decodeUpdate>['ds'], doc: Y.Doc): boolean {
	for (const [client, ranges] of ds.clients)
		for (const { clock, len } of ranges)
			for (let at = clock; at < clock + len;) {
				const structs = doc.store.clients.get(client);
				if (!structs) return false;
				const struct = structs[Y.findIndexSS(structs, at)];
				if (!struct?.deleted) return false;
				at = struct.id.clock + struct.length;
			}
	return true;
}
