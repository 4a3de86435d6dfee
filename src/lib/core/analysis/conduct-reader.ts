/** Goes through the code of a cell, and notes what it does with what it was given. */
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
	MAKERS,
	MEMBERS,
	NAMESPACES,
	READERS,
	UNSEEN
} from './conduct-names.ts';
import { partsOf, type Occurrence, type Part } from './conduct-parts.ts';
import { isPacking, isSummary } from './conduct-summaries.ts';
import { list, literal, memberName, nameOf, tree } from './conduct-tree.ts';
import { Variables } from './conduct-variables.ts';
import { isFunction, isPlainKey } from './scope.ts';
import { eachChild, type Tree } from './syntax.ts';

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

export class ConductReader {
	readonly #root: Tree;
	readonly #variables: Variables;
	readonly #occurrences: Occurrence[] = [];
	readonly #summaries = new Set<Tree>();
	readonly #calls = new Set<string>();
	readonly #files = new Set<string>();
	#readable = true;
	#packs = false;
	#leaks = false;
	/** Something that the cell made is changed after it was made. */
	#changes = false;

	/** @param steps what is looked at in all, at most: what asks for more is a RangeError */
	constructor(root: Tree, steps: number) {
		this.#root = root;
		this.#variables = new Variables(root, steps);
		this.#visit(root, '', []);
	}

	conduct(): Conduct {
		const functions = new Set<string>();
		const controls = new Set<string>();
		const root = this.#root;
		const statements = root.type === 'Program' ? list(root.body) : [];
		for (const statement of statements) {
			if (statement.type === 'FunctionDeclaration') functions.add(nameOf(statement.id));
			if (statement.type !== 'VariableDeclaration' || statement.kind !== 'const') continue;
			for (const { id, init } of list(statement.declarations)) {
				if (tree(id).type !== 'Identifier' || !init) continue;
				const value = tree(init);
				if (isFunction(value)) functions.add(nameOf(id));
				if (value.type === 'CallExpression' && this.#variables.outer(value.callee, [root], 'view'))
					controls.add(nameOf(id));
			}
		}
		const { parts, shown } = partsOf(
			root,
			this.#occurrences,
			this.#summaries,
			!this.#changes && !this.#leaks
		);
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
			shown
		};
	}

	#leak(): void {
		this.#leaks = true;
	}

	#change(target: Tree, parents: readonly Tree[]): void {
		switch (target.type) {
			case 'Identifier': {
				const scope = this.#variables.scopeOf(nameOf(target), parents);
				if (!scope || !this.#variables.runsWith(scope, parents)) this.#leak();
				this.#changes = true;
				break;
			}
			case 'MemberExpression': {
				const name = memberName(target);
				if (
					!this.#variables.isOwn(tree(target.object), parents) ||
					(name !== null && HIDDEN.has(name))
				)
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
					tag.type === 'MemberExpression' &&
					this.#variables.namespace(tag.object, parents) === 'String';
				if (!raw && !this.#variables.outer(tag, parents, 'md')) this.#leak();
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
		const scope = this.#variables.scopeOf(name, parents);
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
			if (!(called || given) || !this.#variables.runsWith(null, parents)) this.#leak();
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
				const binding = this.#variables.bindingOf(name, parents);
				if (binding) {
					const { values } = binding;
					if (!values.length || !values.every((value) => value !== null && isFunction(value)))
						if (!this.#variables.isExecutorParam(name, parents)) this.#leak();
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
		if (isSummary(this.#variables, node, parents)) this.#summaries.add(node);
		if (isPacking(node)) this.#packs = true;
	}

	#method(callee: Tree, args: readonly Tree[], parents: readonly Tree[]): void {
		const name = memberName(callee);
		if (name === null) return this.#leak();
		const object = tree(callee.object);
		// What `member` says of a namespace is enough.
		if (this.#variables.namespace(object, parents) !== null) return;
		if (CHANGERS.has(name)) {
			if (!this.#variables.isOwn(object, parents)) this.#leak();
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
			if (this.#variables.namespace(callee.object, parents) !== 'Intl') this.#leak();
			return;
		}
		const name = callee.type === 'Identifier' ? nameOf(callee) : '';
		if (!MAKERS.has(name) || this.#variables.scopeOf(name, parents)) return this.#leak();
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
		const space = this.#variables.namespace(node.object, parents);
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
			const space = this.#variables.namespace(callee.object, parents);
			return space === 'Plot' || space === 'Inputs' || DESCRIBERS.has(memberName(callee) ?? '');
		}
		return false;
	}
}
