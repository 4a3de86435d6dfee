/** Instants and times of day as Arrow counts them, 64 bits as two words, without a BigInt a value. */
import { unreadable, type PerSecond } from './arrow-type.ts';

const WORD = 4294967296;
/** What a Date can hold. */
export const MAX_MS = 8.64e15;

/** A signed number of 64 bits; exact up to 2^53. */
export const wordsToNumber = (low: number, high: number): number => high * WORD + (low >>> 0);

/** Milliseconds, rounded down, of a count of units since 1970. @throws InvalidError past what a Date can hold */
export function toMilliseconds(low: number, high: number, perSecond: PerSecond): number {
	let ms: number;
	if (perSecond === 1e9)
		// high * 2^32 + low, divided by 10^6 part by part: the whole of it would not be exact.
		ms = high * 4294 + Math.floor((high * 967296 + (low >>> 0)) / 1e6);
	else {
		const value = wordsToNumber(low, high);
		ms = perSecond === 1 ? value * 1e3 : perSecond === 1e3 ? value : Math.floor(value / 1e3);
	}
	if (!(Math.abs(ms) <= MAX_MS)) throw unreadable('date');
	return ms;
}

/** `19:30:15`, with milliseconds where there are any. @throws InvalidError past a day */
export function timeText(value: number, perSecond: PerSecond): string {
	const ms = Math.floor((value / perSecond) * 1e3 + 1e-6);
	if (!(ms >= 0 && ms < 86_400_000)) throw unreadable('time');
	const text = new Date(ms).toISOString();
	return text.slice(11, text.endsWith('.000Z') ? 19 : 23);
}
