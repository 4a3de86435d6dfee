/**
 * Reading a formula, as people who know spreadsheets write it: columns by name, `si(…; …; …)`, `=` and `<>`, texts
 * joined by `&`. What it says becomes an `Expression`; what is wrong becomes problems with a place in the text.
 *
 * Operators bind as in spreadsheets: a sign before a number binds tighter than `^`, and `^` goes from left to right.
 */
import type { Lang } from '../../notebook/notebook.ts';
import { writtenParts } from '../compositions.ts';
import type { BinaryOperator, Expression } from '../expression.ts';
import { MAX_PARTS } from '../parse-expression.ts';
import type { FormulaContext, FormulaFunction, FormulaType } from './formula-function.ts';
import { FormulaNames, ofCount } from './formula-names.ts';
import type { FormulaProblem, FormulaProblemCode } from './formula-problem.ts';
import { formulaTokens } from './formula-token.ts';
import type { FormulaToken } from './formula-token.ts';
import type { FormulaForm } from './formula-words.ts';
import { FORMULA_FORMS, wordOf, writtenColumn } from './formula-words.ts';

export const FORMULA_CHARS = 10_000;
const MAX_DEPTH = 60;
/** Operators and arguments: a chain of them is as deep a tree as it is long. */
const MAX_TERMS = 1_000;

export type ParsedFormula =
	| { readonly ok: true; readonly expression: Expression; readonly type: FormulaType }
	| { readonly ok: false; readonly problems: readonly FormulaProblem[] };

/** An expression where it stands. */
interface Part {
	readonly expression: Expression;
	readonly type: FormulaType;
	readonly at: number;
	readonly end: number;
	/** A text written in the formula is one of its terms: `+` then joins on purpose. */
	readonly words: boolean;
}

type Told = [
	code: FormulaProblemCode,
	place: { at: number; end: number },
	details?: FormulaProblem['details'],
	mend?: string | null
];

/** What ends the reading. */
class Stop extends Error {
	readonly problem: FormulaProblem;
	constructor(problem: FormulaProblem) {
		super(problem.code);
		this.problem = problem;
	}
}

/** How tight each operator binds. */
const LEVELS: ReadonlyMap<string, number> = new Map([
	['??', 1],
	['or', 2],
	['and', 3],
	...['=', '<>', '==', '!=', '===', '!==', '<', '<=', '>', '>='].map((sign): [string, number] => [
		sign,
		5
	]),
	['&', 6],
	['+', 7],
	['-', 7],
	['*', 8],
	['/', 8],
	['%', 8],
	['^', 9]
]);
const NOT_LEVEL = 4;
const COMPARISON = 5;

const OPERATORS: Readonly<Record<string, BinaryOperator>> = {
	...{ '??': '??', or: '||', and: '&&', '=': '===', '<>': '!==', '<': '<', '<=': '<=' },
	...{ '==': '==', '!=': '!=', '===': '===', '!==': '!==' },
	...{ '>': '>', '>=': '>=', '+': '+', '-': '-', '*': '*', '/': '/', '%': '%', '^': '**' }
};

const LOOSE: Readonly<Record<string, BinaryOperator>> = { '=': '==', '<>': '!=' };

const TYPE_OF_VALUE = (value: string | number | boolean | null): FormulaType =>
	typeof value === 'string'
		? 'text'
		: typeof value === 'number'
			? 'number'
			: typeof value === 'boolean'
				? 'boolean'
				: 'any';

const both = (a: FormulaType, b: FormulaType): FormulaType => (a === b ? a : 'any');

class Reader {
	readonly #text: string;
	readonly #lang: Lang;
	readonly #names: FormulaNames;
	readonly #tokens: readonly FormulaToken[];
	readonly problems: FormulaProblem[] = [];
	#place = 0;
	#depth = 0;
	#terms = 0;

	constructor(text: string, lang: Lang, context: FormulaContext) {
		this.#text = text;
		this.#lang = lang;
		this.#names = new FormulaNames(context);
		this.#tokens = formulaTokens(text, lang);
	}

	read(): Part {
		// A spreadsheet's formula begins with its sign.
		if (this.#isSign('=')) this.#place++;
		const first = this.#now;
		if (first.kind === 'end') throw this.#stop('empty', first);
		const part = this.#binary(1);
		const after = this.#now;
		if (after.kind === 'end') return part;
		if (after.kind === 'sign' && (after.sign === ')' || after.sign === '}'))
			throw this.#stop('extra_paren', after, { name: after.sign }, '');
		if (after.kind === 'sign' && after.sign === ',') throw this.#comma(after);
		throw this.#adjacent();
	}

	get #now(): FormulaToken {
		return this.#tokens[Math.min(this.#place, this.#tokens.length - 1)] as FormulaToken;
	}
	#written({ at, end }: { at: number; end: number }): string {
		return this.#text.slice(at, end);
	}
	#isSign(sign: string): boolean {
		const now = this.#now;
		return now.kind === 'sign' && now.sign === sign;
	}

	#problem(
		code: FormulaProblemCode,
		{ at, end }: { at: number; end: number },
		details: FormulaProblem['details'] = {},
		mend: string | null = null
	): FormulaProblem {
		return { code, details, at, length: end - at, mend };
	}
	#stop(...told: Told): Stop {
		return new Stop(this.#problem(...told));
	}
	/** A problem that the reading goes on after. */
	#tell(...told: Told): void {
		this.problems.push(this.#problem(...told));
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
		if (++this.#depth > MAX_DEPTH) throw this.#stop('too_deep', this.#now);
		let left = this.#isNot() && least <= NOT_LEVEL ? this.#not() : this.#unary();
		for (;;) {
			const operator = this.#operator();
			const level = operator === null ? 0 : (LEVELS.get(operator) ?? 0);
			if (operator === null || level < least) break;
			const sign = this.#now;
			this.#counted();
			this.#place++;
			const right = this.#binary(level + 1);
			left = this.#combined(operator, left, right, sign);
			const next = this.#operator();
			if (level === COMPARISON && next !== null && LEVELS.get(next) === COMPARISON)
				throw this.#stop('chained', this.#now);
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

	#combined(operator: string, first: Part, second: Part, sign: FormulaToken): Part {
		const place = { at: first.at, end: second.end };
		if (operator === '&') return this.#joined(first, second);
		const comparison = LEVELS.get(operator) === COMPARISON;
		const [left, right] = comparison
			? [this.#asDate(first, second), this.#asDate(second, first)]
			: [first, second];
		if ((operator === '=' || operator === '<>') && left.type === 'date' && right.type === 'date') {
			// Two dates of the same moment are two objects: the language would say that they differ.
			const same: Expression = {
				kind: 'call',
				fn: 'equal',
				args: [left.expression, right.expression]
			};
			const expression: Expression =
				operator === '=' ? same : { kind: 'unary', operator: '!', of: same };
			return { expression, type: 'boolean', words: false, ...place };
		}
		this.#check(operator, left, right, sign);
		const words = operator === '+' && (left.words || right.words);
		const type = this.#typeOf(operator, left, right);
		// What is absent is null or undefined: `=` finds both.
		const absent = [left, right].some((side) => isNull(side.expression));
		const loose = absent ? LOOSE[operator] : undefined;
		const expression: Expression = {
			kind: 'binary',
			operator: loose ?? OPERATORS[operator] ?? '+',
			left: left.expression,
			right: right.expression
		};
		return { expression, type, words, ...place };
	}

	#typeOf(operator: string, left: Part, right: Part): FormulaType {
		if (LEVELS.get(operator) === COMPARISON) return 'boolean';
		if (operator === 'and' || operator === 'or' || operator === '??')
			return both(left.type, right.type);
		if (operator !== '+') return 'number';
		if (left.type === 'text' || right.type === 'text') return 'text';
		return left.type === 'number' && right.type === 'number' ? 'number' : 'any';
	}

	/** `a & b & c` is one join of three. */
	#joined(left: Part, right: Part): Part {
		const items = [...joinedItems(left.expression), ...joinedItems(right.expression)];
		return {
			expression: joinOf(items),
			type: 'text',
			at: left.at,
			end: right.end,
			words: false
		};
	}

	#check(operator: string, left: Part, right: Part, sign: FormulaToken): void {
		const name = this.#written(sign);
		const sides = [left, right];
		if (LEVELS.get(operator) === COMPARISON) return this.#checkComparison(left, right);
		if (operator === '+') {
			const text = sides.find(({ type }) => type === 'text');
			const number = sides.some(({ type }) => type === 'number');
			if (text && number && !left.words && !right.words)
				return this.#tell('text_added', sign, { text: this.#written(text) }, '&');
		} else if (['-', '*', '/', '%', '^'].includes(operator)) {
			const text = sides.find(({ type }) => type === 'text');
			if (text) return this.#tell('text_arithmetic', text, { name, text: this.#written(text) });
		} else return;
		if (!sides.some(({ type }) => type === 'date') || left.words || right.words) return;
		if (operator !== '-' || left.type !== 'date' || right.type !== 'date')
			return this.#tell('date_arithmetic', sign, { name });
		const [end, start] = [this.#written(left), this.#written(right)];
		const mend = `${this.#lang === 'fr' ? 'jours' : 'days'}(${end}; ${start})`;
		this.#tell('date_difference', { at: left.at, end: right.end }, {}, mend);
	}

	/** A text that is compared with a date is read as one. */
	#asDate(part: Part, other: Part): Part {
		if (other.type !== 'date' || part.type !== 'text') return part;
		const { expression } = part;
		const day = expression.kind === 'literal' ? expression.value : null;
		if (typeof day !== 'string' || !isDay(day)) {
			this.#tell('date_and_text', part, { text: this.#written(part) });
			return part;
		}
		return {
			...part,
			expression: { kind: 'call', fn: 'parse_date', args: [expression] },
			type: 'date'
		};
	}

	#checkComparison(left: Part, right: Part): void {
		const text = [left, right].find(({ type }) => type === 'text');
		const number = [left, right].find(({ type }) => type === 'number');
		if (!text || !number) return;
		const details = { text: this.#written(text), number: this.#written(number) };
		if (number.expression.kind === 'literal')
			return this.#tell('text_and_number', number, details, `"${details.number}"`);
		const literal = text.expression.kind === 'literal' ? text.expression.value : null;
		const reads = typeof literal === 'string' && /^\d+(?:[.,]\d+)?$/.test(literal.trim());
		const mend = reads ? this.#number(literal.trim()) : null;
		this.#tell('text_and_number', text, details, mend);
	}
	#number(text: string): string {
		return this.#lang === 'fr' ? text.replace('.', ',') : text.replace(',', '.');
	}

	#unary(): Part {
		const now = this.#now;
		if (now.kind === 'sign' && (now.sign === '-' || now.sign === '+')) {
			this.#place++;
			if (++this.#depth > MAX_DEPTH) throw this.#stop('too_deep', now);
			const of = this.#unary();
			this.#depth--;
			if (of.type === 'text')
				this.#tell('text_arithmetic', of, { name: now.sign, text: this.#written(of) });
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
					throw this.#stop('unclosed_text', now, {}, `${this.#written(now).trimEnd()}"`);
				return { ...this.#literal(now, now.value), words: true };
			case 'bad-number':
				throw this.#stop('number', now, { name: this.#written(now) });
			case 'bad':
				throw this.#stop('character', now, { name: this.#written(now) }, '');
			case 'pattern':
				this.#place++;
				if (!isPattern(now.source, now.flags))
					this.#tell('pattern', now, { name: this.#written(now) });
				return this.#part({ kind: 'pattern', source: now.source, flags: now.flags }, 'any', now);
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
		throw this.#stop('missing_value', now, { name: this.#written(now) });
	}

	#part(expression: Expression, type: FormulaType, place: { at: number; end: number }): Part {
		return { expression, type, at: place.at, end: place.end, words: false };
	}
	#literal(token: FormulaToken, value: string | number | boolean | null): Part {
		this.#place++;
		return this.#part({ kind: 'literal', value }, TYPE_OF_VALUE(value), token);
	}

	#column(token: FormulaToken & { kind: 'column' }): Part {
		if (!token.closed)
			throw this.#stop('unclosed_name', token, {}, `${this.#written(token).trimEnd()}]`);
		this.#place++;
		const column = this.#names.column(token.name);
		if (column) return this.#part({ kind: 'column', name: column.name }, column.type, token);
		const suggestion = this.#names.nearColumn(token.name);
		this.#tell(
			'unknown_column',
			token,
			{ name: token.name, suggestion },
			suggestion ? writtenColumn(suggestion) : null
		);
		return this.#part({ kind: 'column', name: token.name }, 'any', token);
	}

	#param(token: FormulaToken & { kind: 'param' }): Part {
		this.#place++;
		const param = this.#names.param(token.name);
		if (!param) {
			const suggestion = this.#names.nearParam(token.name);
			this.#tell(
				'unknown_param',
				token,
				{ name: token.name, suggestion },
				suggestion ? `$${suggestion}` : null
			);
		}
		return this.#part({ kind: 'param', name: token.name }, param?.type ?? 'any', token);
	}

	#name(token: FormulaToken & { kind: 'name' }): Part {
		const next = this.#tokens[this.#place + 1];
		if (next?.kind === 'sign' && next.sign === '(') return this.#call(token);
		const word = wordOf(token.name);
		if (word === 'true' || word === 'false') return this.#literal(token, word === 'true');
		if (word === 'null') return this.#literal(token, null);
		if (word === 'and' || word === 'or')
			throw this.#stop('missing_value', token, { name: token.name });
		if (word === 'not') return this.#not();
		const column = this.#names.column(token.name);
		if (column) {
			// Columns whose names begin alike: `prix` beside `prix du billet`.
			if (!this.#continues()) {
				this.#place++;
				return this.#part({ kind: 'column', name: column.name }, column.type, token);
			}
		} else if (this.#names.param(token.name)) {
			this.#place++;
			const type = this.#names.param(token.name)?.type ?? 'any';
			return this.#part({ kind: 'param', name: token.name }, type, token);
		}
		const spaced = this.#spaced();
		if (spaced) return spaced;
		if (column) {
			this.#place++;
			return this.#part({ kind: 'column', name: column.name }, column.type, token);
		}
		if (this.#names.function(token.name))
			throw this.#stop('not_called', token, { name: token.name }, `${token.name}(`);
		const suggestion = this.#names.nearColumn(token.name) || this.#names.nearParam(token.name);
		this.#tell(
			'unknown_column',
			token,
			{ name: token.name, suggestion },
			suggestion ? writtenColumn(suggestion) : null
		);
		this.#place++;
		return this.#part({ kind: 'column', name: token.name }, 'any', token);
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
			const column = this.#names.column(this.#text.slice(first.at, end));
			if (!column) continue;
			const place = { at: first.at, end };
			this.#tell('spaced_column', place, { name: column.name }, writtenColumn(column.name));
			this.#place = last + 1;
			return this.#part({ kind: 'column', name: column.name }, column.type, place);
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
			return this.#stop('unclosed_paren', open, { name, end: this.#text.length });
		if (now.kind === 'sign' && now.sign === ',') return this.#comma(now);
		if (now.kind === 'sign' && now.sign === ';')
			return this.#stop('missing_operator', now, { name: ';' });
		return inside
			? this.#adjacent()
			: this.#stop('missing_value', now, { name: this.#written(now) });
	}

	/** Two values side by side. */
	#adjacent(): Stop {
		const now = this.#now;
		if (now.kind === 'bad') return this.#stop('character', now, { name: this.#written(now) }, '');
		if (now.kind === 'sign' && now.sign === '!')
			return this.#stop('character', now, { name: '!' }, '');
		return this.#stop('missing_operator', now, { name: this.#written(now) });
	}

	/** A comma that is no separator here: a decimal one in English, a separator of English in French. */
	#comma(comma: FormulaToken): Stop {
		if (this.#lang === 'fr') return this.#stop('comma_separator', comma, {}, ';');
		const [before, next] = [this.#tokens[this.#place - 1], this.#tokens[this.#place + 1]];
		if (before?.kind !== 'number' || next?.kind !== 'number')
			return this.#stop('missing_operator', comma, { name: ',' });
		const place = { at: before.at, end: next.end };
		const name = this.#written(place);
		return this.#stop('decimal_comma', place, { name }, name.replace(/,\s*/, '.'));
	}

	// ---------------------------------------------------------------- calls and lists

	#counted(): void {
		if (++this.#terms > MAX_TERMS) throw this.#stop('too_deep', this.#now);
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
			return this.#part({ kind: 'pairs', entries: [] }, 'any', { at: open.at, end: colon.end });
		}
		if (!(key?.kind === 'text' && colon?.kind === 'sign' && colon.sign === ':')) {
			const { parts, end } = this.#arguments('}');
			const items = parts.map(({ expression }) => expression);
			return this.#part({ kind: 'list', items }, 'any', { at: open.at, end });
		}
		const entries: [string, Expression][] = [];
		do {
			this.#place++;
			const name = this.#now;
			if (name.kind !== 'text' || !name.closed)
				throw this.#stop('missing_value', name, { name: this.#written(name) });
			this.#place++;
			if (!this.#isSign(':'))
				throw this.#stop('missing_operator', this.#now, { name: this.#written(this.#now) });
			this.#place++;
			this.#counted();
			entries.push([name.value, this.#binary(1).expression]);
		} while (this.#isSeparator());
		if (!this.#isSign('}')) throw this.#unclosed(open, null, '{');
		const end = this.#closed();
		return this.#part({ kind: 'pairs', entries }, 'any', { at: open.at, end });
	}

	#call(token: FormulaToken & { kind: 'name' }): Part {
		const named = this.#names.function(token.name);
		this.#place++;
		const { parts, end } = this.#arguments(')');
		const place = { at: token.at, end };
		if (!named) {
			const suggestion = this.#names.nearFunction(token.name, this.#lang);
			const details = { name: token.name, suggestion };
			this.#tell('unknown_function', token, details, suggestion || null);
			return this.#part({ kind: 'literal', value: null }, 'any', place);
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
			return this.#part({ kind: 'literal', value: null }, 'any', place);
		}
		if (named.kind === 'form') return this.#form(named.form, parts, token, place);
		const args = parts.map(({ expression }) => expression);
		if (named.kind === 'macro') {
			const said = named.macro.read(args);
			if (!said) this.#tell('constant_argument', parts[1] ?? place, { name: token.name });
			return this.#part(said ?? { kind: 'literal', value: null }, named.macro.gives, place);
		}
		if (!fn) return this.#part({ kind: 'literal', value: null }, 'any', place);
		this.#checkArguments(token.name, fn, parts);
		if (fn.filled !== null && args.length < (fn.most ?? 0))
			args.push({ kind: 'literal', value: fn.filled === 'lang' ? this.#lang : fn.filled });
		return this.#part({ kind: 'call', fn: fn.fn, args }, fn.gives, place);
	}

	#checkArguments(name: string, fn: FormulaFunction, parts: readonly Part[]): void {
		parts.forEach((part, place) => {
			const wanted = fn.takes[Math.min(place, fn.takes.length - 1)];
			const wrong =
				(wanted === 'number' && part.type === 'text') ||
				(wanted === 'date' && (part.type === 'text' || part.type === 'number'));
			if (wrong) this.#tell('argument_type', part, { name, text: this.#written(part), wanted });
		});
	}

	#count(
		token: FormulaToken & { kind: 'name' },
		parts: readonly Part[],
		least: number,
		most: number | null,
		place: { at: number; end: number }
	): void {
		// `max(1,2)` in French is one number: the comma was meant to separate.
		const commas = parts.flatMap((part) => {
			const found = this.#tokens.find((t) => t.at === part.at && t.end === part.end);
			return found?.kind === 'number' && found.comma ? [found] : [];
		});
		const meant = parts.length + commas.length;
		if (commas[0] && commas.length === 1 && meant >= least && (most === null || meant <= most))
			return this.#tell(
				'comma_separator',
				commas[0],
				{},
				this.#written(commas[0]).replace(',', '; ')
			);
		this.#tell('argument_count', place, {
			name: token.name,
			given: parts.length,
			least,
			most: most ?? ''
		});
	}

	#form(
		form: FormulaForm,
		parts: readonly Part[],
		token: FormulaToken,
		place: { at: number; end: number }
	): Part {
		const [first, second, third, fourth] = parts;
		if (!first) return this.#part({ kind: 'literal', value: null }, 'any', place);
		const chain = (sign: string): Part => ({
			...parts.reduce((left, right) => this.#combined(sign, left, right, token)),
			...place
		});
		switch (form) {
			case 'if':
				return this.#choice([...parts], place);
			case 'ifs':
				return this.#choice([...parts], place);
			case 'and':
			case 'or':
				return chain(form);
			case 'mod':
				return chain('%');
			case 'power':
				return chain('^');
			case 'not':
				return this.#part({ kind: 'unary', operator: '!', of: first.expression }, 'boolean', place);
			case 'join': {
				const items = parts.flatMap(({ expression }) => joinedItems(expression));
				return this.#part(joinOf(items), 'text', place);
			}
			case 'item': {
				const at = second?.expression.kind === 'literal' ? Number(second.expression.value) : NaN;
				if (second && !(Number.isInteger(at) && at >= 1))
					this.#tell('constant_argument', second, { name: this.#written(token) });
				return this.#part({ kind: 'item', of: first.expression, at: at - 1 }, 'text', place);
			}
			case 'rolling': {
				const frame = (part: Part | undefined): number | null | undefined =>
					part?.expression.kind === 'literal' &&
					(part.expression.value === null || typeof part.expression.value === 'number')
						? part.expression.value
						: undefined;
				const [from, to] = [frame(second), frame(third)];
				for (const [part, value] of [
					[second, from],
					[third, to]
				] as const)
					if (part && value === undefined)
						this.#tell('constant_argument', part, { name: this.#written(token) });
				const peers = fourth?.expression.kind === 'literal' && fourth.expression.value === true;
				return this.#part(
					{ kind: 'rolling', of: first.expression, from: from ?? null, to: to ?? null, peers },
					first.type,
					place
				);
			}
		}
	}

	/** `si(a; x; b; y; z)`: a test and its value, again and again; the last one is for everything else. */
	#choice(parts: readonly Part[], place: { at: number; end: number }): Part {
		const [test, then, ...rest] = parts;
		if (!test || !then) return test ?? this.#part({ kind: 'literal', value: null }, 'any', place);
		const otherwise =
			rest.length > 0
				? this.#choice(rest, place)
				: this.#part({ kind: 'literal', value: null }, 'any', place);
		return this.#part(
			{
				kind: 'choice',
				test: test.expression,
				then: then.expression,
				otherwise: otherwise.expression
			},
			rest.length > 0 ? both(then.type, otherwise.type) : then.type,
			place
		);
	}
}

/** What joins texts, absent values being empty: `op.join([…], '')`. */
export const JOIN = 'join';
const joinOf = (items: readonly Expression[]): Expression => ({
	kind: 'call',
	fn: JOIN,
	args: [
		{ kind: 'list', items },
		{ kind: 'literal', value: '' }
	]
});
/** The texts that a join joins; of anything else, itself. */
export function joinedItems(expression: Expression): readonly Expression[] {
	if (expression.kind !== 'call' || expression.fn !== JOIN) return [expression];
	const [list, between, more] = expression.args;
	return list?.kind === 'list' && between?.kind === 'literal' && between.value === '' && !more
		? list.items
		: [expression];
}

const isDay = (text: string): boolean =>
	/^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?Z?)?$/.test(text) && !Number.isNaN(Date.parse(text));

const isNull = (expression: Expression): boolean =>
	expression.kind === 'literal' && expression.value === null;

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
	const reader = new Reader(text, lang, context);
	try {
		const { expression, type } = reader.read();
		// No step would be read again from what has more parts.
		if (writtenParts(expression) > MAX_PARTS)
			reader.problems.push({
				code: 'too_deep',
				details: {},
				at: 0,
				length: text.length,
				mend: null
			});
		if (reader.problems.length === 0) return { ok: true, expression, type };
		return { ok: false, problems: inOrder(reader.problems) };
	} catch (error) {
		if (!(error instanceof Stop)) throw error;
		return { ok: false, problems: inOrder([...reader.problems, error.problem]) };
	}
}

const inOrder = (problems: readonly FormulaProblem[]): FormulaProblem[] =>
	[...problems].sort((a, b) => a.at - b.at);
