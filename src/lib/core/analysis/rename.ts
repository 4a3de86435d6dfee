/**
 * A name of the notebook that becomes another, in the cells that use it: only what stands for that name is changed.
 * Names that something nearer declares, texts, comments and parts of objects stay.
 */
import type { CellMode } from '../notebook/notebook.ts';
import type { TextEdit } from '../pipeline/step.ts';
import { analyseCell } from './cell.ts';
import { eachChild, parseSource, type Tree } from './syntax.ts';
import { parseTemplate } from './template.ts';

/** A cell as it reads. */
export interface RenamedCell {
	readonly id: string;
	readonly mode: CellMode;
	readonly source: string;
}

const treeOf = (node: unknown): Tree => node as Tree;
const rootsOf = (source: string, mode: CellMode): Tree[] =>
	mode === 'md'
		? parseTemplate(source).parts.map(({ root }) => treeOf(root))
		: [treeOf(parseSource(source).root)];

type Visit = (node: Tree, parents: readonly Tree[]) => void;
function walk(node: Tree, visit: Visit, parents: readonly Tree[] = []): void {
	visit(node, parents);
	const inside = [...parents, node];
	eachChild(node, (child) => walk(child, visit, inside));
}

const applied = (source: string, edits: readonly TextEdit[]): string =>
	[...edits]
		.sort((a, b) => b.at - a.at)
		.reduce(
			(text, { at, length, insert }) => text.slice(0, at) + insert + text.slice(at + length),
			source
		);

/** `{name}` in `.params({name})`. */
const isHandedIn = (parents: readonly Tree[]): boolean => {
	const [call, object] = parents.slice(-3);
	if (call?.type !== 'CallExpression' || object?.type !== 'ObjectExpression') return false;
	const callee = treeOf(call.callee);
	return callee.type === 'MemberExpression' && treeOf(callee.property).name === 'params';
};

/** Where `$.name` stands, `$` being the second parameter of a function around it: what `params` hands in. */
function handedUses(roots: readonly Tree[], name: string): Tree[] {
	const found: Tree[] = [];
	for (const root of roots)
		walk(root, (node, parents) => {
			if (node.type !== 'MemberExpression' || node.computed === true) return;
			const [object, property] = [treeOf(node.object), treeOf(node.property)];
			if (object.type !== 'Identifier' || property.name !== name) return;
			const given = parents.some(({ type, params }) => {
				const second = type === 'ArrowFunctionExpression' ? (params as Tree[])[1] : undefined;
				return second?.type === 'Identifier' && second.name === object.name;
			});
			if (given) found.push(property);
		});
	return found;
}

/** Whether `name` is a key that some `params` of the text hands in otherwise than as `{name}`. */
function handsInOtherwise(roots: readonly Tree[], name: string): boolean {
	let found = false;
	for (const root of roots)
		walk(root, (node, parents) => {
			if (node.type !== 'Property' || node.shorthand === true) return;
			const { name: key, value } = treeOf(node.key) as Tree & { name?: unknown; value?: unknown };
			if ((key ?? value) === name && isHandedIn([...parents.slice(-2), node])) found = true;
		});
	return found;
}

/**
 * The edits that have a cell read `to` where it reads `from`; none where it does not, or cannot be read.
 * @param keepsKeys what `params` hands in keeps its name, since another cell reads it
 * @returns null where `to` would mean something else in that cell
 */
export function usesRenamed(
	{ source, mode }: Pick<RenamedCell, 'source' | 'mode'>,
	from: string,
	to: string,
	keepsKeys = false
): TextEdit[] | null {
	if (!source.includes(from)) return [];
	const before = analyseCell(source, mode);
	const places = new Set(before.uses.filter(({ name }) => name === from).map(({ start }) => start));
	if (before.problem || places.size === 0) return [];
	const roots = rootsOf(source, mode);
	const keeps =
		keepsKeys ||
		handsInOtherwise(roots, from) ||
		handsInOtherwise(roots, to) ||
		handedUses(roots, to).length > 0;
	const edits = new Map<number, TextEdit>();
	let handsIn = false;
	const put = ({ start, end }: Tree, insert: string): void =>
		void edits.set(start, { at: start, length: end - start, insert });
	for (const root of roots)
		walk(root, (node, parents) => {
			if (node.type !== 'Identifier' || !places.has(node.start)) return;
			const parent = parents.at(-1);
			const short = parent?.type === 'Property' && parent.shorthand === true;
			if (!short) return put(node, to);
			const handed = !keeps && isHandedIn(parents);
			handsIn ||= handed;
			put(node, handed ? to : `${from}: ${to}`);
		});
	if (handsIn) for (const property of handedUses(roots, from)) put(property, to);
	const all = [...edits.values()].sort((a, b) => a.at - b.at);
	// Read again: what was used is used, as often, under its new name alone.
	const after = analyseCell(applied(source, all), mode);
	const count = (of: typeof before, name: string): number =>
		of.uses.filter((use) => use.name === name).length;
	const meant =
		!after.problem &&
		count(after, from) === 0 &&
		count(after, to) === count(before, from) + count(before, to);
	return meant ? all : null;
}

/**
 * What is to be changed in each cell that uses the name; the cell that defines it is left to its owner.
 * @returns null where one of them cannot follow
 */
export function renameEverywhere(
	cells: readonly RenamedCell[],
	definer: string,
	from: string,
	to: string
): Map<string, readonly TextEdit[]> | null {
	const found = new Map<string, readonly TextEdit[]>();
	const others = cells.filter(({ id }) => id !== definer);
	// Parameters stay with a table: a cell may read what another handed in.
	const reads = (source: string): boolean =>
		new RegExp(
			`[$\\p{ID_Continue}]\\s*\\.\\s*${from.replace(/\$/g, '\\$')}(?![$\\p{ID_Continue}])`,
			'u'
		).test(source);
	for (const cell of others) {
		const keeps = others.some(
			(other) =>
				other !== cell && reads(other.source) && usesRenamed(other, from, to, true)?.length === 0
		);
		const edits = usesRenamed(cell, from, to, keeps);
		if (!edits) return null;
		if (edits.length > 0) found.set(cell.id, edits);
	}
	return found;
}
