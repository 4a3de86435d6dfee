/**
 * Values that change by themselves: generators, `Mutable`, controls, `now`. A `Live` is both an async iterator, as
 * Observable's are, and a value that can be read at once, so that the engine needs no turn of the event loop.
 */

/** Something whose value changes; `listen` is called at each change until `stop`. */
export interface LiveSource {
	readonly has: () => boolean;
	readonly get: () => unknown;
	/** A change comes from outside of any cell, and can be acted on at once (a control that the host moved). */
	readonly immediate?: boolean;
	/** Returns what stops the listening. */
	readonly listen: (changed: () => void) => () => void;
}

const sources = new WeakMap<object, LiveSource>();

/** The live source behind a value, if it is one of ours. */
export const liveSource = (value: unknown): LiveSource | undefined =>
	typeof value === 'object' && value !== null ? sources.get(value) : undefined;

export interface LiveIterator {
	next(): Promise<IteratorResult<unknown>>;
	return(): Promise<IteratorResult<unknown>>;
	throw(error?: unknown): Promise<IteratorResult<unknown>>;
	[Symbol.asyncIterator](): LiveIterator;
}

/** The async iterator of a live source, for code that pulls it by hand. */
export function iterate(source: LiveSource): LiveIterator {
	let fresh = false;
	let wake: (() => void) | null = null;
	let stop: (() => void) | null = null;
	let ended = false;
	const end = (): Promise<IteratorResult<unknown>> => {
		ended = true;
		stop?.();
		wake?.();
		return Promise.resolve({ done: true, value: undefined });
	};
	const iterator: LiveIterator = {
		async next() {
			if (!stop && !ended) {
				stop = source.listen(() => {
					fresh = true;
					wake?.();
				});
				fresh ||= source.has();
			}
			while (!fresh && !ended) await new Promise<void>((resolve) => (wake = resolve));
			wake = null;
			fresh = false;
			return ended ? { done: true, value: undefined } : { done: false, value: source.get() };
		},
		return: end,
		throw: end,
		[Symbol.asyncIterator]: () => iterator
	};
	sources.set(iterator, source);
	return iterator;
}

/**
 * `Generators.observe`: `initialize` gets a function that notifies of a new value, and may return what disposes
 * of it. It starts when first listened to.
 */
export function observe(
	initialize: (notify: (value: unknown) => unknown) => unknown
): LiveIterator {
	let has = false;
	let value: unknown;
	const listeners = new Set<() => void>();
	let dispose: unknown = null;
	let started = false;
	const start = (): void => {
		started = true;
		dispose = initialize((next) => {
			value = next;
			has = true;
			for (const listener of [...listeners]) listener();
			return next;
		});
		if (dispose != null && typeof dispose !== 'function') {
			throw new Error('initializer returned something, but not a dispose function');
		}
	};
	const source: LiveSource = {
		has: () => has,
		get: () => value,
		listen: (changed) => {
			// A value that it starts with is read at once, and is no change.
			if (!started) start();
			listeners.add(changed);
			return () => {
				listeners.delete(changed);
				if (listeners.size > 0 || !started) return;
				started = false;
				if (typeof dispose === 'function') (dispose as () => void)();
				dispose = null;
			};
		}
	};
	return iterate(source);
}

/** `Generators.queue`: like `observe`, but no value is skipped. */
export async function* queue(
	initialize: (notify: (value: unknown) => unknown) => unknown
): AsyncGenerator<unknown> {
	const values: unknown[] = [];
	let wake: (() => void) | null = null;
	const dispose = initialize((value) => {
		values.push(value);
		wake?.();
		return value;
	});
	try {
		for (;;) {
			while (values.length === 0) await new Promise<void>((resolve) => (wake = resolve));
			yield values.shift();
		}
	} finally {
		if (typeof dispose === 'function') (dispose as () => void)();
	}
}

/** `Mutable(value)`: a value that its cell (and functions it defines) may change, and other cells follow. */
export function Mutable(initial?: unknown): LiveIterator & { value: unknown } {
	let value = initial;
	let has = initial !== undefined;
	const listeners = new Set<() => void>();
	const iterator = iterate({
		has: () => has,
		get: () => value,
		listen: (changed) => {
			listeners.add(changed);
			return () => listeners.delete(changed);
		}
	});
	return Object.defineProperty(iterator, 'value', {
		get: () => value,
		set: (next: unknown) => {
			value = next;
			has = true;
			for (const listener of [...listeners]) listener();
		}
	}) as LiveIterator & { value: unknown };
}

const delay = (duration: number, value?: unknown): Promise<unknown> =>
	new Promise((resolve) => setTimeout(() => resolve(value), duration));

const when = (time: number, value?: unknown): Promise<unknown> =>
	delay(Math.max(0, Number(time) - Date.now()), value);

export const PROMISES = {
	delay,
	when,
	tick: (duration: number, value?: unknown): Promise<unknown> =>
		when(Math.ceil((Date.now() + 1) / duration) * duration, value)
};

export const isThenable = (value: unknown): value is PromiseLike<unknown> =>
	(typeof value === 'object' || typeof value === 'function') &&
	value !== null &&
	typeof (value as { then?: unknown }).then === 'function';

/** A generator, sync or async: something with `next` and `return`. */
export const isGenerator = (value: unknown): value is Iterator<unknown> | AsyncIterator<unknown> =>
	typeof value === 'object' &&
	value !== null &&
	typeof (value as { next?: unknown }).next === 'function' &&
	typeof (value as { return?: unknown }).return === 'function';
