/**
 * Numbers and dates of charts in the reader's language by default. Plot makes its number formatter once, when it
 * loads ("en-US"): this module must be loaded before it, and hands it one that asks for the present locale each time.
 */
import { formatDefaultLocale } from 'd3-format';
import { timeFormatDefaultLocale } from 'd3-time-format';
import type { Lang } from '../../core/notebook/notebook.ts';

const NBSP = '\u00a0';
const Native = Intl.NumberFormat;
let numbers = new Native('fr-CA');

function DelegatingNumberFormat(...args: ConstructorParameters<typeof Intl.NumberFormat>) {
	if (args[0] !== 'en-US' || args[1] !== undefined) return new Native(...args);
	return { format: (value: number) => numbers.format(value) };
}
Intl.NumberFormat = DelegatingNumberFormat as unknown as typeof Intl.NumberFormat;

/** To call once Plot is loaded: cells meet the real `Intl`. */
export function restoreIntl(): void {
	Intl.NumberFormat = Native;
}

/** A name as `Intl` writes it in this locale (`février`, `févr.`). */
const names = (locale: string, options: Intl.DateTimeFormatOptions, dates: readonly number[]) => {
	const format = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options });
	return dates.map((date) => format.format(date));
};
const MONTHS = Array.from({ length: 12 }, (_, month) => Date.UTC(2024, month, 1));
/** From Sunday. */
const DAYS = Array.from({ length: 7 }, (_, day) => Date.UTC(2024, 8, 1 + day));

function setDefaults(lang: Lang): void {
	const locale = lang === 'fr' ? 'fr-CA' : 'en-CA';
	numbers = new Native(locale);
	formatDefaultLocale(
		lang === 'fr'
			? {
					decimal: ',',
					thousands: NBSP,
					grouping: [3],
					currency: ['', `${NBSP}$`],
					percent: `${NBSP}%`
				}
			: { decimal: '.', thousands: ',', grouping: [3], currency: ['$', ''] }
	);
	timeFormatDefaultLocale({
		dateTime: lang === 'fr' ? '%A %-d %B %Y %H:%M:%S' : '%A, %B %-d, %Y %H:%M:%S',
		date: '%Y-%m-%d',
		time: '%H:%M:%S',
		periods: ['a.m.', 'p.m.'],
		days: names(locale, { weekday: 'long' }, DAYS),
		shortDays: names(locale, { weekday: 'short' }, DAYS),
		months: names(locale, { month: 'long' }, MONTHS),
		shortMonths: names(locale, { month: 'short' }, MONTHS)
	});
}

let current: Lang | null = null;

/** Sets the default locale of every number and date drawn from now on. */
export function useLocale(lang: Lang): void {
	if (lang === current) return;
	current = lang;
	setDefaults(lang);
}

export const currentLocale = (): string => (current === 'en' ? 'en-CA' : 'fr-CA');
