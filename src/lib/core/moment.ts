/**
 * A day and an hour in words. They are always those of Québec (America/Toronto), whatever the clock of the machine: a
 * room reads the same hour on every screen, a server that prints a page says what the browser says after it, and the
 * days of lists and reports are counted the same way. Where a deadline hangs on it, the sentence names the zone.
 */
import type { Lang } from './notebook/notebook.ts';

/** Of every date and hour that is shown. */
export const TIME_ZONE = 'America/Toronto';

const formatOf = (lang: Lang): Intl.DateTimeFormat =>
	new Intl.DateTimeFormat(`${lang}-CA`, {
		dateStyle: 'long',
		timeStyle: 'short',
		timeZone: TIME_ZONE
	});
const FORMATS: Readonly<Record<Lang, Intl.DateTimeFormat>> = {
	fr: formatOf('fr'),
	en: formatOf('en')
};

type Parts = readonly Intl.DateTimeFormatPart[];
const partOf = (parts: Parts, wanted: Intl.DateTimeFormatPartTypes): string =>
	parts.find(({ type }) => type === wanted)?.value ?? '';

/** « 6 h 35 », « 6 h » at its beginning. */
function frenchHour(parts: Parts): string {
	const minutes = partOf(parts, 'minute');
	return `${String(Number(partOf(parts, 'hour')))}\u00a0h${minutes === '00' ? '' : `\u00a0${minutes}`}`;
}

/** « 29 novembre 2026 à 6 h 35 », “November 29, 2026 at 6:35 a.m.”. @param time milliseconds since the epoch */
export function momentText(time: number, lang: Lang): string {
	const parts = FORMATS[lang].formatToParts(time);
	if (lang === 'en') return parts.map(({ value }) => value).join('');
	const day = partOf(parts, 'day') === '1' ? '1er' : partOf(parts, 'day');
	return `${day} ${partOf(parts, 'month')} ${partOf(parts, 'year')} à ${frenchHour(parts)}`;
}

const hoursOf = (lang: Lang): Intl.DateTimeFormat =>
	new Intl.DateTimeFormat(`${lang}-CA`, { timeStyle: 'short', timeZone: TIME_ZONE });
const HOURS: Readonly<Record<Lang, Intl.DateTimeFormat>> = {
	fr: hoursOf('fr'),
	en: hoursOf('en')
};

/** « 6 h 35 », “6:35 a.m.”. @param time milliseconds since the epoch */
export function hourText(time: number, lang: Lang): string {
	const parts = HOURS[lang].formatToParts(time);
	return lang === 'en' ? parts.map(({ value }) => value).join('') : frenchHour(parts);
}

const DAYS = new Intl.DateTimeFormat('en-CA', {
	year: 'numeric',
	month: '2-digit',
	day: '2-digit',
	timeZone: TIME_ZONE
});

/** The day in Québec, `2026-11-29`: texts of days compare as days do. @param time milliseconds since the epoch */
export function dayOf(time: number): string {
	const parts = DAYS.formatToParts(time);
	return `${partOf(parts, 'year')}-${partOf(parts, 'month')}-${partOf(parts, 'day')}`;
}

const HOUR_NUMBERS = new Intl.DateTimeFormat('en-CA', {
	hour: '2-digit',
	hourCycle: 'h23',
	timeZone: TIME_ZONE
});

/** The hour in Québec, 0 to 23. @param time milliseconds since the epoch */
export const hourOf = (time: number): number =>
	Number(partOf(HOUR_NUMBERS.formatToParts(time), 'hour'));
