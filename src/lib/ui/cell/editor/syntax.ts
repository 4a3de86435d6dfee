/** Colours of source text, as classes: the same in the editor and in the still view of a cell. */
import { javascriptLanguage } from '@codemirror/lang-javascript';
import { Language, defineLanguageFacet } from '@codemirror/language';
import { highlightCode, tagHighlighter, tags as t } from '@lezer/highlight';
import { GFM, parser as markdownParser } from '@lezer/markdown';
import type { CellMode } from '$lib/core/notebook/notebook';

// Our own wrapping of the Markdown parser: the stock language package brings HTML and CSS along (60 KB).
const markdownLanguage = new Language(
	defineLanguageFacet(),
	markdownParser.configure(GFM),
	[],
	'markdown'
);

export const languageOf = (mode: CellMode): Language =>
	mode === 'md' ? markdownLanguage : javascriptLanguage;

export const highlighter = tagHighlighter([
	{ tag: [t.keyword, t.operatorKeyword, t.modifier, t.self, t.null, t.bool], class: 'tok-keyword' },
	{ tag: [t.string, t.special(t.string), t.regexp, t.character], class: 'tok-string' },
	{ tag: [t.number, t.literal], class: 'tok-number' },
	{ tag: t.comment, class: 'tok-comment' },
	{ tag: [t.function(t.variableName), t.function(t.propertyName)], class: 'tok-call' },
	{ tag: [t.definition(t.variableName), t.definition(t.propertyName)], class: 'tok-definition' },
	{ tag: t.propertyName, class: 'tok-property' },
	{ tag: [t.operator, t.punctuation, t.bracket, t.processingInstruction], class: 'tok-mark' },
	{ tag: t.heading, class: 'tok-heading' },
	{ tag: t.strong, class: 'tok-strong' },
	{ tag: t.emphasis, class: 'tok-emphasis' },
	{ tag: [t.link, t.url], class: 'tok-link' },
	{ tag: t.monospace, class: 'tok-string' },
	{ tag: t.invalid, class: 'tok-invalid' }
]);

export interface Span {
	readonly text: string;
	readonly classes: string;
}

/** A source as lines of coloured spans. */
export function highlightSource(source: string, mode: CellMode): Span[][] {
	const lines: Span[][] = [[]];
	const tree = languageOf(mode).parser.parse(source);
	highlightCode(
		source,
		tree,
		highlighter,
		(text, classes) => lines.at(-1)?.push({ text, classes }),
		() => lines.push([])
	);
	return lines;
}
