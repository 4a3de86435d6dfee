/**
 * Why a cell's text is not JavaScript, as a reason that has a sentence of its own in each language: what acorn says
 * is for programmers, and in English.
 */
import { tokenizer, tokTypes } from 'acorn';
import type { Options } from 'acorn';

/** Reasons are messages `cell_syntax_<reason>`; `other` has the general sentence. */
export const SYNTAX_REASONS = [
	'token', // name
	'end',
	'unclosed', // name, expected, line
	'extra', // name
	'mismatched', // name, open, expected, line
	'string',
	'template',
	'comment',
	'pattern_open',
	'pattern',
	'quotes', // name
	'character', // name
	'reserved', // name
	'declared', // name
	'number',
	'assign',
	'await',
	'return',
	'export',
	'value',
	'other'
] as const;
export type SyntaxReason = (typeof SYNTAX_REASONS)[number];

export type SyntaxDetails = Readonly<Record<string, string | number>> & {
	readonly reason: SyntaxReason;
};

/** What acorn says, and the reason that it is; `$1` becomes its name. */
const SAID: readonly (readonly [RegExp, SyntaxReason])[] = [
	[/^Unterminated string/, 'string'],
	[/^Unterminated template/, 'template'],
	[/^Unterminated comment/, 'comment'],
	[/^Unterminated regular expression/, 'pattern_open'],
	[/^Invalid regular expression|^Duplicate regular expression flag/, 'pattern'],
	[/^Unexpected character '([“”„‟«»‘’‚])'/, 'quotes'],
	[/^Unexpected character '(.+)'/u, 'character'],
	[/^Unexpected keyword '(\w+)'/, 'reserved'],
	[/^The keyword '(\w+)' is reserved/, 'reserved'],
	[/^Identifier '(.+)' has already been declared/, 'declared'],
	[
		/^Identifier directly after number|^Invalid number|^Numeric separator|^Expected number/,
		'number'
	],
	[/^(Assigning to|Optional chaining cannot appear in left-hand side)/, 'assign'],
	[/await/, 'await'],
	[/^'return' outside/, 'return'],
	[/^Unexpected token 'export'|^'import' and 'export' may/, 'export'],
	[/initializ|initialization value/i, 'value']
];

const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '${': '}' };
const MAX_NAME = 40;

/**
 * What to say of a syntax error: `message` is acorn's, `at` where it stands, `end` where the token there ends.
 * Brackets are only counted in a script.
 */
export function syntaxReason(
	source: string,
	{ message, at, end, script }: { message: string; at: number; end: number; script: boolean }
): SyntaxDetails {
	for (const [pattern, reason] of SAID) {
		const said = pattern.exec(message);
		if (!said) continue;
		const takesName = reason !== 'assign' && said[1] !== undefined;
		return takesName ? { reason, name: said[1] ?? '' } : { reason };
	}
	if (!message.startsWith('Unexpected token')) return { reason: 'other' };
	const brackets = script ? bracketFault(source, at) : null;
	if (brackets) return brackets;
	const name = source
		.slice(at, Math.max(end, at + 1))
		.trim()
		.slice(0, MAX_NAME);
	return name === '' ? { reason: 'end' } : { reason: 'token', name };
}

const lineOf = (source: string, at: number): number => source.slice(0, at).split('\n').length;

/** A bracket that is never closed, or the one at `at` that closes nothing; null when brackets are not the matter. */
function bracketFault(source: string, at: number): SyntaxDetails | null {
	const options: Options = { ecmaVersion: 'latest', sourceType: 'module' };
	const open: { text: string; start: number }[] = [];
	try {
		for (const { type, start } of tokenizer(source, options)) {
			if (type === tokTypes.parenL) open.push({ text: '(', start });
			else if (type === tokTypes.bracketL) open.push({ text: '[', start });
			else if (type === tokTypes.braceL) open.push({ text: '{', start });
			else if (type === tokTypes.dollarBraceL) open.push({ text: '${', start });
			else if (type === tokTypes.parenR || type === tokTypes.bracketR || type === tokTypes.braceR) {
				const name = source.slice(start, start + 1);
				const last = open.pop();
				const expected = last && CLOSERS[last.text];
				if (expected === name) continue;
				if (start !== at) return null;
				return last && expected
					? {
							reason: 'mismatched',
							name,
							open: last.text,
							expected,
							line: lineOf(source, last.start)
						}
					: { reason: 'extra', name };
			}
		}
	} catch {
		return null;
	}
	const last = open.at(-1);
	return last
		? {
				reason: 'unclosed',
				name: last.text,
				expected: CLOSERS[last.text] ?? '',
				line: lineOf(source, last.start)
			}
		: null;
}
