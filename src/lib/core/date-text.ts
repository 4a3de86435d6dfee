/** Writing a time that may be none: what people's code and files give as dates is not always one. */

/** The furthest that a `Date` goes from the epoch, in milliseconds. */
const FURTHEST = 8.64e15;

/** Whether a number is a time that a `Date` can hold. */
export const isTime = (time: number): boolean => Math.abs(time) <= FURTHEST;

/** @param otherwise what is written for a number that is no time */
export const dateText = (
	format: Intl.DateTimeFormat,
	time: number,
	otherwise = String(time)
): string => (isTime(time) ? format.format(time) : otherwise);

/** `2026-11-24T19:30:00.000Z`. @param otherwise what is written for a number that is no time */
export const isoText = (time: number, otherwise = String(time)): string =>
	isTime(time) ? new Date(time).toISOString() : otherwise;
