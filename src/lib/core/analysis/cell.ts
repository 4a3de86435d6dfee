/**
 * What one cell's source says before anything runs: the names it defines, the names it uses and where, the
 * function it becomes, or why it can't. The semantics are those of Observable Notebooks 2.0 (vanilla JavaScript):
 * a cell is an expression, whose value is displayed, or a program, whose top-level names other cells may use.
 * A pure function of the source: same text, same analysis.
 */
import type { CellMode } from '../notebook/notebook.ts';
import type { CellErrorCode } from '../protocol/messages.ts';
import { FIXED_GLOBALS } from './globals.ts';
import type { FreeName } from './scope.ts';
import { awaitsAtTop, eachBinding, eachOfType, freeNames } from './scope.ts';
import type { Place, Tree } from './syntax.ts';
import { parseSource, placeOf, syntaxProblem } from './syntax.ts';
import { syntaxReason } from './syntax-reason.ts';
import type { Template } from './template.ts';
import { MAX_PARTS, parseTemplate, TooManyParts } from './template.ts';

/** A name where it stands in the source. */
export interface NamePlace extends Place {
	readonly name: string;
}

/** Why a cell can't be run as it is written. */
export interface SourceProblem {
	readonly code: CellErrorCode;
	readonly details: Readonly<Record<string, string | number>>;
	/** 1-based. */
	readonly line: number;
	/** 1-based. */
	readonly column: number;
}

/** The text of the function that a cell becomes. */
export interface CompiledCell {
	/**
	 * A parenthesised function expression. Its parameters are the analysis's `inputs` (and, for Markdown, the
	 * texts around the interpolations first). It returns the expression's value, or the values of `defines` as an
	 * array in that order. The cell's own source begins on line `firstLine` of this text, at the same columns.
	 */
	readonly text: string;
	readonly firstLine: number;
	/** Markdown only: the template's texts, handed over as the first argument. */
	readonly texts: readonly string[] | null;
}

export interface CellAnalysis {
	readonly mode: CellMode;
	readonly source: string;
	readonly defines: readonly string[];
	/** Where each defined name is declared (its first declaration). */
	readonly definitions: readonly NamePlace[];
	/** Distinct names taken from other cells or from the built-ins, in order of appearance. */
	readonly inputs: readonly string[];
	/** Every place where an input stands. */
	readonly uses: readonly NamePlace[];
	/** Names of the language or the platform that the cell uses, where they stand (not those only tested by `typeof`). */
	readonly globals: readonly NamePlace[];
	/** `import` declarations and expressions. */
	readonly imports: readonly Place[];
	/** Names given to `FileAttachment`. */
	readonly files: readonly string[];
	/** It awaits at its top level: its function is async. */
	readonly async: boolean;
	/** It is one expression. */
	readonly expression: boolean;
	/** Its value is displayed by itself: an expression that names neither `display` nor `view`, or Markdown. */
	readonly autodisplay: boolean;
	/** It only defines functions and literals: nothing that another cell does with them can be kept in them. */
	readonly stateless: boolean;
	/** null when `problem` says why. */
	readonly compiled: CompiledCell | null;
	readonly problem: SourceProblem | null;
}

const BLANK = {
	defines: [],
	definitions: [],
	inputs: [],
	uses: [],
	globals: [],
	imports: [],
	files: [],
	async: false,
	expression: false,
	autodisplay: false,
	stateless: true,
	compiled: null
} as const;

export function analyseCell(source: string, mode: CellMode): CellAnalysis {
	try {
		return mode === 'md' ? analyseMarkdown(source) : analyseScript(source);
	} catch (error) {
		return { ...BLANK, mode, source, problem: problemOf(source, mode, error) };
	}
}

/** Why a source could not be read; throws on what is a fault of this code. */
function problemOf(source: string, mode: CellMode, error: unknown): SourceProblem {
	if (error instanceof TooManyParts)
		return { code: 'too_many_parts', details: { max: MAX_PARTS }, line: 1, column: 1 };
	// The tree is walked by functions that call themselves: the stack ends before a long enough chain does.
	if (error instanceof RangeError) return { code: 'too_deep', details: {}, line: 1, column: 1 };
	const problem = syntaxProblem(source, error);
	if (!problem) throw error;
	const { message, line, column } = problem;
	// Said by acorn where its own stack ends.
	if (message.startsWith('Not enough stack'))
		return { code: 'too_deep', details: {}, line, column };
	const details = syntaxReason(source, { ...problem, script: mode === 'js' });
	return { code: 'syntax', details, line, column };
}

const asTree = (node: unknown): Tree => node as Tree;
const distinct = (names: readonly string[]): string[] => [...new Set(names)];

function analyseScript(source: string): CellAnalysis {
	const parsed = parseSource(source);
	const root = asTree(parsed.root);
	const declared = parsed.expression ? [] : declarations(root, source);
	const names = readNames(source, [root]);
	const imports = importPlaces(root, source);
	const first = new Map<string, NamePlace>();
	for (const place of declared) if (!first.has(place.name)) first.set(place.name, place);
	const defines = [...first.keys()];
	const async = awaitsAtTop(root);
	const problem =
		names.problem ?? fixedGlobal(declared) ?? exportProblem(root, source) ?? names.fileProblem;
	return {
		mode: 'js',
		source,
		defines,
		definitions: [...first.values()],
		inputs: names.inputs,
		uses: names.uses,
		globals: names.globals,
		imports,
		files: names.files,
		async:
			async ||
			imports.some((place) => source.startsWith('import', place.start) && !parsed.expression),
		expression: parsed.expression,
		autodisplay:
			parsed.expression && !names.inputs.includes('display') && !names.inputs.includes('view'),
		stateless: isStateless(root),
		compiled:
			problem || imports.length > 0
				? null
				: {
						text: parsed.expression
							? `(${head(async, names.inputs)}return (\n${source}\n)})`
							: `(${head(async, names.inputs)}\n${source}\nreturn [${defines.join(',')}]})`,
						firstLine: 2,
						texts: null
					},
		problem
	};
}

const head = (async: boolean, params: readonly string[]): string =>
	`${async ? 'async ' : ''}function(${params.join(',')}){"use strict";`;

function analyseMarkdown(source: string): CellAnalysis {
	const template = parseTemplate(source);
	const roots = template.parts.map((part) => asTree(part.root));
	const names = readNames(source, roots);
	const imports = roots.flatMap((root) => importPlaces(root, source));
	const inputs = source === '' ? [] : distinct(['md', ...names.inputs]);
	const async = roots.some(awaitsAtTop);
	const problem = names.problem ?? names.fileProblem;
	return {
		...BLANK,
		mode: 'md',
		source,
		inputs,
		uses: names.uses,
		globals: names.globals,
		imports,
		files: names.files,
		async,
		expression: true,
		autodisplay: source !== '',
		compiled:
			problem || imports.length > 0 || source === ''
				? null
				: {
						text: `(${head(async, ['texts$', ...inputs])}return md(texts$\n${onlyParts(source, template)}\n)})`,
						firstLine: 2,
						texts: template.texts
					},
		problem
	};
}

/** The source with its text blanked out, so that each interpolation keeps its line and column. */
function onlyParts(source: string, { parts }: Template): string {
	const blank = (text: string): string => text.replace(/[^\n\r\u2028\u2029]/g, ' ');
	let code = '';
	let from = 0;
	for (const { open, close } of parts) {
		code += `${blank(source.slice(from, open))},(${source.slice(open + 2, close)})`;
		from = close + 1;
	}
	return code + blank(source.slice(from));
}

function declarations(program: Tree, source: string): NamePlace[] {
	const found: NamePlace[] = [];
	const declare = (identifier: Tree): void => {
		found.push({
			name: String(identifier.name),
			...placeOf(source, identifier.start, identifier.end)
		});
	};
	for (const statement of program.body as Tree[]) {
		switch (statement.type) {
			case 'VariableDeclaration':
				for (const declaration of statement.declarations as Tree[]) {
					eachBinding(declaration.id, declare);
				}
				break;
			case 'ClassDeclaration':
			case 'FunctionDeclaration':
				declare(asTree(statement.id));
				break;
			case 'ImportDeclaration':
				for (const specifier of statement.specifiers as Tree[]) declare(asTree(specifier.local));
		}
	}
	return found;
}

interface Names {
	inputs: string[];
	uses: NamePlace[];
	globals: NamePlace[];
	files: string[];
	problem: SourceProblem | null;
	fileProblem: SourceProblem | null;
}

function readNames(source: string, roots: readonly Tree[]): Names {
	const free = roots.flatMap(freeNames);
	const located = (name: FreeName): NamePlace => ({
		name: name.name,
		...placeOf(source, name.start, name.end)
	});
	const uses = free.filter(({ name }) => !FIXED_GLOBALS.has(name));
	const assigned = free.find((name) => name.assigned);
	const fileStarts = new Set(uses.filter((u) => u.name === 'FileAttachment').map((u) => u.start));
	const files: string[] = [];
	let fileProblem: SourceProblem | null = null;
	for (const root of fileStarts.size > 0 ? roots : []) {
		eachOfType(root, 'CallExpression', (call) => {
			const callee = asTree(call.callee);
			if (callee.type !== 'Identifier' || !fileStarts.has(callee.start)) return;
			const name = literalText((call.arguments as Tree[])[0]);
			if (name !== null) files.push(name);
			else fileProblem ??= problemAt('file_name', {}, placeOf(source, call.start, call.end));
		});
	}
	return {
		inputs: distinct(uses.map((use) => use.name)),
		uses: uses.map(located),
		globals: free.filter((n) => FIXED_GLOBALS.has(n.name) && !n.typeofOnly).map(located),
		files: distinct(files),
		problem: assigned ? problemAt('assignment', { name: assigned.name }, located(assigned)) : null,
		fileProblem
	};
}

const problemAt = (
	code: CellErrorCode,
	details: Record<string, string>,
	{ line, column }: Place
): SourceProblem => ({ code, details, line, column });

function literalText(node: Tree | undefined): string | null {
	if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
	if (node?.type === 'TemplateLiteral' && (node.expressions as Tree[]).length === 0) {
		const [quasi] = node.quasis as { value?: { cooked?: string } }[];
		return quasi?.value?.cooked ?? null;
	}
	if (node?.type === 'BinaryExpression' && node.operator === '+') {
		const left = literalText(asTree(node.left));
		const right = literalText(asTree(node.right));
		return left === null || right === null ? null : left + right;
	}
	return null;
}

function fixedGlobal(declared: readonly NamePlace[]): SourceProblem | null {
	const bad = declared.find(({ name }) => FIXED_GLOBALS.has(name) || name === 'arguments');
	return bad ? problemAt('fixed_global', { name: bad.name }, bad) : null;
}

function exportProblem(root: Tree, source: string): SourceProblem | null {
	const statement = ((root.body as Tree[] | undefined) ?? []).find?.(
		(node) => node.type === 'ExportAllDeclaration' || /^Export(Named|Default)/.test(node.type)
	);
	return statement
		? problemAt('syntax', { reason: 'export' }, placeOf(source, statement.start, statement.end))
		: null;
}

function importPlaces(root: Tree, source: string): Place[] {
	const places: Place[] = [];
	for (const type of ['ImportDeclaration', 'ImportExpression']) {
		eachOfType(root, type, (node) => places.push(placeOf(source, node.start, node.end)));
	}
	eachOfType(root, 'MetaProperty', (node) => {
		if (asTree(node.meta).name === 'import') places.push(placeOf(source, node.start, node.end));
	});
	return places;
}

/** Only functions and literals at the top level, and no variable that a function could change. */
function isStateless(root: Tree): boolean {
	if (root.type !== 'Program') return false;
	return (root.body as Tree[]).every((statement) => {
		if (statement.type === 'FunctionDeclaration') return true;
		if (statement.type !== 'VariableDeclaration' || statement.kind !== 'const') return false;
		return (statement.declarations as Tree[]).every((declaration) => {
			const value = declaration.init as Tree | null;
			return (
				value?.type === 'Literal' ||
				value?.type === 'ArrowFunctionExpression' ||
				value?.type === 'FunctionExpression'
			);
		});
	});
}
