/** Reads a text that computes something as Markdown, around its values: on the server, before they are known. */
import { parseTemplate } from '../../core/analysis/template.ts';
import type { KnownTemplate } from './known-text.ts';
import { renderTamely, type MarkdownOptions } from './markdown.ts';

/** A value there may make an address, an entity or an escape of what is around it. */
const CLINGS_BEFORE = /(?:[:/@]\S*|&[#\w]*|\\)$/;
const CLINGS_AFTER = /^\S*(?:[/@]|:\S)/;
/** `[name]: address`: words between brackets may be a name. */
const DEFINITION = /\]:/;
/** Before a value on its line: words, so that it begins no list, title or rule. */
const WORDS_BEFORE = /\p{L}[^\n]*$/u;

/** null where the values may change how the rest is read: the page reads that text when it has them. */
export function readTemplate(source: string, options: MarkdownOptions = {}): KnownTemplate | null {
	let texts: readonly string[];
	try {
		({ texts } = parseTemplate(source));
	} catch {
		return null;
	}
	if (texts.length < 2) return null;
	const inside = texts.slice(0, -1).every((text, i) => {
		const after = texts[i + 1] ?? '';
		return (
			WORDS_BEFORE.test(text) &&
			!CLINGS_BEFORE.test(text) &&
			!CLINGS_AFTER.test(after) &&
			(after !== '' || i === texts.length - 2)
		);
	});
	if (!inside || texts.some((text) => DEFINITION.test(text))) return null;
	let mark = 'valeur';
	while (texts.some((text) => text.includes(mark))) mark += 'x';
	const whole = renderTamely(texts.join(mark), options);
	const html = whole?.split(mark) ?? [];
	// Each once, in order, and none inside of a tag.
	const fits = html.length === texts.length && html.every((piece) => balanced(piece));
	return fits ? { texts, html } : null;
}

/** No tag is cut in two: `<` and `>` that are words are written as entities. */
const balanced = (piece: string): boolean =>
	piece.lastIndexOf('<') <= piece.lastIndexOf('>') &&
	(!piece.includes('>') || (piece.includes('<') && piece.indexOf('<') < piece.indexOf('>')));
