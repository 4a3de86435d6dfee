/**
 * Expressions as functions of a row, without eval. What Arquero would compile of their printed text, these do: the same
 * functions are called, the same operations asked for, one for each that is asked for twice.
 */
import type { ColumnTable } from 'arquero';
import { functions, getAggregate, getWindow } from 'arquero/src/op/index.js';
import { InvalidError } from '../../core/errors.ts';
import { expandExpression } from '../../core/pipeline/compositions.ts';
import type { BinaryOperator, Expression } from '../../core/pipeline/expression.ts';
import { FUNCTIONS, takes } from '../../core/pipeline/functions.ts';
import { namesIn } from '../../core/pipeline/make-expression.ts';
import type { MadeColumn } from '../../core/pipeline/step.ts';
import type { Compiled, Frame, Operation, RowValue } from './operation.ts';

export interface Scope {
	readonly table: ColumnTable;
	/** Values of the notebook's names. */
	readonly params: ReadonlyMap<string, unknown>;
	/** What stands here may ask for aggregates of all rows. */
	readonly aggregates: boolean;
	/** It may ask for what depends on the rows around. */
	readonly windows: boolean;
	/** It is a value of a group: a column stands inside an aggregate only. */
	readonly ofGroup: boolean;
}

/** Throws an `InvalidError` that names what cannot be run. */
export function compile(columns: readonly MadeColumn[], scope: Scope): Compiled {
	const compiler = new Compiler(scope);
	return {
		names: columns.map(({ name }) => name),
		values: columns.map(({ value }) => compiler.value(expandExpression(value))),
		operations: compiler.operations
	};
}

const NO_ROW = -1;

class Compiler {
	readonly operations: Operation[] = [];
	readonly #scope: Scope;
	readonly #known: ReadonlySet<string>;
	readonly #byKey = new Map<string, RowValue>();
	readonly #fieldIds = new Map<string, number>();
	/** The operation whose arguments are being read. */
	#inside: string | null = null;
	#frame: { readonly frame: Frame; readonly peers: boolean } | null = null;

	constructor(scope: Scope) {
		this.#scope = scope;
		this.#known = new Set(scope.table.columnNames());
	}

	value(expression: Expression): RowValue {
		switch (expression.kind) {
			case 'literal':
				return constant(expression.value);
			case 'column':
				return this.#column(expression.name);
			case 'param': {
				const { params } = this.#scope;
				if (!params.has(expression.name))
					throw new InvalidError('step_name_unknown', { name: expression.name });
				return constant(params.get(expression.name));
			}
			case 'call':
				return this.#call(expression.fn, expression.args);
			case 'unary': {
				const of = this.value(expression.of);
				return expression.operator === '!'
					? (row, data, results) => !of(row, data, results)
					: (row, data, results) => -(of(row, data, results) as number);
			}
			case 'binary':
				return this.#binary(expression.operator, expression.left, expression.right);
			case 'item': {
				const of = this.value(expression.of);
				const { at } = expression;
				return (row, data, results) => (of(row, data, results) as readonly unknown[])[at];
			}
			case 'choice': {
				const test = this.value(expression.test);
				const then = this.value(expression.then);
				const otherwise = this.value(expression.otherwise);
				return (row, data, results) =>
					test(row, data, results) ? then(row, data, results) : otherwise(row, data, results);
			}
			case 'list': {
				const items = expression.items.map((item) => this.value(item));
				return (row, data, results) => items.map((item) => item(row, data, results));
			}
			case 'pairs':
				return this.#pairs(expression.entries);
			case 'pattern':
				return pattern(expression.source, expression.flags);
			case 'rolling': {
				const before = this.#frame;
				this.#frame = { frame: [expression.from, expression.to], peers: expression.peers };
				const of = this.value(expression.of);
				this.#frame = before;
				return of;
			}
		}
	}

	#column(name: string): RowValue {
		if (!this.#known.has(name)) throw new InvalidError('step_column_unknown', { name });
		if (this.#scope.ofGroup && this.#inside === null)
			throw new InvalidError('step_aggregate_wanted', { name });
		const column = this.#scope.table.column(name);
		const at = (
			Array.isArray(column) || (ArrayBuffer.isView(column) && !(column instanceof DataView))
				? (row: number) => (column as readonly unknown[])[row]
				: (row: number) => column?.at(row) as unknown
		) as RowValue;
		at.field = name;
		return at;
	}

	#binary(operator: BinaryOperator, left: Expression, right: Expression): RowValue {
		const [leftValue, rightValue] = [this.value(left), this.value(right)];
		// Arquero compares a text of a dictionary with a constant by its place there, so a number equals none of them.
		const strict = STRICT[operator];
		const coded = [left, right].some((side) => side.kind === 'column' && this.#coded(side.name));
		const fixed = [left, right].some((side) => side.kind === 'literal' && side.value !== null);
		return binary(strict && coded && fixed ? strict : operator, leftValue, rightValue);
	}

	/** The column keeps each text once. */
	#coded(name: string): boolean {
		const column: unknown = this.#scope.table.column(name);
		return typeof column === 'object' && column !== null && 'keyFor' in column;
	}

	#pairs(entries: readonly (readonly [key: string, value: Expression])[]): RowValue {
		const values = entries.map(([key, value]) => [key, this.value(value)] as const);
		// What no row changes is made once: a recoding of a hundred values is not made again for each row.
		if (entries.every(([, { kind }]) => kind === 'literal' || kind === 'param'))
			return constant(
				Object.fromEntries(values.map(([key, value]) => [key, value(NO_ROW, null, nothing)]))
			);
		return (row, data, results) =>
			Object.fromEntries(values.map(([key, value]) => [key, value(row, data, results)]));
	}

	#call(fn: string, args: readonly Expression[]): RowValue {
		const known = FUNCTIONS.get(fn);
		if (!known) throw new InvalidError('step_function_unknown', { name: fn });
		if (!takes(known, args.length)) throw new InvalidError('step_arguments', { name: fn });
		const operation = getAggregate(fn) || getWindow(fn);
		if (operation) return this.#operation(fn, operation.param, args);
		const called = plainFunction(fn);
		const [first, second, ...more] = args.map((arg) => this.value(arg));
		if (!first) return () => called();
		if (!second) return (row, data, results) => called(first(row, data, results));
		if (more.length === 0)
			return (row, data, results) => called(first(row, data, results), second(row, data, results));
		const all = [first, second, ...more];
		return (row, data, results) => called(...all.map((value) => value(row, data, results)));
	}

	#operation(fn: string, params: readonly number[], args: readonly Expression[]): RowValue {
		const { aggregates, windows } = this.#scope;
		if (this.#inside !== null)
			throw new InvalidError('step_nested', { name: fn, inside: this.#inside });
		if (getWindow(fn) ? !windows : !aggregates)
			throw new InvalidError('step_misplaced', { name: fn });
		const [columns = 0] = params;
		this.#inside = fn;
		const fields = args.slice(0, columns).map((arg) => this.value(arg));
		const constants = args.slice(columns).map((arg) => {
			if (namesIn(arg).columns.size) throw new InvalidError('step_arguments', { name: fn });
			return this.value(arg)(NO_ROW, null, nothing);
		});
		this.#inside = null;
		const ids = args.slice(0, columns).map((arg) => this.#fieldId(arg));
		const { frame = null, peers = false } = this.#frame ?? {};
		// The same parts as the key that Arquero knows an operation by, so that two are one here when they are there.
		const key = `${fn}(${[...ids, ...constants].join(',')})[${frame ? frame.map((end) => (end === null ? -1 : Math.abs(end))).join(',') : ''},${String(peers)}]`;
		const known = this.#byKey.get(key);
		if (known) return known;
		const id = this.operations.length;
		this.operations.push({
			...{ id, name: fn, fields, fieldsKey: ids.join(','), params: constants },
			...{ frame, peers }
		});
		const value: RowValue = (row, _data, results) => results(id, row);
		value.field = id;
		this.#byKey.set(key, value);
		return value;
	}

	#fieldId(expression: Expression): number {
		const text = JSON.stringify(expression);
		const id = this.#fieldIds.get(text) ?? this.#fieldIds.size + 1;
		this.#fieldIds.set(text, id);
		return id;
	}
}

const nothing = (): undefined => undefined;

const constant =
	(value: unknown): RowValue =>
	() =>
		value;

/** Longer texts than these are nobody's values, and one for each row would be more than a computer has. */
const LONGEST_TEXT = 100_000;
const LENGTHENS: ReadonlySet<string> = new Set(['repeat', 'padstart', 'padend']);

type AnyFunction = (...values: unknown[]) => unknown;

function plainFunction(name: string): AnyFunction {
	if (!Object.hasOwn(functions, name)) throw new InvalidError('step_function_unknown', { name });
	const called = functions[name] as unknown as AnyFunction;
	if (!LENGTHENS.has(name)) return called;
	return (value, count, ...more) => {
		const times = name === 'repeat' ? Math.max(1, String(value).length) : 1;
		if (Number(count) * times > LONGEST_TEXT)
			throw new InvalidError('step_text_long', { name, max: LONGEST_TEXT });
		return called(value, count, ...more);
	};
}

function pattern(source: string, flags: string): RowValue {
	let made: RegExp;
	try {
		made = new RegExp(source, flags);
	} catch {
		throw new InvalidError('step_pattern', { source });
	}
	return () => {
		// It begins anew for each row, as one that is written in an expression does.
		made.lastIndex = 0;
		return made;
	};
}

/** Where Arquero compares by place in a dictionary. */
const STRICT: Partial<Record<BinaryOperator, BinaryOperator>> = { '==': '===', '!=': '!==' };

// eslint-disable-next-line eqeqeq -- steps may be written with it
const equals = (a: unknown, b: unknown): boolean => a == b;

type Numbers = (left: number, right: number) => unknown;

/** JavaScript's operators are theirs for any values; numbers stand for all of them here. */
const OPERATORS: Readonly<Record<Exclude<BinaryOperator, '&&' | '||' | '??'>, Numbers>> = {
	'+': (a, b) => a + b,
	'-': (a, b) => a - b,
	'*': (a, b) => a * b,
	'/': (a, b) => a / b,
	'%': (a, b) => a % b,
	'**': (a, b) => a ** b,
	// What compares with null is written so, and means undefined too.
	'==': (a, b) => equals(a, b),
	'!=': (a, b) => !equals(a, b),
	'===': (a, b) => a === b,
	'!==': (a, b) => a !== b,
	'<': (a, b) => a < b,
	'<=': (a, b) => a <= b,
	'>': (a, b) => a > b,
	'>=': (a, b) => a >= b
};

function binary(operator: BinaryOperator, left: RowValue, right: RowValue): RowValue {
	switch (operator) {
		case '&&':
			return (row, data, results) => left(row, data, results) && right(row, data, results);
		case '||':
			return (row, data, results) => left(row, data, results) || right(row, data, results);
		case '??':
			return (row, data, results) => left(row, data, results) ?? right(row, data, results);
		default: {
			const reckon = OPERATORS[operator];
			return (row, data, results) =>
				reckon(left(row, data, results) as number, right(row, data, results) as number);
		}
	}
}
