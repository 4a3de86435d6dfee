/**
 * The variables of a cell's code: where each name that stands in it was declared, what it is ever given, and whether the
 * cell made what it stands for. `parents` are the nodes around a place, the outermost first.
 */
import { CALLERS, CHANGERS, COPIERS, MAKERS, MEMBERS, NAMESPACES } from './conduct-names.ts';
import { list, memberName, nameOf, tree } from './conduct-tree.ts';
import { collectScopes, eachBinding, isFunction, type Scopes } from './scope.ts';
import { eachChild, type Tree } from './syntax.ts';

/** A value that is written to a variable and keeps nothing of what was there. */
const PLAIN = { type: 'Literal' } as unknown as Tree;

export interface Binding {
	/** What it is ever given; null: what cannot be told. */
	readonly values: (Tree | null)[];
}

/** What a question about an expression weighs, beside a look into a scope. */
export const QUESTION = 10;

export class Variables {
	readonly #scopes: Scopes;
	readonly #bindings = new Map<Tree, Map<string, Binding>>();
	#steps: number;
	/** Answers about a variable from one place: it may be given what was made of another, several times each. */
	readonly #answers = new WeakMap<
		readonly Tree[],
		Map<Binding, { own?: boolean; table?: boolean }>
	>();

	/** @param steps what is looked at in all, at most: what asks for more is a RangeError */
	constructor(root: Tree, steps: number) {
		this.#steps = steps;
		this.#scopes = collectScopes(root);
		this.#bind(root, []);
	}

	spend(steps: number): void {
		this.#steps -= steps;
		if (this.#steps < 0) throw new RangeError('too much to be read');
	}

	answersAbout(binding: Binding, parents: readonly Tree[]): { own?: boolean; table?: boolean } {
		let here = this.#answers.get(parents);
		if (!here) this.#answers.set(parents, (here = new Map()));
		let about = here.get(binding);
		if (!about) here.set(binding, (about = {}));
		return about;
	}

	/** The scope that declares a name, seen from inside `parents`; null: it comes from outside of the cell. */
	scopeOf(name: string, parents: readonly Tree[]): Tree | null {
		for (let i = parents.length - 1; i >= 0; i--) {
			this.spend(1);
			const scope = parents[i] as Tree;
			if (this.#scopes.get(scope)?.has(name)) return scope;
		}
		return null;
	}

	bindingOf(name: string, parents: readonly Tree[]): Binding | null {
		const scope = this.scopeOf(name, parents);
		if (!scope) return null;
		let names = this.#bindings.get(scope);
		if (!names) this.#bindings.set(scope, (names = new Map()));
		let binding = names.get(name);
		if (!binding) names.set(name, (binding = { values: [] }));
		return binding;
	}

	/** Notes all that each variable of the cell is ever given. */
	#bind(node: Tree, parents: readonly Tree[]): void {
		const inside = [...parents, node];
		const give = (identifier: Tree, value: Tree | null): void => {
			this.bindingOf(nameOf(identifier), inside)?.values.push(value);
		};
		const unknown = (pattern: unknown): void => eachBinding(pattern, (id) => give(id, null));
		switch (node.type) {
			case 'VariableDeclarator': {
				const id = tree(node.id);
				if (id.type !== 'Identifier') unknown(id);
				else if (node.init) give(id, tree(node.init));
				break;
			}
			case 'AssignmentExpression': {
				const left = tree(node.left);
				if (left.type !== 'Identifier') unknown(left);
				else
					give(
						left,
						/^(?:=|\?\?=|\|\|=|&&=)$/.test(String(node.operator)) ? tree(node.right) : PLAIN
					);
				break;
			}
			case 'ForOfStatement':
			case 'ForInStatement': {
				const left = tree(node.left);
				if (left.type === 'VariableDeclaration')
					for (const { id } of list(left.declarations)) unknown(id);
				else unknown(left);
				break;
			}
			case 'FunctionDeclaration':
				this.bindingOf(nameOf(node.id), parents)?.values.push(node);
				break;
			case 'CatchClause':
				unknown(node.param);
				break;
		}
		if (isFunction(node)) {
			for (const param of list(node.params)) unknown(param);
			this.bindingOf('arguments', inside)?.values.push(null);
		}
		eachChild(node, (child) => this.#bind(child, inside));
	}

	/** Whether the code that stands in `parents` runs only while the cell's code that is inside `scope` does. */
	runsWith(scope: Tree | null, parents: readonly Tree[]): boolean {
		this.spend(parents.length);
		const from = scope ? parents.indexOf(scope) + 1 : 0;
		return parents.every((node, i) => i < from || !isFunction(node) || this.#isInline(parents, i));
	}

	/** Whether a function is called where it is written: given to a method that calls it, or called itself. */
	#isInline(parents: readonly Tree[], place: number): boolean {
		const it = parents[place] as Tree;
		const call = parents[place - 1];
		if (call?.type === 'AwaitExpression') return false;
		if (call?.type === 'NewExpression')
			return this.outer(call.callee, parents, 'Promise') && list(call.arguments)[0] === it;
		if (call?.type !== 'CallExpression') return false;
		if (call.callee === it) return it.generator !== true;
		const callee = tree(call.callee);
		if (callee.type === 'Identifier')
			return ['setTimeout', 'setInterval', 'queueMicrotask'].some((name) =>
				this.outer(callee, parents, name)
			);
		return callee.type === 'MemberExpression' && CALLERS.has(memberName(callee) ?? '');
	}

	/** Whether a node is the platform's own name. */
	outer(node: unknown, parents: readonly Tree[], name: string): boolean {
		const it = tree(node);
		return it.type === 'Identifier' && nameOf(it) === name && !this.scopeOf(name, parents);
	}

	/** The namespace that a node names, or null. */
	namespace(node: unknown, parents: readonly Tree[]): string | null {
		const it = tree(node);
		if (it.type !== 'Identifier' || !NAMESPACES.has(nameOf(it))) return null;
		return this.scopeOf(nameOf(it), parents) ? null : nameOf(it);
	}

	/** Whether an expression makes something that nothing else holds. */
	#isFresh(node: Tree | null, parents: readonly Tree[]): boolean {
		this.spend(QUESTION);
		switch (node?.type) {
			case 'Literal':
			case 'TemplateLiteral':
			case 'ArrayExpression':
			case 'ObjectExpression':
			case 'BinaryExpression':
			case 'UnaryExpression':
			case 'UpdateExpression':
				return true;
			case 'AwaitExpression':
				return this.#isFresh(tree(node.argument), parents);
			case 'ChainExpression':
				return this.#isFresh(tree(node.expression), parents);
			case 'ConditionalExpression':
				return (
					this.#isFresh(tree(node.consequent), parents) &&
					this.#isFresh(tree(node.alternate), parents)
				);
			case 'NewExpression':
				return MAKERS.has(nameOf(node.callee)) && this.namespace(node.callee, parents) !== null;
			case 'CallExpression': {
				const callee = tree(node.callee);
				if (callee.type === 'Identifier')
					return (
						this.outer(callee, parents, 'Array') || this.outer(callee, parents, 'structuredClone')
					);
				if (callee.type !== 'MemberExpression') return false;
				const name = memberName(callee) ?? '';
				const space = this.namespace(callee.object, parents);
				if (space === 'Object') return MEMBERS.Object?.has(name) === true && name !== 'freeze';
				if (space === 'Array') return name === 'from' || name === 'of';
				if (space !== null) return false;
				return (
					COPIERS.has(name) || (CHANGERS.has(name) && this.isOwn(tree(callee.object), parents))
				);
			}
			default:
				return false;
		}
	}

	/** Whether the cell made what an expression stands for, in code that only the cell runs. */
	isOwn(node: Tree, parents: readonly Tree[]): boolean {
		if (node.type !== 'Identifier') return this.#isFresh(node, parents);
		const name = nameOf(node);
		const scope = this.scopeOf(name, parents);
		if (!scope || !this.runsWith(scope, parents)) return false;
		if (this.#isAccumulator(name, scope, parents)) return true;
		const binding = this.bindingOf(name, parents);
		if (!binding) return false;
		const { values } = binding;
		const about = this.answersAbout(binding, parents);
		about.own ??= values.length > 0 && values.every((value) => this.#isFresh(value, parents));
		return about.own;
	}

	/** `reduce((found, row) => …, {})`: the first parameter is what the call was given fresh. */
	#isAccumulator(name: string, scope: Tree, parents: readonly Tree[]): boolean {
		const call = parents[parents.indexOf(scope) - 1];
		if (!isFunction(scope) || call?.type !== 'CallExpression') return false;
		const callee = tree(call.callee);
		const [start, first] = [list(call.arguments)[1], list(scope.params)[0]];
		return (
			callee.type === 'MemberExpression' &&
			/^reduce(?:Right)?$/.test(memberName(callee) ?? '') &&
			first?.type === 'Identifier' &&
			nameOf(first) === name &&
			start !== undefined &&
			this.#isFresh(start, parents) &&
			(this.bindingOf(name, parents)?.values.length ?? 0) === 1
		);
	}

	/** `new Promise((done) => … done(x))`. */
	isExecutorParam(name: string, parents: readonly Tree[]): boolean {
		const scope = this.scopeOf(name, parents);
		const call = scope ? parents[parents.indexOf(scope) - 1] : undefined;
		return (
			scope !== null &&
			isFunction(scope) &&
			call?.type === 'NewExpression' &&
			this.outer(call.callee, parents, 'Promise')
		);
	}
}
