/** A connection between one page and the simulated server, as frames under way in both directions. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { Actor } from '../../src/lib/server/app.ts';

export const STEP_1 = 0;
export const STEP_2 = 1;
export const UPDATE = 2;
const SYNC = 0;
const SYNC_STATUS = 8;
const NAME = 'n'.repeat(26);

export interface Link {
	readonly actor: Actor;
	readonly up: Uint8Array[];
	readonly down: Uint8Array[];
	/** What is under way is lost. */
	cut(): void;
}

/** A frame as Hocuspocus's provider and server write it. */
export function syncFrame(step: number, payload: Uint8Array): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarString(encoder, NAME);
	encoding.writeVarUint(encoder, SYNC);
	encoding.writeVarUint(encoder, step);
	encoding.writeVarUint8Array(encoder, payload);
	return encoding.toUint8Array(encoder);
}

/** That a write is on disk. */
export function statusFrame(): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarString(encoder, NAME);
	encoding.writeVarUint(encoder, SYNC_STATUS);
	encoding.writeVarUint(encoder, 1);
	return encoding.toUint8Array(encoder);
}

/** @returns step -1 for a frame that is no sync message */
export function syncOf(frame: Uint8Array): { step: number; payload: Uint8Array } {
	const decoder = decoding.createDecoder(frame);
	decoding.readVarString(decoder);
	if (decoding.readVarUint(decoder) !== SYNC) return { step: -1, payload: new Uint8Array() };
	return { step: decoding.readVarUint(decoder), payload: decoding.readVarUint8Array(decoder) };
}
