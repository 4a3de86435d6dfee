/** What the parts of a cell are made of: each of its names, and what it shows. */
import { JOINERS } from './conduct-names.ts';
import { list, memberName, nameOf, tree } from './conduct-tree.ts';
import { eachBinding } from './scope.ts';
import type { Tree } from './syntax.ts';

/** What a part of a cell (the value of one of its names, or what it shows) is made of. */
export interface Part {
	/** Names that stand only under a summary (`rollup`, `count`), the cell's own and others'. */
	readonly summed: ReadonlySet<string>;
	/** Names that stand elsewhere too, and each time at the head of a chain that the part is. */
	readonly bare: ReadonlySet<string>;
	/** Names that stand inside something else: what holds them may keep all of them in one row of a table. */
	readonly loose: ReadonlySet<string>;
}

/** A name of the cell's own or of another's, where it stands. */
export interface Occurrence {
	readonly name: string;
	readonly node: Tree;
	readonly parents: readonly Tree[];
}

/** Made of nothing. */
export const EMPTY: Part = { summed: new Set(), bare: new Set(), loose: new Set() };

export const partOf = (
	summed: ReadonlySet<string>,
	bare: ReadonlySet<string>,
	loose: ReadonlySet<string>
): Part => ({
	summed: new Set([...summed].filter((name) => !bare.has(name) && !loose.has(name))),
	bare: new Set([...bare].filter((name) => !loose.has(name))),
	loose
});

/**
 * @param summaries the calls that make one row of many
 * @param settled nothing is changed once made, and nothing leaves unseen
 */
export function partsOf(
	root: Tree,
	occurrences: readonly Occurrence[],
	summaries: ReadonlySet<Tree>,
	settled: boolean
): { parts: ReadonlyMap<string, Part>; shown: Part } {
	const part = (at: readonly Occurrence[]): Part => partIn(at, summaries);
	const whole = part(occurrences);
	const parts = new Map<string, Part>();
	let shown = whole;
	// Where nothing is changed once made, a name is worth what its own declaration says.
	if (settled && root.type === 'Program') {
		const statements = list(root.body);
		const declared = new Map<string, Tree>();
		for (const statement of statements) {
			if (statement.type === 'FunctionDeclaration') declared.set(nameOf(statement.id), statement);
			if (statement.type !== 'VariableDeclaration') continue;
			for (const declarator of list(statement.declarations))
				eachBinding(declarator.id, (id) => declared.set(nameOf(id), declarator));
		}
		const own = new Set(declared.keys());
		const within = occurrencesWithin(occurrences, new Set(declared.values()));
		const made = new Map<Tree, Part>();
		for (const [name, node] of declared) {
			const one = made.get(node) ?? part(within.get(node) ?? []);
			made.set(node, one);
			parts.set(name, one);
		}
		const showing = (at: Occurrence): boolean => {
			const statement = at.parents[1];
			return (
				statement !== undefined &&
				statement.type !== 'VariableDeclaration' &&
				statement.type !== 'FunctionDeclaration'
			);
		};
		const displays = occurrences.some(
			(at) => /^(?:display|view)$/.test(at.name) && !own.has(at.name)
		);
		const aside = occurrences.some(
			(at) => /^(?:display|view)$/.test(at.name) && !own.has(at.name) && !showing(at)
		);
		if (displays && !aside) shown = part(occurrences.filter(showing));
	}
	return { parts, shown: occurrences.length ? shown : EMPTY };
}

/** What stands in each declaration of the program, its own name apart: a statement, or a part of one. */
function occurrencesWithin(
	occurrences: readonly Occurrence[],
	declarations: ReadonlySet<Tree>
): ReadonlyMap<Tree, readonly Occurrence[]> {
	const within = new Map<Tree, Occurrence[]>();
	for (const at of occurrences)
		for (const node of at.parents.slice(1, 3)) {
			if (!declarations.has(node) || at.node === node.id) continue;
			const there = within.get(node);
			if (there) there.push(at);
			else within.set(node, [at]);
		}
	return within;
}

function partIn(occurrences: readonly Occurrence[], summaries: ReadonlySet<Tree>): Part {
	const [summed, bare, loose] = [new Set<string>(), new Set<string>(), new Set<string>()];
	for (const at of occurrences) {
		const place = placeOf(at, summaries);
		(place === 'summed' ? summed : place === 'bare' ? bare : loose).add(at.name);
	}
	return partOf(summed, bare, loose);
}

/** Where a name stands: at the head of a chain that summarises, of one that is the whole value, or elsewhere. */
function placeOf({ node, parents }: Occurrence, summaries: ReadonlySet<Tree>): keyof Part {
	let at = node;
	let summed = false;
	let i = parents.length - 1;
	for (; i >= 0; i--) {
		const parent = parents[i] as Tree;
		const callee = parent.type === 'CallExpression' ? tree(parent.callee) : null;
		const chained =
			parent.type === 'AwaitExpression' ||
			(parent.type === 'MemberExpression' && parent.object === at) ||
			callee === at ||
			(callee?.type === 'MemberExpression' &&
				JOINERS.has(memberName(callee) ?? '') &&
				list(parent.arguments).includes(at));
		if (!chained) break;
		if (callee === at && summaries.has(parent)) summed = true;
		at = parent;
	}
	if (summed) return 'summed';
	const end = parents[i];
	const whole =
		end === undefined ||
		end.type === 'ExpressionStatement' ||
		(end.type === 'VariableDeclarator' && tree(end.id).type === 'Identifier');
	return whole ? 'bare' : 'loose';
}
