/**
 * How a cell's code behaves toward what it was given, read from its syntax tree and never from its text: whether a
 * value can leave it otherwise than by the names it defines and what it displays, and which of the names it uses it
 * uses only to summarise them.
 *
 * What is not known to be harmless is not: methods and functions are allowed by name, a value may be changed only
 * where the cell made it, and only by code that nothing outside of the cell can call later. It is asked before
 * publishing, where a refusal says which cell to rewrite.
 */
import type { CellMode } from '../notebook/notebook.ts';
import { TABLE_VERBS } from '../notebook/kind.ts';
import {
	CALLERS,
	CHANGERS,
	CONVERTERS,
	COPIERS,
	DENIED,
	DESCRIBERS,
	FUNCTIONS,
	HIDDEN,
	HOARDS,
	JOINERS,
	MAKERS,
	MEMBERS,
	NAMESPACES,
	READERS,
	SUMMARIES,
	UNSEEN
} from './conduct-names.ts';
import { collectScopes, eachBinding, isFunction, isPlainKey, type Scopes } from './scope.ts';
import { eachChild, parseSource, type Tree } from './syntax.ts';
import { parseTemplate, TooManyParts } from './template.ts';

/** What a part of a cell (the value of one of its names, or what it shows) is made of. */
export interface Part {
	/** Names that stand only under a summary (`rollup`, `count`), the cell's own and others'. */
	readonly summed: ReadonlySet<string>;
	/** Names that stand elsewhere too, and each time at the head of a chain that the part is. */
	readonly bare: ReadonlySet<string>;
	/** Names that stand inside something else: what holds them may keep all of them in one row of a table. */
	readonly loose: ReadonlySet<string>;
}

export interface Conduct {
	/** Something could leave the cell unseen: a change to what it did not make, a call that cannot be followed. */
	readonly leaks: boolean;
	/** It has a call that makes one row of many. */
	readonly summarises: boolean;
	/** It may keep many rows in one, so that to summarise what it makes summarises nothing. */
	readonly packs: boolean;
	/** Names that are what a person chose with a control. */
	readonly controls: ReadonlySet<string>;
	/** Names defined as functions written out in the cell. */
	readonly functions: ReadonlySet<string>;
	/** Names of other cells that it calls as functions. */
	readonly calls: ReadonlySet<string>;
	/** Texts given to `FileAttachment`. */
	readonly files: ReadonlySet<string>;
	/** Each `FileAttachment` is a call with one text, and no text is run that could hold another. */
	readonly readable: boolean;
	/** Of each name that the cell defines, where it can be told apart from the rest of the cell. */
	readonly parts: ReadonlyMap<string, Part>;
	/** Of what the cell shows; of all of it where that cannot be told. */
	readonly shown: Part;
}

const EMPTY: Part = { summed: new Set(), bare: new Set(), loose: new Set() };
const nameOf = (node: unknown): string => String((node as Tree).name);
const tree = (node: unknown): Tree => node as Tree;
const list = (nodes: unknown): readonly Tree[] =>
	((nodes ?? []) as (Tree | null)[]).filter((node): node is Tree => node !== null);
/** A value that is written to a variable and keeps nothing of what was there. */
const PLAIN = { type: 'Literal' } as unknown as Tree;

interface Binding {
	/** What it is ever given; null: what cannot be told. */
	readonly values: (Tree | null)[];
}

interface Occurrence {
	readonly name: string;
	readonly node: Tree;
	readonly parents: readonly Tree[];
}

export function conductOf(source: string, mode: CellMode): Conduct | null {
	try {
		return readConduct(source, mode);
	} catch (error) {
		// It does not parse: it does not run.
		if (error instanceof SyntaxError) return null;
		// Too deep to be read here, where another stack may be larger: nothing is known to be harmless.
		if (error instanceof RangeError || error instanceof TooManyParts) return UNREAD;
		throw error;
	}
}

function readConduct(source: string, mode: CellMode): Conduct {
	const roots: readonly Tree[] =
		mode === 'md'
			? parseTemplate(source).parts.map((part) => tree(part.root))
			: [tree(parseSource(source).root)];
	const readers = roots.map((root) => new Reader(root, STEPS + STEPS_A_SIGN * source.length));
	for (const reader of readers) reader.read();
	const [only] = readers;
	if (mode === 'js' && only) return only.conduct();
	const all = readers.map((reader) => reader.conduct());
	const joined = (pick: (one: Conduct) => Iterable<string>): Set<string> =>
		new Set(all.flatMap((one) => [...pick(one)]));
	return {
		leaks: all.some((one) => one.leaks),
		summarises: all.some((one) => one.summarises),
		packs: all.some((one) => one.packs),
		controls: new Set(),
		functions: new Set(),
		calls: joined((one) => one.calls),
		files: joined((one) => one.files),
		readable: all.every((one) => one.readable),
		parts: new Map(),
		shown: partOf(
			joined((one) => one.shown.summed),
			joined((one) => one.shown.bare),
			joined((one) => one.shown.loose)
		)
	};
}

const partOf = (
	summed: ReadonlySet<string>,
	bare: ReadonlySet<string>,
	loose: ReadonlySet<string>
): Part => ({
	summed: new Set([...summed].filter((name) => !bare.has(name) && !loose.has(name))),
	bare: new Set([...bare].filter((name) => !loose.has(name))),
	loose
});

const NOTHING: Part = { summed: new Set(), bare: new Set(), loose: new Set() };
const UNREAD: Conduct = {
	leaks: true,
	summarises: false,
	packs: true,
	controls: new Set(),
	functions: new Set(),
	calls: new Set(),
	files: new Set(),
	readable: true,
	parts: new Map(),
	shown: NOTHING
};

/**
 * What is looked at to read a cell, at most: some, and so much for each of its signs. The server reads cells that anyone
 * wrote, and what asks for more is read no further.
 */
const STEPS = 20_000;
const STEPS_A_SIGN = 100;
/** What a question about an expression weighs, beside a look into a scope. */
const QUESTION = 10;

/** The name of a member where it is written: `a.b`, `a["b"]`; null where it is computed. */
function memberName(node: Tree): string | null {
	const property = tree(node.property);
	if (node.computed !== true) return nameOf(property);
	return property.type === 'Literal' && typeof property.value === 'string' ? property.value : null;
}

class Reader {
	readonly #root: Tree;
	readonly #scopes: Scopes;
	readonly #bindings = new Map<Tree, Map<string, Binding>>();
	readonly #occurrences: Occurrence[] = [];
	readonly #summaries = new Set<Tree>();
	readonly #calls = new Set<string>();
	readonly #files = new Set<string>();
	#readable = true;
	#packs = false;
	#leaks = false;
	/** Something that the cell made is changed after it was made. */
	#changes = false;
	#steps: number;
	/** Answers about a variable from one place: it may be given what was made of another, several times each. */
	readonly #answers = new WeakMap<
		readonly Tree[],
		Map<Binding, { own?: boolean; table?: boolean }>
	>();

	constructor(root: Tree, steps: number) {
		this.#root = root;
		this.#steps = steps;
		this.#scopes = collectScopes(root);
	}

	#spend(steps: number): void {
		this.#steps -= steps;
		if (this.#steps < 0) throw new RangeError('too much to be read');
	}

	#answersAbout(binding: Binding, parents: readonly Tree[]): { own?: boolean; table?: boolean } {
		let here = this.#answers.get(parents);
		if (!here) this.#answers.set(parents, (here = new Map()));
		let about = here.get(binding);
		if (!about) here.set(binding, (about = {}));
		return about;
	}

	read(): void {
		this.#bind(this.#root, []);
		this.#visit(this.#root, '', []);
	}

	/** The scope that declares a name, seen from inside `parents`; null: it comes from outside of the cell. */
	#scopeOf(name: string, parents: readonly Tree[]): Tree | null {
		for (let i = parents.length - 1; i >= 0; i--) {
			this.#spend(1);
			const scope = parents[i] as Tree;
			if (this.#scopes.get(scope)?.has(name)) return scope;
		}
		return null;
	}

	#bindingOf(name: string, parents: readonly Tree[]): Binding | null {
		const scope = this.#scopeOf(name, parents);
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
			this.#bindingOf(nameOf(identifier), inside)?.values.push(value);
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
				this.#bindingOf(nameOf(node.id), parents)?.values.push(node);
				break;
			case 'CatchClause':
				unknown(node.param);
				break;
		}
		if (isFunction(node)) {
			for (const param of list(node.params)) unknown(param);
			this.#bindingOf('arguments', inside)?.values.push(null);
		}
		eachChild(node, (child) => this.#bind(child, inside));
	}

	#leak(): void {
		this.#leaks = true;
	}

	/** Whether the code that stands in `parents` runs only while the cell's code that is inside `scope` does. */
	#runsWith(scope: Tree | null, parents: readonly Tree[]): boolean {
		this.#spend(parents.length);
		const from = scope ? parents.indexOf(scope) + 1 : 0;
		return parents.every((node, i) => i < from || !isFunction(node) || this.#isInline(parents, i));
	}

	/** Whether a function is called where it is written: given to a method that calls it, or called itself. */
	#isInline(parents: readonly Tree[], place: number): boolean {
		const it = parents[place] as Tree;
		const call = parents[place - 1];
		if (call?.type === 'AwaitExpression') return false;
		if (call?.type === 'NewExpression')
			return this.#outer(call.callee, parents, 'Promise') && list(call.arguments)[0] === it;
		if (call?.type !== 'CallExpression') return false;
		if (call.callee === it) return it.generator !== true;
		const callee = tree(call.callee);
		if (callee.type === 'Identifier')
			return ['setTimeout', 'setInterval', 'queueMicrotask'].some((name) =>
				this.#outer(callee, parents, name)
			);
		return callee.type === 'MemberExpression' && CALLERS.has(memberName(callee) ?? '');
	}

	/** Whether a node is the platform's own name. */
	#outer(node: unknown, parents: readonly Tree[], name: string): boolean {
		const it = tree(node);
		return it.type === 'Identifier' && nameOf(it) === name && !this.#scopeOf(name, parents);
	}

	/** The namespace that a node names, or null. */
	#namespace(node: unknown, parents: readonly Tree[]): string | null {
		const it = tree(node);
		if (it.type !== 'Identifier' || !NAMESPACES.has(nameOf(it))) return null;
		return this.#scopeOf(nameOf(it), parents) ? null : nameOf(it);
	}

	/** Whether an expression makes something that nothing else holds. */
	#isFresh(node: Tree | null, parents: readonly Tree[]): boolean {
		this.#spend(QUESTION);
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
				return MAKERS.has(nameOf(node.callee)) && this.#namespace(node.callee, parents) !== null;
			case 'CallExpression': {
				const callee = tree(node.callee);
				if (callee.type === 'Identifier')
					return (
						this.#outer(callee, parents, 'Array') || this.#outer(callee, parents, 'structuredClone')
					);
				if (callee.type !== 'MemberExpression') return false;
				const name = memberName(callee) ?? '';
				const space = this.#namespace(callee.object, parents);
				if (space === 'Object') return MEMBERS.Object?.has(name) === true && name !== 'freeze';
				if (space === 'Array') return name === 'from' || name === 'of';
				if (space !== null) return false;
				return (
					COPIERS.has(name) || (CHANGERS.has(name) && this.#isOwn(tree(callee.object), parents))
				);
			}
			default:
				return false;
		}
	}

	/** Whether the cell made what an expression stands for, in code that only the cell runs. */
	#isOwn(node: Tree, parents: readonly Tree[]): boolean {
		if (node.type !== 'Identifier') return this.#isFresh(node, parents);
		const name = nameOf(node);
		const scope = this.#scopeOf(name, parents);
		if (!scope || !this.#runsWith(scope, parents)) return false;
		if (this.#isAccumulator(name, scope, parents)) return true;
		const binding = this.#bindingOf(name, parents);
		if (!binding) return false;
		const { values } = binding;
		const about = this.#answersAbout(binding, parents);
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
			(this.#bindingOf(name, parents)?.values.length ?? 0) === 1
		);
	}

	#change(target: Tree, parents: readonly Tree[]): void {
		switch (target.type) {
			case 'Identifier': {
				const scope = this.#scopeOf(nameOf(target), parents);
				if (!scope || !this.#runsWith(scope, parents)) this.#leak();
				this.#changes = true;
				break;
			}
			case 'MemberExpression': {
				const name = memberName(target);
				if (!this.#isOwn(tree(target.object), parents) || (name !== null && HIDDEN.has(name)))
					this.#leak();
				this.#changes = true;
				break;
			}
			case 'ObjectPattern':
				for (const property of list(target.properties))
					this.#change(
						tree(property.type === 'Property' ? property.value : property.argument),
						parents
					);
				break;
			case 'ArrayPattern':
				for (const element of list(target.elements)) this.#change(element, parents);
				break;
			case 'RestElement':
				this.#change(tree(target.argument), parents);
				break;
			case 'AssignmentPattern':
				this.#change(tree(target.left), parents);
				break;
			default:
				this.#leak();
		}
	}

	#visit(node: Tree, field: string, parents: readonly Tree[]): void {
		const parent = parents[parents.length - 1];
		switch (node.type) {
			case 'Identifier':
				if (!parent || !isPlainKey(parent, field)) this.#identifier(node, field, parents);
				return;
			case 'AssignmentExpression':
				this.#change(tree(node.left), parents);
				break;
			case 'ForOfStatement':
			case 'ForInStatement':
				if (tree(node.left).type !== 'VariableDeclaration')
					this.#change(tree(node.left), [...parents, node]);
				break;
			case 'UpdateExpression':
				this.#change(tree(node.argument), parents);
				break;
			case 'UnaryExpression':
				if (node.operator === 'delete') this.#change(tree(node.argument), parents);
				break;
			case 'CallExpression':
				this.#call(node, parents);
				break;
			case 'NewExpression':
				this.#construction(node, parents);
				break;
			case 'TaggedTemplateExpression': {
				const tag = tree(node.tag);
				const raw =
					tag.type === 'MemberExpression' && this.#namespace(tag.object, parents) === 'String';
				if (!raw && !this.#outer(tag, parents, 'md')) this.#leak();
				break;
			}
			case 'MemberExpression':
				this.#member(node, field, parents);
				break;
			case 'ObjectExpression':
				this.#object(node, parents);
				break;
			case 'YieldExpression':
				// What is sent in by `next` would stay inside.
				if (parent?.type !== 'ExpressionStatement') this.#leak();
				break;
			// None of these can be followed, and none is of use to a table.
			case 'ThisExpression':
			case 'ClassDeclaration':
			case 'ClassExpression':
			case 'ImportExpression':
			case 'MetaProperty':
			case 'WithStatement':
				this.#leak();
				break;
		}
		const inside = [...parents, node];
		if (node.type === 'Property' && node.shorthand === true) {
			this.#visit(tree(node.value), 'value', inside);
			return;
		}
		eachChild(node, (child, childField) => this.#visit(child, childField, inside));
	}

	#identifier(node: Tree, field: string, parents: readonly Tree[]): void {
		const name = nameOf(node);
		const parent = parents[parents.length - 1];
		const scope = this.#scopeOf(name, parents);
		if (!scope || scope === this.#root) this.#occurrences.push({ name, node, parents });
		if (scope) return;
		if (UNSEEN.has(name)) this.#leak();
		// A text that is run here sees all that the cell sees, `FileAttachment` included.
		if (name === 'eval') this.#readable = false;
		const called = parent?.type === 'CallExpression' && field === 'callee';
		const tagged = parent?.type === 'TaggedTemplateExpression' && field === 'tag';
		const given = parent?.type === 'CallExpression' && field === 'arguments';
		if (NAMESPACES.has(name)) {
			const made = parent?.type === 'NewExpression' && field === 'callee';
			const dotted = parent?.type === 'MemberExpression' && field === 'object';
			const asked =
				parent?.type === 'BinaryExpression' &&
				parent.operator === 'instanceof' &&
				field === 'right';
			const typed = parent?.type === 'UnaryExpression' && parent.operator === 'typeof';
			if (!made && !dotted && !called && !asked && !typed && !(given && CONVERTERS.has(name)))
				this.#leak();
		}
		if (name === 'display' || name === 'view') {
			// It shows in the cell that it was given to, whoever calls.
			if (!(called || given) || !this.#runsWith(null, parents)) this.#leak();
		}
		if (name === 'FileAttachment') {
			const [file, more] = called ? list(parent.arguments) : [];
			const text = file && !more ? literal(file) : null;
			if (text === null) this.#readable = false;
			else this.#files.add(text);
		}
		if (tagged && name !== 'md') this.#leak();
	}

	#call(node: Tree, parents: readonly Tree[]): void {
		const callee = tree(node.callee);
		const args = list(node.arguments);
		switch (callee.type) {
			case 'Identifier': {
				const name = nameOf(callee);
				const binding = this.#bindingOf(name, parents);
				if (binding) {
					const { values } = binding;
					if (!values.length || !values.every((value) => value !== null && isFunction(value)))
						if (!this.#isExecutorParam(name, parents)) this.#leak();
				} else if (FUNCTIONS.has(name)) {
					if (/^(?:set(?:Timeout|Interval)|queueMicrotask)$/.test(name) && args.length > 2)
						this.#leak();
				} else if (NAMESPACES.has(name)) this.#leak();
				else this.#calls.add(name);
				break;
			}
			case 'MemberExpression':
				this.#method(callee, args, parents);
				break;
			case 'ArrowFunctionExpression':
			case 'FunctionExpression':
				break;
			case 'Import':
			case 'Super':
			default:
				this.#leak();
		}
		if (this.#isSummary(node, parents)) this.#summaries.add(node);
		if (this.#isPacking(node)) this.#packs = true;
	}

	/** `new Promise((done) => … done(x))`. */
	#isExecutorParam(name: string, parents: readonly Tree[]): boolean {
		const scope = this.#scopeOf(name, parents);
		const call = scope ? parents[parents.indexOf(scope) - 1] : undefined;
		return (
			scope !== null &&
			isFunction(scope) &&
			call?.type === 'NewExpression' &&
			this.#outer(call.callee, parents, 'Promise')
		);
	}

	#method(callee: Tree, args: readonly Tree[], parents: readonly Tree[]): void {
		const name = memberName(callee);
		if (name === null) return this.#leak();
		const object = tree(callee.object);
		// What `member` says of a namespace is enough.
		if (this.#namespace(object, parents) !== null) return;
		if (CHANGERS.has(name)) {
			if (!this.#isOwn(object, parents)) this.#leak();
			if (object.type === 'Identifier') this.#changes = true;
			return;
		}
		const known =
			READERS.has(name) || COPIERS.has(name) || CALLERS.has(name) || TABLE_VERBS.has(name);
		if (!known) return this.#leak();
		if (!CALLERS.has(name)) return;
		// A function had by a computed name, or called on another object, could change that object.
		const [first, second] = args;
		if (first && first.type === 'MemberExpression' && memberName(first) === null) this.#leak();
		const takesThis =
			!/^(?:reduce|reduceRight|then|replace|replaceAll|groupBy|toSorted|sort)$/.test(name);
		if (second && takesThis && !TABLE_VERBS.has(name)) this.#leak();
	}

	#construction(node: Tree, parents: readonly Tree[]): void {
		const callee = tree(node.callee);
		if (callee.type === 'MemberExpression') {
			if (this.#namespace(callee.object, parents) !== 'Intl') this.#leak();
			return;
		}
		const name = callee.type === 'Identifier' ? nameOf(callee) : '';
		if (!MAKERS.has(name) || this.#scopeOf(name, parents)) return this.#leak();
		if (name !== 'Promise') return;
		const [executor, more] = list(node.arguments);
		if (!executor || more || !isFunction(executor)) return this.#leak();
		// What settles the promise must not be kept: whoever had it could hand a value over later.
		const params = list(executor.params);
		if (!params.every((param) => param.type === 'Identifier')) return this.#leak();
		const names = new Set(params.map(nameOf));
		const look = (at: Tree, field: string, above: Tree | null): void => {
			if (at.type === 'Identifier' && names.has(nameOf(at)) && field !== 'params') {
				const timer =
					above?.type === 'CallExpression' &&
					field === 'arguments' &&
					tree(above.callee).type === 'Identifier' &&
					nameOf(above.callee) === 'setTimeout';
				if (!timer && !(above?.type === 'CallExpression' && field === 'callee')) this.#leak();
			}
			eachChild(at, (child, childField) => look(child, childField, at));
		};
		look(executor, '', null);
	}

	#member(node: Tree, field: string, parents: readonly Tree[]): void {
		const name = memberName(node);
		const parent = parents[parents.length - 1];
		const called = parent?.type === 'CallExpression' && field === 'callee';
		const space = this.#namespace(node.object, parents);
		if (name === null) {
			if (space !== null) this.#leak();
			return;
		}
		if (HIDDEN.has(name)) this.#leak();
		if (space !== null) {
			const made = parent?.type === 'NewExpression' && field === 'callee';
			const allowed = MEMBERS[space];
			if (DENIED.has(name) || (allowed && !allowed.has(name))) this.#leak();
			else if (!called && !made && /^(?:Plot|Inputs|aq|Generators|Promises|console)$/.test(space)) {
				// A function of a library, held under another name, would not be seen being called.
				const tag = parent?.type === 'MemberExpression' && field === 'object';
				if (!tag && !(parent?.type === 'CallExpression' && field === 'arguments')) this.#leak();
			}
		} else if (CHANGERS.has(name) && !called) {
			// `{set: …}.set` read as a column is rare; a method without its call could be called on anything.
			this.#leak();
		}
	}

	/** An object that answers to a method's name would pass for what has that method. */
	#object(node: Tree, parents: readonly Tree[]): void {
		for (const property of list(node.properties)) {
			if (property.type !== 'Property') continue;
			const key = tree(property.key);
			const name =
				key.type === 'Literal'
					? String(key.value)
					: property.computed === true
						? null
						: nameOf(key);
			if (name !== null && HIDDEN.has(name)) this.#leak();
			const value = tree(property.value);
			const suspect =
				isFunction(value) || (value.type === 'MemberExpression' && memberName(value) === null);
			const method =
				name === null ||
				CHANGERS.has(name) ||
				COPIERS.has(name) ||
				CALLERS.has(name) ||
				READERS.has(name) ||
				TABLE_VERBS.has(name);
			if (suspect && method && !this.#describes(parents)) this.#leak();
		}
	}

	/** Whether an object is what a call of a library is told: its members are not called as methods. */
	#describes(parents: readonly Tree[]): boolean {
		for (let i = parents.length - 1; i >= 0; i--) {
			const node = parents[i] as Tree;
			if (isFunction(node)) return false;
			if (node.type !== 'CallExpression') continue;
			const callee = tree(node.callee);
			if (callee.type !== 'MemberExpression') return false;
			const space = this.#namespace(callee.object, parents);
			return space === 'Plot' || space === 'Inputs' || DESCRIBERS.has(memberName(callee) ?? '');
		}
		return false;
	}

	/**
	 * Whether a verb can put many rows in one: by an aggregate that keeps them, or by a parameter of the table, which may
	 * be anything (to filter by one keeps rows apart).
	 */
	#isPacking(node: Tree): boolean {
		const callee = tree(node.callee);
		if (callee.type !== 'MemberExpression') return false;
		const name = memberName(callee) ?? '';
		// An array has a `reduce` too, whose function takes two.
		if (!TABLE_VERBS.has(name) || name === 'reduce') return false;
		return list(node.arguments).some((arg) => packsIn(arg, name === 'filter'));
	}

	/** A call on a table that makes one row of many. `groupby` alone does not: each row is still there. */
	#isSummary(node: Tree, parents: readonly Tree[]): boolean {
		const callee = tree(node.callee);
		if (callee.type !== 'MemberExpression' || !SUMMARIES.has(memberName(callee) ?? ''))
			return false;
		if (!this.#isTable(tree(callee.object), parents)) return false;
		return list(node.arguments).every((arg) => this.#sums(arg, parents));
	}

	/** Whether an expression can stand for a table, by the chain that it is. */
	#isTable(node: Tree, parents: readonly Tree[]): boolean {
		this.#spend(QUESTION);
		switch (node.type) {
			case 'AwaitExpression':
				return this.#isTable(tree(node.argument), parents);
			case 'Identifier': {
				const name = nameOf(node);
				const binding = this.#bindingOf(name, parents);
				if (!binding) return !NAMESPACES.has(name) && !FUNCTIONS.has(name);
				const about = this.#answersAbout(binding, parents);
				about.table ??= binding.values.every(
					(value) => value === null || this.#isTable(value, parents)
				);
				return about.table;
			}
			case 'CallExpression': {
				const callee = tree(node.callee);
				if (callee.type === 'Identifier') return this.#outer(callee, parents, 'FileAttachment');
				if (callee.type !== 'MemberExpression') return false;
				const name = memberName(callee) ?? '';
				const space = this.#namespace(callee.object, parents);
				if (space !== null) return space === 'aq' && (name === 'from' || name === 'table');
				return (
					(TABLE_VERBS.has(name) || name === 'arquero') &&
					this.#isTable(tree(callee.object), parents)
				);
			}
			default:
				return false;
		}
	}

	/** Whether what a summary is told to compute keeps no row. */
	#sums(arg: Tree, parents: readonly Tree[]): boolean {
		if (arg.type !== 'ObjectExpression') return false;
		return list(arg.properties).every((property) => {
			if (property.type !== 'Property') return false;
			const value = tree(property.value);
			switch (value.type) {
				case 'Literal':
					return typeof value.value !== 'string' || !HOARDS.test(value.value);
				case 'ArrowFunctionExpression':
				case 'FunctionExpression':
				case 'CallExpression':
					return value.type === 'CallExpression'
						? this.#isOperation(value, parents) && !keeps(value)
						: list(value.params).length < 2 && !keeps(value);
				default:
					return false;
			}
		});
	}

	#isOperation(call: Tree, parents: readonly Tree[]): boolean {
		const callee = tree(call.callee);
		if (callee.type !== 'MemberExpression') return false;
		const object = tree(callee.object);
		const op =
			this.#namespace(object, parents) === 'op' ||
			(object.type === 'MemberExpression' &&
				memberName(object) === 'op' &&
				this.#namespace(object.object, parents) === 'aq');
		return op && list(call.arguments).every((one) => one.type === 'Literal');
	}

	conduct(): Conduct {
		const functions = new Set<string>();
		const controls = new Set<string>();
		const parts = new Map<string, Part>();
		const root = this.#root;
		const program = root.type === 'Program';
		const statements = program ? list(root.body) : [];
		for (const statement of statements) {
			if (statement.type === 'FunctionDeclaration') functions.add(nameOf(statement.id));
			if (statement.type !== 'VariableDeclaration' || statement.kind !== 'const') continue;
			for (const { id, init } of list(statement.declarations)) {
				if (tree(id).type !== 'Identifier' || !init) continue;
				const value = tree(init);
				if (isFunction(value)) functions.add(nameOf(id));
				if (value.type === 'CallExpression' && this.#outer(value.callee, [root], 'view'))
					controls.add(nameOf(id));
			}
		}
		const whole = this.#part(this.#occurrences);
		let shown = whole;
		// Where nothing is changed once made, a name is worth what its own declaration says.
		if (program && !this.#changes && !this.#leaks) {
			const declared = new Map<string, Tree>();
			for (const statement of statements) {
				if (statement.type === 'FunctionDeclaration') declared.set(nameOf(statement.id), statement);
				if (statement.type !== 'VariableDeclaration') continue;
				for (const declarator of list(statement.declarations))
					eachBinding(declarator.id, (id) => declared.set(nameOf(id), declarator));
			}
			const own = new Set(declared.keys());
			const within = this.#occurrencesWithin(new Set(declared.values()));
			const made = new Map<Tree, Part>();
			for (const [name, node] of declared) {
				const part = made.get(node) ?? this.#part(within.get(node) ?? []);
				made.set(node, part);
				parts.set(name, part);
			}
			const showing = (at: Occurrence): boolean => {
				const statement = at.parents[1];
				return (
					statement !== undefined &&
					statement.type !== 'VariableDeclaration' &&
					statement.type !== 'FunctionDeclaration'
				);
			};
			const displays = this.#occurrences.some(
				(at) => /^(?:display|view)$/.test(at.name) && !own.has(at.name)
			);
			const aside = this.#occurrences.some(
				(at) => /^(?:display|view)$/.test(at.name) && !own.has(at.name) && !showing(at)
			);
			if (displays && !aside) shown = this.#part(this.#occurrences.filter(showing));
		}
		return {
			leaks: this.#leaks,
			summarises: this.#summaries.size > 0,
			packs: this.#packs,
			controls,
			functions,
			calls: this.#calls,
			files: this.#files,
			readable: this.#readable,
			parts,
			shown: this.#occurrences.length ? shown : EMPTY
		};
	}

	/** What stands in each declaration of the program, its own name apart: a statement, or a part of one. */
	#occurrencesWithin(declarations: ReadonlySet<Tree>): ReadonlyMap<Tree, readonly Occurrence[]> {
		const within = new Map<Tree, Occurrence[]>();
		for (const at of this.#occurrences)
			for (const node of at.parents.slice(1, 3)) {
				if (!declarations.has(node) || at.node === node.id) continue;
				const there = within.get(node);
				if (there) there.push(at);
				else within.set(node, [at]);
			}
		return within;
	}

	#part(occurrences: readonly Occurrence[]): Part {
		const [summed, bare, loose] = [new Set<string>(), new Set<string>(), new Set<string>()];
		for (const at of occurrences) {
			const place = this.#placeOf(at);
			(place === 'summed' ? summed : place === 'bare' ? bare : loose).add(at.name);
		}
		return partOf(summed, bare, loose);
	}

	/** Where a name stands: at the head of a chain that summarises, of one that is the whole value, or elsewhere. */
	#placeOf({ node, parents }: Occurrence): keyof Part {
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
			if (callee === at && this.#summaries.has(parent)) summed = true;
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
}

/** Whether an argument of a verb keeps rows, or reads a parameter that could hold them. */
function packsIn(node: Tree, filters: boolean): boolean {
	// An expression in a text, and no column's name.
	if (node.type === 'Literal')
		return typeof node.value === 'string' && /[(.]/.test(node.value) && HOARDS.test(node.value);
	if (node.type === 'MemberExpression') {
		const name = memberName(node);
		const object = tree(node.object);
		const op = object.type === 'Identifier' && nameOf(object) === 'op';
		if (op && (name === null || HOARDS.test(name))) return true;
	}
	if (node.type === 'Identifier' && /_agg(?:_|$)/.test(nameOf(node))) return true;
	if (isFunction(node) && !filters && list(node.params).length > 1) return true;
	let found = false;
	eachChild(node, (child) => {
		found ||= packsIn(child, filters);
	});
	return found;
}

/** Whether a computation of a summary names an aggregate that keeps rows, or one that cannot be told. */
function keeps(node: Tree): boolean {
	let found = false;
	const look = (at: Tree, parent: Tree | null, field: string): void => {
		if (at.type === 'MemberExpression') {
			const name = memberName(at);
			if (name === null || HOARDS.test(name)) found = true;
		} else if (at.type === 'Identifier' && nameOf(at) === 'op') {
			if (parent?.type !== 'MemberExpression' || field !== 'object') found = true;
		} else if (at.type === 'Identifier' && nameOf(at) === 'aq') {
			if (parent?.type !== 'MemberExpression' || memberName(parent) !== 'op') found = true;
		}
		eachChild(at, (child, childField) => look(child, at, childField));
	};
	look(node, null, '');
	return found;
}

function literal(node: Tree): string | null {
	if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
	if (node.type === 'TemplateLiteral' && list(node.expressions).length === 0) {
		const [quasi] = node.quasis as { value?: { cooked?: string } }[];
		return quasi?.value?.cooked ?? null;
	}
	return null;
}
