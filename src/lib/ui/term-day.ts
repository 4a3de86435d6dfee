/** A day of terms in words. */
import type { Lang } from '$lib/core/notebook/notebook';
import { longDay } from '$lib/core/report/cell-text';
import { getLocale } from '$lib/paraglide/runtime';

/** « 31 décembre 2026 ». @param day `2026-12-31`, a day of Québec */
export const termDay = (day: string, lang: Lang = getLocale()): string =>
	// Noon there, whatever the season: the day as it is written.
	longDay(Date.parse(`${day}T17:00Z`), lang);
