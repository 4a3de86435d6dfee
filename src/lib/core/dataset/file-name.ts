/** The name of a dataset version's file, as a notebook's source says it: `slug@version.arrow`. */

export interface DatasetFileName {
	readonly slug: string;
	/** 1, 2, 3… */
	readonly version: number;
}

const NAME = /[a-z0-9][a-z0-9-]{0,120}@[1-9]\d{0,8}\.arrow/;
const WHOLE = new RegExp(`^${NAME.source}$`);
const ANYWHERE = new RegExp(NAME.source, 'g');

/** The name of a version's file. */
export const printFileName = ({ slug, version }: DatasetFileName): string =>
	`${slug}@${version}.arrow`;

/** What a name says; null for what is no such name. */
export function parseFileName(name: string): DatasetFileName | null {
	if (!WHOLE.test(name)) return null;
	const at = name.indexOf('@');
	return { slug: name.slice(0, at), version: Number(name.slice(at + 1, -'.arrow'.length)) };
}

/** Where a text holds such names, in order. */
export const fileNamesAt = (text: string): { readonly name: string; readonly at: number }[] =>
	[...text.matchAll(ANYWHERE)].map(({ 0: name, index: at }) => ({ name, at }));

/** Every such name that a text holds, in order. */
export const fileNamesIn = (text: string): string[] => text.match(ANYWHERE) ?? [];
