/** Repeatable chance: the same seed always makes the same demo. Not for secrets. */

export interface Chance {
	/** From 0 (included) to 1 (excluded). */
	next(): number;
	/** A whole number from `low` to `high`, both included. */
	whole(low: number, high: number): number;
	/** True `share` times in one. */
	happens(share: number): boolean;
	pick<T>(from: readonly T[]): T;
	/** One of the options, in proportion to their weights. */
	weighted<T>(options: readonly (readonly [value: T, weight: number])[]): T;
	/** Bell curve. */
	normal(mean: number, deviation: number): number;
}

/** mulberry32: small, fast and even enough for made-up data. */
export function chance(seed: number): Chance {
	let state = seed | 0;
	const next = (): number => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
	const pick = <T>(from: readonly T[]): T => {
		const value = from[Math.floor(next() * from.length)];
		if (value === undefined) throw new RangeError('nothing to pick from');
		return value;
	};
	return {
		next,
		whole: (low, high) => low + Math.floor(next() * (high - low + 1)),
		happens: (share) => next() < share,
		pick,
		weighted(options) {
			let at = next() * options.reduce((sum, [, weight]) => sum + weight, 0);
			for (const [value, weight] of options) if ((at -= weight) < 0) return value;
			return pick(options)[0];
		},
		normal: (mean, deviation) =>
			mean + deviation * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
	};
}
