/**
 * An expression as the text of a loop's body. Arquero writes it, but for columns, which are read from typed arrays and
 * codes, and results of aggregates, which the loop holds. Where a date is only compared, reckoned with, or handed to a
 * function that takes times too, its milliseconds stand for it: no object a row.
 */
import type { ColumnTable } from 'arquero';
import { compile } from 'arquero/src/expression/compile.js';
import { functions } from 'arquero/src/op/index.js';
import type { Scope } from './compiled.ts';
import { daysOf } from './days.ts';
import { insidesOf } from './fast-column.ts';
import { codeOf, type Node } from './parsed.ts';
import { readColumn, type Gives, type Reading } from './reading.ts';
import type { Rows } from './rows.ts';

export interface Written {
	readonly code: string;
	readonly gives: Gives;
}

/** The text of an aggregate's or window's result at the row. */
export type ReadOp = (id: number) => Written;

const NUMERIC_FUNCTIONS = new Set(
	'abs cbrt ceil clz32 exp expm1 floor fround greatest least log log10 log1p log2 pow round sign sqrt trunc'.split(
		' '
	)
);
const DATE_PARTS = new Set(
	['', 'utc'].flatMap((utc) =>
		'year quarter month week date dayofyear dayofweek hours minutes seconds milliseconds'
			.split(' ')
			.map((part) => utc + part)
	)
);
const ORDERED = new Set(['<', '>', '<=', '>=']);
const RECKONED = new Set(['-', '*', '/', '%', '**']);
const EQUATED = new Set(['==', '!=', '===', '!==']);

const isNode = (part: unknown): part is Node =>
	typeof part === 'object' && part !== null && typeof (part as Node).type === 'string';

/** Names of the columns that a tree reads. */
export function columnsIn(node: Node, into = new Set<string>()): Set<string> {
	if (node.type === 'Column' || node.type === 'Dictionary') into.add(String(node.name));
	else
		for (const part of Object.values(node))
			if (Array.isArray(part)) {
				for (const one of part) if (isNode(one)) columnsIn(one, into);
			} else if (isNode(part)) columnsIn(part, into);
	return into;
}

/** A column of few distinct values: what follows from a value is found once a value, then looked up. */
export interface FewValues {
	readonly column: unknown;
	/** Of each code; of a column of days, their milliseconds. */
	readonly values: readonly unknown[];
	readonly dates: boolean;
	/** The text of `row`'s code. */
	readonly write: (scope: Scope) => string;
}

/** Values beside rows: more would take longer than to go over the rows. */
const FEW = 4;

/** The one column that the tree reads, where it has few values. */
export function fewValuesOf(table: ColumnTable, node: Node): FewValues | null {
	const [name, ...more] = columnsIn(node);
	if (name === undefined || more.length || /\brandom\(|\bop\(/.test(codeOf(node))) return null;
	const column: unknown = table.data()[name as never];
	const made = insidesOf(column);
	if (made?.kind === 'coded') {
		const { codes, values } = made;
		if (values.length * FEW >= codes.length) return null;
		return { column, values, dates: false, write: (scope) => `${scope.array(codes)}[row]` };
	}
	const days = made?.kind === 'timed' ? daysOf(made) : null;
	if (made?.kind !== 'timed' || !days || (days.count + 1) * FEW >= made.values.length) return null;
	const values: unknown[] = Array.from(
		{ length: days.count },
		(_, i) => (days.first + i) * made.unit
	);
	if (made.valid) values.push(null);
	return { column, values, dates: true, write: (scope) => days.write(scope) };
}

export class Writer {
	readonly #table: ColumnTable;
	readonly #scope: Scope;
	readonly #rows: Rows;
	readonly #readOp: ReadOp | null;
	readonly #readings = new Map<unknown, Reading>();

	constructor(table: ColumnTable, scope: Scope, rows: Rows, readOp: ReadOp | null = null) {
		this.#table = table;
		this.#scope = scope;
		this.#rows = rows;
		this.#readOp = readOp;
	}

	write(node: Node): Written {
		const { tree, gives } = this.#turn(node, false);
		return { code: codeOf(tree), gives };
	}

	/** Has the column's values read by their code, `row` being one. */
	byCode({ column, values, dates }: FewValues): this {
		const value = `${this.#scope.array(values, 'v')}[row]`;
		const date = `(${value}===null?null:new ${this.#scope.date}(${value}))`;
		this.#readings.set(column, {
			code: dates ? date : value,
			gives: 'any',
			byCode: true,
			...(dates ? { time: value } : {})
		});
		return this;
	}

	/** Text of the milliseconds (or null) of a column of dates; null for any other expression. */
	timeOf(node: Node): string | null {
		return node.type === 'Column' ? (this.#column(node).time ?? null) : null;
	}

	#column(node: Node): Reading {
		const column: unknown = this.#table.data()[String(node.name) as never];
		let reading = this.#readings.get(column);
		if (!reading) {
			reading = readColumn(column, this.#scope, this.#rows);
			this.#readings.set(column, reading);
		}
		return reading;
	}

	/** @param timely where a date's milliseconds may stand for it */
	#turn(node: Node, timely: boolean): { tree: Node; gives: Gives } {
		const text = (code: string, gives: Gives) => ({
			tree: { type: 'Identifier', name: code },
			gives
		});
		switch (node.type) {
			case 'Column': {
				const { code, gives, time } = this.#column(node);
				return timely && time ? text(time, 'gapped') : text(code, gives);
			}
			case 'Dictionary': {
				const column: unknown = this.#table.data()[String(node.name) as never];
				return text(`${this.#scope.bind(column, 'col')}.key(row)`, 'any');
			}
			case 'Op': {
				if (!this.#readOp) throw new RangeError('an aggregate where there is none');
				const { code, gives } = this.#readOp(Number(node.name));
				return text(code, gives);
			}
			case 'Function':
				this.#scope.bind(functions, 'fn');
				return text(`${this.#scope.bind(functions, 'fn')}.${String(node.name)}`, 'any');
			case 'Parameter':
				return text(
					`${this.#scope.bind(this.#table.params() ?? {}, 'params')}[${JSON.stringify(String(node.name))}]`,
					'any'
				);
			case 'Literal':
				return {
					tree: node,
					gives:
						typeof node.value === 'number'
							? 'number'
							: typeof node.value === 'boolean'
								? 'boolean'
								: 'any'
				};
			case 'Constant':
				return { tree: node, gives: node.name === 'undefined' ? 'any' : 'number' };
			default:
				return this.#constant(node, timely) ?? this.#parts(node);
		}
	}

	/** A call that no row changes is made once; its date, only where the time will do. */
	#constant(node: Node, timely: boolean): { tree: Node; gives: Gives } | null {
		if (node.type !== 'CallExpression' || columnsIn(node).size > 0) return null;
		const code = codeOf(node);
		if (/\b(random|now)\(|\bop\(/.test(code)) return null;
		const made = compile.expr(code, this.#table.params() ?? {})(0, this.#table.data());
		const value = timely && made instanceof Date ? +made : made;
		if (typeof value === 'object' && value !== null) return null;
		return {
			tree: { type: 'Identifier', name: this.#scope.bind(value, 'k') },
			gives: typeof value === 'number' ? 'number' : 'any'
		};
	}

	/** A text that is compared with a literal text is compared by its code; null where the node is no such thing. */
	#codes(node: Node, operator: string): string | null {
		if (node.type !== 'BinaryExpression' || !EQUATED.has(operator)) return null;
		const sides = [node.left, node.right] as Node[];
		const column = sides.find(({ type }) => type === 'Column');
		const literal = sides.find(
			({ type, value }) => type === 'Literal' && typeof value === 'string'
		);
		if (!column || !literal) return null;
		const source: unknown = this.#table.data()[String(column.name) as never];
		const made = insidesOf(source);
		if (made?.kind !== 'coded' || this.#readings.get(source)?.byCode) return null;
		const code = made.values.indexOf(literal.value);
		// No code is NaN: nothing equals a text that the dictionary lacks.
		return `(${this.#scope.array(made.codes)}[row]${operator}${code < 0 ? 'NaN' : code})`;
	}

	#parts(node: Node): { tree: Node; gives: Gives } {
		const operator = String(node.operator ?? '');
		const compared = this.#codes(node, operator);
		if (compared) return { tree: { type: 'Identifier', name: compared }, gives: 'boolean' };
		const callee = node.callee as Node | undefined;
		const called = callee?.type === 'Function' ? String(callee.name) : '';
		const timely =
			(node.type === 'BinaryExpression' && (ORDERED.has(operator) || RECKONED.has(operator))) ||
			DATE_PARTS.has(called);
		const tree: Record<string, unknown> = {};
		const given = new Map<string, Gives>();
		for (const [name, part] of Object.entries(node)) {
			// Names of members and of properties are no values.
			const isName = (name === 'property' || name === 'key') && !node.computed;
			if (Array.isArray(part))
				tree[name] = part.map((one: unknown) => (isNode(one) ? this.#turn(one, timely).tree : one));
			else if (isNode(part) && !isName) {
				const turned = this.#turn(part, timely);
				tree[name] = turned.tree;
				given.set(name, turned.gives);
			} else tree[name] = part;
		}
		return { tree: tree as Node, gives: givenBy(node, operator, called, given) };
	}
}

function givenBy(node: Node, operator: string, called: string, given: Map<string, Gives>): Gives {
	const isNumeric = (name: string): boolean => given.has(name) && given.get(name) !== 'any';
	const same = (a: string, b: string): Gives => {
		const [one, other] = [given.get(a), given.get(b)];
		if (one === other) return one ?? 'any';
		const numbers = (gives?: Gives): boolean => gives === 'number' || gives === 'gapped';
		return numbers(one) && numbers(other) ? 'gapped' : 'any';
	};
	switch (node.type) {
		case 'BinaryExpression':
			if (ORDERED.has(operator) || EQUATED.has(operator)) return 'boolean';
			return (RECKONED.has(operator) || operator === '+') && isNumeric('left') && isNumeric('right')
				? 'number'
				: 'any';
		case 'UnaryExpression':
			if (operator === '!') return 'boolean';
			return (operator === '-' || operator === '+') && isNumeric('argument') ? 'number' : 'any';
		case 'LogicalExpression':
			return operator === '??' ? 'any' : same('left', 'right');
		case 'ConditionalExpression':
			return same('consequent', 'alternate');
		case 'CallExpression':
			return NUMERIC_FUNCTIONS.has(called) || DATE_PARTS.has(called) ? 'number' : 'any';
		default:
			return 'any';
	}
}
