/** Where the scripts of pages stand, once a language. */

/** The beginning of a script's address, from the site's root or in its build. */
export const SCRIPTS = /_app\/immutable\/(?=(?:entry|chunks|nodes)\/)/;

export const LANGUAGE_FOLDER = { fr: '_app/immutable/', en: '_app/immutable/en/' } as const;

/** A page's markup, or a header, with its scripts in a language. */
export const scriptsIn = (text: string, language: 'fr' | 'en'): string =>
	language === 'fr' ? text : text.replaceAll(new RegExp(SCRIPTS, 'g'), LANGUAGE_FOLDER[language]);
