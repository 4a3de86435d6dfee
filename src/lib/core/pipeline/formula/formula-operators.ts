/** What the operators of a formula make of their two sides, and what they cannot be given. */
import type { Lang } from '../../notebook/notebook.ts';
import type { BinaryOperator, Expression } from '../expression.ts';
import type { FormulaType } from './formula-function.ts';
import {
	both,
	joinedItems,
	joinOf,
	type FormulaNotes,
	type Part,
	type Place
} from './formula-part.ts';

/** How tight each operator binds. */
export const LEVELS: ReadonlyMap<string, number> = new Map([
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
export const NOT_LEVEL = 4;
export const COMPARISON = 5;

const OPERATORS: Readonly<Record<string, BinaryOperator>> = {
	...{ '??': '??', or: '||', and: '&&', '=': '===', '<>': '!==', '<': '<', '<=': '<=' },
	...{ '==': '==', '!=': '!=', '===': '===', '!==': '!==' },
	...{ '>': '>', '>=': '>=', '+': '+', '-': '-', '*': '*', '/': '/', '%': '%', '^': '**' }
};

const LOOSE: Readonly<Record<string, BinaryOperator>> = { '=': '==', '<>': '!=' };

export class FormulaOperators {
	readonly #notes: FormulaNotes;
	readonly #lang: Lang;

	constructor(notes: FormulaNotes, lang: Lang) {
		this.#notes = notes;
		this.#lang = lang;
	}

	/** @param sign where the operator stands */
	combined(operator: string, first: Part, second: Part, sign: Place): Part {
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

	#check(operator: string, left: Part, right: Part, sign: Place): void {
		const name = this.#notes.written(sign);
		const sides = [left, right];
		if (LEVELS.get(operator) === COMPARISON) return this.#checkComparison(left, right);
		if (operator === '+') {
			const text = sides.find(({ type }) => type === 'text');
			const number = sides.some(({ type }) => type === 'number');
			if (text && number && !left.words && !right.words)
				return this.#notes.tell('text_added', sign, { text: this.#notes.written(text) }, '&');
		} else if (['-', '*', '/', '%', '^'].includes(operator)) {
			const text = sides.find(({ type }) => type === 'text');
			if (text)
				return this.#notes.tell('text_arithmetic', text, { name, text: this.#notes.written(text) });
		} else return;
		if (!sides.some(({ type }) => type === 'date') || left.words || right.words) return;
		if (operator !== '-' || left.type !== 'date' || right.type !== 'date')
			return this.#notes.tell('date_arithmetic', sign, { name });
		const [end, start] = [this.#notes.written(left), this.#notes.written(right)];
		const mend = `${this.#lang === 'fr' ? 'jours' : 'days'}(${end}; ${start})`;
		this.#notes.tell('date_difference', { at: left.at, end: right.end }, {}, mend);
	}

	/** A text that is compared with a date is read as one. */
	#asDate(part: Part, other: Part): Part {
		if (other.type !== 'date' || part.type !== 'text') return part;
		const { expression } = part;
		const day = expression.kind === 'literal' ? expression.value : null;
		if (typeof day !== 'string' || !isDay(day)) {
			this.#notes.tell('date_and_text', part, { text: this.#notes.written(part) });
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
		const details = { text: this.#notes.written(text), number: this.#notes.written(number) };
		if (number.expression.kind === 'literal')
			return this.#notes.tell('text_and_number', number, details, `"${details.number}"`);
		const literal = text.expression.kind === 'literal' ? text.expression.value : null;
		const reads = typeof literal === 'string' && /^\d+(?:[.,]\d+)?$/.test(literal.trim());
		const mend = reads ? this.#number(literal.trim()) : null;
		this.#notes.tell('text_and_number', text, details, mend);
	}
	#number(text: string): string {
		return this.#lang === 'fr' ? text.replace('.', ',') : text.replace(',', '.');
	}
}

const isDay = (text: string): boolean =>
	/^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?Z?)?$/.test(text) && !Number.isNaN(Date.parse(text));

const isNull = (expression: Expression): boolean =>
	expression.kind === 'literal' && expression.value === null;
