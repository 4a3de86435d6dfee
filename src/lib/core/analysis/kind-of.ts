/** Which kind a cell is of, read from its syntax. */
import { kindOfDraft, TABLE_VERBS, type CellKind } from '../notebook/kind.ts';
import type { CellMode } from '../notebook/notebook.ts';
import { parseSource } from './syntax.ts';
import type { Tree } from './syntax.ts';

/** A cell of one statement whose value is one of these shapes has a kind; anything else is free code. */
export function kindOf(source: string, mode: CellMode): CellKind {
	if (mode === 'md') return 'text';
	try {
		const { root, expression } = parseSource(source);
		const value = expression ? (root as unknown as Tree) : onlyValue(root as unknown as Tree);
		return value ? kindOfValue(value) : 'code';
	} catch {
		return kindOfDraft(source);
	}
}

/** The value of a program that is one declaration or one expression statement. */
function onlyValue(program: Tree): Tree | null {
	const [statement, more] = program.body as Tree[];
	if (!statement || more) return null;
	if (statement.type === 'ExpressionStatement') return statement.expression as Tree;
	if (statement.type !== 'VariableDeclaration') return null;
	const [declaration, another] = statement.declarations as Tree[];
	return declaration && !another ? (declaration.init as Tree | null) : null;
}

/** `head.a(…).b(…)`: the name it starts with and the members after it, in order; null for anything else. */
function chainOf(node: Tree): { head: string; members: string[] } | null {
	const members: string[] = [];
	let at = node;
	for (;;) {
		if (at.type === 'CallExpression') at = at.callee as Tree;
		else if (at.type === 'MemberExpression' && at.computed !== true) {
			members.push(String((at.property as Tree).name));
			at = at.object as Tree;
		} else if (at.type === 'Identifier')
			return { head: String(at.name), members: members.reverse() };
		else return null;
	}
}

function kindOfValue(node: Tree): CellKind {
	if (node.type === 'AwaitExpression') return kindOfValue(node.argument as Tree);
	if (node.type !== 'CallExpression') return 'code';
	const chain = chainOf(node);
	if (!chain) return 'code';
	const { head, members } = chain;
	const last = members[members.length - 1];
	if ((head === 'view' || head === 'display') && members.length === 0) {
		const [inner] = node.arguments as Tree[];
		const kind = inner ? kindOfValue(inner) : 'code';
		return kind === (head === 'view' ? 'control' : 'chart') ? kind : 'code';
	}
	if (head === 'Inputs') return 'control';
	if (head === 'Plot') return last === 'plot' ? 'chart' : 'code';
	const verbs = members.some((member) => TABLE_VERBS.has(member));
	if (head === 'FileAttachment') return verbs ? 'transform' : 'data';
	return verbs && last !== undefined && TABLE_VERBS.has(last) ? 'transform' : 'code';
}
