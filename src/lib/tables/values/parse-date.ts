/**
 * Reads dates and date-times from bytes: `2024-03-09`, `2024/3/9`, `09/03/2024`, `9-3-2024`, `09.03.2024`, those whose
 * month is a word (see `worded-date.ts`), alone or followed by a time (`T19:30`, ` 19:30:15.250`, ` à 19 h 30`,
 * `, 7:30 PM`), and `/Date(1291352400000-0500)/`.
 *
 * A time without a zone is kept as it reads, and so is one said to be of the zone of America/Toronto (`HE`, `EST`). A
 * time with another zone (`Z`, `UTC`, `-05:00`), and an instant, become what a clock in America/Toronto shows then.
 * Two-digit years are refused, unless asked for: they do not say which century.
 */
import type { DateOrder } from '../../core/protocol/import.ts';
import { MS_PER_DAY } from '../column.ts';
import { spaceAt, wordKey, WordReader } from './byte-words.ts';
import { daysOf } from './calendar-days.ts';
import { TimeReader } from './time-of-day.ts';
import { torontoWall } from './toronto-time.ts';
import { WordedDateReader } from './worded-date.ts';

export { daysOf } from './calendar-days.ts';

/** A text of a date whose month is a word has at least these bytes: `1 mai 2024`. */
const SHORTEST_WORDED = 8;

const LINKS = new Set([wordKey('a'), wordKey('at'), wordKey('t')]);
const UNIVERSAL = new Set([wordKey('z'), wordKey('utc'), wordKey('gmt')]);
const EASTERN = new Set(['he', 'hne', 'hae', 'et', 'est', 'edt'].map(wordKey));
/** A zone that is America/Toronto itself, in place of minutes east of UTC. */
const LOCAL = Infinity;

/** What is read only where it is asked for: each is more often something else. */
export interface DateReading {
	/** Whether the bytes are windows-1252 rather than UTF-8. */
	readonly latin?: boolean;
	/** `20240314`, `20240314T193000`: as often a number. */
	readonly compact?: boolean;
	/** `45365.8125`, days as spreadsheets count them (from 1900, with its 29 February). */
	readonly serial?: boolean;
	/** `14/03/24`: years up to 49 are of this century, the others of the last one. */
	readonly shortYears?: boolean;
}

export class DateParser {
	/** After a date: whether a time other than midnight follows it (exports write 00:00:00 after plain dates). */
	timed = false;
	/** After a date: whether the order of day and month is plain, since it begins with its year or names its month. */
	yearFirst = false;
	/** After a date: whether it had a zone other than that of America/Toronto, or was an instant. */
	zoned = false;
	/**
	 * After a zoned date: whether it read midnight of UTC, as programs write what is only a date. As an hour in Toronto
	 * it falls on the evening before; `writtenDays` has the date as it reads.
	 */
	utcMidnight = false;
	/** After a date: days since 1970-01-01 of the date as it reads, whatever its zone. */
	writtenDays = NaN;

	readonly #monthFirst: boolean;
	readonly #compact: boolean;
	readonly #serial: boolean;
	readonly #shortYears: boolean;
	readonly #times: TimeReader;
	readonly #worded: WordedDateReader;
	readonly #words: WordReader;
	#at = 0;

	constructor(order: DateOrder, reading: DateReading = {}) {
		const { latin = false, compact = false, serial = false, shortYears = false } = reading;
		this.#monthFirst = order === 'mdy';
		this.#compact = compact;
		this.#serial = serial;
		this.#shortYears = shortYears;
		this.#times = new TimeReader(latin);
		this.#words = new WordReader(latin);
		this.#worded = new WordedDateReader(latin, (year) => this.#century(year));
	}

	/** What a clock in America/Toronto shows, in milliseconds since 1970-01-01T00:00 of that clock; or NaN. */
	parse(bytes: Uint8Array, start: number, end: number): number {
		let stop = end;
		while (stop > start && (bytes[stop - 1] as number) <= 0x20) stop--;
		let i = start;
		while (i < stop && (bytes[i] as number) <= 0x20) i++;
		this.timed = false;
		this.zoned = false;
		this.utcMidnight = false;
		this.#at = i;
		const a = this.#digits(bytes, stop, 4);
		const aLength = this.#at - i;
		const mark = bytes[this.#at];
		if (aLength === 0 || aLength === 3 || (mark !== 0x2d && mark !== 0x2f && mark !== 0x2e))
			return this.#otherwise(bytes, i, stop);
		this.#at++;
		const b = this.#digits(bytes, stop, 2);
		if (b < 0 || bytes[this.#at] !== mark) return this.#otherwise(bytes, i, stop);
		const third = ++this.#at;
		const c = this.#digits(bytes, stop, 4);
		const cLength = this.#at - third;
		let days: number;
		if (aLength === 4) {
			if (cLength === 0 || cLength > 2) return NaN;
			this.yearFirst = true;
			days = daysOf(a, b, c);
		} else {
			const year = cLength === 4 ? c : cLength === 2 ? this.#century(c) : NaN;
			if (year !== year) return NaN;
			this.yearFirst = false;
			days = this.#monthFirst ? daysOf(year, a, b) : daysOf(year, b, a);
		}
		this.writtenDays = days;
		return this.#at < stop ? this.#withTime(bytes, stop, days) : days * MS_PER_DAY;
	}

	/** @param year of two digits @returns NaN where such years are refused */
	#century(year: number): number {
		return this.#shortYears ? (year < 50 ? 2000 : 1900) + year : NaN;
	}

	/** What is not three numbers with marks between them. */
	#otherwise(bytes: Uint8Array, from: number, stop: number): number {
		const at = from + this.#leading(bytes, from, stop);
		const first = bytes[at] as number;
		const digit = first >= 48 && first <= 57;
		if ((first === 0x2f || first === 0x5c) && stop - at < 48) return this.#instant(bytes, at, stop);
		// A cell that is a number is a date only where numbers are read as dates.
		if (digit && this.#serial) {
			const value = this.#spreadsheet(bytes, at, stop);
			if (value === value) return value;
		}
		if (digit && this.#compact) {
			const value = this.#compactDate(bytes, at, stop);
			if (value === value) return value;
		}
		if (stop - at < SHORTEST_WORDED) return NaN;
		const days = this.#worded.read(bytes, at, stop);
		if (days !== days) return NaN;
		this.yearFirst = true;
		this.writtenDays = days;
		this.#at = this.#worded.end;
		return this.#at < stop ? this.#withTime(bytes, stop, days) : days * MS_PER_DAY;
	}

	#leading(bytes: Uint8Array, from: number, stop: number): number {
		let at = from;
		for (let width; (width = spaceAt(bytes, at, stop));) at += width;
		return at - from;
	}

	/** Up to `most` digits at the present place; -1 for none. */
	#digits(bytes: Uint8Array, stop: number, most: number): number {
		let value = -1;
		for (let n = 0; n < most && this.#at < stop; n++) {
			const digit = (bytes[this.#at] as number) - 48;
			if (digit < 0 || digit > 9) break;
			value = value < 0 ? digit : value * 10 + digit;
			this.#at++;
		}
		return value;
	}

	#spaces(bytes: Uint8Array, stop: number): void {
		for (let width; (width = spaceAt(bytes, this.#at, stop));) this.#at += width;
	}

	/** A date with what follows it; NaN if that is no time. */
	#withTime(bytes: Uint8Array, stop: number, days: number): number {
		const mark = bytes[this.#at] as number;
		const next = (bytes[this.#at + 1] as number) - 48;
		if (mark === 0x54 || mark === 0x74 || (mark === 0x20 && next >= 0 && next <= 9)) this.#at++;
		else {
			// ` 19:30`, `, 19:30`, ` à 19 h 30`, ` - 19h30`; ` -05:00` is a zone, without a time.
			const from = this.#at;
			this.#spaces(bytes, stop);
			const link = bytes[this.#at];
			if (link === 0x2c || (link === 0x2d && this.#at > from && bytes[this.#at + 1] === 0x20))
				this.#at++;
			this.#spaces(bytes, stop);
			if (this.#at === stop && link !== 0x2c && link !== 0x2d) return days * MS_PER_DAY;
			if (this.#at === from) return NaN;
			const key = this.#words.read(bytes, this.#at, stop);
			if (key > 0) {
				if (!LINKS.has(key)) return NaN;
				this.#at = this.#words.end;
				this.#spaces(bytes, stop);
			}
		}
		const time = this.#times.read(bytes, this.#at, stop);
		if (time !== time) return NaN;
		this.#at = this.#times.end;
		const wall = days * MS_PER_DAY + time;
		if (this.#at === stop) {
			this.timed = time > 0;
			return wall;
		}
		const zone = this.#zone(bytes, stop);
		if (this.#at !== stop || zone !== zone) return NaN;
		if (zone === LOCAL) {
			this.timed = time > 0;
			return wall;
		}
		this.utcMidnight = zone === 0 && time === 0;
		return this.#shown(wall - zone * 60_000);
	}

	/** What the clock of America/Toronto shows at an instant. */
	#shown(instant: number): number {
		const wall = torontoWall(instant);
		this.zoned = true;
		this.timed = wall % MS_PER_DAY !== 0;
		return wall;
	}

	/** Minutes east of UTC, or `LOCAL`; NaN where it is no zone. */
	#zone(bytes: Uint8Array, stop: number): number {
		this.#spaces(bytes, stop);
		if (this.#at === stop) return LOCAL;
		const key = this.#words.read(bytes, this.#at, stop);
		if (key > 0) {
			this.#at = this.#words.end;
			if (EASTERN.has(key)) return LOCAL;
			if (!UNIVERSAL.has(key)) return NaN;
			if (this.#at === stop) return 0;
		}
		const mark = bytes[this.#at];
		if (mark !== 0x2b && mark !== 0x2d) return NaN;
		this.#at++;
		const hours = this.#digits(bytes, stop, 2);
		if (bytes[this.#at] === 0x3a) this.#at++;
		const minutes = Math.max(0, this.#digits(bytes, stop, 2));
		if (hours < 0 || hours > 14 || minutes > 59) return NaN;
		return (mark === 0x2d ? -1 : 1) * (hours * 60 + minutes);
	}

	/** `/Date(1291352400000-0500)/`, with or without its zone, which says nothing that the instant does not. */
	#instant(bytes: Uint8Array, from: number, stop: number): number {
		let text = '';
		for (let i = from; i < stop; i++) text += String.fromCharCode(bytes[i] as number);
		const found = /^\\?\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\\?\/$/.exec(text);
		if (!found) return NaN;
		this.yearFirst = true;
		const wall = this.#shown(Number(found[1]));
		this.writtenDays = Math.floor(wall / MS_PER_DAY);
		return wall;
	}

	/** `20240314`, alone or followed by `T1930` or `T193000` and a zone. */
	#compactDate(bytes: Uint8Array, from: number, stop: number): number {
		this.#at = from;
		const year = this.#digits(bytes, stop, 4);
		const month = this.#digits(bytes, stop, 2);
		const day = this.#digits(bytes, stop, 2);
		if (this.#at - from !== 8) return NaN;
		const days = daysOf(year, month, day);
		this.yearFirst = true;
		this.writtenDays = days;
		if (this.#at === stop) return days * MS_PER_DAY;
		if (bytes[this.#at] !== 0x54) return NaN;
		const time = ++this.#at;
		const hours = this.#digits(bytes, stop, 2);
		const minutes = this.#digits(bytes, stop, 2);
		const seconds = Math.max(0, this.#digits(bytes, stop, 2));
		const length = this.#at - time;
		if ((length !== 4 && length !== 6) || hours > 23 || minutes > 59 || seconds > 59) return NaN;
		const ms = hours * 3_600_000 + minutes * 60_000 + seconds * 1000;
		const zone = this.#zone(bytes, stop);
		if (zone !== zone || this.#at !== stop) return NaN;
		const wall = days * MS_PER_DAY + ms;
		if (zone !== LOCAL) return this.#shown(wall - zone * 60_000);
		this.timed = ms > 0;
		return wall;
	}

	/** Days since the eve of 1900 as spreadsheets count them, with a part of a day. */
	#spreadsheet(bytes: Uint8Array, from: number, stop: number): number {
		let text = '';
		if (stop - from > 24) return NaN;
		for (let i = from; i < stop; i++) text += String.fromCharCode(bytes[i] as number);
		const found = /^(\d{1,7})(?:[.,](\d+))?$/.exec(text);
		if (!found) return NaN;
		const whole = Number(found[1]);
		// Day 60 is 29 February 1900, which never was; days past 9999 have no date in a spreadsheet.
		if (whole < 1 || whole === 60 || whole > 2_958_465) return NaN;
		const days = whole - (whole < 60 ? 25_568 : 25_569);
		// To the second: a part of a day is a rounded binary fraction.
		const seconds = Math.round(Number(`0.${found[2] ?? '0'}`) * 86_400);
		this.yearFirst = true;
		this.writtenDays = days;
		this.timed = seconds > 0;
		return days * MS_PER_DAY + seconds * 1000;
	}
}
