/** Sorts rows by their keys, digit after digit from the last: stable, and in a time that follows their number. */
import type { SortKeys } from './sort-keys.ts';
import { CHUNK, type Steps } from './steps.ts';

/** Bits of a digit: more would scatter over more memory than caches hold. */
const DIGIT = 11;

/**
 * @param rows made use of: what it holds afterwards means nothing
 * @param keys of `rows`, in the same order; made use of too
 * @returns the rows in the order of their keys; where keys are equal, in the order they came
 */
export function* radixSort(
	rows: Uint32Array<ArrayBuffer>,
	keys: SortKeys
): Steps<Uint32Array<ArrayBuffer>> {
	const count = rows.length;
	const { high } = keys;
	let sorted = rows;
	let spare = new Uint32Array(count);
	let now = keys.low;
	let other = high ?? null;
	let spareNow = new Uint32Array(count);
	let spareOther = high ? new Uint32Array(count) : null;
	const words = high ? [keys.bits, 32] : [keys.bits];
	for (const [word, bits] of words.entries()) {
		if (word === 1 && other && spareOther) {
			[now, other] = [other, now];
		}
		// The upper half needs the lower no more.
		const carries = word === 0 && high !== null;
		const passes = Math.ceil(bits / DIGIT);
		const width = Math.ceil(bits / Math.max(1, passes));
		for (let pass = 0; pass < passes; pass++) {
			const shift = pass * width;
			const places = yield* placesOf(now, shift, width);
			if (!places) continue;
			for (let from = 0; from < count; from += CHUNK) {
				const to = Math.min(count, from + CHUNK);
				scatter(now, shift, (1 << width) - 1, places, sorted, spare, spareNow, from, to);
				yield to - from;
			}
			if (carries && other && spareOther) {
				const again = (yield* placesOf(now, shift, width)) as Uint32Array;
				for (let from = 0; from < count; from += CHUNK) {
					const to = Math.min(count, from + CHUNK);
					move(now, shift, (1 << width) - 1, again, other, spareOther, from, to);
					yield to - from;
				}
				[other, spareOther] = [spareOther, other];
			}
			[sorted, spare] = [spare, sorted];
			[now, spareNow] = [spareNow, now];
		}
	}
	return sorted;
}

/** Where the first row of each digit goes; null when all have the same. */
function* placesOf(keys: Uint32Array, shift: number, width: number): Steps<Uint32Array | null> {
	const mask = (1 << width) - 1;
	const places = new Uint32Array(mask + 1);
	for (let from = 0; from < keys.length; from += CHUNK) {
		const to = Math.min(keys.length, from + CHUNK);
		for (let i = from; i < to; i++) {
			const digit = ((keys[i] as number) >>> shift) & mask;
			places[digit] = (places[digit] as number) + 1;
		}
		yield 0;
	}
	let next = 0;
	for (let digit = 0; digit <= mask; digit++) {
		const count = places[digit] as number;
		if (count === keys.length) return null;
		places[digit] = next;
		next += count;
	}
	return places;
}

function scatter(
	keys: Uint32Array,
	shift: number,
	mask: number,
	places: Uint32Array,
	rows: Uint32Array,
	toRows: Uint32Array,
	toKeys: Uint32Array,
	from: number,
	to: number
): void {
	for (let i = from; i < to; i++) {
		const key = keys[i] as number;
		const digit = (key >>> shift) & mask;
		const place = places[digit] as number;
		places[digit] = place + 1;
		toRows[place] = rows[i] as number;
		toKeys[place] = key;
	}
}

function move(
	keys: Uint32Array,
	shift: number,
	mask: number,
	places: Uint32Array,
	carried: Uint32Array,
	toCarried: Uint32Array,
	from: number,
	to: number
): void {
	for (let i = from; i < to; i++) {
		const digit = ((keys[i] as number) >>> shift) & mask;
		const place = places[digit] as number;
		places[digit] = place + 1;
		toCarried[place] = carried[i] as number;
	}
}
