/** Colours of source text by its grammar, as classes, for the editor; a source at rest has `still-colours.ts`. */
import { tagHighlighter, tags as t } from '@lezer/highlight';

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
