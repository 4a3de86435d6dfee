/**
 * Reads dates and date-times from bytes: `2024-03-09`, `2024/3/9`, `09/03/2024`, `9-3-2024`, `09.03.2024`, alone
 * or followed by a time (`T19:30`, ` 19:30:15.250`, ` 19 h 30`), with a zone (`Z`, `-05:00`) or none. A time
 * without zone is kept as it reads. Two-digit years are refused: they do not say which century.
 */
import type { DateOrder } from '../../core/protocol/import.ts';
import { MS_PER_DAY } from '../column.ts';

const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Days from 1970-01-01 to a day of the Gregorian calendar, or NaN if there is no such day. */
export function daysOf(year: number, month: number, day: number): number {
	if (month < 1 || month > 12 || day < 1 || day > (MONTH_DAYS[month - 1] as number)) return NaN;
	if (month === 2 && day === 29 && (year % 4 !== 0 || (year % 100 === 0 && year % 400 !== 0)))
		return NaN;
	// Years counted from March put the leap day last.
	const y = month > 2 ? year : year - 1;
	const era = Math.floor(y / 400);
	const yearOfEra = y - era * 400;
	const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
	const dayOfEra =
		yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
	return era * 146_097 + dayOfEra - 719_468;
}

export class DateParser {
	/** After a date: whether a time other than midnight follows it (exports write 00:00:00 after plain dates). */
	timed = false;
	/** After a date: whether it began with its year, so that the order of day and month is plain. */
	yearFirst = false;
	readonly #monthFirst: boolean;
	#at = 0;

	constructor(order: DateOrder) {
		this.#monthFirst = order === 'mdy';
	}

	/** Milliseconds since the epoch, or NaN. */
	parse(bytes: Uint8Array, start: number, end: number): number {
		let stop = end;
		while (stop > start && (bytes[stop - 1] as number) <= 0x20) stop--;
		let i = start;
		while (i < stop && (bytes[i] as number) <= 0x20) i++;
		this.timed = false;
		this.#at = i;
		const a = this.#digits(bytes, stop, 4);
		const aLength = this.#at - i;
		const mark = bytes[this.#at];
		if (aLength === 0 || aLength === 3 || (mark !== 0x2d && mark !== 0x2f && mark !== 0x2e))
			return NaN;
		this.#at++;
		const b = this.#digits(bytes, stop, 2);
		if (b < 0 || bytes[this.#at] !== mark) return NaN;
		const third = ++this.#at;
		const c = this.#digits(bytes, stop, 4);
		const cLength = this.#at - third;
		let days: number;
		if (aLength === 4) {
			if (cLength === 0 || cLength > 2) return NaN;
			this.yearFirst = true;
			days = daysOf(a, b, c);
		} else {
			if (cLength !== 4) return NaN;
			this.yearFirst = false;
			days = this.#monthFirst ? daysOf(c, a, b) : daysOf(c, b, a);
		}
		const time = this.#at < stop ? this.#time(bytes, stop) : 0;
		return days * MS_PER_DAY + time;
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
		for (; this.#at < stop; this.#at++) {
			const byte = bytes[this.#at];
			if (byte !== 0x20 && byte !== 0xa0 && byte !== 0xc2) break;
		}
	}

	/** What follows a date, in milliseconds; NaN if it is no time. */
	#time(bytes: Uint8Array, stop: number): number {
		const mark = bytes[this.#at] as number;
		if (mark === 0x54 || mark === 0x74) this.#at++;
		else if (mark === 0x20 || mark === 0xa0 || mark === 0xc2) this.#spaces(bytes, stop);
		else return NaN;
		const hours = this.#digits(bytes, stop, 2);
		if (hours < 0 || hours > 23) return NaN;
		let minutes: number;
		let ms = 0;
		if (bytes[this.#at] === 0x3a) {
			this.#at++;
			const from = this.#at;
			minutes = this.#digits(bytes, stop, 2);
			if (this.#at - from !== 2) return NaN;
			if (this.#at < stop && bytes[this.#at] === 0x3a) {
				this.#at++;
				const seconds = this.#digits(bytes, stop, 2);
				if (seconds < 0 || seconds > 59) return NaN;
				ms = seconds * 1000 + this.#fraction(bytes, stop);
			}
		} else {
			this.#spaces(bytes, stop);
			if (((bytes[this.#at] as number) | 0x20) !== 0x68) return NaN;
			this.#at++;
			this.#spaces(bytes, stop);
			minutes = Math.max(0, this.#digits(bytes, stop, 2));
		}
		if (minutes > 59) return NaN;
		const zoned = this.#at < stop;
		const zone = this.#zone(bytes, stop);
		this.timed = zoned || hours + minutes + ms > 0;
		return this.#at === stop ? hours * 3_600_000 + (minutes - zone) * 60_000 + ms : NaN;
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

	/** Minutes east of UTC; 0 without a zone. */
	#zone(bytes: Uint8Array, stop: number): number {
		if (this.#at >= stop) return 0;
		const mark = bytes[this.#at];
		if (mark === 0x5a || mark === 0x7a) {
			this.#at++;
			return 0;
		}
		if (mark !== 0x2b && mark !== 0x2d) return 0;
		this.#at++;
		const hours = this.#digits(bytes, stop, 2);
		if (bytes[this.#at] === 0x3a) this.#at++;
		const minutes = Math.max(0, this.#digits(bytes, stop, 2));
		if (hours < 0 || hours > 14 || minutes > 59) return NaN;
		return (mark === 0x2d ? -1 : 1) * (hours * 60 + minutes);
	}
}
