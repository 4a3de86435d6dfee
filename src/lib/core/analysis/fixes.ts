/**
 * What would probably mend a cell that failed, as edits of its text. Only what follows from the error is offered: a name
 * that is near, an `op.` that is missing, a name handed in with `params`, another name for one that is taken.
 */
import { FUNCTIONS } from '../pipeline/functions.ts';
import { printText } from '../pipeline/print-expression.ts';
import type { TextEdit } from '../pipeline/step.ts';
import type { CellError } from '../protocol/messages.ts';
import { eachChild, parseSource } from './syntax.ts';
import type { Tree } from './syntax.ts';

/** Each is the message `cell_fix_<kind>`. */
export type FixKind = 'replace' | 'op' | 'params' | 'rename' | 'as_text' | 'as_number' | 'as_date';

export interface Fix {
	readonly kind: FixKind;
	/** What is written: a name, a column. */
	readonly text: string;
	readonly edits: readonly TextEdit[];
}

type Walk = (node: Tree, parents: readonly Tree[], field: string) => void;
function walk(node: Tree, visit: Walk, parents: readonly Tree[] = [], field = ''): void {
	visit(node, parents, field);
	const inside = [...parents, node];
	eachChild(node, (child, at) => walk(child, visit, inside, at));
}

const treeOf = (node: unknown): Tree => node as Tree;
const isName = (node: Tree, name: string): boolean =>
	node.type === 'Identifier' && node.name === name;
/** `a.name` and `{name: …}` name a part, and not the name itself. */
const isPart = (parent: Tree | undefined, field: string): boolean =>
	(parent?.type === 'MemberExpression' && field === 'property' && parent.computed !== true) ||
	(/^(?:Property|MethodDefinition|PropertyDefinition)$/.test(parent?.type ?? '') &&
		field === 'key' &&
		parent?.computed !== true);

/** Every place of a name, each replaced; `{name}` keeps its key. */
function renamed(root: Tree, name: string, next: string): TextEdit[] {
	const edits = new Map<number, TextEdit>();
	walk(root, (node, parents, field) => {
		const parent = parents.at(-1);
		if (!isName(node, name)) return;
		const short = parent?.type === 'Property' && parent.shorthand === true;
		if (!short && isPart(parent, field)) return;
		const insert = short ? `${name}: ${next}` : next;
		edits.set(node.start, { at: node.start, length: node.end - node.start, insert });
	});
	return [...edits.values()].sort((a, b) => a.at - b.at);
}

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** Every place where a column is named: `d.name`, `d["name"]`, `"name"`. */
function columnRenamed(root: Tree, name: string, next: string): TextEdit[] {
	const edits: TextEdit[] = [];
	walk(root, (node, parents, field) => {
		const length = node.end - node.start;
		if (node.type === 'Literal' && node.value === name)
			edits.push({ at: node.start, length, insert: printText(next) });
		const parent = parents.at(-1);
		if (!isName(node, name) || parent?.type !== 'MemberExpression') return;
		if (field !== 'property' || parent.computed === true) return;
		if (IDENTIFIER.test(next)) return void edits.push({ at: node.start, length, insert: next });
		const from = treeOf(parent.object).end;
		edits.push({ at: from, length: node.end - from, insert: `[${printText(next)}]` });
	});
	return edits.sort((a, b) => a.at - b.at);
}

/** `mean(…)` → `op.mean(…)`, where it is called. */
function withOp(root: Tree, name: string): TextEdit[] {
	const edits: TextEdit[] = [];
	walk(root, (node, parents, field) => {
		if (isName(node, name) && parents.at(-1)?.type === 'CallExpression' && field === 'callee')
			edits.push({ at: node.start, length: 0, insert: 'op.' });
	});
	return edits;
}

/** `.filter(d => d.prix > seuil)` → `.params({seuil}).filter((d, $) => d.prix > $.seuil)`. */
function withParams(root: Tree, name: string, source: string): TextEdit[] {
	const edits: TextEdit[] = [];
	let given = false;
	walk(root, (node, parents, field) => {
		const parent = parents.at(-1);
		if (!isName(node, name) || isPart(parent, field)) return;
		const place = parents.findLastIndex(({ type }) => type === 'ArrowFunctionExpression');
		const arrow = parents[place];
		const call = parents.slice(0, place).findLast(({ type }) => type === 'CallExpression');
		const callee = call ? treeOf(call.callee) : null;
		const params = arrow ? (arrow.params as Tree[]) : [];
		const [row, second] = params;
		if (!arrow || callee?.type !== 'MemberExpression' || callee.computed === true) return;
		if (row?.type !== 'Identifier' || params.length > 2 || row.name === name) return;
		if (second && second.type !== 'Identifier') return;
		const short = parent?.type === 'Property' && parent.shorthand === true;
		const dollar = second ? String(second.name) : '$';
		const use = `${short ? `${name}: ` : ''}${dollar}.${name}`;
		if (edits.some(({ at }) => at === node.start)) return;
		edits.push({ at: node.start, length: node.end - node.start, insert: use });
		if (!second && !edits.some(({ at }) => at === row.start)) {
			const bare = source[arrow.start] !== '(';
			edits.push({
				at: row.start,
				length: row.end - row.start,
				insert: bare ? `(${String(row.name)}, $)` : `${String(row.name)}, $`
			});
		}
		const dot = treeOf(callee.object).end;
		// Once for a chain: what is handed in stays for the verbs after it.
		if (!given) edits.push({ at: dot, length: 0, insert: `.params({${name}})` });
		given = true;
	});
	return edits.sort((a, b) => a.at - b.at);
}

/** The end of the blank that begins there. */
const skipped = (source: string, at: number): number =>
	at + (/^\s*/.exec(source.slice(at))?.[0].length ?? 0);

/** Decimal commas for which a text is no code: each where it could be read no further, as long as that helps. */
function decimals(source: string): Fix[] {
	const edits: TextEdit[] = [];
	const words: string[] = [];
	let text = source;
	while (edits.length < 10) {
		let at: number;
		try {
			parseSource(text);
			break;
		} catch (error) {
			const { pos } = error as { pos?: unknown };
			if (typeof pos !== 'number') return [];
			at = pos;
		}
		const found = [...text.matchAll(/(?<![\w.$])(\d+),(\d+)(?![\w.])/g)].find(
			({ index, 0: { length }, 1: whole = '' }) =>
				index + whole.length < at && at <= skipped(text, index + length)
		);
		if (!found) return [];
		const [, whole = '', part = ''] = found;
		const comma = found.index + whole.length;
		edits.push({ at: comma, length: 1, insert: '.' });
		words.push(`${whole}.${part}`);
		text = `${text.slice(0, comma)}.${text.slice(comma + 1)}`;
	}
	edits.sort((a, b) => a.at - b.at);
	return edits.length > 0 && edits.length < 10
		? [{ kind: 'replace', text: words.join(', '), edits }]
		: [];
}

/** `const ventes = ventes.filter(…)`: what the declaration of a name is made of, where that reads the name itself. */
function ownReading(root: Tree, name: string): Tree | null {
	let found: Tree | null = null;
	walk(root, (node) => {
		if (node.type !== 'VariableDeclarator' || !node.init || !isName(treeOf(node.id), name)) return;
		walk(treeOf(node.init), (inner, parents, field) => {
			if (isName(inner, name) && !isPart(parents.at(-1), field)) found ??= treeOf(node.init);
		});
	});
	return found;
}

/** Another name for one that is taken is looked for up to this number. */
const MAX_NUMBER = 1_000;

/**
 * What would mend a cell. The error is what the cells' worker said, and people's code runs there: of what it names,
 * only what is a name is ever written.
 * @param taken names of the notebook
 */
export function fixesFor(source: string, error: CellError, taken: ReadonlySet<string>): Fix[] {
	if (error.code === 'syntax') return decimals(source);
	try {
		return fixesIn(treeOf(parseSource(source).root), source, error, taken);
	} catch (cause) {
		// It does not parse, or is too deep to be walked.
		if (cause instanceof SyntaxError || cause instanceof RangeError) return [];
		throw cause;
	}
}

function fixesIn(root: Tree, source: string, error: CellError, taken: ReadonlySet<string>): Fix[] {
	const name = String(error.details.name ?? '');
	const suggestion = String(error.details.suggestion ?? '');
	const fix = (kind: FixKind, text: string, edits: readonly TextEdit[]): Fix[] =>
		edits.length > 0 ? [{ kind, text, edits }] : [];
	switch (error.code) {
		case 'unknown_name': {
			const known = FUNCTIONS.get(name);
			const op = known && !known.composed ? fix('op', `op.${name}`, withOp(root, name)) : [];
			if (op.length > 0 || !IDENTIFIER.test(suggestion)) return op;
			return fix('replace', suggestion, renamed(root, name, suggestion));
		}
		case 'missing_column':
			return suggestion === ''
				? []
				: fix('replace', suggestion, columnRenamed(root, name, suggestion));
		case 'closure':
			return taken.has(name) ? fix('params', name, withParams(root, name, source)) : [];
		case 'duplicate': {
			let number = 2;
			while (taken.has(`${name}${number}`) || source.includes(`${name}${number}`))
				if (++number > MAX_NUMBER) return [];
			const next = `${name}${number}`;
			// What it reads under that name is the other cell's.
			const own = ownReading(root, name);
			const edits = renamed(root, name, next).filter(
				({ at }) => !own || at < own.start || at >= own.end
			);
			return fix('rename', next, edits);
		}
		default:
			return [];
	}
}
