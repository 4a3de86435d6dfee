/** The name of a dataset version's file, as a notebook's source says it: `slug@version.arrow`. */

export interface DatasetFileName {
	readonly slug: string;
	/** 1, 2, 3… */
	readonly version: number;
}

const SLUG = /[a-z0-9][a-z0-9-]{0,120}$/;
const SLUG_CHARS = 121;
const VERSION = /@[1-9]\d{0,8}\.arrow/g;
const WHOLE = /^[a-z0-9][a-z0-9-]{0,120}@[1-9]\d{0,8}\.arrow$/;

/** The name of a version's file. */
export const printFileName = ({ slug, version }: DatasetFileName): string =>
	`${slug}@${version}.arrow`;

/** What a name says; null for what is no such name. */
export function parseFileName(name: string): DatasetFileName | null {
	if (!WHOLE.test(name)) return null;
	const at = name.indexOf('@');
	return { slug: name.slice(0, at), version: Number(name.slice(at + 1, -'.arrow'.length)) };
}

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
/** Words of the language that a title may well be. */
const WORDS =
	/^(await|break|case|class|const|continue|default|delete|do|else|enum|export|false|for|function|if|import|in|interface|let|new|null|package|private|protected|public|return|static|super|switch|this|throw|true|try|typeof|var|void|while|with|yield)$/;

/** What a table of this dataset is called in a cell: `frequentation-des-musees` is `frequentationDesMusees`; null where that is no name. */
export function tableNameOf(slug: string): string | null {
	const name = slug
		.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
		.replace(/[^\p{ID_Continue}]/gu, '');
	return IDENTIFIER.test(name) && !WORDS.test(name) ? name : null;
}

/** Where a text holds such names, in order. Read from their ends: of a long word, no part is looked at twice. */
export function fileNamesAt(text: string): { readonly name: string; readonly at: number }[] {
	const found: { name: string; at: number }[] = [];
	let from = 0;
	for (const { 0: version, index } of text.matchAll(VERSION)) {
		const slug = SLUG.exec(text.slice(Math.max(from, index - SLUG_CHARS), index))?.[0];
		if (slug === undefined) continue;
		found.push({ name: slug + version, at: index - slug.length });
		from = index + version.length;
	}
	return found;
}

/** Every such name that a text holds, in order. */
export const fileNamesIn = (text: string): string[] => fileNamesAt(text).map(({ name }) => name);
