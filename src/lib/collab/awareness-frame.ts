/**
 * The frames that presence travels in: y-protocols' awareness updates (a Yjs client id, a clock, a state as JSON) behind
 * Hocuspocus's address. Read and written here rather than by y-protocols, so that nothing is parsed before it is known
 * to be small, nor at all where it is somebody else's.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/** Hocuspocus's message types. */
const AWARENESS = 1;
const QUERY = 3;

export interface AwarenessEntry {
	/** Yjs client id of the screen. */
	readonly client: number;
	readonly clock: number;
	/** The state as JSON in UTF-8, not looked at yet: a view of the frame. */
	readonly state: Uint8Array;
}

/** What a state is where the screen is gone. */
export const GONE: Uint8Array = new TextEncoder().encode('null');

/** Who a frame is for, and whether it is of presence: `query` asks for what is known. Throws on what is no frame. */
export function awarenessFrame(frame: Uint8Array): {
	readonly kind: 'update' | 'query' | 'other';
	readonly name: string;
	readonly decoder: decoding.Decoder;
} {
	const decoder = decoding.createDecoder(frame);
	const name = decoding.readVarString(decoder);
	const type = decoding.readVarUint(decoder);
	return {
		kind: type === AWARENESS ? 'update' : type === QUERY ? 'query' : 'other',
		name,
		decoder
	};
}

/** The entries of an update, in a time that follows its length. Throws on what is not one to its last byte. */
export function readEntries(decoder: decoding.Decoder): AwarenessEntry[] {
	const update = decoding.createDecoder(decoding.readVarUint8Array(decoder));
	const entries: AwarenessEntry[] = [];
	const count = decoding.readVarUint(update);
	for (let i = 0; i < count; i++) {
		const client = decoding.readVarUint(update);
		const clock = decoding.readVarUint(update);
		entries.push({ client, clock, state: decoding.readVarUint8Array(update) });
	}
	if (decoding.hasContent(update) || decoding.hasContent(decoder))
		throw new Error('more than an awareness update');
	return entries;
}

export function writeFrame(name: string, entries: readonly AwarenessEntry[]): Uint8Array {
	const update = encoding.createEncoder();
	encoding.writeVarUint(update, entries.length);
	for (const { client, clock, state } of entries) {
		encoding.writeVarUint(update, client);
		encoding.writeVarUint(update, clock);
		encoding.writeVarUint8Array(update, state);
	}
	const frame = encoding.createEncoder();
	encoding.writeVarString(frame, name);
	encoding.writeVarUint(frame, AWARENESS);
	encoding.writeVarUint8Array(frame, encoding.toUint8Array(update));
	return encoding.toUint8Array(frame);
}
