/** Writing an expression as a formula in one language; `parseFormula` reads it back as the same expression. */
import type { Lang } from '../../notebook/notebook.ts';
import { foldedText } from '../../folded-text.ts';
import type { BinaryOperator, Expression } from '../expression.ts';
import type { FormulaContext } from './formula-function.ts';
import { argsOfMacro, FORMULA_MACROS } from './formula-macro.ts';
import { FormulaNames } from './formula-names.ts';
import { JOIN, joinedItems } from './formula-part.ts';
import { FORMULA_FORMS, FORMULA_WORDS, writtenColumn } from './formula-words.ts';
import type { FormulaForm } from './formula-words.ts';

/** Equality with what is absent is the loose one, and the other way round the exact sign is written. */
const sign = (operator: BinaryOperator, absent: boolean): string => {
	if (operator === '**') return '^';
	if (operator === (absent ? '==' : '===')) return '=';
	return operator === (absent ? '!=' : '!==') ? '<>' : operator;
};
const isNull = (of: Expression): boolean => of.kind === 'literal' && of.value === null;
/** As `parseFormula` binds them. */
const LEVELS: Readonly<Record<string, number>> = {
	...{
		'??': 1,
		'||': 2,
		'&&': 3,
		'===': 5,
		'!==': 5,
		'==': 5,
		'!=': 5,
		'<': 5,
		'<=': 5,
		'>': 5,
		'>=': 5
	},
	...{ '&': 6, '+': 7, '-': 7, '*': 8, '/': 8, '%': 8, '**': 9 }
};
const [NOT, COMPARISON, SIGN, VALUE] = [4, 5, 10, 11];

export type PrintContext = Pick<FormulaContext, 'functions'> & Partial<FormulaContext>;

class Writer {
	readonly #lang: Lang;
	readonly #context: PrintContext;
	readonly #names: FormulaNames;
	readonly #separator: string;

	constructor(lang: Lang, context: PrintContext) {
		this.#lang = lang;
		this.#context = context;
		this.#names = new FormulaNames({ columns: [], params: [], functions: context.functions });
		this.#separator = lang === 'fr' ? '; ' : ', ';
	}

	/** The text, in parentheses where it binds less than `least`. */
	write(expression: Expression, least = 0): string {
		const { text, level } = this.#written(expression);
		return level < least ? `(${text})` : text;
	}

	#list(items: readonly Expression[]): string {
		return items.map((item) => this.write(item)).join(this.#separator);
	}
	#form(form: FormulaForm): string {
		return FORMULA_FORMS[form].names[this.#lang][0] ?? form;
	}
	#word(word: keyof typeof FORMULA_WORDS): string {
		return FORMULA_WORDS[word][this.#lang][0] ?? word;
	}

	#written(expression: Expression): { text: string; level: number } {
		const value = (text: string): { text: string; level: number } => ({ text, level: VALUE });
		for (const macro of FORMULA_MACROS) {
			const args = argsOfMacro(macro, expression);
			if (args) return value(`${macro.names[this.#lang][0] ?? ''}(${this.#list(args)})`);
		}
		switch (expression.kind) {
			case 'literal':
				return this.#literal(expression.value);
			case 'column':
				return value(writtenColumn(expression.name));
			case 'param':
				return value(this.#param(expression.name));
			case 'call':
				return this.#call(expression);
			case 'unary': {
				if (expression.operator === '-')
					return { text: `-${this.write(expression.of, SIGN)}`, level: SIGN };
				return {
					text: `${this.#word('not')} ${this.write(expression.of, NOT)}`,
					level: NOT
				};
			}
			case 'binary': {
				const { operator, left, right } = expression;
				const level = LEVELS[operator] ?? 0;
				const written =
					operator === '&&'
						? this.#word('and')
						: operator === '||'
							? this.#word('or')
							: sign(operator, isNull(left) || isNull(right));
				// A comparison of a comparison is not read without its parentheses.
				const first = this.write(left, level === COMPARISON ? level + 1 : level);
				const second = this.write(right, level + 1);
				// `15 % - 2` is fifteen hundredths less two.
				const apart = operator === '%' && second.startsWith('-');
				return { text: `${first} ${written} ${apart ? `(${second})` : second}`, level };
			}
			case 'choice': {
				const { test, then, otherwise } = expression;
				return value(`${this.#form('if')}(${this.#list([test, then, otherwise])})`);
			}
			case 'item': {
				const place: Expression = { kind: 'literal', value: expression.at + 1 };
				return value(`${this.#form('item')}(${this.#list([expression.of, place])})`);
			}
			case 'list':
				return value(`{${this.#list(expression.items)}}`);
			case 'pairs':
				if (expression.entries.length === 0) return value('{:}');
				return value(
					`{${expression.entries
						.map(([key, of]) => `${quoted(key)}: ${this.write(of)}`)
						.join(this.#separator)}}`
				);
			case 'pattern':
				return value(`/${expression.source}/${expression.flags}`);
			case 'rolling': {
				const { of, from, to, peers } = expression;
				const parts: Expression[] = [
					of,
					{ kind: 'literal', value: from },
					{ kind: 'literal', value: to },
					...(peers ? [{ kind: 'literal', value: true } as const] : [])
				];
				return value(`${this.#form('rolling')}(${this.#list(parts)})`);
			}
		}
	}

	#literal(value: string | number | boolean | null): { text: string; level: number } {
		if (value === null) return { text: this.#word('null'), level: VALUE };
		if (typeof value === 'string') return { text: quoted(value), level: VALUE };
		if (typeof value === 'boolean')
			return { text: this.#word(value ? 'true' : 'false'), level: VALUE };
		const text = this.#lang === 'fr' ? String(value).replace('.', ',') : String(value);
		return { text, level: value < 0 || Object.is(value, -0) ? SIGN : VALUE };
	}

	/** Without its sign only where it cannot be taken for a column. */
	#param(name: string): string {
		const { columns } = this.#context;
		const bare =
			columns !== undefined &&
			writtenColumn(name) === name &&
			!/\$/.test(name) &&
			!columns.some((column) => foldedText(column.name) === foldedText(name));
		return bare ? name : `$${name}`;
	}

	#call(expression: Expression & { kind: 'call' }): { text: string; level: number } {
		const items = expression.fn === JOIN ? joinedItems(expression) : [];
		if (items.length > 1)
			return {
				text: items.map((item) => this.write(item, (LEVELS['&'] ?? 0) + 1)).join(' & '),
				level: LEVELS['&'] ?? 0
			};
		const found = this.#context.functions.find(({ fn }) => fn === expression.fn);
		const name = found?.names[this.#lang].find((one) =>
			this.#names.stands(one, expression.args.length, found)
		);
		return { text: `${name ?? expression.fn}(${this.#list(expression.args)})`, level: VALUE };
	}
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** The formula that says what an expression does, in a language. `columns`: so that params stand without their `$`. */
export const printFormula = (expression: Expression, lang: Lang, context: PrintContext): string =>
	new Writer(lang, context).write(expression);
