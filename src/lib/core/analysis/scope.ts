/**
 * Which names a piece of code takes from outside. Scope-aware: parameters, `let`, `const`, `var`, functions,
 * classes, catch clauses and imports hide outer names. Like Observable's parser, functions and classes declared
 * in a block belong to the whole function.
 */
import type { Tree } from './syntax.ts';
import { eachChild } from './syntax.ts';

/** An identifier that no scope of the code declares. */
export interface FreeName {
	readonly name: string;
	readonly start: number;
	readonly end: number;
	/** It is (part of) the target of an assignment or of `++`. */
	readonly assigned: boolean;
	/** It only stands as `typeof name`, which is safe whether the name exists or not. */
	readonly typeofOnly: boolean;
}

export type Scopes = Map<Tree, Set<string>>;
const NO_NAMES: ReadonlySet<string> = new Set();

const FUNCTIONS = new Set(['FunctionExpression', 'FunctionDeclaration', 'ArrowFunctionExpression']);
const BLOCKS = new Set([
	'BlockStatement',
	'SwitchStatement',
	'ForInStatement',
	'ForOfStatement',
	'ForStatement',
	'StaticBlock'
]);

export const isFunction = (node: Tree): boolean => FUNCTIONS.has(node.type);

/** Calls `found` on each identifier that a pattern binds. */
export function eachBinding(pattern: unknown, found: (identifier: Tree) => void): void {
	const node = pattern as Tree | null;
	switch (node?.type) {
		case 'Identifier':
			found(node);
			break;
		case 'ObjectPattern':
			for (const property of node.properties as Tree[]) {
				eachBinding(property.type === 'Property' ? property.value : property, found);
			}
			break;
		case 'ArrayPattern':
			for (const element of node.elements as (Tree | null)[]) eachBinding(element, found);
			break;
		case 'RestElement':
			eachBinding(node.argument, found);
			break;
		case 'AssignmentPattern':
			eachBinding(node.left, found);
			break;
	}
}

const nameOf = (identifier: unknown): string => String((identifier as Tree).name);

export function collectScopes(root: Tree): Scopes {
	const scopes: Scopes = new Map();
	const declare = (scope: Tree, name: string): void => {
		const names = scopes.get(scope);
		if (names) names.add(name);
		else scopes.set(scope, new Set([name]));
	};
	const visit = (node: Tree, functionScope: Tree, blockScope: Tree): void => {
		let inFunction = functionScope;
		let inBlock = blockScope;
		switch (node.type) {
			case 'VariableDeclaration': {
				const scope = node.kind === 'var' ? functionScope : blockScope;
				for (const declaration of node.declarations as Tree[]) {
					eachBinding(declaration.id, (id) => declare(scope, nameOf(id)));
				}
				break;
			}
			case 'FunctionDeclaration':
			case 'ClassDeclaration':
				if (node.id) declare(functionScope, nameOf(node.id));
				break;
			case 'FunctionExpression':
			case 'ClassExpression':
				if (node.id) declare(node, nameOf(node.id));
				break;
			case 'CatchClause':
				eachBinding(node.param, (id) => declare(node, nameOf(id)));
				break;
			case 'ImportDeclaration':
				for (const specifier of node.specifiers as Tree[]) declare(root, nameOf(specifier.local));
				break;
		}
		if (isFunction(node)) {
			for (const param of node.params as Tree[]) {
				eachBinding(param, (id) => declare(node, nameOf(id)));
			}
			if (node.type !== 'ArrowFunctionExpression') declare(node, 'arguments');
			inFunction = inBlock = node;
		} else if (BLOCKS.has(node.type)) {
			inBlock = node;
			if (node.type === 'StaticBlock') inFunction = node;
		}
		eachChild(node, (child) => visit(child, inFunction, inBlock));
	};
	visit(root, root, root);
	return scopes;
}

/** Whether an identifier in this position names no variable: a property, a key, a label… */
export function isPlainKey(parent: Tree, field: string): boolean {
	switch (parent.type) {
		case 'MemberExpression':
			return field === 'property' && parent.computed !== true;
		case 'Property':
		case 'MethodDefinition':
		case 'PropertyDefinition':
			return field === 'key' && parent.computed !== true;
		case 'LabeledStatement':
		case 'BreakStatement':
		case 'ContinueStatement':
			return field === 'label';
		case 'MetaProperty':
		case 'ImportDeclaration':
		case 'ImportSpecifier':
		case 'ImportDefaultSpecifier':
		case 'ImportNamespaceSpecifier':
		case 'ImportAttribute':
			return true;
		default:
			return false;
	}
}

export function freeNames(root: Tree): FreeName[] {
	const scopes = collectScopes(root);
	const assigned = new Set<Tree>();
	const typeofs = new Set<Tree>();
	const free: FreeName[] = [];
	/** Per name: how many of the scopes around declare it. */
	const around = new Map<string, number>();
	const visit = (node: Tree, field: string, parent: Tree | null): void => {
		if (node.type === 'Identifier') {
			if (parent && isPlainKey(parent, field)) return;
			const name = nameOf(node);
			if (name === 'undefined') return;
			if ((around.get(name) ?? 0) > 0) return;
			free.push({
				name,
				start: node.start,
				end: node.end,
				assigned: assigned.has(node),
				typeofOnly: typeofs.has(node)
			});
			return;
		}
		switch (node.type) {
			case 'AssignmentExpression':
			case 'ForOfStatement':
			case 'ForInStatement':
				eachBinding(node.left, (id) => assigned.add(id));
				break;
			case 'UpdateExpression':
				eachBinding(node.argument, (id) => assigned.add(id));
				break;
			case 'UnaryExpression':
				if (node.operator === 'typeof') typeofs.add(node.argument as Tree);
				break;
			case 'Property':
				// Shorthand `{a}`: key and value are one node; see it once, as a value.
				if (node.shorthand === true) {
					visit(node.value as Tree, 'value', node);
					return;
				}
		}
		const declared = scopes.get(node) ?? NO_NAMES;
		for (const name of declared) around.set(name, (around.get(name) ?? 0) + 1);
		eachChild(node, (child, childField) => visit(child, childField, node));
		for (const name of declared) around.set(name, (around.get(name) ?? 0) - 1);
	};
	visit(root, '', null);
	return free;
}

/** Whether the code awaits outside of any function of its own. */
export function awaitsAtTop(root: Tree): boolean {
	if (isFunction(root)) return false;
	if (root.type === 'AwaitExpression') return true;
	if (root.type === 'ForOfStatement' && root.await === true) return true;
	let found = false;
	eachChild(root, (child) => {
		found ||= awaitsAtTop(child);
	});
	return found;
}

/** Calls `found` on every node of a type. */
export function eachOfType(root: Tree, type: string, found: (node: Tree) => void): void {
	if (root.type === type) found(root);
	eachChild(root, (child) => eachOfType(child, type, found));
}
