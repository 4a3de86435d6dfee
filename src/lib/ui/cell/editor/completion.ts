/** What the editor offers while a person types: columns, verbs and functions, by what stands before the caret. */
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { syntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import {
	AQ_FUNCTIONS,
	GLOBALS,
	INPUTS,
	KEYWORDS,
	OP_FUNCTIONS,
	PLOT_FUNCTIONS,
	TABLE_VERBS
} from './vocabulary.ts';

/** What the notebook knows, asked for at each completion. */
export interface NotebookNames {
	/** Names that other cells define. */
	readonly names: readonly string[];
	/** Columns of the tables among them, by name. */
	readonly columns: Readonly<Record<string, readonly string[]>>;
}

type SyntaxNode = ReturnType<ReturnType<typeof syntaxTree>['resolveInner']>;

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

const ranked = (labels: readonly string[], type: string): Completion[] =>
	labels.map((label, index) => ({ label, type, boost: -index / labels.length }));

const MEMBERS = new Map<string, readonly Completion[]>([
	['op', ranked(OP_FUNCTIONS, 'function')],
	['Plot', ranked(PLOT_FUNCTIONS, 'function')],
	['Inputs', ranked(INPUTS, 'function')],
	['aq', ranked(AQ_FUNCTIONS, 'function')]
]);
const VERBS = ranked(TABLE_VERBS, 'method');
const WORDS: readonly Completion[] = [
	...ranked(GLOBALS, 'namespace'),
	...KEYWORDS.map((label) => ({ label, type: 'keyword', boost: -2 }))
];

const isChain = (node: SyntaxNode | null): boolean =>
	node?.name === 'CallExpression' || node?.name === 'MemberExpression';

/** The name at the start of the chain that `node` stands in: `billets` in `billets.filter(d => d.|)`. */
function chainHead(state: EditorState, node: SyntaxNode): string | null {
	let head: string | null = null;
	for (let at: SyntaxNode | null = node; at; at = at.parent) {
		if (!isChain(at)) continue;
		let inner: SyntaxNode | null = at;
		while (inner && isChain(inner)) inner = inner.firstChild;
		if (inner?.name !== 'VariableName') continue;
		const name = state.sliceDoc(inner.from, inner.to);
		if (!MEMBERS.has(name)) head = name;
	}
	return head;
}

/** Is this name a parameter of an arrow function around the caret (the `d` of `d => d.`)? */
function isRowParameter(state: EditorState, node: SyntaxNode, name: string): boolean {
	for (let at: SyntaxNode | null = node; at; at = at.parent) {
		if (at.name !== 'ArrowFunction') continue;
		const params = at.getChild('ParamList');
		const words = params
			? state.sliceDoc(params.from, params.to).split(/[^\p{ID_Continue}$]+/u)
			: [];
		if (words.includes(name)) return true;
	}
	return false;
}

function columnsAt(state: EditorState, node: SyntaxNode, known: NotebookNames): readonly string[] {
	const head = chainHead(state, node);
	const own = head === null ? undefined : known.columns[head];
	// A mark or a control names its table as an argument: offer what any table of the notebook has.
	return own ?? [...new Set(Object.values(known.columns).flat())];
}

export function notebookCompletion(
	known: () => NotebookNames
): (context: CompletionContext) => CompletionResult | null {
	return (context) => {
		const { state, pos } = context;
		const node = syntaxTree(state).resolveInner(pos, -1);
		if (/Comment|RegExp/.test(node.name)) return null;

		if (node.name === 'String') {
			const columns = columnsAt(state, node, known());
			const from = node.from + 1;
			if (columns.length === 0 || pos < from) return null;
			return { from, options: ranked(columns, 'property'), validFor: /^[^"']*$/ };
		}

		const member = context.matchBefore(/\.[\p{ID_Continue}$]*$/u);
		if (member) {
			const before = state.sliceDoc(Math.max(0, member.from - 120), member.from);
			const options = membersOf(state, node, before, known());
			return options && { from: member.from + 1, options, validFor: /^[\p{ID_Continue}$]*$/u };
		}

		const word = context.matchBefore(/[\p{ID_Start}$_][\p{ID_Continue}$]*$/u);
		if (!word && !context.explicit) return null;
		const { names, columns } = known();
		const here: Completion[] = names.map((label) => ({
			label,
			type: columns[label] ? 'table' : 'variable',
			boost: 2
		}));
		return { from: word?.from ?? pos, options: [...here, ...WORDS], validFor: IDENTIFIER };
	};
}

function membersOf(
	state: EditorState,
	node: SyntaxNode,
	before: string,
	known: NotebookNames
): readonly Completion[] | null {
	const owner = /[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.exec(before)?.[0];
	if (owner !== undefined) {
		const members = MEMBERS.get(owner);
		if (members) return members;
		if (isRowParameter(state, node, owner))
			return columnsAt(state, node, known).map((column, index, all) => ({
				label: column,
				type: 'property',
				boost: -index / all.length,
				...(IDENTIFIER.test(column) ? {} : { apply: applyQuoted })
			}));
		return known.columns[owner] ? VERBS : null;
	}
	return /\)\s*$/.test(before) ? VERBS : null;
}

/** A column that a dot cannot take: `d.` becomes `d["Nom du lieu"]`. */
function applyQuoted(view: EditorView, completion: Completion, from: number, to: number): void {
	const insert = `[${JSON.stringify(completion.label)}]`;
	view.dispatch({
		changes: { from: from - 1, to, insert },
		selection: { anchor: from - 1 + insert.length },
		userEvent: 'input.complete'
	});
}
