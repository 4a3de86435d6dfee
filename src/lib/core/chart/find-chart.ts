/** Where the one chart of a cell stands, and the parts of its source. */
import { eachChild, parseSource, type Tree } from '../analysis/syntax.ts';
import { Call, isObject, objectOf, type Code, type CodeObject } from './plot-code.ts';
import { asTree, plotMember, propertiesOf, readCode, treesOf } from './read-code.ts';

export interface FoundMark {
	readonly node: Tree;
	readonly code: Code;
}

export interface FoundChart {
	/** Of the whole call. */
	readonly node: Tree;
	/** What `plot` is given; null where nothing is. */
	readonly options: Tree | null;
	readonly optionCode: CodeObject;
	/** The list of marks; null where there is none. */
	readonly marksNode: Tree | null;
	/** Marks of the list that are written out, then the one that `.plot()` is called on. */
	readonly marks: readonly FoundMark[];
}

/** A call of a mark, or of transforms in one another, from the outside in. */
export interface Peeled {
	readonly fn: string;
	readonly data: Code | undefined;
	/** Transforms from the outside in, each with what it is told beside the options. */
	readonly wrappers: readonly { readonly fn: string; readonly outputs: CodeObject }[];
	readonly options: CodeObject;
}

const NOTHING = objectOf({});
const asObject = (code: Code | undefined): CodeObject =>
	code !== undefined && isObject(code) ? code : NOTHING;

export function peel(code: Code): Peeled | null {
	if (!(code instanceof Call)) return null;
	const [data, ...rest] = code.args;
	const wrappers: { fn: string; outputs: CodeObject }[] = [];
	let inner = rest.at(-1);
	while (inner instanceof Call) {
		const { fn, args } = inner;
		wrappers.push({ fn, outputs: args.length > 1 ? asObject(args[0]) : NOTHING });
		inner = args.at(-1);
	}
	return { fn: code.fn, data, wrappers, options: asObject(inner) };
}

/** Null when the source does not parse, or has no chart, or several. */
export function findChart(source: string): FoundChart | null {
	if (!source.includes('plot')) return null;
	let root: Tree;
	try {
		root = parseSource(source).root as unknown as Tree;
	} catch {
		return null;
	}
	const calls: Tree[] = [];
	const look = (node: Tree) => {
		if (node.type === 'CallExpression' && isPlotCall(node)) calls.push(node);
		eachChild(node, look);
	};
	look(root);
	const [call, ...others] = calls;
	return call && !others.length ? partsOf(call) : null;
}

function isPlotCall(node: Tree): boolean {
	const callee = asTree(node.callee);
	if (plotMember(callee) === 'plot') return true;
	return markOf(callee) !== null;
}

/** The mark that `.plot` is called on. */
function markOf(callee: Tree | null): Tree | null {
	const object = asTree(callee?.object);
	const called =
		callee?.type === 'MemberExpression' &&
		callee.computed !== true &&
		asTree(callee.property)?.name === 'plot' &&
		object?.type === 'CallExpression' &&
		plotMember(asTree(object.callee)) !== null;
	return called ? object : null;
}

function partsOf(node: Tree): FoundChart | null {
	const [options, ...more] = treesOf(node.arguments);
	if (more.length || (options && options.type !== 'ObjectExpression')) return null;
	const own = markOf(asTree(node.callee));
	const marksNode = (options && propertiesOf(options).get('marks')?.value) ?? null;
	const listed = marksNode?.type === 'ArrayExpression' ? treesOf(marksNode.elements) : [];
	const nodes = [...listed, own].filter((mark): mark is Tree => mark !== null);
	return {
		node,
		options: options ?? null,
		optionCode: asObject(options ? readCode(options) : undefined),
		marksNode: marksNode?.type === 'ArrayExpression' ? marksNode : null,
		marks: nodes.map((mark) => ({ node: mark, code: readCode(mark) }))
	};
}
