/**
 * Marks of a chart that are written out whole in its cell: a line at a target, an annotation, the tiles of a map. They
 * show what their author typed, whatever the data are.
 */
import type { Tree } from '../analysis/syntax.ts';
import { findChart, type FoundChart } from './find-chart.ts';
import { asTree, plotMember, readCode, treesOf } from './read-code.ts';

type Written = string | number | boolean | null;

/**
 * The data of such marks, by the place of the mark among those of the source's one chart (a mark that `.plot()` is
 * called on is the last); empty where the source has no chart, or several. A mark that names anything but `Plot`, or
 * computes anything, is none of them.
 */
export function writtenMarks(source: string): ReadonlyMap<number, readonly Written[]> {
	const out = new Map<number, readonly Written[]>();
	const found = findChart(source);
	if (!found || !isPlaced(found)) return out;
	for (const [place, { node }] of found.marks.entries()) {
		const [data] = treesOf(node.arguments);
		if (node.type !== 'CallExpression' || data?.type !== 'ArrayExpression') continue;
		if (!isWritten(node)) continue;
		const values = readCode(data);
		if (Array.isArray(values) && values.every(isScalar)) out.set(place, values);
	}
	return out;
}

/** Whether each mark of the list stands there at the place that it will be drawn from. */
function isPlaced({ marksNode, optionCode }: FoundChart): boolean {
	if (!marksNode) return !('marks' in optionCode);
	return treesOf(marksNode.elements).every((mark) => mark && mark.type !== 'SpreadElement');
}

const isScalar = (value: unknown): value is Written =>
	value === null || ['string', 'number', 'boolean'].includes(typeof value);

/** Nothing but literals, lists, objects, calls of `Plot`, and functions that give a text or what they are given. */
function isWritten(node: Tree | null): boolean {
	switch (node?.type) {
		case 'Literal':
			return true;
		case 'TemplateLiteral':
			return treesOf(node.expressions).length === 0;
		case 'UnaryExpression':
			return node.operator === '-' && isWritten(asTree(node.argument));
		case 'ArrayExpression':
			return treesOf(node.elements).every(isWritten);
		case 'ObjectExpression':
			return treesOf(node.properties).every(
				(property) =>
					property?.type === 'Property' &&
					property.kind === 'init' &&
					property.computed !== true &&
					property.method !== true &&
					property.shorthand !== true &&
					isWritten(asTree(property.value))
			);
		case 'ArrowFunctionExpression': {
			const [param, ...more] = treesOf(node.params);
			const body = asTree(node.body);
			if (more.length || node.async === true) return false;
			if (!param) return isWritten(body);
			return param.type === 'Identifier' && body?.type === 'Identifier' && body.name === param.name;
		}
		case 'CallExpression':
			return plotMember(asTree(node.callee)) !== null && treesOf(node.arguments).every(isWritten);
		case 'MemberExpression':
			return plotMember(node) === 'identity';
		default:
			return false;
	}
}
