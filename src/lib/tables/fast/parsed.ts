/**
 * Expressions as Arquero's own parser reads them, with its errors and its meaning, kept as trees: what is left of it
 * here is to say how a column is read.
 */
import { codegen } from 'arquero/src/expression/codegen.js';
import { compile } from 'arquero/src/expression/compile.js';
import { parse } from 'arquero/src/expression/parse.js';
import { hasWindow } from 'arquero/src/op/index.js';

/** A node of an expression, after Arquero rewrote columns, functions and operators. */
export interface Node {
	readonly type: string;
	readonly [part: string]: unknown;
}

/** An aggregate or a window function, of fields. */
export interface Op {
	id: number;
	readonly name: string;
	readonly fields: readonly Node[];
	readonly params: readonly unknown[];
	readonly frame?: readonly [unknown, unknown];
	readonly peers?: boolean;
}

export interface Parsed {
	readonly names: string[];
	readonly nodes: Node[];
	readonly ops: Op[];
}

/** Text that reads the row's values, as Arquero writes it. */
export const codeOf = (node: Node, options?: { index: string; op?: string }): string =>
	options ? codegen(node, options) : codegen(node);

/** What `parse` is told so that trees come back, and what came back. */
export function treeOptions(): {
	options: object;
	nodes: Node[];
	names: string[];
	fields: Map<string, Node>;
} {
	const nodes: Node[] = [];
	const names: string[] = [];
	const fields = new Map<string, Node>();
	const options = {
		value: (name: string, node: Node) => {
			names.push(name);
			nodes.push(node);
		},
		generate: (node: Node) => {
			const code = codegen(node);
			fields.set(code, node);
			return code;
		},
		compiler: { ...compile, expr: (code: string) => code }
	};
	return { options, nodes, names, fields };
}

/** Functions of a cell's own, and bodies of several statements, stay Arquero's. */
const isPlain = (node: Node): boolean => !('escape' in node) && node.type !== 'BlockStatement';

export function withTrees(
	{ nodes, names, fields }: ReturnType<typeof treeOptions>,
	result: unknown
): Parsed | null {
	if (!nodes.every(isPlain)) return null;
	const { ops = [] } = result as { ops?: (Omit<Op, 'fields'> & { fields: string[] })[] };
	return {
		names,
		nodes,
		ops: ops.map((op) => ({ ...op, fields: op.fields.map((code) => fields.get(code) as Node) }))
	};
}

/** The expressions as trees; null where they are for Arquero alone. Throws what Arquero's parser throws. */
export function parsed(input: unknown, options: object): Parsed | null {
	const trees = treeOptions();
	return withTrees(trees, parse(input, { ...options, ...trees.options }));
}

/** Of the rows before or after, not of the whole group. */
export const isWindowed = ({ name, frame }: Op): boolean =>
	hasWindow(name) || (!!frame && (Number.isFinite(frame[0]) || Number.isFinite(frame[1])));
