/** Colours of source text, as classes: the same in the editor and in the still view of a cell, which needs no editor. */
import type { Parser } from '@lezer/common';
import { highlightCode, tagHighlighter, tags as t } from '@lezer/highlight';
import { parser as javascript } from '@lezer/javascript';
import type { CellMode } from '$lib/core/notebook/notebook';

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

/** Gives what turns a source into lines of coloured spans. Markdown's grammar is loaded when a text is shown. */
export async function highlighterOf(mode: CellMode): Promise<(source: string) => Span[][]> {
	const parser = mode === 'md' ? (await import('./markdown.ts')).markdownParser : javascript;
	return (source) => highlight(source, parser);
}

function highlight(source: string, parser: Parser): Span[][] {
	const lines: Span[][] = [[]];
	const tree = parser.parse(source);
	highlightCode(
		source,
		tree,
		highlighter,
		(text, classes) => lines.at(-1)?.push({ text, classes }),
		() => lines.push([])
	);
	return lines;
}
