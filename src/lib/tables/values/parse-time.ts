/** Reads a time of day alone (see `time-of-day.ts` for how it may be written), or `midi`, `minuit`, `noon`, `midnight`. */
import { spaceAt, wordKey, WordReader } from './byte-words.ts';
import { TimeReader } from './time-of-day.ts';

const NAMED = new Map([
	[wordKey('midi'), 43_200],
	[wordKey('noon'), 43_200],
	[wordKey('minuit'), 0],
	[wordKey('midnight'), 0]
]);

export class TimeParser {
	readonly #times: TimeReader;
	readonly #words: WordReader;

	/** @param latin whether the bytes are windows-1252 rather than UTF-8 */
	constructor(latin = false) {
		this.#times = new TimeReader(latin);
		this.#words = new WordReader(latin);
	}

	/** Whole seconds since midnight, or -1. */
	parse(bytes: Uint8Array, start: number, end: number): number {
		let at = start;
		let stop = end;
		while (stop > at && (bytes[stop - 1] as number) <= 0x20) stop--;
		while (at < stop && (bytes[at] as number) <= 0x20) at++;
		for (let width; (width = spaceAt(bytes, at, stop));) at += width;
		if (at === stop) return -1;
		const first = bytes[at] as number;
		if (first < 48 || first > 57) {
			const named = NAMED.get(this.#words.read(bytes, at, stop));
			return named !== undefined && this.#words.end === stop ? named : -1;
		}
		const ms = this.#times.read(bytes, at, stop);
		let last = this.#times.end;
		for (let width; (width = spaceAt(bytes, last, stop));) last += width;
		return ms === ms && last === stop ? Math.floor(ms / 1000) : -1;
	}
}

const two = (value: number): string => String(value).padStart(2, '0');

/** `19:30`, or `19:30:15` where there are seconds: sorts as the times do. @param seconds since midnight */
export function printTime(seconds: number): string {
	const text = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}`;
	return seconds % 60 ? `${text}:${two(seconds % 60)}` : text;
}
