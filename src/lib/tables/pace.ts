/** How long work that goes through bytes will still take, at the pace so far. */

/** Before that long, a pace says nothing. */
const SOON = 300;

export class Pace {
	readonly #began: number;
	/** @param now milliseconds, as the clock has them when the work begins */
	constructor(now: number) {
		this.#began = now;
	}

	/** Milliseconds that are left, or null before there is a pace to go by. */
	left(now: number, done: number, total: number): number | null {
		const taken = now - this.#began;
		if (taken < SOON || done <= 0) return null;
		return Math.round((taken * Math.max(0, total - done)) / done);
	}
}
