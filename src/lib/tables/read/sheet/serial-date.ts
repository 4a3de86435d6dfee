/** Dates as workbooks number them: days since the end of 1899, or since 1904, with the time as a fraction. */
import { MS_PER_DAY } from '../../column.ts';

/** 1970-01-01 in either system. */
const UNIX_1900 = 25_569;
const UNIX_1904 = 24_107;
/** 9999-12-31, the last day that a workbook shows. */
const LAST_1900 = 2_958_465;
const LAST_1904 = 2_957_003;

/**
 * Milliseconds since 1970 of a serial number, or NaN where it is no date: below 1, past the year 9999, or the
 * 29 February 1900, which the numbering counts and no calendar has.
 * @param whole rounded to seconds, as a format without their fractions shows it
 */
export function serialToMs(serial: number, since1904: boolean, whole: boolean): number {
	if (!(serial >= (since1904 ? 0 : 1)) || serial >= (since1904 ? LAST_1904 : LAST_1900) + 1)
		return NaN;
	let days = serial - (since1904 ? UNIX_1904 : UNIX_1900);
	if (!since1904 && serial < 61) {
		if (serial >= 60) return NaN;
		days++;
	}
	const ms = Math.round(days * MS_PER_DAY);
	return whole ? Math.round(ms / 1000) * 1000 : ms;
}

/** Days since 1970 of a whole serial number after February 1900, or NaN: what `serialToMs` gives of most. */
export function serialToDay(serial: number, since1904: boolean): number {
	if (serial < 61 || serial > (since1904 ? LAST_1904 : LAST_1900)) return NaN;
	return serial - (since1904 ? UNIX_1904 : UNIX_1900);
}

/** The serial number, in the system of 1900, of a moment since 1970; only for those after February 1900. */
export const msToSerial = (ms: number): number => ms / MS_PER_DAY + UNIX_1900;

function putTwo(bytes: Uint8Array, at: number, n: number): number {
	bytes[at] = 48 + ((n / 10) | 0);
	bytes[at + 1] = 48 + (n % 10);
	return at + 2;
}

/** `2024-03-09` at `at`, for days since 1970 of the years 0 to 9999; answers where it ends. */
export function putDate(bytes: Uint8Array, at: number, days: number): number {
	// Years counted from March put the leap day last; eras are of 400 years.
	const z = (days + 719_468) | 0;
	const era = (z / 146_097) | 0;
	const dayOfEra = z - era * 146_097;
	const yearOfEra =
		((dayOfEra - ((dayOfEra / 1460) | 0) + ((dayOfEra / 36_524) | 0) - ((dayOfEra / 146_096) | 0)) /
			365) |
		0;
	const dayOfYear = dayOfEra - (365 * yearOfEra + ((yearOfEra / 4) | 0) - ((yearOfEra / 100) | 0));
	const m = ((5 * dayOfYear + 2) / 153) | 0;
	const month = m < 10 ? m + 3 : m - 9;
	const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
	let to = putTwo(bytes, at, (year / 100) | 0);
	to = putTwo(bytes, to, year % 100);
	bytes[to++] = 0x2d;
	to = putTwo(bytes, to, month);
	bytes[to++] = 0x2d;
	return putTwo(bytes, to, dayOfYear - (((153 * m + 2) / 5) | 0) + 1);
}

/** `2024-03-09T19:30:00`, with milliseconds where there are any; answers where it ends. */
export function putDateTime(bytes: Uint8Array, at: number, ms: number): number {
	const days = Math.floor(ms / MS_PER_DAY);
	const rest = ms - days * MS_PER_DAY;
	let to = putDate(bytes, at, days);
	bytes[to++] = 0x54;
	to = putTwo(bytes, to, Math.floor(rest / 3_600_000));
	bytes[to++] = 0x3a;
	to = putTwo(bytes, to, Math.floor(rest / 60_000) % 60);
	bytes[to++] = 0x3a;
	to = putTwo(bytes, to, Math.floor(rest / 1000) % 60);
	const fraction = rest % 1000;
	if (fraction === 0) return to;
	bytes[to++] = 0x2e;
	bytes[to++] = 48 + Math.floor(fraction / 100);
	return putTwo(bytes, to, fraction % 100);
}

const two = (n: number): string => (n < 10 ? `0${n}` : String(n));

/** `19:30`, or `19:30:15` where there are seconds; hours may go past 24, and time may be counted backwards. */
export function clockText(ms: number): string {
	const seconds = Math.round(Math.abs(ms) / 1000);
	const minutes = Math.floor(seconds / 60);
	const text = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
	const rest = seconds % 60;
	return (ms < 0 && seconds > 0 ? '-' : '') + (rest ? `${text}:${two(rest)}` : text);
}

/** A date before or after those that have a serial number, as an ISO text. */
export function isoText(ms: number, timed: boolean): string {
	const date = new Date(ms);
	return Number.isNaN(date.getTime())
		? String(ms)
		: date.toISOString().replace(timed ? 'Z' : /T.*/, '');
}
