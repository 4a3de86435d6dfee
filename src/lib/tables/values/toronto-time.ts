/**
 * The clock of America/Toronto, by its rules: arithmetic alone, so that every machine answers the same whatever its
 * time zones. Standard time is UTC−5; summer time, UTC−4, from 2:00 to 2:00 on Sundays:
 * - since 2007: the second of March to the first of November
 * - 1987 to 2006: the first of April to the last of October
 * - until 1986: the last of April to the last of October. Before 1970 that is an approximation: years differed.
 */
import { daysOf, weekdayOf, yearOf } from './calendar-days.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The summer of the year last asked about: tables ask about the same one a million times. */
let from = NaN;
let until = NaN;
/** Instants between which summer time holds. */
let spring = NaN;
let autumn = NaN;

const firstSunday = (year: number, month: number, day: number): number => {
	const days = daysOf(year, month, day);
	return days + ((7 - weekdayOf(days)) % 7);
};

function placeIn(year: number): void {
	// At standard time: neither change lies near the new year.
	from = daysOf(year, 1, 1) * DAY + 5 * HOUR;
	until = daysOf(year + 1, 1, 1) * DAY + 5 * HOUR;
	const start =
		year >= 2007
			? firstSunday(year, 3, 8)
			: year >= 1987
				? firstSunday(year, 4, 1)
				: firstSunday(year, 4, 24);
	const end = year >= 2007 ? firstSunday(year, 11, 1) : firstSunday(year, 10, 25);
	// Two o'clock of standard time, then two o'clock of summer time.
	spring = start * DAY + 7 * HOUR;
	autumn = end * DAY + 6 * HOUR;
}

function place(instant: number): void {
	if (!(instant >= from && instant < until))
		placeIn(yearOf(Math.floor((instant - 5 * HOUR) / DAY)));
}

/**
 * What the clock shows at an instant, written as milliseconds since 1970-01-01T00:00 of that clock.
 *
 * @param instant milliseconds since 1970-01-01T00:00Z; NaN for NaN
 */
export function torontoWall(instant: number): number {
	if (!Number.isFinite(instant)) return NaN;
	place(instant);
	return instant - (instant >= spring && instant < autumn ? 4 : 5) * HOUR;
}

/** Whether the clock never shows this: 2:30 on the night when summer time begins. @param wall as `torontoWall` gives */
export function isSkipped(wall: number): boolean {
	if (!Number.isFinite(wall)) return false;
	place(wall + 5 * HOUR);
	const standard = wall + 5 * HOUR;
	return standard >= spring && standard < spring + HOUR;
}

/** Whether the clock shows this twice: 1:30 on the night when summer time ends. @param wall as `torontoWall` gives */
export function isRepeated(wall: number): boolean {
	if (!Number.isFinite(wall)) return false;
	const summer = wall + 4 * HOUR;
	place(wall + 5 * HOUR);
	return summer >= autumn - HOUR && summer < autumn;
}
