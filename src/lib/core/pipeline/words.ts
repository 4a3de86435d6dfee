/** Words of which some are a column's name or a value, so that they can be shown as such. */
export type WordPart =
	| { readonly kind: 'text'; readonly text: string }
	| { readonly kind: 'column'; readonly text: string }
	| { readonly kind: 'value'; readonly text: string }
	| { readonly kind: 'table'; readonly text: string };

export type Words = readonly WordPart[];

/** The words as plain text; a column's name and a table's in « ». */
export const plainWords = (words: Words): string => words.map(({ text }) => text).join('');
