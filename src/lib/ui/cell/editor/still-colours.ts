/**
 * Colours of JavaScript at rest, without a grammar: the editor's (50 KiB, gzip) comes once a person goes into a cell.
 * Read character by character from left to right, it colours what can be told that way, by the editor's classes; it
 * never loses a character, whatever the source.
 */

export interface Span {
	readonly text: string;
	/** Of `editor.css`; '' for plain text. */
	readonly classes: string;
}

const KEYWORDS = new Set(
	`async await break case catch class const continue default delete do else export extends false finally for from
	function if import in instanceof let new null of return static super switch this throw true try typeof undefined var
	void while with yield`.split(/\s+/)
);
const DECLARES = new Set(['const', 'let', 'var', 'function', 'class']);

/** What a source may go on with; the first that fits is taken. */
const TOKEN =
	/(?<comment>\/\/.*|\/\*[^]*?(?:\*\/|$))|(?<string>"(?:[^"\\\n]|\\[^])*(?:"|$)|'(?:[^'\\\n]|\\[^])*(?:'|$))|(?<number>(?:0[xob][\da-f_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:e[+-]?\d+)?)n?)|(?<word>[\p{ID_Start}$_#][\p{ID_Continue}$\u200c\u200d]*)|(?<template>`)|(?<space>\s+)|(?<mark>[^])/iuy;
/** No longer a pattern is coloured: where a slash is none, all that follows it would be read at each slash. */
const MAX_REGEXP = 500;
const REGEXP = /\/(?![*/])(?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/uy;
/** The text of a template, up to what closes it or opens an expression. */
const TEMPLATE = /(?:[^\\`$]|\\[^]|\$(?!\{))*/uy;

/** The source in lines of coloured spans, none of which holds a line's end. */
export function stillColours(source: string): Span[][] {
	const lines: Span[][] = [[]];
	const put = (text: string, classes: string): void => {
		text.split('\n').forEach((part, i) => {
			if (i > 0) lines.push([]);
			if (part) lines.at(-1)?.push({ text: part, classes });
		});
	};
	/** Braces open in each template's expression that is being read. */
	const templates: number[] = [];
	let at = 0;
	/** The last token that is no space and no comment. */
	let last = '';
	let wordBefore = '';
	const template = (): void => {
		TEMPLATE.lastIndex = at;
		const text = TEMPLATE.exec(source)?.[0] ?? '';
		at += text.length;
		const expression = source.startsWith('${', at);
		const end = expression ? '${' : source.startsWith('`', at) ? '`' : '';
		if (expression) templates.push(0);
		put(text + end, 'tok-string');
		at += end.length;
		last = expression ? '{' : '`';
	};
	while (at < source.length) {
		if (source[at] === '/' && !/[\p{ID_Continue}$)\]}`"']$/u.test(last)) {
			REGEXP.lastIndex = 0;
			const found = REGEXP.exec(source.slice(at, at + MAX_REGEXP))?.[0];
			if (found) {
				put(found, 'tok-string');
				at += found.length;
				last = ')';
				continue;
			}
		}
		TOKEN.lastIndex = at;
		const found = TOKEN.exec(source);
		if (!found?.groups) break;
		const [text] = found;
		const { comment, string, number, word, template: opens, space } = found.groups;
		at += text.length;
		if (space !== undefined) {
			put(text, '');
			continue;
		}
		if (comment !== undefined) {
			put(text, 'tok-comment');
			continue;
		}
		if (opens !== undefined) {
			put(text, 'tok-string');
			template();
			continue;
		}
		const open = templates.length - 1;
		if (text === '{' && open >= 0) templates[open] = (templates[open] ?? 0) + 1;
		if (text === '}' && open >= 0) {
			const count = templates[open] ?? 0;
			if (count === 0) {
				templates.pop();
				put(text, 'tok-string');
				template();
				continue;
			}
			templates[open] = count - 1;
		}
		put(
			text,
			string !== undefined
				? 'tok-string'
				: number !== undefined
					? 'tok-number'
					: word === undefined
						? 'tok-mark'
						: classOf(word, last, wordBefore, source.slice(at, at + 40))
		);
		wordBefore = word ?? '';
		last = text;
	}
	return lines;
}

function classOf(word: string, last: string, wordBefore: string, next: string): string {
	if (last === '.') return /^\s*\(/.test(next) ? 'tok-call' : 'tok-property';
	if (KEYWORDS.has(word)) return 'tok-keyword';
	if (DECLARES.has(wordBefore)) return 'tok-definition';
	if ((last === '{' || last === ',') && /^\s*:/.test(next)) return 'tok-definition';
	return /^\s*\(/.test(next) ? 'tok-call' : '';
}
