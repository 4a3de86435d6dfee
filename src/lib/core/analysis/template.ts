/**
 * Markdown cells: text with `${…}`. A backslash is a backslash, but before `${` (or between `$` and `{`), where it
 * keeps the two characters as they are: the rule of Observable's own Markdown cells.
 */
import type { Expression } from 'acorn';
import { parseInterpolation } from './syntax.ts';

export interface Template {
	/** The text around the interpolations: one more than they are. */
	readonly texts: readonly string[];
	readonly parts: readonly TemplatePart[];
}
export interface TemplatePart {
	readonly root: Expression;
	/** Offset of `${`. */
	readonly open: number;
	/** Offset of `}`. */
	readonly close: number;
}

/** The text that a stretch of Markdown stands for. */
function cook(raw: string): string {
	let text = '';
	let afterDollar = false;
	let odd = false;
	for (let i = 0; i < raw.length; i++) {
		const char = raw[i];
		if (char === '\\') {
			odd = !odd;
			const escapes =
				(afterDollar && raw[i + 1] === '{') || (odd && raw[i + 1] === '$' && raw[i + 2] === '{');
			if (!escapes) text += char;
			continue;
		}
		afterDollar = char === '$';
		odd = false;
		text += char;
	}
	return text.replace(/\r\n?/g, '\n');
}

/** Interpolations of one cell: each becomes an argument of one call. */
export const MAX_PARTS = 5_000;

export class TooManyParts extends Error {
	override readonly name = 'TooManyParts';
}

/** Throws acorn's SyntaxError for an interpolation that can't be read, and TooManyParts. */
export function parseTemplate(source: string): Template {
	const texts: string[] = [];
	const parts: TemplatePart[] = [];
	let from = 0;
	let at = 0;
	while (at < source.length) {
		const char = source[at];
		if (char === '\\') at += 2;
		else if (char === '$' && source[at + 1] === '{') {
			if (parts.length >= MAX_PARTS) throw new TooManyParts();
			texts.push(cook(source.slice(from, at)));
			const { root, close } = parseInterpolation(source, at + 2);
			parts.push({ root, open: at, close });
			from = at = close + 1;
		} else at += 1;
	}
	texts.push(cook(source.slice(from)));
	return { texts, parts };
}
