import type { Lang } from '../notebook/notebook.ts';

/** The language as a web page says it. */
export const langTag = (lang: Lang): 'fr-CA' | 'en-CA' => (lang === 'en' ? 'en-CA' : 'fr-CA');
