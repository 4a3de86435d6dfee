/**
 * Reads a date whose month is a word, in French or English, from bytes: `14 mars 2024`, `1er août 2024`,
 * `jeudi 14 mars 2024`, `March 14, 2024`, `14-Mar-2024`, `2024 mars 14`, `déc.`. It needs its day and its year.
 */
import { spaceAt, wordKey, WordReader } from './byte-words.ts';
import { daysOf } from './calendar-days.ts';

/** By month, without accents. */
const MONTHS = [
	'janvier janv jan january',
	'fevrier fevr fev february febr feb',
	'mars mar march',
	'avril avr april apr',
	'mai may',
	'juin jun june',
	'juillet juill juil jul july',
	'aout aou august aug',
	'septembre sept sep september',
	'octobre oct october',
	'novembre nov november',
	'decembre dec december'
];
const WEEKDAYS =
	'dimanche lundi mardi mercredi jeudi vendredi samedi dim lun mar mer jeu ven sam ' +
	'sunday monday tuesday wednesday thursday friday saturday sun mon tue tues wed thu thur thurs fri sat';

const keysOf = (words: string): number[] => words.split(' ').map(wordKey);
const MONTH_OF = new Map(
	MONTHS.flatMap((words, i) => keysOf(words).map((key) => [key, i + 1] as const))
);
/** What may come before a date. */
const OPENING = new Set(keysOf(`le the ${WEEKDAYS}`));
const LINK = new Set(keysOf('de of'));
const ORDINAL = new Set(keysOf('er st nd rd th'));
/** March, or Tuesday where a month follows. */
const MAR = wordKey('mar');

/** The month that a word names: 1 to 12, or 0. @param key as `WordReader` gives it */
export const monthOfWord = (key: number): number => MONTH_OF.get(key) ?? 0;

export class WordedDateReader {
	/** After `read` gave a day: where the date ends. */
	end = 0;
	readonly #words: WordReader;
	readonly #century: (year: number) => number;

	/**
	 * @param latin whether the bytes are windows-1252 rather than UTF-8
	 * @param century what a year of two digits means: NaN where it is refused
	 */
	constructor(latin: boolean, century: (year: number) => number) {
		this.#words = new WordReader(latin);
		this.#century = century;
	}

	/** Days since 1970-01-01 of the date that begins at `start`, or NaN. */
	read(bytes: Uint8Array, start: number, stop: number): number {
		const words = this.#words;
		let first = -1;
		let firstLength = 0;
		let month = 0;
		let mayBeTuesday = false;
		for (let at = start; at < stop;) {
			const byte = bytes[at] as number;
			const digit = byte - 48;
			if (digit >= 0 && digit <= 9) {
				let value = 0;
				const from = at;
				for (; at < stop; at++) {
					const next = (bytes[at] as number) - 48;
					if (next < 0 || next > 9) break;
					if (at - from === 4) return NaN;
					value = value * 10 + next;
				}
				const length = at - from;
				if (length === 3) return NaN;
				if (first < 0) {
					first = value;
					firstLength = length;
					// An ordinal touches its number.
					if (at < stop && ORDINAL.has(words.read(bytes, at, stop))) at = words.end;
				} else {
					this.end = at;
					return this.#days(first, firstLength, month, value, length);
				}
				// A year, then a day: nothing else begins with a year.
				if (firstLength === 4 && month !== 0) return NaN;
				continue;
			}
			const space = spaceAt(bytes, at, stop);
			if (space) {
				at += space;
				continue;
			}
			if (at > start && (byte === 0x2c || byte === 0x2e || byte === 0x2d || byte === 0x2f)) {
				at++;
				continue;
			}
			const key = words.read(bytes, at, stop);
			if (key <= 0) return NaN;
			const named = monthOfWord(key);
			if (named !== 0 && (month === 0 || mayBeTuesday)) {
				mayBeTuesday = key === MAR && first < 0 && month === 0;
				month = named;
			} else if (first >= 0 ? !LINK.has(key) : month !== 0 || !OPENING.has(key)) return NaN;
			at = words.end;
		}
		return NaN;
	}

	#days(first: number, firstLength: number, month: number, second: number, length: number): number {
		if (firstLength === 4) return length > 2 ? NaN : daysOf(first, month, second);
		const year = length === 4 ? second : length === 2 ? this.#century(second) : NaN;
		return year === year ? daysOf(year, month, first) : NaN;
	}
}
