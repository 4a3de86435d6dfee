/**
 * Reads a time of day from bytes: `19:30`, `19:30:15.250`, `19 h 30`, `19h`, `19 heures`, `19h30min`, `7:30 PM`,
 * `7 h 30 p.m.`, `7pm`. `19.30` is not one: it is a number. Nor is `24:00`, which belongs to another day.
 */
import { spaceAt, wordKey, WordReader } from './byte-words.ts';

const HOUR_WORDS = new Set([wordKey('h'), wordKey('heure'), wordKey('heures'), wordKey('hr')]);
const MINUTE_WORDS = new Set([wordKey('min'), wordKey('m'), wordKey('mn'), wordKey('minutes')]);
const SECOND_WORDS = new Set([wordKey('s'), wordKey('sec')]);
const A = wordKey('a');
const P = wordKey('p');
const M = wordKey('m');
const AM = wordKey('am');
const PM = wordKey('pm');

export class TimeReader {
	/** After `read`: where the time ends. */
	end = 0;
	readonly #words: WordReader;
	#at = 0;

	constructor(latin: boolean) {
		this.#words = new WordReader(latin);
	}

	/** Milliseconds since midnight of the time that begins at `at`, or NaN. */
	read(bytes: Uint8Array, at: number, stop: number): number {
		this.#at = at;
		const hours = this.#digits(bytes, stop);
		if (hours < 0 || hours > 23) return NaN;
		let minutes: number;
		let seconds = 0;
		let ms = 0;
		if (this.#at < stop && bytes[this.#at] === 0x3a) {
			minutes = this.#pair(bytes, stop);
			if (this.#at < stop && bytes[this.#at] === 0x3a) {
				seconds = this.#pair(bytes, stop);
				ms = this.#fraction(bytes, stop);
			}
			if (this.#at < stop) this.#word(bytes, stop, HOUR_WORDS);
		} else if (this.#word(bytes, stop, HOUR_WORDS)) {
			const from = this.#at;
			this.#spaces(bytes, stop);
			minutes = this.#digits(bytes, stop);
			if (minutes < 0) {
				minutes = 0;
				this.#at = from;
			} else if (this.#word(bytes, stop, MINUTE_WORDS)) {
				const after = this.#at;
				this.#spaces(bytes, stop);
				seconds = this.#digits(bytes, stop);
				if (seconds < 0) {
					seconds = 0;
					this.#at = after;
				} else if (!this.#word(bytes, stop, SECOND_WORDS)) return NaN;
			}
		} else {
			// An hour alone says that it is one by its half of the day.
			const half = this.#half(bytes, stop);
			this.end = this.#at;
			return half && hours >= 1 && hours <= 12
				? ((hours % 12) + (half === 2 ? 12 : 0)) * 3_600_000
				: NaN;
		}
		if (minutes > 59 || minutes < 0 || seconds > 59 || seconds < 0) return NaN;
		let hour = hours;
		if (this.#at < stop) {
			const half = this.#half(bytes, stop);
			if (half && hours <= 12) hour = (hours % 12) + (half === 2 ? 12 : 0);
			// `19:30 PM` is what some programs write; `19:30 AM` says two things.
			else if (half === 1) return NaN;
		}
		this.end = this.#at;
		return hour * 3_600_000 + minutes * 60_000 + seconds * 1000 + ms;
	}

	/** One or two digits; -1 for none. */
	#digits(bytes: Uint8Array, stop: number): number {
		const first = this.#at < stop ? (bytes[this.#at] as number) - 48 : -1;
		if (first < 0 || first > 9) return -1;
		this.#at++;
		const second = this.#at < stop ? (bytes[this.#at] as number) - 48 : -1;
		if (second < 0 || second > 9) return first;
		this.#at++;
		return first * 10 + second;
	}

	/** Two digits after a colon; -1 for anything else. */
	#pair(bytes: Uint8Array, stop: number): number {
		const from = ++this.#at;
		const value = this.#digits(bytes, stop);
		return this.#at - from === 2 ? value : -1;
	}

	#spaces(bytes: Uint8Array, stop: number): void {
		for (let width; (width = spaceAt(bytes, this.#at, stop));) this.#at += width;
	}

	/** Takes one of some words, with the spaces before it. */
	#word(bytes: Uint8Array, stop: number, words: ReadonlySet<number>): boolean {
		const from = this.#at;
		this.#spaces(bytes, stop);
		const key = this.#words.read(bytes, this.#at, stop);
		if (key > 0 && words.has(key)) {
			this.#at = this.#words.end;
			return true;
		}
		this.#at = from;
		return false;
	}

	/** Takes the half of the day: 1 before noon, 2 after, 0 where none is said. */
	#half(bytes: Uint8Array, stop: number): 0 | 1 | 2 {
		const from = this.#at;
		this.#spaces(bytes, stop);
		let key = this.#words.read(bytes, this.#at, stop);
		let end = this.#words.end;
		if ((key === A || key === P) && bytes[end] === 0x2e) {
			let at = end + 1;
			at += spaceAt(bytes, at, stop);
			if (this.#words.read(bytes, at, stop) === M) {
				key = key === A ? AM : PM;
				end = this.#words.end;
			}
		}
		if (key !== AM && key !== PM) {
			this.#at = from;
			return 0;
		}
		this.#at = end < stop && bytes[end] === 0x2e ? end + 1 : end;
		return key === AM ? 1 : 2;
	}

	#fraction(bytes: Uint8Array, stop: number): number {
		const mark = bytes[this.#at];
		if (this.#at >= stop || (mark !== 0x2e && mark !== 0x2c)) return 0;
		let weight = 100;
		let ms = 0;
		for (this.#at++; this.#at < stop; this.#at++) {
			const digit = (bytes[this.#at] as number) - 48;
			if (digit < 0 || digit > 9) break;
			ms += digit * weight;
			weight /= 10;
		}
		return Math.floor(ms);
	}
}
