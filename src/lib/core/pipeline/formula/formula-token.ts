/** Cutting a formula into its signs. Nothing is refused here: what is not a sign is a token that says so. */
import type { Lang } from '../../notebook/notebook.ts';
import { wordOf } from './formula-words.ts';

export type FormulaToken = {
	readonly at: number;
	readonly end: number;
} & (
	| { readonly kind: 'number'; readonly value: number; readonly comma: boolean }
	/** Digits with letters or more points after them. */
	| { readonly kind: 'bad-number' }
	| { readonly kind: 'text'; readonly value: string; readonly closed: boolean }
	/** `[a name]`. */
	| { readonly kind: 'column'; readonly name: string; readonly closed: boolean }
	/** `$name`. */
	| { readonly kind: 'param'; readonly name: string }
	| { readonly kind: 'name'; readonly name: string }
	| { readonly kind: 'pattern'; readonly source: string; readonly flags: string }
	/** An operator, a parenthesis or a separator, in the one way that the reader knows it. */
	| { readonly kind: 'sign'; readonly sign: string }
	| { readonly kind: 'bad' }
	| { readonly kind: 'end' }
);

/** Longest first. */
const SIGNS: readonly (readonly [text: string, sign: string])[] = [
	['!==', '!=='],
	['===', '==='],
	['**', '^'],
	['<=', '<='],
	['=<', '<='],
	['>=', '>='],
	['=>', '>='],
	['<>', '<>'],
	['!=', '!='],
	['==', '=='],
	['&&', 'and'],
	['||', 'or'],
	['??', '??'],
	...['+', '-', '*', '/', '%', '^', '=', '<', '>', '&', '(', ')', '{', '}', ';', ',', ':', '!'].map(
		(sign) => [sign, sign] as const
	),
	['−', '-'],
	['–', '-'],
	['×', '*'],
	['·', '*'],
	['÷', '/'],
	['≠', '<>'],
	['≤', '<='],
	['⩽', '<='],
	['≥', '>='],
	['⩾', '>=']
];

const NAME = /[\p{L}_][\p{L}\p{M}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{M}\p{N}_]*)*/uy;
const PARAM = /\$([\p{L}_$][\p{L}\p{M}\p{N}_$]*)/uy;
const SPACE = /[\s\u200b\ufeff]+/uy;
/** Thousands may stand in groups; the comma of a decimal is French. */
const NUMBER: Readonly<Record<Lang, RegExp>> = {
	fr: /(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+)(?:[.,]\d+)?(?:e[+-]?\d+)?|\.\d+/iy,
	en: /(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+)(?:\.\d+)?(?:e[+-]?\d+)?|\.\d+/iy
};
const AFTER_NUMBER = /[\p{L}\p{N}_]|\.\d/uy;
const PATTERN = /\/((?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([dgimsuvy]*)/y;
/** Straight, curly and French quotes, by the one that opens. */
const QUOTES: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”', '«': '»' };

const matchAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
	pattern.lastIndex = at;
	return pattern.exec(text);
};

/** The text that opens at `at`: a doubled closing quote is one of its characters. */
function quoted(
	text: string,
	at: number,
	close: string
): { value: string; end: number; closed: boolean } {
	let value = '';
	for (let i = at + 1; i < text.length; i++) {
		if (text[i] !== close) value += text.charAt(i);
		else if (text[i + 1] === close) {
			value += close;
			i++;
		} else return { value, end: i + 1, closed: true };
	}
	return { value, end: text.length, closed: false };
}

const endsValue = (token: FormulaToken | undefined): boolean =>
	token !== undefined &&
	token.kind !== 'bad' &&
	(token.kind === 'sign'
		? /^[)}%]$/.test(token.sign)
		: !(token.kind === 'name' && /^(and|or|not)$/.test(wordOf(token.name) ?? '')));

function tokenAt(
	text: string,
	at: number,
	lang: Lang,
	before: FormulaToken | undefined
): FormulaToken {
	const char = text.charAt(at);
	const close = QUOTES[char];
	if (close !== undefined) {
		const { value, end, closed } = quoted(text, at, close);
		// « a » is written with spaces that are not of the text.
		const inner = char === '«' ? value.replace(/^[ \u00a0\u202f]|[ \u00a0\u202f]$/g, '') : value;
		return { kind: 'text', value: inner, closed, at, end };
	}
	if (char === '[') {
		const { value, end, closed } = quoted(text, at, ']');
		return { kind: 'column', name: value, closed, at, end };
	}
	const param = matchAt(PARAM, text, at);
	if (param) return { kind: 'param', name: param[1] ?? '', at, end: at + param[0].length };
	const number = matchAt(NUMBER[lang], text, at);
	if (number) {
		let end = at + number[0].length;
		if (matchAt(AFTER_NUMBER, text, end)) {
			while (matchAt(AFTER_NUMBER, text, end)) end++;
			return { kind: 'bad-number', at, end };
		}
		const plain = number[0].replace(/[ \u00a0\u202f]/g, '').replace(',', '.');
		return { kind: 'number', value: Number(plain), comma: number[0].includes(','), at, end };
	}
	const name = matchAt(NAME, text, at);
	if (name) return { kind: 'name', name: name[0].normalize('NFC'), at, end: at + name[0].length };
	// Between two values a slash divides; where a value begins, it opens a pattern.
	const pattern = char === '/' && !endsValue(before) ? matchAt(PATTERN, text, at) : null;
	if (pattern)
		return {
			kind: 'pattern',
			source: pattern[1] ?? '',
			flags: pattern[2] ?? '',
			at,
			end: at + pattern[0].length
		};
	const sign = SIGNS.find(([written]) => text.startsWith(written, at));
	if (sign) return { kind: 'sign', sign: sign[1], at, end: at + sign[0].length };
	return { kind: 'bad', at, end: at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) };
}

/** Every sign of a formula, and the end. */
export function formulaTokens(text: string, lang: Lang): FormulaToken[] {
	const tokens: FormulaToken[] = [];
	for (let at = 0; ;) {
		at += matchAt(SPACE, text, at)?.[0].length ?? 0;
		if (at >= text.length) break;
		const token = tokenAt(text, at, lang, tokens.at(-1));
		tokens.push(token);
		at = token.end;
	}
	return [...tokens, { kind: 'end', at: text.length, end: text.length }];
}
