/**
 * Slows guessing without locking anyone out. Each key (an address, an account, the two together) has a bucket of
 * attempts that refills with time; an empty bucket makes its key wait, longer each time, up to a cap. Attempts
 * are taken before the work and handed back when it succeeds, so that many at once count as many. Waiting never
 * lengthens by knocking while one waits. What is kept is bounded: the key used longest ago is forgotten first.
 */
import { ThrottledError } from '../../core/errors.ts';

export interface ThrottleRule {
	/** Attempts at hand before any wait. */
	readonly burst: number;
	/** Milliseconds for one attempt to come back; also the first wait. */
	readonly refillMs: number;
	/** The longest wait, in milliseconds. */
	readonly maxWaitMs: number;
	/** Keys kept at most. */
	readonly maxKeys: number;
}

interface Bucket {
	/** Attempts left at `at`; never below 0, never above the burst. */
	left: number;
	at: number;
	/** Times in a row that the bucket ran dry: each doubles the wait. */
	dry: number;
	/** Nothing is tried before this time. */
	until: number;
}

/** What an attempt weighs on a key: 1 unless said otherwise. */
export interface ThrottleKey {
	readonly key: string;
	readonly cost?: number;
}

export interface Attempt {
	/** It was right: hands back what was taken, and forgets the waits of the keys named. */
	succeeded(forget?: readonly string[]): void;
}

export class Throttle {
	readonly #buckets = new Map<string, Bucket>();
	readonly #rule: ThrottleRule;
	readonly #now: () => number;

	constructor(rule: ThrottleRule, now: () => number) {
		this.#rule = rule;
		this.#now = now;
	}

	get size(): number {
		return this.#buckets.size;
	}

	/** Whether the key's attempts are spent, without taking any. */
	isSpent(key: string): boolean {
		const bucket = this.#buckets.get(key);
		return bucket !== undefined && this.#refilled(bucket).left < 1;
	}

	/**
	 * Takes one attempt from every key, or from none.
	 * @throws ThrottledError with the wait, where any of the keys must wait
	 */
	attempt(keys: readonly ThrottleKey[]): Attempt {
		const now = this.#now();
		const wait = Math.max(0, ...keys.map(({ key }) => (this.#buckets.get(key)?.until ?? 0) - now));
		if (wait > 0) throw new ThrottledError(wait / 1000);
		for (const { key, cost = 1 } of keys) this.#take(key, cost, now);
		return {
			succeeded: (forget = []) => {
				for (const { key, cost = 1 } of keys)
					if (forget.includes(key)) this.#buckets.delete(key);
					else this.#giveBack(key, cost);
			}
		};
	}

	#take(key: string, cost: number, now: number): void {
		const { burst, refillMs, maxWaitMs, maxKeys } = this.#rule;
		const bucket = this.#refilled(
			this.#buckets.get(key) ?? { left: burst, at: now, dry: 0, until: 0 }
		);
		bucket.left = Math.max(0, bucket.left - cost);
		if (bucket.left < 1) {
			bucket.until = now + Math.min(maxWaitMs, refillMs * 2 ** Math.min(bucket.dry, 30));
			bucket.dry += 1;
		}
		// Put at the end: a Map gives its keys in the order they were put in.
		this.#buckets.delete(key);
		this.#buckets.set(key, bucket);
		for (const oldest of this.#buckets.keys()) {
			if (this.#buckets.size <= maxKeys) break;
			this.#buckets.delete(oldest);
		}
	}

	#giveBack(key: string, cost: number): void {
		const bucket = this.#buckets.get(key);
		if (!bucket) return;
		const wasDry = bucket.left < 1;
		bucket.left = Math.min(this.#rule.burst, bucket.left + cost);
		if (wasDry && bucket.left >= 1) {
			bucket.until = 0;
			bucket.dry = Math.max(0, bucket.dry - 1);
		}
	}

	/** Counts what came back since it was last looked at; a full bucket starts afresh. */
	#refilled(bucket: Bucket): Bucket {
		const { burst, refillMs } = this.#rule;
		const now = this.#now();
		const back = Math.floor(Math.max(0, now - bucket.at) / refillMs);
		if (back > 0) {
			bucket.left = Math.min(burst, bucket.left + back);
			bucket.at += back * refillMs;
		}
		if (bucket.left >= burst) {
			bucket.dry = 0;
			bucket.at = now;
		}
		return bucket;
	}
}
