/**
 * How much a person may send to live notebooks, on one socket and on all of theirs together. A keystroke is one message;
 * what makes the server work more counts for more. Whoever comes back after hours away sends one message, so that the
 * measure is for programs: it is full again in a quarter of a minute, and past it a socket is cut.
 */

interface Measure {
	/** At once, then each second. */
	readonly messages: readonly [number, number];
	readonly bytes: readonly [number, number];
}
const MIB = 2 ** 20;
const A_SOCKET: Measure = { messages: [1_500, 100], bytes: [4 * MIB, MIB / 4] };
const A_PERSON: Measure = { messages: [6_000, 400], bytes: [16 * MIB, MIB] };

/** A question of what the document has: the whole of it may be the answer. */
export const QUESTION = 20;
/** A socket opened: its session and its rights are looked up, its notebook loaded. */
export const OPENING = 20;
/** Yjs's steps that cost the server as much as a keystroke. */
const STEPS_A_MESSAGE = 200;

/** What is left of a measure, refilled as time goes by. */
export class Allowance {
	readonly #measure: Measure;
	#messages: number;
	#bytes: number;
	#at: number;

	constructor(measure: Measure, now: number) {
		this.#measure = measure;
		[this.#messages] = measure.messages;
		[this.#bytes] = measure.bytes;
		this.#at = now;
	}

	/** @param now milliseconds of any clock that only goes forward */
	takes(messages: number, bytes: number, now: number): boolean {
		this.#refill(now);
		const owed = Math.min(0, this.#messages);
		this.#messages -= messages;
		this.#bytes -= bytes;
		if (this.#messages >= 0 && this.#bytes >= 0) return true;
		// What was refused costs no more than being empty: it can come back as soon as time allows.
		this.#messages = Math.max(owed, this.#messages);
		this.#bytes = Math.max(0, this.#bytes);
		return false;
	}

	/** What was done already: it is taken even where there is less, and what comes next waits until it is made up for. */
	owes(messages: number, now: number): void {
		this.#refill(now);
		this.#messages -= messages;
	}

	isFull(now: number): boolean {
		this.#refill(now);
		const { messages, bytes } = this.#measure;
		return this.#messages >= messages[0] && this.#bytes >= bytes[0];
	}

	#refill(now: number): void {
		const { messages, bytes } = this.#measure;
		const seconds = Math.max(0, now - this.#at) / 1000;
		this.#at = now;
		this.#messages = Math.min(messages[0], this.#messages + seconds * messages[1]);
		this.#bytes = Math.min(bytes[0], this.#bytes + seconds * bytes[1]);
	}
}

export class Pace {
	readonly #people = new Map<string, Allowance>();

	/** What one new socket may send. */
	socket(now: number): Allowance {
		return new Allowance(A_SOCKET, now);
	}

	/** What a person may send on all their sockets; remembered until it is full again, though they leave. */
	person(personId: string, now: number): Allowance {
		let known = this.#people.get(personId);
		if (!known) this.#people.set(personId, (known = new Allowance(A_PERSON, now)));
		return known;
	}

	/** Forgets those whose measure is full. */
	forget(now: number): void {
		for (const [personId, allowance] of this.#people)
			if (allowance.isFull(now)) this.#people.delete(personId);
	}
}

/** Pieces of a document that is loaded for someone (capacity) that cost the server as much as a keystroke. */
const PIECES_A_MESSAGE = 100;

/** Messages that loading a document counts for, for who makes it be loaded. */
export const messagesForLoading = (pieces: number): number => Math.floor(pieces / PIECES_A_MESSAGE);

/** Messages that Yjs's steps count for. */
export const messagesFor = (steps: number): number => Math.floor(steps / STEPS_A_MESSAGE);
