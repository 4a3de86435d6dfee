/** Expressions as Arquero reads them: `(d, $) => d.prix >= $.minimum`. */
import { expandExpression } from './compositions.ts';
import type { Expression } from './expression.ts';
import { namesIn } from './make-expression.ts';

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;

const escaped = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A text as a literal of the language. */
export const printText = (text: string): string =>
	JSON.stringify(text).replace(/[\u2028\u2029]/g, escaped);

/** A key of an object: `prix`, `"Prix du billet"`; one that would set the object's prototype is computed. */
export const printKey = (name: string): string =>
	name === '__proto__'
		? '["__proto__"]'
		: IDENTIFIER.test(name) || /^(?:0|[1-9]\d{0,8})$/.test(name)
			? name
			: printText(name);

const printMember = (object: string, name: string): string =>
	IDENTIFIER.test(name) ? `${object}.${name}` : `${object}[${printText(name)}]`;

const printNumber = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

/** How tightly an operator holds; the looser one needs brackets inside the tighter. */
const STRENGTH: Readonly<Record<string, number>> = {
	...{ '??': 2, '||': 2, '&&': 3 },
	...{ '===': 5, '!==': 5, '==': 5, '!=': 5, '<': 6, '<=': 6, '>': 6, '>=': 6 },
	...{ '+': 7, '-': 7, '*': 8, '/': 8, '%': 8, '**': 9 }
};
const CHOICE = 1;
const UNARY = 10;
const WHOLE = 12;
const LOGIC = new Set(['&&', '||', '??']);

function strengthOf(expression: Expression): number {
	switch (expression.kind) {
		case 'binary':
			return STRENGTH[expression.operator] ?? 0;
		case 'choice':
			return CHOICE;
		case 'unary':
			return UNARY;
		case 'literal':
			return typeof expression.value === 'number' &&
				(expression.value < 0 || Object.is(expression.value, -0))
				? UNARY
				: WHOLE;
		default:
			return WHOLE;
	}
}

function print(expression: Expression, least: number): string {
	const text = bare(expression);
	return strengthOf(expression) < least ? `(${text})` : text;
}

function bare(expression: Expression): string {
	switch (expression.kind) {
		case 'literal':
			return typeof expression.value === 'string'
				? printText(expression.value)
				: typeof expression.value === 'number'
					? printNumber(expression.value)
					: String(expression.value);
		case 'column':
			return printMember('d', expression.name);
		case 'param':
			return printMember('$', expression.name);
		case 'call':
			return `op.${expression.fn}(${expression.args.map((arg) => print(arg, CHOICE)).join(', ')})`;
		case 'unary': {
			// `--x` would be another operator.
			const of = print(expression.of, UNARY);
			return expression.operator === '-' && of.startsWith('-')
				? `-(${of})`
				: `${expression.operator}${of}`;
		}
		case 'binary': {
			const { operator, left, right } = expression;
			const own = STRENGTH[operator] ?? 0;
			const mixed = (side: Expression): boolean =>
				LOGIC.has(operator) &&
				side.kind === 'binary' &&
				LOGIC.has(side.operator) &&
				side.operator !== operator;
			// To the power of groups from the right, and takes no sign on its left.
			const [leftLeast, rightLeast] = operator === '**' ? [WHOLE, own] : [own, own + 1];
			return `${print(left, mixed(left) ? WHOLE : leftLeast)} ${operator} ${print(right, mixed(right) ? WHOLE : rightLeast)}`;
		}
		case 'choice':
			return `${print(expression.test, CHOICE + 1)} ? ${print(expression.then, CHOICE)} : ${print(expression.otherwise, CHOICE)}`;
		case 'item':
			return `${print(expression.of, WHOLE)}[${expression.at}]`;
		case 'list':
			return `[${expression.items.map((item) => print(item, CHOICE)).join(', ')}]`;
		case 'pairs':
			return `{${expression.entries.map(([key, value]) => `${printKey(key)}: ${print(value, CHOICE)}`).join(', ')}}`;
		case 'pattern':
			return printPattern(expression.source, expression.flags);
		case 'rolling':
			return print(expression.of, 0);
	}
}

/**
 * A pattern's source never ends its literal: a slash outside of a class, or the end of a line, is escaped. One that no
 * literal can hold (a class that does not end, a lone backslash) becomes a pattern that finds nothing.
 */
function printPattern(source: string, flags: string): string {
	const text = source.replace(/\\[^]|[\n\r\u2028\u2029]/g, (part) =>
		/[\n\r\u2028\u2029]$/.test(part) ? escaped(part.slice(-1)) : part
	);
	const parts = /^(?:\\[^]|\[(?:\\[^]|[^\]\\])*\]|[^\\[])*$/;
	if (!parts.test(text)) return `/(?!)/${flags}`;
	return `/${
		text.replace(/\\[^]|\[(?:\\[^]|[^\]\\])*\]|\//g, (part) => (part === '/' ? '\\/' : part)) ||
		'(?:)'
	}/${flags}`;
}

/** The body of an expression's function. */
export const printBody = (expression: Expression): string => print(expandExpression(expression), 0);

/** A function of a row: `d => d.x`, `() => op.count()`, `(d, $) => d.x > $.y`. */
function printFunction(expression: Expression): string {
	const { columns, params } = namesIn(expression);
	const head = params.size ? '(d, $)' : columns.size ? 'd' : '()';
	const body = print(expression, 0);
	return `${head} => ${expression.kind === 'pairs' ? `(${body})` : body}`;
}

/** What a verb is given for a value: a function, or `aq.rolling(…)` of one. */
export function printValue(expression: Expression): string {
	const whole = expandExpression(expression);
	if (whole.kind !== 'rolling') return printFunction(whole);
	const edge = (at: number | null, open: string): string => (at === null ? open : printNumber(at));
	const { from, to, peers } = whole;
	const frame = `[${edge(from, '-Infinity')}, ${edge(to, 'Infinity')}]`;
	const usual = from === null && to === 0 && !peers;
	return `aq.rolling(${printFunction(whole.of)}${usual ? '' : `, ${frame}`}${peers ? ', true' : ''})`;
}
