/** Words of which some are a column's name or a value, so that they can be shown as such. */
import type { Lang } from '../notebook/notebook.ts';

export type WordPart =
	| { readonly kind: 'text'; readonly text: string }
	| { readonly kind: 'column'; readonly text: string }
	| { readonly kind: 'value'; readonly text: string }
	| { readonly kind: 'table'; readonly text: string };

export type Words = readonly WordPart[];

/** A name as its language quotes it. */
export const quotedName = (name: string, lang: Lang): string =>
	lang === 'fr' ? `«\u00a0${name}\u00a0»` : `“${name}”`;

/** The words as plain text; a column's name and a table's in « ». */
export const plainWords = (words: Words, lang: Lang = 'fr'): string =>
	words
		.map(({ kind, text }) =>
			kind === 'column' || kind === 'table' ? quotedName(text, lang) : text
		)
		.join('');
