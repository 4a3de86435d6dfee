/**
 * Knows which of the document's own edits the server has on disk. The provider's own count starts again at
 * each connection and can reach zero too early; this one follows what was written to the socket: the server
 * answers each write in order, and the answer to a write stands for all the edits that it, and the writes
 * before it on this socket, carried.
 */
import * as decoding from 'lib0/decoding';

/** Hocuspocus's message types and y-protocols' sync steps. */
const SYNC = 0;
const SYNC_REPLY = 4;
const SYNC_STATUS = 8;
const STEP_2 = 1;
const UPDATE = 2;

export interface Outcome {
	/** Edits up to and including this one are on disk. */
	readonly through: number;
	/** The server refused a write: this person may only read. */
	readonly refused: boolean;
}

export class Acknowledgements {
	/** Number of the last edit made here; edits count from 1. */
	#made = 0;
	#kept = 0;
	/** For each write on this socket that awaits its answer: the last edit it stands for. */
	#awaiting: number[] = [];
	/** Whether this socket carried the handshake's own write, which holds all that the server lacked. */
	#caughtUp = false;

	/** A new edit; answers its number. */
	edit(): number {
		return ++this.#made;
	}

	get pending(): number {
		return this.#made - this.#kept;
	}

	/** A new socket: what the last one had not answered will be sent again by the handshake. */
	connected(): void {
		this.#awaiting = [];
		this.#caughtUp = false;
	}

	/**
	 * A frame is about to go out on the present socket; answers whether it may. An edit queued from before the
	 * handshake may not: what it rests on may have been lost with the last socket, and the handshake's own
	 * write will hold both.
	 */
	sends(frame: Uint8Array): boolean {
		const kind = writeKind(frame);
		if (kind === STEP_2) this.#caughtUp = true;
		else if (kind === UPDATE && !this.#caughtUp) return false;
		if (kind !== null) this.#awaiting.push(this.#made);
		return true;
	}

	/** A frame came in; answers what it says of our edits, if it says anything. */
	received(frame: Uint8Array): Outcome | null {
		const applied = statusOf(frame);
		if (applied === null) return null;
		const through = this.#awaiting.shift() ?? 0;
		if (applied) this.#kept = Math.max(this.#kept, through);
		return { through: this.#kept, refused: !applied };
	}
}

/** The sync step of a frame that writes; null for any other frame. */
function writeKind(frame: Uint8Array): number | null {
	try {
		const decoder = decoding.createDecoder(frame);
		decoding.readVarString(decoder);
		const type = decoding.readVarUint(decoder);
		if (type !== SYNC && type !== SYNC_REPLY) return null;
		const step = decoding.readVarUint(decoder);
		return step === STEP_2 || step === UPDATE ? step : null;
	} catch {
		return null; // the answer to a heartbeat
	}
}

function statusOf(frame: Uint8Array): boolean | null {
	try {
		const decoder = decoding.createDecoder(frame);
		decoding.readVarString(decoder);
		if (decoding.readVarUint(decoder) !== SYNC_STATUS) return null;
		return decoding.readVarInt(decoder) === 1;
	} catch {
		return null;
	}
}
