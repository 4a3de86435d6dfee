/**
 * What a verb of Arquero is given, read into an expression: functions of a row, texts that are expressions, `op.sum("x")`,
 * `aq.rolling(…)`. Null for what the panel does not know; nothing is guessed, since a form would rewrite it.
 */
import { parseSource, type Tree } from '../analysis/syntax.ts';
import { recogniseExpression } from './compositions.ts';
import { BINARY_OPERATORS, type BinaryOperator, type Expression } from './expression.ts';
import { FUNCTIONS, takes } from './functions.ts';
import { binary, literal, partsOf } from './make-expression.ts';

/** Deeper than that no form shows; a person does not write it. */
const MAX_DEPTH = 250;
/** Parts of one expression: what has more is code. */
export const MAX_PARTS = 2000;

const OPERATORS: ReadonlySet<string> = new Set(BINARY_OPERATORS);
const isOperator = (operator: unknown): operator is BinaryOperator =>
	OPERATORS.has(String(operator));

export const treeOf = (node: unknown): Tree => node as Tree;
export const treesOf = (nodes: unknown): readonly (Tree | null)[] =>
	(nodes ?? []) as (Tree | null)[];

/** Thrown inside only: what was met is no part of an expression. */
class Unknown extends Error {}

/** Names that an expression's function gives to its row and to the parameters. */
interface Scope {
	readonly row: string | null;
	readonly params: string | null;
	/** `({prix}) => …` */
	readonly columns: ReadonlyMap<string, string>;
	readonly fields: ReadonlyMap<string, string>;
}

/** What Arquero takes for granted in an expression that is no function. */
const BARE: Scope = { row: 'd', params: '$', columns: new Map(), fields: new Map() };

/** The text that a node is, where it is one: `"a"`, `` `a` ``. */
export function textOf(node: Tree | null | undefined): string | null {
	if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
	if (node?.type === 'TemplateLiteral' && treesOf(node.expressions).length === 0) {
		const [quasi] = node.quasis as { value?: { cooked?: string | null } }[];
		return quasi?.value?.cooked ?? null;
	}
	return null;
}

/** The name of a member where it is written. */
export function memberOf(node: Tree): string | null {
	const property = treeOf(node.property);
	if (node.optional === true) return null;
	if (node.computed !== true) return property.type === 'Identifier' ? String(property.name) : null;
	return textOf(property);
}

/** The number that a node is, a sign included. */
export function numberOf(node: Tree | null | undefined): number | null {
	if (node?.type === 'Literal' && typeof node.value === 'number') return node.value;
	if (node?.type === 'Identifier' && node.name === 'Infinity') return Infinity;
	if (node?.type === 'UnaryExpression' && node.operator === '-') {
		const value = numberOf(treeOf(node.argument));
		return value === null ? null : -value;
	}
	return null;
}

/** `{a: 1, "b": 2}` as its keys and values; null where it has anything else, or a key twice. */
export function entriesOf(node: Tree): [key: string, value: Tree][] | null {
	if (node.type !== 'ObjectExpression') return null;
	const entries = new Map<string, Tree>();
	for (const property of treesOf(node.properties)) {
		if (property?.type !== 'Property' || property.kind !== 'init') return null;
		if (property.method === true || property.shorthand === true) return null;
		const key = keyOf(property);
		// Written so, it is the object's prototype.
		if (key === null || (key === '__proto__' && property.computed !== true)) return null;
		if (entries.has(key)) return null;
		entries.set(key, treeOf(property.value));
	}
	// The language puts whole numbers before other keys.
	const place = (key: string): number =>
		/^(?:0|[1-9]\d{0,9})$/.test(key) && Number(key) < 2 ** 32 - 1 ? Number(key) : 2 ** 32;
	return [...entries].sort(([a], [b]) => place(a) - place(b));
}

function keyOf(property: Tree): string | null {
	const key = treeOf(property.key);
	if (key.type === 'Identifier' && property.computed !== true) return String(key.name);
	if (key.type === 'Literal' && typeof key.value === 'number') return String(key.value);
	return textOf(key);
}

class ExpressionReader {
	readonly #scope: Scope;
	#parts = 0;

	constructor(scope: Scope) {
		this.#scope = scope;
	}

	read(node: Tree, depth: number): Expression {
		if (depth > MAX_DEPTH || ++this.#parts > MAX_PARTS) throw new Unknown();
		const inner = (child: unknown): Expression => this.read(treeOf(child), depth + 1);
		switch (node.type) {
			case 'Literal':
				return this.#literal(node);
			case 'TemplateLiteral':
				return this.#template(node, inner);
			case 'Identifier':
				return this.#name(String(node.name));
			case 'MemberExpression':
				return this.#member(node, inner);
			case 'CallExpression':
				return this.#call(node, inner);
			case 'UnaryExpression': {
				const of = inner(node.argument);
				if (node.operator === '-' && of.kind === 'literal' && typeof of.value === 'number')
					return literal(-of.value);
				if (node.operator === '!' || node.operator === '-')
					return { kind: 'unary', operator: node.operator, of };
				throw new Unknown();
			}
			case 'BinaryExpression':
			case 'LogicalExpression':
				if (!isOperator(node.operator)) throw new Unknown();
				return binary(inner(node.left), node.operator, inner(node.right));
			case 'ConditionalExpression':
				return {
					kind: 'choice',
					test: inner(node.test),
					then: inner(node.consequent),
					otherwise: inner(node.alternate)
				};
			case 'ArrayExpression':
				return {
					kind: 'list',
					items: treesOf(node.elements).map((element) => {
						if (element === null || element.type === 'SpreadElement') throw new Unknown();
						return inner(element);
					})
				};
			case 'ObjectExpression': {
				const entries = entriesOf(node);
				if (!entries) throw new Unknown();
				return {
					kind: 'pairs',
					entries: entries.map(([key, value]) => [key, inner(value)] as const)
				};
			}
			default:
				throw new Unknown();
		}
	}

	#literal(node: Tree): Expression {
		const regex = node.regex as { pattern: string; flags: string } | undefined;
		if (regex) return { kind: 'pattern', source: regex.pattern, flags: regex.flags };
		const { value } = node;
		if (
			value === null ||
			typeof value === 'string' ||
			typeof value === 'number' ||
			typeof value === 'boolean'
		)
			if (node.bigint === undefined) return literal(value);
		throw new Unknown();
	}

	/** `` `${d.a} x` `` is `"" + d.a + " x"`. */
	#template(node: Tree, inner: (child: unknown) => Expression): Expression {
		const texts = (node.quasis as { value: { cooked?: string | null } }[]).map(
			({ value }) => value.cooked
		);
		const [first, ...rest] = texts;
		if (first === undefined || first === null) throw new Unknown();
		let made: Expression = literal(first);
		treesOf(node.expressions).forEach((part, i) => {
			const text = rest[i];
			if (text === undefined || text === null) throw new Unknown();
			made = binary(made, '+', inner(part));
			if (text !== '') made = binary(made, '+', literal(text));
		});
		return made;
	}

	#name(name: string): Expression {
		const column = this.#scope.columns.get(name);
		if (column !== undefined) return { kind: 'column', name: column };
		const field = this.#scope.fields.get(name);
		if (field !== undefined) return { kind: 'param', name: field };
		if (name === this.#scope.row || name === this.#scope.params) throw new Unknown();
		if (name === 'NaN') return literal(NaN);
		if (name === 'Infinity') return literal(Infinity);
		throw new Unknown();
	}

	#member(node: Tree, inner: (child: unknown) => Expression): Expression {
		const object = treeOf(node.object);
		const name = memberOf(node);
		if (object.type === 'Identifier' && name !== null) {
			if (object.name === this.#scope.row) return { kind: 'column', name };
			if (object.name === this.#scope.params) return { kind: 'param', name };
		}
		const property = treeOf(node.property);
		const at = node.computed === true && node.optional !== true ? numberOf(property) : null;
		if (at === null || !Number.isInteger(at) || at < 0 || at > 1e6 || Object.is(at, -0))
			throw new Unknown();
		const of = inner(object);
		// A control of several ends has them all. Of anything else, a part may be of a missing value, and fail.
		if (of.kind !== 'param' && (of.kind !== 'call' || of.fn !== 'split')) throw new Unknown();
		return { kind: 'item', of, at };
	}

	#call(node: Tree, inner: (child: unknown) => Expression): Expression {
		const callee = treeOf(node.callee);
		const fn = node.optional === true ? null : this.#operation(callee);
		const entry = fn === null ? undefined : FUNCTIONS.get(fn);
		const args = treesOf(node.arguments);
		if (!entry || entry.composed || !takes(entry, args.length)) throw new Unknown();
		const given = args.map((arg) => {
			if (arg === null || arg.type === 'SpreadElement') throw new Unknown();
			return inner(arg);
		});
		return { kind: 'call', fn: entry.name, args: given };
	}

	/** `op.lower`, `aq.op.lower`, `lower`, `Math.max`: Arquero looks at the last name. */
	#operation(callee: Tree): string | null {
		if (callee.type === 'Identifier') return String(callee.name);
		if (callee.type !== 'MemberExpression') return null;
		const name = memberOf(callee);
		const object = treeOf(callee.object);
		if (isOp(object)) return name;
		if (object.type !== 'Identifier' || object.name !== 'Math') return null;
		return name === 'max' ? 'greatest' : name === 'min' ? 'least' : name;
	}
}

/** `op`, `aq.op`. */
function isOp(node: Tree): boolean {
	if (node.type === 'Identifier') return node.name === 'op';
	if (node.type !== 'MemberExpression' || memberOf(node) !== 'op') return false;
	const object = treeOf(node.object);
	return object.type === 'Identifier' && object.name === 'aq';
}

/** Arquero does not allow an aggregate inside another one. */
function nestsSummaries(expression: Expression, inside: boolean): boolean {
	const summary =
		expression.kind === 'call' && (FUNCTIONS.get(expression.fn)?.kind ?? 'plain') !== 'plain';
	if (summary && inside) return true;
	return partsOf(expression).some((part) => nestsSummaries(part, inside || summary));
}

function readWith(scope: Scope, node: Tree): Expression | null {
	try {
		const found = new ExpressionReader(scope).read(node, 0);
		return nestsSummaries(found, false) ? null : recogniseExpression(found);
	} catch (error) {
		if (error instanceof Unknown) return null;
		throw error;
	}
}

/** What a function's parameter names: itself, or the columns that it is taken apart into. */
function readParameter(
	node: Tree | null | undefined
): { name: string | null; fields: ReadonlyMap<string, string> } | null {
	const fields = new Map<string, string>();
	if (!node) return { name: null, fields };
	if (node.type === 'Identifier') return { name: String(node.name), fields };
	if (node.type !== 'ObjectPattern') return null;
	for (const property of treesOf(node.properties)) {
		if (property?.type !== 'Property') return null;
		const key = keyOf(property);
		const value = treeOf(property.value);
		if (key === null || property.computed === true || value.type !== 'Identifier') return null;
		// Arquero fails at any other name here.
		if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key)) return null;
		fields.set(String(value.name), key);
	}
	return { name: null, fields };
}

/** `d => …`, `function(d) { return …; }`. */
function readFunction(node: Tree): Expression | null {
	if (node.async === true || node.generator === true) return null;
	const [row, params, more] = treesOf(node.params);
	if (more) return null;
	const [first, second] = [readParameter(row), readParameter(params)];
	if (!first || !second) return null;
	let body = treeOf(node.body);
	if (body.type === 'BlockStatement') {
		const [statement, another] = treesOf(body.body);
		if (statement?.type !== 'ReturnStatement' || another || !statement.argument) return null;
		body = treeOf(statement.argument);
	}
	return readWith(
		{ row: first.name, params: second.name, columns: first.fields, fields: second.fields },
		body
	);
}

const isFunction = (node: Tree): boolean =>
	node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression';

/** A text that Arquero runs: `"d => d.x > 1"`, `"d.x > 1"`. */
function readText(text: string): Expression | null {
	try {
		const { root, expression } = parseSource(text);
		if (!expression) return null;
		const node = treeOf(root);
		return isFunction(node) ? readFunction(node) : readWith(BARE, node);
	} catch (error) {
		if (error instanceof SyntaxError) return null;
		throw error;
	}
}

/** `op.sum("x")`, made outside of any function: its texts are names of columns. */
function readOperation(node: Tree): Expression | null {
	const callee = treeOf(node.callee);
	if (callee.type !== 'MemberExpression' || !isOp(treeOf(callee.object))) return null;
	const entry = FUNCTIONS.get(memberOf(callee) ?? '');
	const args = treesOf(node.arguments);
	if (!entry || entry.kind === 'plain' || entry.composed || !takes(entry, args.length)) return null;
	const given: Expression[] = [];
	for (const [i, arg] of args.entries()) {
		const text = textOf(arg);
		const number = numberOf(arg);
		const constant = entry.args[i]?.constant === true;
		if (!constant && text !== null) given.push({ kind: 'column', name: text });
		else if (constant && text !== null) given.push(literal(text));
		else if (constant && number !== null) given.push(literal(number));
		else return null;
	}
	return recogniseExpression({ kind: 'call', fn: entry.name, args: given });
}

/** A member of `aq`: `desc` of `aq.desc`. */
export function aqCall(node: Tree): { name: string; args: readonly (Tree | null)[] } | null {
	if (node.type !== 'CallExpression' || node.optional === true) return null;
	const callee = treeOf(node.callee);
	if (callee.type !== 'MemberExpression') return null;
	const object = treeOf(callee.object);
	const name = memberOf(callee);
	if (object.type !== 'Identifier' || object.name !== 'aq' || name === null) return null;
	return { name, args: treesOf(node.arguments) };
}

function readRolling(args: readonly (Tree | null)[]): Expression | null {
	const [of, frame, peers, more] = args;
	if (!of || more) return null;
	const value = readValue(of);
	if (!value || value.kind === 'rolling') return null;
	if (peers && (peers.type !== 'Literal' || typeof peers.value !== 'boolean')) return null;
	let edges: [number | null, number | null] = [null, 0];
	if (frame) {
		if (frame.type !== 'ArrayExpression') return null;
		const [from, to, other] = treesOf(frame.elements).map(numberOf);
		if (from === undefined || to === undefined || other !== undefined) return null;
		if (from === null || to === null || Number.isNaN(from) || Number.isNaN(to)) return null;
		// Arquero takes no account of their signs.
		edges = [
			Number.isFinite(from) ? 0 - Math.abs(from) : null,
			Number.isFinite(to) ? Math.abs(to) : null
		];
	}
	return { kind: 'rolling', of: value, from: edges[0], to: edges[1], peers: peers?.value === true };
}

/** What a value of a verb's object is: a function, a text that is one, an operation, a constant. */
export function readValue(node: Tree): Expression | null {
	if (isFunction(node)) return readFunction(node);
	const text = textOf(node);
	if (text !== null) return readText(text);
	const number = numberOf(node);
	if (number !== null) return literal(number);
	if (node.type === 'Literal' && typeof node.value === 'boolean') return literal(node.value);
	const aq = aqCall(node);
	if (aq) return aq.name === 'rolling' ? readRolling(aq.args) : null;
	return node.type === 'CallExpression' ? readOperation(node) : null;
}
