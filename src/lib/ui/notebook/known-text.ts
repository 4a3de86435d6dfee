/** What the server has read of a notebook's texts as Markdown, so that the page need not. */

export interface KnownText {
	readonly source: string;
	/** By `renderTamely`; null where it would make a page too heavy. */
	readonly html: string | null;
}

/** A text that computes something, read around its values: one piece more than it has values. */
export interface KnownTemplate {
	readonly texts: readonly string[];
	readonly html: readonly string[];
}

/** Of such characters no Markdown is made inside a line: letters, figures and their signs. */
const TAME = /^[-−+$€]?[\p{L}\p{N}](?:[\p{L}\p{N}\u00a0\u202f .,’%$€−-]*[\p{L}\p{N}%$€])?$/u;
/** As the letters and figures that stood there when the server read the text. */
const WORD_START = /^[\p{L}\p{N}]/u;
const WORD_END = /[\p{L}\p{N}]$/u;
/** Beside these, it makes no difference how a value begins or ends. */
const CALM_BEFORE = /[\p{L}\p{N}\s]$/u;
const CALM_AFTER = /^(?:[\p{L}\p{N}\s.,;]|$)/u;
const MAX_VALUE = 200;

/**
 * HTML of a text whose values are put in its known pieces; null where it must be read as Markdown: it is another text,
 * or a value could be read as more than words.
 */
export function filledIn({ texts, html }: KnownTemplate, text: string): string | null {
	const [start = '', ...rest] = texts;
	if (!text.startsWith(start)) return null;
	let at = start.length;
	let made = html[0] ?? '';
	for (const [i, after] of rest.entries()) {
		const last = i === rest.length - 1;
		const end = last ? text.length - after.length : text.indexOf(after, at);
		if (end < at || !text.startsWith(after, end)) return null;
		const value = text.slice(at, end);
		if (value.length > MAX_VALUE || !TAME.test(value)) return null;
		if (!WORD_START.test(value) && !CALM_BEFORE.test(texts[i] ?? '')) return null;
		if (!WORD_END.test(value) && !CALM_AFTER.test(after)) return null;
		made += value + (html[i + 1] ?? '');
		at = end + after.length;
	}
	return at === text.length ? made : null;
}
