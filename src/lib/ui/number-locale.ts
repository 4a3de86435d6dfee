import { getLocale } from '$lib/paraglide/runtime';

/** The locale of numbers and dates: French or English, as in Canada. */
export const numberLocale = (): string => (getLocale() === 'en' ? 'en-CA' : 'fr-CA');
