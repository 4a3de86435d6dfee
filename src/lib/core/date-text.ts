/** Writing a time that may be none: what people's code and files give as dates is not always one. */
import type { Lang } from './notebook/notebook.ts';

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

/** A day in words, in UTC: « 1er mars 2025 », “March 1, 2025”. @param otherwise what is written for a number that is no time */
export function dayWords(time: number, lang: Lang, otherwise = String(time)): string {
	if (!isTime(time)) return otherwise;
	const parts = DAY_WORDS[lang].formatToParts(time);
	return parts
		.map(({ type, value }) => (lang === 'fr' && type === 'day' && value === '1' ? '1er' : value))
		.join('');
}
const dayFormat = (lang: Lang): Intl.DateTimeFormat =>
	new Intl.DateTimeFormat(`${lang}-CA`, { dateStyle: 'long', timeZone: 'UTC' });
const DAY_WORDS: Readonly<Record<Lang, Intl.DateTimeFormat>> = {
	fr: dayFormat('fr'),
	en: dayFormat('en')
};
