/** Days of the Gregorian calendar as numbers, and back. */

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

/** The year in which a day lies. @param days whole days since 1970-01-01 */
export function yearOf(days: number): number {
	// A guess that is at most a year off, since years are longer or shorter than their mean by less than two days.
	let year = 1970 + Math.floor(days / 365.2425);
	if (daysOf(year + 1, 1, 1) <= days) year++;
	else if (daysOf(year, 1, 1) > days) year--;
	return year;
}

/** 0 for Sunday, to 6. @param days whole days since 1970-01-01, which was a Thursday */
export const weekdayOf = (days: number): number => (((days + 4) % 7) + 7) % 7;
