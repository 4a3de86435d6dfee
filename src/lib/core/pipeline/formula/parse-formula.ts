/**
 * Reading a formula, as people who know spreadsheets write it: columns by name, `si(…; …; …)`, `=` and `<>`, texts
 * joined by `&`. What it says becomes an `Expression`; what is wrong becomes problems with a place in the text.
 *
 * Operators bind as in spreadsheets: a sign before a number binds tighter than `^`, and `^` goes from left to right.
 */
import type { Lang } from '../../notebook/notebook.ts';
import { writtenParts } from '../compositions.ts';
import type { Expression } from '../expression.ts';
import { MAX_PARTS } from '../parse-expression.ts';
import { FormulaCalls } from './formula-calls.ts';
import type { FormulaContext, FormulaType } from './formula-function.ts';
import { FormulaNames, ofCount } from './formula-names.ts';
import { COMPARISON, FormulaOperators, LEVELS, NOT_LEVEL } from './formula-operators.ts';
import { FormulaNotes, partOf, Stop, type Part, type Place } from './formula-part.ts';
import type { FormulaProblem } from './formula-problem.ts';
import { formulaTokens } from './formula-token.ts';
import type { FormulaToken } from './formula-token.ts';
import { FORMULA_FORMS, wordOf, writtenColumn } from './formula-words.ts';

export const FORMULA_CHARS = 10_000;
const MAX_DEPTH = 60;
/** Operators and arguments: a chain of them is as deep a tree as it is long. */
const MAX_TERMS = 1_000;

export type ParsedFormula =
	| { readonly ok: true; readonly expression: Expression; readonly type: FormulaType }
	| { readonly ok: false; readonly problems: readonly FormulaProblem[] };

const TYPE_OF_VALUE = (value: string | number | boolean | null): FormulaType =>
	typeof value === 'string'
		? 'text'
		: typeof value === 'number'
			? 'number'
			: typeof value === 'boolean'
				? 'boolean'
				: 'any';

class Reader {
	readonly #lang: Lang;
	readonly #names: FormulaNames;
	readonly #tokens: readonly FormulaToken[];
	readonly #notes: FormulaNotes;
	readonly #operators: FormulaOperators;
	readonly #calls: FormulaCalls;
	#place = 0;
	#depth = 0;
	#terms = 0;

	constructor(notes: FormulaNotes, lang: Lang, context: FormulaContext) {
		this.#notes = notes;
		this.#operators = new FormulaOperators(notes, lang);
		this.#calls = new FormulaCalls(notes, this.#operators);
		this.#lang = lang;
		this.#names = new FormulaNames(context);
		this.#tokens = formulaTokens(notes.text, lang);
	}

	read(): Part {
		// A spreadsheet's formula begins with its sign.
		if (this.#isSign('=')) this.#place++;
		const first = this.#now;
		if (first.kind === 'end') throw this.#notes.stop('empty', first);
		const part = this.#binary(1);
		const after = this.#now;
		if (after.kind === 'end') return part;
		if (after.kind === 'sign' && (after.sign === ')' || after.sign === '}'))
			throw this.#notes.stop('extra_paren', after, { name: after.sign }, '');
		if (after.kind === 'sign' && after.sign === ',') throw this.#comma(after);
		throw this.#adjacent();
	}

	get #now(): FormulaToken {
		return this.#tokens[Math.min(this.#place, this.#tokens.length - 1)] as FormulaToken;
	}
	#isSign(sign: string): boolean {
		const now = this.#now;
		return now.kind === 'sign' && now.sign === sign;
	}

	// ---------------------------------------------------------------- operators

	/** The operator at hand; words are operators between two values only. */
	#operator(): string | null {
		const now = this.#now;
		if (now.kind === 'sign') return LEVELS.has(now.sign) ? now.sign : null;
		if (now.kind !== 'name') return null;
		const word = wordOf(now.name);
		return word === 'and' || word === 'or' ? word : null;
	}

	#binary(least: number): Part {
		if (++this.#depth > MAX_DEPTH) throw this.#notes.stop('too_deep', this.#now);
		let left = this.#isNot() && least <= NOT_LEVEL ? this.#not() : this.#unary();
		for (;;) {
			const operator = this.#operator();
			const level = operator === null ? 0 : (LEVELS.get(operator) ?? 0);
			if (operator === null || level < least) break;
			const sign = this.#now;
			this.#counted();
			this.#place++;
			const right = this.#binary(level + 1);
			left = this.#operators.combined(operator, left, right, sign);
			const next = this.#operator();
			if (level === COMPARISON && next !== null && LEVELS.get(next) === COMPARISON)
				throw this.#notes.stop('chained', this.#now);
		}
		this.#depth--;
		return left;
	}

	/** `non …`; with its parenthesis right after it, it is the function of spreadsheets, that ends with it. */
	#isNot(): boolean {
		const now = this.#now;
		if (now.kind !== 'name' || wordOf(now.name) !== 'not') return this.#isSign('!');
		const next = this.#tokens[this.#place + 1];
		return !(next?.kind === 'sign' && next.sign === '(' && next.at === now.end);
	}
	#not(): Part {
		const { at } = this.#now;
		this.#place++;
		const of = this.#binary(NOT_LEVEL);
		const expression: Expression = { kind: 'unary', operator: '!', of: of.expression };
		return { expression, type: 'boolean', at, end: of.end, words: false };
	}

	#unary(): Part {
		const now = this.#now;
		if (now.kind === 'sign' && (now.sign === '-' || now.sign === '+')) {
			this.#place++;
			if (++this.#depth > MAX_DEPTH) throw this.#notes.stop('too_deep', now);
			const of = this.#unary();
			this.#depth--;
			if (of.type === 'text')
				this.#notes.tell('text_arithmetic', of, { name: now.sign, text: this.#notes.written(of) });
			if (now.sign === '+') return { ...of, at: now.at };
			return { ...of, expression: negated(of.expression), type: 'number', at: now.at };
		}
		return this.#percent(this.#primary());
	}

	/** `15 %` is a number; `a % b` is what is left of a division. */
	#percent(part: Part): Part {
		const sign = this.#now;
		if (!this.#isSign('%') || part.expression.kind !== 'literal') return part;
		const { value } = part.expression;
		const after = this.#tokens[this.#place + 1];
		const operand =
			after?.kind === 'sign'
				? /^[({]$/.test(after.sign)
				: after?.kind === 'name'
					? !['and', 'or'].includes(wordOf(after.name) ?? '')
					: after?.kind !== 'end';
		if (typeof value !== 'number' || operand) return part;
		this.#place++;
		// Moving the point in the digits: 12,3 % is 0,123 exactly as it would be typed.
		const moved = /e/i.test(String(value)) ? value / 100 : Number(`${value}e-2`);
		return { ...part, expression: { kind: 'literal', value: moved }, end: sign.end };
	}

	// ---------------------------------------------------------------- values

	#primary(): Part {
		const now = this.#now;
		switch (now.kind) {
			case 'number':
				return this.#literal(now, now.value);
			case 'text':
				if (!now.closed)
					throw this.#notes.stop(
						'unclosed_text',
						now,
						{},
						`${this.#notes.written(now).trimEnd()}"`
					);
				return { ...this.#literal(now, now.value), words: true };
			case 'bad-number':
				throw this.#notes.stop('number', now, { name: this.#notes.written(now) });
			case 'bad':
				throw this.#notes.stop('character', now, { name: this.#notes.written(now) }, '');
			case 'pattern':
				this.#place++;
				if (!isPattern(now.source, now.flags))
					this.#notes.tell('pattern', now, { name: this.#notes.written(now) });
				return partOf({ kind: 'pattern', source: now.source, flags: now.flags }, 'any', now);
			case 'column':
				return this.#column(now);
			case 'param':
				return this.#param(now);
			case 'name':
				return this.#name(now);
			case 'sign':
				if (now.sign === '(') return this.#parenthesised();
				if (now.sign === '{') return this.#braces();
				if (now.sign === '!') return this.#not();
		}
		throw this.#notes.stop('missing_value', now, { name: this.#notes.written(now) });
	}

	#literal(token: FormulaToken, value: string | number | boolean | null): Part {
		this.#place++;
		return partOf({ kind: 'literal', value }, TYPE_OF_VALUE(value), token);
	}

	#column(token: FormulaToken & { kind: 'column' }): Part {
		if (!token.closed)
			throw this.#notes.stop(
				'unclosed_name',
				token,
				{},
				`${this.#notes.written(token).trimEnd()}]`
			);
		this.#place++;
		const column = this.#names.column(token.name);
		if (column) return partOf({ kind: 'column', name: column.name }, column.type, token);
		const suggestion = this.#names.nearColumn(token.name);
		this.#notes.tell(
			'unknown_column',
			token,
			{ name: token.name, suggestion },
			suggestion ? writtenColumn(suggestion) : null
		);
		return partOf({ kind: 'column', name: token.name }, 'any', token);
	}

	#param(token: FormulaToken & { kind: 'param' }): Part {
		this.#place++;
		const param = this.#names.param(token.name);
		if (!param) {
			const suggestion = this.#names.nearParam(token.name);
			this.#notes.tell(
				'unknown_param',
				token,
				{ name: token.name, suggestion },
				suggestion ? `$${suggestion}` : null
			);
		}
		return partOf({ kind: 'param', name: token.name }, param?.type ?? 'any', token);
	}

	#name(token: FormulaToken & { kind: 'name' }): Part {
		const next = this.#tokens[this.#place + 1];
		if (next?.kind === 'sign' && next.sign === '(') return this.#call(token);
		const word = wordOf(token.name);
		if (word === 'true' || word === 'false') return this.#literal(token, word === 'true');
		if (word === 'null') return this.#literal(token, null);
		if (word === 'and' || word === 'or')
			throw this.#notes.stop('missing_value', token, { name: token.name });
		if (word === 'not') return this.#not();
		const column = this.#names.column(token.name);
		if (column) {
			// Columns whose names begin alike: `prix` beside `prix du billet`.
			if (!this.#continues()) {
				this.#place++;
				return partOf({ kind: 'column', name: column.name }, column.type, token);
			}
		} else if (this.#names.param(token.name)) {
			this.#place++;
			const type = this.#names.param(token.name)?.type ?? 'any';
			return partOf({ kind: 'param', name: token.name }, type, token);
		}
		const spaced = this.#spaced();
		if (spaced) return spaced;
		if (column) {
			this.#place++;
			return partOf({ kind: 'column', name: column.name }, column.type, token);
		}
		if (this.#names.function(token.name))
			throw this.#notes.stop('not_called', token, { name: token.name }, `${token.name}(`);
		const suggestion = this.#names.nearColumn(token.name) || this.#names.nearParam(token.name);
		this.#notes.tell(
			'unknown_column',
			token,
			{ name: token.name, suggestion },
			suggestion ? writtenColumn(suggestion) : null
		);
		this.#place++;
		return partOf({ kind: 'column', name: token.name }, 'any', token);
	}

	/** Whether a value follows the one at hand, with no operator between them. */
	#continues(): boolean {
		const next = this.#tokens[this.#place + 1];
		return next?.kind === 'name' && !['and', 'or'].includes(wordOf(next.name) ?? '');
	}

	/** A name of several words, written without its brackets: what it is, told as a problem. */
	#spaced(): Part | null {
		const first = this.#now;
		for (
			let last = Math.min(this.#tokens.length - 2, this.#place + 12);
			last > this.#place;
			last--
		) {
			const end = this.#tokens[last]?.end ?? first.end;
			const column = this.#names.column(this.#notes.text.slice(first.at, end));
			if (!column) continue;
			const place = { at: first.at, end };
			this.#notes.tell('spaced_column', place, { name: column.name }, writtenColumn(column.name));
			this.#place = last + 1;
			return partOf({ kind: 'column', name: column.name }, column.type, place);
		}
		return null;
	}

	#parenthesised(): Part {
		const open = this.#now;
		this.#place++;
		const inside = this.#binary(1);
		const close = this.#now;
		if (!this.#isSign(')')) throw this.#unclosed(open, inside, '(');
		this.#place++;
		return { ...inside, at: open.at, end: close.end };
	}

	/** Why what opens at `open` is not closed after `inside`. */
	#unclosed(open: FormulaToken, inside: Part | null, name: string): Stop {
		const now = this.#now;
		if (now.kind === 'end')
			return this.#notes.stop('unclosed_paren', open, { name, end: this.#notes.text.length });
		if (now.kind === 'sign' && now.sign === ',') return this.#comma(now);
		if (now.kind === 'sign' && now.sign === ';')
			return this.#notes.stop('missing_operator', now, { name: ';' });
		return inside
			? this.#adjacent()
			: this.#notes.stop('missing_value', now, { name: this.#notes.written(now) });
	}

	/** Two values side by side. */
	#adjacent(): Stop {
		const now = this.#now;
		if (now.kind === 'bad')
			return this.#notes.stop('character', now, { name: this.#notes.written(now) }, '');
		if (now.kind === 'sign' && now.sign === '!')
			return this.#notes.stop('character', now, { name: '!' }, '');
		return this.#notes.stop('missing_operator', now, { name: this.#notes.written(now) });
	}

	/** A comma that is no separator here: a decimal one in English, a separator of English in French. */
	#comma(comma: FormulaToken): Stop {
		if (this.#lang === 'fr') return this.#notes.stop('comma_separator', comma, {}, ';');
		const [before, next] = [this.#tokens[this.#place - 1], this.#tokens[this.#place + 1]];
		if (before?.kind !== 'number' || next?.kind !== 'number')
			return this.#notes.stop('missing_operator', comma, { name: ',' });
		const place = { at: before.at, end: next.end };
		const name = this.#notes.written(place);
		return this.#notes.stop('decimal_comma', place, { name }, name.replace(/,\s*/, '.'));
	}

	// ---------------------------------------------------------------- calls and lists

	#counted(): void {
		if (++this.#terms > MAX_TERMS) throw this.#notes.stop('too_deep', this.#now);
	}

	#isSeparator(): boolean {
		return this.#isSign(';') || (this.#lang === 'en' && this.#isSign(','));
	}

	/** What stands between the sign at hand and `close`. */
	#arguments(close: ')' | '}'): { parts: Part[]; end: number } {
		const open = this.#now;
		this.#place++;
		const parts: Part[] = [];
		if (this.#isSign(close)) return { parts, end: this.#closed() };
		for (;;) {
			parts.push(this.#binary(1));
			this.#counted();
			if (this.#isSign(close)) return { parts, end: this.#closed() };
			if (!this.#isSeparator())
				throw this.#unclosed(open, parts.at(-1) ?? null, close === ')' ? '(' : '{');
			this.#place++;
		}
	}
	#closed(): number {
		const { end } = this.#now;
		this.#place++;
		return end;
	}

	/** `{"a"; "b"}` is a list, `{"a": 1; "b": 2}` values by text. */
	#braces(): Part {
		const open = this.#now;
		const [key, colon] = [this.#tokens[this.#place + 1], this.#tokens[this.#place + 2]];
		if (key?.kind === 'sign' && key.sign === ':' && colon?.kind === 'sign' && colon.sign === '}') {
			this.#place += 3;
			return partOf({ kind: 'pairs', entries: [] }, 'any', { at: open.at, end: colon.end });
		}
		if (!(key?.kind === 'text' && colon?.kind === 'sign' && colon.sign === ':')) {
			const { parts, end } = this.#arguments('}');
			const items = parts.map(({ expression }) => expression);
			return partOf({ kind: 'list', items }, 'any', { at: open.at, end });
		}
		const entries: [string, Expression][] = [];
		do {
			this.#place++;
			const name = this.#now;
			if (name.kind !== 'text' || !name.closed)
				throw this.#notes.stop('missing_value', name, { name: this.#notes.written(name) });
			this.#place++;
			if (!this.#isSign(':'))
				throw this.#notes.stop('missing_operator', this.#now, {
					name: this.#notes.written(this.#now)
				});
			this.#place++;
			this.#counted();
			entries.push([name.value, this.#binary(1).expression]);
		} while (this.#isSeparator());
		if (!this.#isSign('}')) throw this.#unclosed(open, null, '{');
		const end = this.#closed();
		return partOf({ kind: 'pairs', entries }, 'any', { at: open.at, end });
	}

	#call(token: FormulaToken & { kind: 'name' }): Part {
		const named = this.#names.function(token.name);
		this.#place++;
		const { parts, end } = this.#arguments(')');
		const place = { at: token.at, end };
		if (!named) {
			const suggestion = this.#names.nearFunction(token.name, this.#lang);
			const details = { name: token.name, suggestion };
			this.#notes.tell('unknown_function', token, details, suggestion || null);
			return partOf({ kind: 'literal', value: null }, 'any', place);
		}
		const candidates = named.kind === 'function' ? named.found : [];
		const [least, most] =
			named.kind === 'form'
				? [FORMULA_FORMS[named.form].least, FORMULA_FORMS[named.form].most]
				: named.kind === 'macro'
					? [named.macro.count, named.macro.count]
					: [
							Math.min(...candidates.map((one) => one.least)),
							candidates.some((one) => one.most === null)
								? null
								: Math.max(...candidates.map((one) => one.most ?? 0))
						];
		const fn = ofCount(candidates, parts.length);
		const fits = parts.length >= least && (most === null || parts.length <= most);
		if (!fits || (named.kind === 'function' && !fn)) {
			this.#count(token, parts, least, most, place);
			return partOf({ kind: 'literal', value: null }, 'any', place);
		}
		if (named.kind === 'form') return this.#calls.form(named.form, parts, token, place);
		const args = parts.map(({ expression }) => expression);
		if (named.kind === 'macro') {
			const said = named.macro.read(args);
			if (!said) this.#notes.tell('constant_argument', parts[1] ?? place, { name: token.name });
			return partOf(said ?? { kind: 'literal', value: null }, named.macro.gives, place);
		}
		if (!fn) return partOf({ kind: 'literal', value: null }, 'any', place);
		this.#calls.checkArguments(token.name, fn, parts);
		if (fn.filled !== null && args.length < (fn.most ?? 0))
			args.push({ kind: 'literal', value: this.#filled(fn.filled) });
		return partOf({ kind: 'call', fn: fn.fn, args }, fn.gives, place);
	}

	#filled(by: 'lang' | 'mark' | number): string | number {
		if (by === 'lang') return this.#lang;
		return by === 'mark' ? (this.#lang === 'fr' ? ',' : '.') : by;
	}

	#count(
		token: FormulaToken & { kind: 'name' },
		parts: readonly Part[],
		least: number,
		most: number | null,
		place: Place
	): void {
		// `max(1,2)` in French is one number: the comma was meant to separate.
		const commas = parts.flatMap((part) => {
			const found = this.#tokens.find((t) => t.at === part.at && t.end === part.end);
			return found?.kind === 'number' && found.comma ? [found] : [];
		});
		const meant = parts.length + commas.length;
		if (commas[0] && commas.length === 1 && meant >= least && (most === null || meant <= most))
			return this.#notes.tell(
				'comma_separator',
				commas[0],
				{},
				this.#notes.written(commas[0]).replace(',', '; ')
			);
		this.#notes.tell('argument_count', place, {
			name: token.name,
			given: parts.length,
			least,
			most: most ?? ''
		});
	}
}

const negated = (of: Expression): Expression =>
	of.kind === 'literal' && typeof of.value === 'number' && of.value > 0
		? { kind: 'literal', value: -of.value }
		: { kind: 'unary', operator: '-', of };

function isPattern(source: string, flags: string): boolean {
	try {
		return new RegExp(source, flags) instanceof RegExp;
	} catch {
		return false;
	}
}

/** Reads a formula; every problem has a place, and the first of them comes first. */
export function parseFormula(text: string, lang: Lang, context: FormulaContext): ParsedFormula {
	if (text.length > FORMULA_CHARS) {
		const details = { max: FORMULA_CHARS };
		return {
			ok: false,
			problems: [{ code: 'too_long', details, at: FORMULA_CHARS, length: 0, mend: null }]
		};
	}
	const notes = new FormulaNotes(text);
	try {
		const { expression, type } = new Reader(notes, lang, context).read();
		// No step would be read again from what has more parts.
		if (writtenParts(expression) > MAX_PARTS)
			notes.problems.push({
				code: 'too_deep',
				details: {},
				at: 0,
				length: text.length,
				mend: null
			});
		if (notes.problems.length === 0) return { ok: true, expression, type };
		return { ok: false, problems: inOrder(notes.problems) };
	} catch (error) {
		if (!(error instanceof Stop)) throw error;
		return { ok: false, problems: inOrder([...notes.problems, error.problem]) };
	}
}

const inOrder = (problems: readonly FormulaProblem[]): FormulaProblem[] =>
	[...problems].sort((a, b) => a.at - b.at);
