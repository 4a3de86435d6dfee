/** A syntax tree as the code that the panel knows; what it does not know is `UNKNOWN`, and stays where it stands. */
import { Parser } from 'acorn';
import { eachChild, type Tree } from '../analysis/syntax.ts';
import {
	Bands,
	Call,
	Constant,
	Gathered,
	Listed,
	IDENTITY,
	Name,
	printCode,
	RegionPlace,
	ROUNDED,
	RUNNING_START,
	UNKNOWN,
	type Code
} from './plot-code.ts';

export const asTree = (node: unknown): Tree | null => (node as Tree | null | undefined) ?? null;
export const treesOf = (nodes: unknown): readonly (Tree | null)[] =>
	Array.isArray(nodes) ? (nodes as (Tree | null)[]) : [];

/** The name of a member of `Plot` that an expression is; null for anything else. */
export function plotMember(node: Tree | null): string | null {
	if (node?.type !== 'MemberExpression' || node.computed === true || node.optional === true)
		return null;
	const object = asTree(node.object);
	const property = asTree(node.property);
	if (object?.type !== 'Identifier' || object.name !== 'Plot') return null;
	return property?.type === 'Identifier' ? String(property.name) : null;
}

export interface Property {
	readonly key: string;
	readonly node: Tree;
	readonly value: Tree;
}

/** Properties of an object whose keys are written out, methods left out. The last of a key counts. */
export function propertiesOf(node: Tree): ReadonlyMap<string, Property> {
	const found = new Map<string, Property>();
	for (const property of treesOf(node.properties)) {
		if (property?.type !== 'Property' || property.computed === true || property.method === true)
			continue;
		if (property.kind !== 'init') continue;
		const key = asTree(property.key);
		const value = asTree(property.value);
		if (!key || !value) continue;
		const name = key.type === 'Identifier' ? key.name : key.value;
		if (typeof name === 'string') found.set(name, { key: name, node: property, value });
	}
	return found;
}

export function readCode(node: Tree | null): Code {
	if (!node) return UNKNOWN;
	switch (node.type) {
		case 'Literal':
			return literal(node);
		case 'TemplateLiteral':
			return templateText(node) ?? UNKNOWN;
		case 'UnaryExpression': {
			const value = node.operator === '-' ? readCode(asTree(node.argument)) : UNKNOWN;
			return typeof value === 'number' ? -value : UNKNOWN;
		}
		case 'Identifier':
			return node.name === 'undefined' ? UNKNOWN : new Name(String(node.name));
		case 'MemberExpression':
			return plotMember(node) === 'identity' ? IDENTITY : UNKNOWN;
		case 'ArrayExpression': {
			const items = treesOf(node.elements);
			return items.some((item) => !item || item.type === 'SpreadElement')
				? UNKNOWN
				: items.map(readCode);
		}
		case 'ObjectExpression': {
			const out = Object.create(null) as Record<string, Code>;
			for (const { key, value } of propertiesOf(node).values()) out[key] = readCode(value);
			return out;
		}
		case 'CallExpression': {
			const fn = plotMember(asTree(node.callee));
			const args = treesOf(node.arguments);
			if (fn === null || args.some((arg) => arg?.type === 'SpreadElement')) return UNKNOWN;
			return new Call(fn, args.map(readCode));
		}
		case 'ArrowFunctionExpression':
			return readArrow(node);
		default:
			return UNKNOWN;
	}
}

function literal(node: Tree): Code {
	const { value } = node;
	return value === null && (node.regex !== undefined || node.bigint !== undefined)
		? UNKNOWN
		: typeof value === 'string' || typeof value === 'boolean' || value === null
			? value
			: typeof value === 'number' && Number.isFinite(value)
				? value
				: UNKNOWN;
}

function templateText(node: Tree): string | null {
	const [only, ...others] = treesOf(node.quasis);
	if (!only || others.length) return null;
	const { cooked } = only.value as { cooked?: string | null };
	return cooked ?? null;
}

// ---------------------------------------------------------------- the small functions

const textOf = (node: Tree | null): string | null => {
	const value =
		node?.type === 'Literal' || node?.type === 'TemplateLiteral' ? readCode(node) : null;
	return typeof value === 'string' ? value : null;
};

function readArrow(node: Tree): Code {
	if (node.async === true || node.expression !== true) return UNKNOWN;
	const params = treesOf(node.params);
	const body = asTree(node.body);
	const [param] = params;
	if (!param) {
		const text = textOf(body);
		return text === null ? UNKNOWN : new Constant(text);
	}
	if (params.length > 1 || param.type !== 'Identifier' || !body) return UNKNOWN;
	const name = String(param.name);
	return (
		readBands(body, name) ??
		readGathered(body, name) ??
		readListed(body, name) ??
		readPlaces(body, name) ??
		[IDENTITY, RUNNING_START, ROUNDED].find((code) => isSame(node, treeOf(code))) ??
		UNKNOWN
	);
}

/** `d.column` or `d["column"]`. */
function columnOf(node: Tree | null, row: string): string | null {
	const object = asTree(node?.object);
	if (node?.type !== 'MemberExpression' || object?.type !== 'Identifier' || object.name !== row)
		return null;
	const property = asTree(node.property);
	return node.computed === true
		? textOf(property)
		: property?.type === 'Identifier'
			? String(property.name)
			: null;
}

function readBands(body: Tree, row: string): Bands | null {
	const test = asTree(body.test);
	if (body.type !== 'ConditionalExpression' || test?.operator !== '==') return null;
	const column = columnOf(asTree(test.left), row);
	const consequent = asTree(body.consequent);
	if (column === null || asTree(test.right)?.raw !== 'null' || consequent?.raw !== 'null')
		return null;
	const thresholds: number[] = [];
	const labels: string[] = [];
	let rest = asTree(body.alternate);
	while (rest?.type === 'ConditionalExpression') {
		const compare = asTree(rest.test);
		const limit = readCode(asTree(compare?.right));
		const label = textOf(asTree(rest.consequent));
		if (compare?.operator !== '<=' || columnOf(asTree(compare.left), row) !== column) return null;
		if (typeof limit !== 'number' || label === null) return null;
		thresholds.push(limit);
		labels.push(label);
		rest = asTree(rest.alternate);
	}
	const last = textOf(rest);
	return last === null || !labels.length ? null : new Bands(column, thresholds, [...labels, last]);
}

function readGathered(body: Tree, row: string): Gathered | null {
	const test = asTree(body.test);
	if (body.type !== 'ConditionalExpression' || test?.operator !== '||') return null;
	const [empty, kept] = [asTree(test.left), asTree(test.right)];
	const column = columnOf(asTree(body.consequent), row);
	const rest = textOf(asTree(body.alternate));
	const isColumn = (node: unknown) => columnOf(asTree(node), row) === column;
	if (column === null || rest === null) return null;
	if (empty?.operator !== '==' || !isColumn(empty.left) || asTree(empty.right)?.raw !== 'null')
		return null;
	const callee = asTree(kept?.callee);
	const [asked, ...more] = treesOf(kept?.arguments);
	if (kept?.type !== 'CallExpression' || more.length || !isColumn(asked)) return null;
	if (callee?.type !== 'MemberExpression' || callee.computed === true) return null;
	if (asTree(callee.property)?.name !== 'includes') return null;
	const keep = readCode(asTree(callee.object));
	const isName = (value: unknown) => typeof value === 'string' || typeof value === 'number';
	return Array.isArray(keep) && keep.length && keep.every(isName)
		? new Gathered(column, keep as (string | number)[], rest)
		: null;
}

function readListed(body: Tree, row: string): Listed | null {
	const callee = asTree(body.callee);
	const [asked, ...more] = treesOf(body.arguments);
	if (body.type !== 'CallExpression' || more.length) return null;
	if (callee?.type !== 'MemberExpression' || callee.computed === true) return null;
	const how = asTree(callee.property)?.name;
	const column = columnOf(asked ?? null, row);
	const list = readCode(asTree(callee.object));
	const isName = (value: unknown) => typeof value === 'string' || typeof value === 'number';
	return column !== null &&
		(how === 'includes' || how === 'indexOf') &&
		Array.isArray(list) &&
		list.every(isName)
		? new Listed(how, column, list as (string | number)[])
		: null;
}

function readPlaces(body: Tree, name: string): RegionPlace | null {
	const object = asTree(body.object);
	const property = asTree(body.property);
	if (body.type !== 'MemberExpression' || body.computed !== true) return null;
	if (object?.type !== 'ObjectExpression' || property?.name !== name) return null;
	const places: [string, number][] = [];
	for (const { key, value } of propertiesOf(object).values()) {
		const place = readCode(value);
		if (typeof place !== 'number') return null;
		places.push([key, place]);
	}
	return places.length ? new RegionPlace(places) : null;
}

const trees = new Map<Code, Tree>();
function treeOf(code: Code): Tree {
	const known = trees.get(code);
	if (known) return known;
	const made = Parser.parseExpressionAt(printCode(code), 0, { ecmaVersion: 'latest' });
	trees.set(code, made as unknown as Tree);
	return made as unknown as Tree;
}

/** The same syntax, wherever it stands and however it is spaced. */
function isSame(a: Tree, b: Tree): boolean {
	if (a.type !== b.type || a.name !== b.name || a.value !== b.value || a.operator !== b.operator)
		return false;
	const children = (node: Tree) => {
		const out: Tree[] = [];
		eachChild(node, (child) => out.push(child));
		return out;
	};
	const [mine, others] = [children(a), children(b)];
	return (
		mine.length === others.length &&
		mine.every((child, at) => {
			const other = others[at];
			return other !== undefined && isSame(child, other);
		})
	);
}
