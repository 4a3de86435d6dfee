/**
 * A cell's source as a chain of calls, by place: what it begins with, each call, and the comments of switched-off
 * calls between them. What the calls mean is not looked at.
 */
import { parseSource, type Tree } from '../analysis/syntax.ts';
import { TABLE_VERBS } from '../notebook/kind.ts';
import { memberOf, treeOf, treesOf } from './parse-expression.ts';
import { readOff } from './off-comment.ts';

/** Longer sources, and longer chains (switched-off calls are counted apart), are nobody's steps. */
export const MAX_SOURCE = 200_000;
export const MAX_CALLS = 400;

export interface ChainCall {
	/** Null where it is computed. */
	readonly verb: string | null;
	readonly args: readonly (Tree | null)[];
	/** From its dot to behind its bracket. */
	readonly from: number;
	readonly to: number;
}

/** A comment that holds switched-off calls. */
export interface OffComment {
	readonly text: string;
	readonly from: number;
	readonly to: number;
}

export interface Chain {
	/** Where the name of the declaration stands. */
	readonly name: { readonly text: string; readonly from: number; readonly to: number } | null;
	readonly head: Tree;
	readonly headFrom: number;
	readonly headTo: number;
	readonly calls: readonly ChainCall[];
	readonly offs: readonly OffComment[];
	/** Where the chain ends, with its last call or switched-off call. */
	readonly end: number;
}

/** Names that no table has. */
const NO_TABLES = new Set(
	`Plot Inputs Math JSON Object Array Number String Boolean Date Promise Intl Generators Promises console d3 op
	view display md htl html`.split(/\s+/)
);

const SPACE = /\s/;

/** The next sign at or after `at` that is neither blank nor in a comment; comments on the way are handed over. */
export function skipBlank(
	source: string,
	at: number,
	comment: (from: number, to: number) => void = () => undefined
): number {
	let place = at;
	for (;;) {
		while (place < source.length && SPACE.test(source.charAt(place))) place++;
		const two = source.slice(place, place + 2);
		if (two !== '//' && two !== '/*') return place;
		const from = place;
		if (two === '//') {
			const line = /[\n\r\u2028\u2029]/g;
			line.lastIndex = place;
			place = line.exec(source)?.index ?? source.length;
		} else {
			const close = source.indexOf('*/', place + 2);
			place = close < 0 ? source.length : close + 2;
		}
		comment(from, place);
	}
}

/** The value of a cell of one statement, and the name that it is given. */
function onlyValue(source: string): { value: Tree; name: Chain['name'] } | null {
	const { root, expression } = parseSource(source);
	if (expression) return { value: treeOf(root), name: null };
	const [statement, more] = treesOf(treeOf(root).body);
	if (!statement || more) return null;
	if (statement.type === 'ExpressionStatement')
		return { value: treeOf(statement.expression), name: null };
	if (statement.type !== 'VariableDeclaration') return null;
	const [declaration, another] = treesOf(statement.declarations);
	const id = declaration ? treeOf(declaration.id) : null;
	if (!declaration?.init || another || id?.type !== 'Identifier') return null;
	return {
		value: treeOf(declaration.init),
		name: { text: String(id.name), from: id.start, to: id.end }
	};
}

/** Null where the source is no chain over a table. Throws acorn's SyntaxError and, too deep, a RangeError. */
export function readChain(source: string): Chain | null {
	if (source.length > MAX_SOURCE) return null;
	const only = onlyValue(source);
	if (!only) return null;
	const nodes: { call: Tree; callee: Tree; from: number }[] = [];
	let at = only.value;
	while (at.type === 'CallExpression' && at.optional !== true) {
		const callee = treeOf(at.callee);
		if (callee.type !== 'MemberExpression' || callee.optional === true) break;
		const object = treeOf(callee.object);
		const dot = skipBlank(source, object.end);
		// A bracket closes here: what is inside it is what the chain begins with.
		if (source.charAt(dot) !== '.') {
			if (source.charAt(dot) !== ')') return null;
			nodes.push({ call: at, callee, from: dotAfter(source, object.end) });
			at = object;
			break;
		}
		nodes.push({ call: at, callee, from: dot });
		if (nodes.length > MAX_CALLS) return null;
		at = object;
	}
	nodes.reverse();
	// Calls that make a table (`aq.from(rows)`, `FileAttachment("a").arquero()`) are what the chain begins with.
	const verbOf = ({ callee }: { callee: Tree }): string | null => memberOf(callee);
	const isName = at.type === 'Identifier';
	const firstVerb = nodes.findIndex((node) => TABLE_VERBS.has(verbOf(node) ?? ''));
	let own = isName && nodes.length > 0 && firstVerb === 0 ? 0 : firstVerb;
	if (own < 0) own = nodes.length;
	if (at.type === 'Identifier' && NO_TABLES.has(String(at.name))) return null;
	const alone = bracketed(source, only.value.start, only.value.end);
	// Behind brackets that close around all of it, everything is switched off.
	if (alone.switched && alone.to > only.value.end) own = nodes.length;
	const first = nodes[own];
	const last = nodes.at(-1);
	const head = first ? treeOf(first.callee.object) : only.value;
	if (last && own < nodes.length && !TABLE_VERBS.has(verbOf(last) ?? '')) return null;
	const headFrom = first ? first.call.start : alone.from;
	const headTo = first ? lastBefore(source, head.end, first.from) : alone.to;
	const calls = nodes.slice(own).map(({ call, callee, from }) => ({
		verb: memberOf(callee),
		args: treesOf(call.arguments),
		from,
		to: call.end
	}));
	const offs: OffComment[] = [];
	const note = (from: number, to: number): void => {
		const text = readOff(source.slice(from, to));
		if (text !== null) offs.push({ text, from, to });
	};
	const ends = [headTo, ...calls.map(({ to }) => to)];
	for (const end of ends) skipBlank(source, end, note);
	if (offs.length > MAX_CALLS) return null;
	const end = Math.max(ends.at(-1) ?? headTo, offs.at(-1)?.to ?? 0);
	return { name: only.name, head, headFrom, headTo, calls, offs, end };
}

/**
 * A value with the brackets around it: all of them, or those behind which switched-off calls stand, the outermost.
 */
function bracketed(
	source: string,
	start: number,
	end: number
): { from: number; to: number; switched: boolean } {
	let [from, to] = [start, end];
	let switched: { from: number; to: number; switched: boolean } | null = null;
	for (;;) {
		let off = false;
		const after = skipBlank(source, to, (open, close) => {
			off ||= readOff(source.slice(open, close)) !== null;
		});
		if (off) switched = { from, to, switched: true };
		const before = source.slice(0, from).trimEnd();
		if (!before.endsWith('(') || source.charAt(after) !== ')')
			return switched ?? { from, to, switched: false };
		from = before.length - 1;
		to = after + 1;
	}
}

/** The dot after brackets that close. */
function dotAfter(source: string, from: number): number {
	let at = skipBlank(source, from);
	while (source.charAt(at) === ')') at = skipBlank(source, at + 1);
	return at;
}

/** Behind the last bracket that closes before `dot`. */
function lastBefore(source: string, from: number, dot: number): number {
	let end = from;
	for (let at = skipBlank(source, from); at < dot; at = skipBlank(source, at + 1)) end = at + 1;
	return end;
}
