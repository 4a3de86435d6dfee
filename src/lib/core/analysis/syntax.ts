/**
 * Reading a cell's JavaScript into a syntax tree, as Observable Notebooks 2.0 read it: first as one expression
 * (whose value is displayed), else as a module's program. Positions are offsets in the cell's own source.
 */
import { Parser, tokTypes } from 'acorn';
import type { Expression, Node, Options, Program, TokenType } from 'acorn';

/** A node seen without its exact type: what a generic walk needs. */
export interface Tree extends Node {
	readonly [field: string]: unknown;
}

/** A place in a cell's source: offsets, and 1-based line and column. */
export interface Place {
	readonly start: number;
	readonly end: number;
	readonly line: number;
	readonly column: number;
}

const OPTIONS: Options = { ecmaVersion: 'latest', sourceType: 'module' };

/** The part of acorn's parser that its types leave out and its plugins build on. */
interface InnerParser {
	nextToken(): void;
	parseExpression(): Expression;
	readonly type: TokenType;
	pos: number;
	start: number;
	end: number;
	lastTokStart: number;
	lastTokEnd: number;
}

class PartParser extends Parser {
	/** Parses the expression that begins at `from`, and stands on the token after it. */
	static at(input: string, from: number): { node: Expression; next: TokenType; nextStart: number } {
		const parser = new PartParser(OPTIONS, input) as unknown as InnerParser;
		// Told to begin there, acorn would read all that comes before, to count its lines.
		if (from > 0)
			for (const field of ['pos', 'start', 'end', 'lastTokStart', 'lastTokEnd'] as const)
				parser[field] = from;
		parser.nextToken();
		const node = parser.parseExpression();
		return { node, next: parser.type, nextStart: parser.start };
	}
}

/** The expression that the whole source is, or null. Throws nothing. */
function wholeExpression(source: string): Expression | null {
	try {
		const { node, next } = PartParser.at(source, 0);
		if (next !== tokTypes.eof) return null;
		// A named class or function declares its name: it is a program.
		const declares = node.type === 'ClassExpression' || node.type === 'FunctionExpression';
		return declares && node.id ? null : node;
	} catch {
		return null;
	}
}

/** Throws acorn's SyntaxError when the source is neither an expression nor a program. */
export function parseSource(source: string): { root: Expression | Program; expression: boolean } {
	const expression = wholeExpression(source);
	return expression
		? { root: expression, expression: true }
		: { root: Parser.parse(source, OPTIONS), expression: false };
}

/** Parses `…}` from just after a `${`; `close` is where its brace stands. Throws acorn's SyntaxError. */
export function parseInterpolation(
	source: string,
	from: number
): { root: Expression; close: number } {
	const { node, next, nextStart } = PartParser.at(source, from);
	if (next !== tokTypes.braceR) {
		throw Object.assign(new SyntaxError('Unexpected token'), { pos: nextStart });
	}
	return { root: node, close: nextStart };
}

/** The offsets at which a source's lines start. */
function lineStarts(source: string): number[] {
	const starts = [0];
	for (const { index, 0: end } of source.matchAll(/\r\n?|[\n\u2028\u2029]/g))
		starts.push(index + end.length);
	return starts;
}

/** Of the source last asked about: a cell's names are all located one after the other. */
let lines: { source: string; starts: readonly number[] } = { source: '', starts: [0] };

export function placeOf(source: string, start: number, end: number): Place {
	if (lines.source !== source) lines = { source, starts: lineStarts(source) };
	const { starts } = lines;
	const at = Math.min(start, source.length);
	let line = 0;
	for (let high = starts.length - 1; line < high;) {
		const middle = (line + high + 1) >> 1;
		if ((starts[middle] ?? 0) <= at) line = middle;
		else high = middle - 1;
	}
	return { start, end, line: line + 1, column: at - (starts[line] ?? 0) + 1 };
}

const isTree = (value: unknown): value is Tree =>
	typeof value === 'object' &&
	value !== null &&
	typeof (value as { type?: unknown }).type === 'string' &&
	typeof (value as { start?: unknown }).start === 'number';

/** Calls `visit` on each direct child that is a node, in source order of acorn's fields. */
export function eachChild(node: Tree, visit: (child: Tree, field: string) => void): void {
	for (const field in node) {
		const value = node[field];
		if (Array.isArray(value)) {
			for (const item of value) if (isTree(item)) visit(item, field);
		} else if (isTree(value)) visit(value, field);
	}
}

/** The error that acorn threw, as a message without its `(line:column)`, and where it stands. */
export function syntaxProblem(
	source: string,
	error: unknown
): { message: string; at: number; end: number; line: number; column: number } | null {
	if (!(error instanceof SyntaxError)) return null;
	const at = 'pos' in error && typeof error.pos === 'number' ? error.pos : 0;
	const end = 'raisedAt' in error && typeof error.raisedAt === 'number' ? error.raisedAt : at;
	const { line, column } = placeOf(source, at, at);
	return { message: error.message.replace(/ \(\d+:\d+\)$/, ''), at, end, line, column };
}
