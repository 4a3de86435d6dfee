/**
 * What this screen tells the others of where its person is, and what it is told of them (core/protocol/presence). The
 * server says who is there: nothing is guessed from silence, and a cut forgets everyone until it says so again.
 */
import { awarenessFrame, readEntries, writeFrame } from '../collab/awareness-frame.ts';
import {
	NOWHERE,
	presenceFrom,
	samePlace,
	type Presence,
	type PresencePlace
} from '../core/protocol/presence.ts';

/** Least time between two places told: a moving caret still reads as moving. Milliseconds. */
const PACE = 100;

export interface ScreenAwarenessParts {
	readonly notebookId: string;
	/** The Yjs client id that this screen is known by. */
	readonly own: number;
	readonly send: (frame: Uint8Array) => void;
}

export class ScreenAwareness {
	readonly own: number;
	readonly #parts: ScreenAwarenessParts;
	readonly #screens = new Map<number, Presence>();
	readonly #listeners = new Set<() => void>();
	#place: PresencePlace = NOWHERE;
	#told: PresencePlace | null = null;
	#linked = false;
	#away = false;
	#clock = 0;
	#timer: ReturnType<typeof setTimeout> | null = null;
	#last = -Infinity;

	constructor(parts: ScreenAwarenessParts) {
		this.#parts = parts;
		this.own = parts.own;
	}

	/** Every screen that is shown, this one too once the server has heard it, by its Yjs client id. */
	get screens(): ReadonlyMap<number, Presence> {
		return this.#screens;
	}

	/** Calls back when what `screens` says has changed; answers how to stop. */
	onChange(heard: () => void): () => void {
		this.#listeners.add(heard);
		return () => void this.#listeners.delete(heard);
	}

	/** This screen's person is there now. */
	place(place: PresencePlace): void {
		this.#place = place;
		this.#tellSoon();
	}

	/** The page is being left, or has come back: the others need not wait for the server to notice. */
	away(away: boolean): void {
		this.#away = away;
		if (!away) return this.#tellSoon();
		this.#stop();
		if (this.#linked && this.#told) this.#send(null);
	}

	/** The socket was let in. */
	linked(): void {
		this.#linked = true;
		this.#told = null;
		this.#tellSoon();
	}

	/** The socket ended. */
	cut(): void {
		this.#linked = false;
		this.#stop();
		if (this.#screens.size === 0) return;
		this.#screens.clear();
		this.#changed();
	}

	/** Takes a frame that the server sent, if it is one of presence. */
	received(frame: Uint8Array): void {
		try {
			const { kind, decoder } = awarenessFrame(frame);
			if (kind !== 'update') return;
			for (const { client, state } of readEntries(decoder)) {
				const presence = presenceFrom(JSON.parse(new TextDecoder().decode(state)));
				// As the last that moved: of a person's screens, where they are is where they last did something.
				const before = this.#screens.get(client);
				if (!presence || !before || !samePlace(before, presence)) this.#screens.delete(client);
				if (presence) this.#screens.set(client, presence);
			}
		} catch {
			return; // the answer to a heartbeat, or what this page does not know
		}
		this.#changed();
	}

	destroy(): void {
		this.away(true);
		this.#listeners.clear();
	}

	#tellSoon(): void {
		if (!this.#linked || this.#away || this.#timer !== null) return;
		if (this.#told && samePlace(this.#told, this.#place)) return;
		const due = this.#last + PACE - performance.now();
		if (due <= 0) return this.#send(this.#place);
		this.#timer = setTimeout(() => {
			this.#timer = null;
			if (!this.#told || !samePlace(this.#told, this.#place)) this.#send(this.#place);
		}, Math.ceil(due));
	}

	#send(place: PresencePlace | null): void {
		this.#last = performance.now();
		this.#told = place;
		const state = new TextEncoder().encode(JSON.stringify(place));
		const clock = ++this.#clock;
		this.#parts.send(writeFrame(this.#parts.notebookId, [{ client: this.own, clock, state }]));
	}

	#stop(): void {
		if (this.#timer !== null) clearTimeout(this.#timer);
		this.#timer = null;
	}

	#changed(): void {
		for (const heard of this.#listeners) heard();
	}
}
