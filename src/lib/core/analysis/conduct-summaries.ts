/** Which calls of a cell make one row of a table's many, and which may keep many rows in one. */
import { TABLE_VERBS } from '../notebook/kind.ts';
import { FUNCTIONS, HOARDS, NAMESPACES, SUMMARIES } from './conduct-names.ts';
import { list, memberName, nameOf, tree } from './conduct-tree.ts';
import { QUESTION, type Variables } from './conduct-variables.ts';
import { isFunction } from './scope.ts';
import { eachChild, type Tree } from './syntax.ts';

/** A call on a table that makes one row of many. `groupby` alone does not: each row is still there. */
export function isSummary(variables: Variables, node: Tree, parents: readonly Tree[]): boolean {
	const callee = tree(node.callee);
	if (callee.type !== 'MemberExpression' || !SUMMARIES.has(memberName(callee) ?? '')) return false;
	if (!isTable(variables, tree(callee.object), parents)) return false;
	return list(node.arguments).every((arg) => sums(variables, arg, parents));
}

/** Whether an expression can stand for a table, by the chain that it is. */
function isTable(variables: Variables, node: Tree, parents: readonly Tree[]): boolean {
	variables.spend(QUESTION);
	switch (node.type) {
		case 'AwaitExpression':
			return isTable(variables, tree(node.argument), parents);
		case 'Identifier': {
			const name = nameOf(node);
			const binding = variables.bindingOf(name, parents);
			if (!binding) return !NAMESPACES.has(name) && !FUNCTIONS.has(name);
			const about = variables.answersAbout(binding, parents);
			about.table ??= binding.values.every(
				(value) => value === null || isTable(variables, value, parents)
			);
			return about.table;
		}
		case 'CallExpression': {
			const callee = tree(node.callee);
			if (callee.type === 'Identifier') return variables.outer(callee, parents, 'FileAttachment');
			if (callee.type !== 'MemberExpression') return false;
			const name = memberName(callee) ?? '';
			const space = variables.namespace(callee.object, parents);
			if (space !== null) return space === 'aq' && (name === 'from' || name === 'table');
			return (
				(TABLE_VERBS.has(name) || name === 'arquero') &&
				isTable(variables, tree(callee.object), parents)
			);
		}
		default:
			return false;
	}
}

/** Whether what a summary is told to compute keeps no row. */
function sums(variables: Variables, arg: Tree, parents: readonly Tree[]): boolean {
	if (arg.type !== 'ObjectExpression') return false;
	return list(arg.properties).every((property) => {
		if (property.type !== 'Property') return false;
		const value = tree(property.value);
		switch (value.type) {
			case 'Literal':
				return typeof value.value !== 'string' || !HOARDS.test(value.value);
			case 'ArrowFunctionExpression':
			case 'FunctionExpression':
			case 'CallExpression':
				return value.type === 'CallExpression'
					? isOperation(variables, value, parents) && !keeps(value)
					: list(value.params).length < 2 && !keeps(value);
			default:
				return false;
		}
	});
}

function isOperation(variables: Variables, call: Tree, parents: readonly Tree[]): boolean {
	const callee = tree(call.callee);
	if (callee.type !== 'MemberExpression') return false;
	const object = tree(callee.object);
	const op =
		variables.namespace(object, parents) === 'op' ||
		(object.type === 'MemberExpression' &&
			memberName(object) === 'op' &&
			variables.namespace(object.object, parents) === 'aq');
	return op && list(call.arguments).every((one) => one.type === 'Literal');
}

/**
 * Whether a verb can put many rows in one: by an aggregate that keeps them, or by a parameter of the table, which may
 * be anything (to filter by one keeps rows apart).
 */
export function isPacking(node: Tree): boolean {
	const callee = tree(node.callee);
	if (callee.type !== 'MemberExpression') return false;
	const name = memberName(callee) ?? '';
	// An array has a `reduce` too, whose function takes two.
	if (!TABLE_VERBS.has(name) || name === 'reduce') return false;
	return list(node.arguments).some((arg) => packsIn(arg, name === 'filter'));
}

/** Whether an argument of a verb keeps rows, or reads a parameter that could hold them. */
function packsIn(node: Tree, filters: boolean): boolean {
	// An expression in a text, and no column's name.
	if (node.type === 'Literal')
		return typeof node.value === 'string' && /[(.]/.test(node.value) && HOARDS.test(node.value);
	if (node.type === 'MemberExpression') {
		const name = memberName(node);
		const object = tree(node.object);
		const op = object.type === 'Identifier' && nameOf(object) === 'op';
		if (op && (name === null || HOARDS.test(name))) return true;
	}
	if (node.type === 'Identifier' && /_agg(?:_|$)/.test(nameOf(node))) return true;
	if (isFunction(node) && !filters && list(node.params).length > 1) return true;
	let found = false;
	eachChild(node, (child) => {
		found ||= packsIn(child, filters);
	});
	return found;
}

/** Whether a computation of a summary names an aggregate that keeps rows, or one that cannot be told. */
function keeps(node: Tree): boolean {
	let found = false;
	const look = (at: Tree, parent: Tree | null, field: string): void => {
		if (at.type === 'MemberExpression') {
			const name = memberName(at);
			if (name === null || HOARDS.test(name)) found = true;
		} else if (at.type === 'Identifier' && nameOf(at) === 'op') {
			if (parent?.type !== 'MemberExpression' || field !== 'object') found = true;
		} else if (at.type === 'Identifier' && nameOf(at) === 'aq') {
			if (parent?.type !== 'MemberExpression' || memberName(parent) !== 'op') found = true;
		}
		eachChild(at, (child, childField) => look(child, at, childField));
	};
	look(node, null, '');
	return found;
}
