/** The throttles of a process, and what they count. */
import { isIPv6 } from 'node:net';
import type { App } from '../app.ts';
import { Throttle, type ThrottleRule } from './throttle.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const MAX_KEYS = 20_000;

/** One account tried from one address: five typing mistakes, then slower and slower. */
const PAIR: ThrottleRule = {
	burst: 5,
	refillMs: 30 * SECOND,
	maxWaitMs: 15 * MINUTE,
	maxKeys: MAX_KEYS
};
/** One address: a whole room behind one router makes its typing mistakes at the same minute. */
const ADDRESS: ThrottleRule = {
	burst: 60,
	refillMs: 2 * SECOND,
	maxWaitMs: 1 * MINUTE,
	maxKeys: MAX_KEYS
};
/** One account from everywhere: past it, an address that comes anew has one attempt where it had five. */
const ACCOUNT: ThrottleRule = { burst: 20, refillMs: 1 * MINUTE, maxWaitMs: 0, maxKeys: MAX_KEYS };
/** Accounts opened from one address. */
const SIGN_UP: ThrottleRule = {
	burst: 60,
	refillMs: 10 * SECOND,
	maxWaitMs: 5 * MINUTE,
	maxKeys: MAX_KEYS
};
/** People who are new to a workshop, from one address: a large room, then a few a minute. */
const NEWCOMERS: ThrottleRule = {
	burst: 200,
	refillMs: 20 * SECOND,
	maxWaitMs: 1 * MINUTE,
	maxKeys: MAX_KEYS
};
/** A signed-in person who names others by e-mail. */
const LOOK_UP: ThrottleRule = {
	burst: 20,
	refillMs: 30 * SECOND,
	maxWaitMs: 15 * MINUTE,
	maxKeys: MAX_KEYS
};
/**
 * Data that anyone is given without an account, from one address: a room of forty that opens the same report at once,
 * each with a few files; and 10 MB weigh as much as a request.
 */
const PUBLIC_DATA: ThrottleRule = {
	burst: 400,
	refillMs: SECOND / 2,
	maxWaitMs: 30 * SECOND,
	maxKeys: MAX_KEYS
};
/**
 * A person who names, restores or brings back, who proposes, decides or takes in: a small request that has the server
 * write a notebook whole, or put two together, and send it to everyone who has it open.
 */
const REWRITES: ThrottleRule = {
	burst: 60,
	refillMs: SECOND,
	maxWaitMs: 30 * SECOND,
	maxKeys: MAX_KEYS
};
/** A person who writes, answers, reacts or resolves: each time everyone who has the notebook open asks again. */
const DISCUSSION: ThrottleRule = {
	burst: 60,
	refillMs: SECOND,
	maxWaitMs: 30 * SECOND,
	maxKeys: MAX_KEYS
};
/** A person who says what they have read, at each thread that they look at. */
const READINGS: ThrottleRule = {
	burst: 120,
	refillMs: SECOND / 2,
	maxWaitMs: 30 * SECOND,
	maxKeys: MAX_KEYS
};
/** A person who makes notebooks: each is a document that is stored, and a copy the state that it is made of. */
const CREATIONS: ThrottleRule = {
	burst: 120,
	refillMs: 30 * SECOND,
	maxWaitMs: 1 * MINUTE,
	maxKeys: MAX_KEYS
};
/** A person who looks at what copies changed: a page asks again, a second apart, until all of it is reckoned. */
const LOOKS: ThrottleRule = {
	burst: 120,
	refillMs: SECOND / 2,
	maxWaitMs: 30 * SECOND,
	maxKeys: MAX_KEYS
};

/** A person who looks at what a version and its origin changed apart: each time both are put together, some 300 ms. */
const MERGES: ThrottleRule = {
	burst: 60,
	refillMs: 2 * SECOND,
	maxWaitMs: 30 * SECOND,
	maxKeys: MAX_KEYS
};

export interface Throttles {
	readonly pair: Throttle;
	readonly address: Throttle;
	readonly account: Throttle;
	readonly join: Throttle;
	readonly newcomers: Throttle;
	readonly signUp: Throttle;
	readonly lookUp: Throttle;
	/** What a signed-in person tries on their own account: by person, and by address. */
	readonly own: Throttle;
	readonly ownAddress: Throttle;
	readonly publicData: Throttle;
	readonly rewrites: Throttle;
	readonly discussion: Throttle;
	readonly readings: Throttle;
	readonly merges: Throttle;
	readonly creations: Throttle;
	readonly looks: Throttle;
}

const made = new WeakMap<App, Throttles>();

export function throttlesOf(app: App): Throttles {
	const known = made.get(app);
	if (known) return known;
	const of = (rule: ThrottleRule): Throttle => new Throttle(rule, app.now);
	const throttles: Throttles = {
		pair: of(PAIR),
		address: of(ADDRESS),
		account: of(ACCOUNT),
		join: of(ADDRESS),
		newcomers: of(NEWCOMERS),
		signUp: of(SIGN_UP),
		lookUp: of(LOOK_UP),
		own: of(PAIR),
		ownAddress: of(ADDRESS),
		publicData: of(PUBLIC_DATA),
		rewrites: of(REWRITES),
		discussion: of(DISCUSSION),
		readings: of(READINGS),
		merges: of(MERGES),
		creations: of(CREATIONS),
		looks: of(LOOKS)
	};
	made.set(app, throttles);
	return throttles;
}

/** What stands for an address: an IPv6 subscriber holds a whole /64, and could change within it at will. */
export function addressKey(address: string): string {
	const plain = address.split('%')[0] ?? '';
	const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1];
	if (mapped) return mapped;
	if (!isIPv6(plain)) return plain.slice(0, 64);
	const [head = '', tail] = plain.split('::', 2);
	const before = head === '' ? [] : head.split(':');
	const after = tail ? tail.split(':') : [];
	const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
	const groups = [...before, ...Array<string>(zeros).fill('0'), ...after];
	return `${groups
		.slice(0, 4)
		.map((group) => parseInt(group, 16).toString(16))
		.join(':')}::/64`;
}
