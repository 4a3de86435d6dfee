/** Reading a control from the source of its cell, and writing what changes back into it; the rest of the text stays. */
import { parseSource } from '../analysis/syntax.ts';
import type { Tree } from '../analysis/syntax.ts';
import type { TextEdit } from '../pipeline/step.ts';
import type { ControlConstant, ControlKind, ControlSource, ControlSpec } from './control-spec.ts';
import { controlOptions, printControl, printControlSource, printInput } from './print-control.ts';

const treeOf = (node: unknown): Tree => node as Tree;
const listOf = (nodes: unknown): readonly Tree[] => (nodes ?? []) as readonly Tree[];

interface Place {
	readonly from: number;
	readonly to: number;
}
interface ReadControl {
	readonly spec: ControlSpec;
	/** The call of `Inputs`. */
	readonly call: Place;
	readonly name: Place | null;
	readonly first: Place | null;
	readonly options: Place | null;
	/** Where the value of each option stands. */
	readonly values: ReadonlyMap<string, Place>;
	/** Options of which the value is no constant: they are not ours to change. */
	readonly opaque: ReadonlySet<string>;
}

const placeOf = (node: Tree): Place => ({ from: node.start, to: node.end });

/** The value of a constant; undefined for anything else. */
function constantOf(node: Tree | undefined): ControlConstant | null | undefined {
	if (!node) return undefined;
	if (node.type === 'Literal') {
		const { value } = node;
		return value === null ||
			typeof value === 'string' ||
			typeof value === 'number' ||
			typeof value === 'boolean'
			? value
			: undefined;
	}
	if (node.type === 'UnaryExpression' && node.operator === '-') {
		const value = constantOf(treeOf(node.argument));
		return typeof value === 'number' ? -value : undefined;
	}
	if (node.type === 'Identifier' && node.name === 'undefined') return null;
	// `new Date("2026-03-01")`, as people write it in Observable.
	if (node.type === 'NewExpression' && treeOf(node.callee).name === 'Date') {
		const value = constantOf(listOf(node.arguments)[0]);
		return typeof value === 'string' ? value : undefined;
	}
	return undefined;
}

function constantsOf(node: Tree | undefined): (ControlConstant | null)[] | undefined {
	if (node?.type !== 'ArrayExpression') return undefined;
	const values = listOf(node.elements).map((element) =>
		(element as Tree | null) === null ? undefined : constantOf(element)
	);
	return values.every((value) => value !== undefined) ? values : undefined;
}

/** `object.method(arguments)`. */
function methodOf(
	node: Tree | undefined
): { object: Tree; method: string; args: readonly Tree[] } | null {
	if (node?.type !== 'CallExpression') return null;
	const callee = treeOf(node.callee);
	if (callee.type !== 'MemberExpression' || callee.computed === true) return null;
	return {
		object: treeOf(callee.object),
		method: String(treeOf(callee.property).name),
		args: listOf(node.arguments)
	};
}

/** `billets.dedupe("region").array("region")`, or without `dedupe`, or a table's name, or constants. */
function sourceOf(node: Tree | undefined, text: string): ControlSource | null {
	if (!node) return null;
	const code: ControlSource = { kind: 'code', text: text.slice(node.start, node.end) };
	if (node.type === 'Identifier') return { kind: 'table', table: String(node.name) };
	const values = constantsOf(node);
	if (values) {
		const known = values.filter((value) => value !== null);
		return known.length === values.length ? { kind: 'values', values: known } : code;
	}
	const array = methodOf(node);
	const column = constantOf(array?.args[0]);
	if (array?.method !== 'array' || array.args.length !== 1 || typeof column !== 'string')
		return code;
	const dedupe = methodOf(array.object);
	const once =
		dedupe?.method === 'dedupe' &&
		dedupe.args.length === 1 &&
		constantOf(dedupe.args[0]) === column;
	const table = once ? dedupe.object : array.object;
	return table.type === 'Identifier' ? { kind: 'column', table: String(table.name), column } : code;
}

interface Options {
	readonly place: Place | null;
	readonly nodes: ReadonlyMap<string, Tree>;
}
/** Null where the options are no plain object. */
function optionsOf(node: Tree | undefined): Options | null {
	if (!node) return { place: null, nodes: new Map() };
	if (node.type !== 'ObjectExpression') return null;
	const nodes = new Map<string, Tree>();
	for (const property of listOf(node.properties)) {
		if (property.type !== 'Property' || property.computed === true) return null;
		const key = treeOf(property.key);
		nodes.set(
			key.type === 'Identifier' ? String(key.name) : String(key.value),
			treeOf(property.value)
		);
	}
	return { place: placeOf(node), nodes };
}

/** The call inside of `view(…)` or alone, and the name that it is given. */
function inputOf(source: string): { call: Tree; name: Tree | null } | null {
	const { root, expression } = parseSource(source);
	let value = treeOf(root);
	let name: Tree | null = null;
	if (!expression) {
		const [statement, more] = listOf(value.body);
		if (!statement || more) return null;
		if (statement.type === 'ExpressionStatement') value = treeOf(statement.expression);
		else if (statement.type === 'VariableDeclaration') {
			const [declaration, another] = listOf(statement.declarations);
			if (!declaration?.init || another) return null;
			name = treeOf(declaration.id);
			if (name.type !== 'Identifier') return null;
			value = treeOf(declaration.init);
		} else return null;
	}
	const args = listOf(value.arguments);
	if (value.type === 'CallExpression' && treeOf(value.callee).name === 'view' && args[0])
		value = args[0];
	return { call: value, name };
}

function read(source: string): ReadControl | null {
	const found = inputOf(source);
	const input = methodOf(found?.call);
	if (!found || !input || input.object.type !== 'Identifier' || input.object.name !== 'Inputs')
		return null;
	const { method, args } = input;
	const name = found.name ? String(found.name.name) : null;
	const rest = {
		call: placeOf(found.call),
		name: found.name ? placeOf(found.name) : null
	};
	if (args.length > 2 || args.some(({ type }) => type === 'SpreadElement')) return null;
	if (method === 'form') return dateRangeOf(name, args, rest);
	// `number`, `text`, `toggle` and `date` may have their options first.
	const onlyOptions =
		['text', 'toggle', 'date'].includes(method) ||
		(method === 'number' && args[0]?.type === 'ObjectExpression');
	const first = onlyOptions ? undefined : args[0];
	const options = optionsOf(onlyOptions ? args[0] : args[1]);
	if (!options) return null;
	const at = (key: string): ControlConstant | null => constantOf(options.nodes.get(key)) ?? null;
	const multiple = method === 'select' && at('multiple') !== null && at('multiple') !== false;
	const KINDS: Readonly<Record<string, ControlKind>> = {
		...{ range: 'range', number: 'number', select: multiple ? 'multiselect' : 'select' },
		...{
			checkbox: 'checkbox',
			search: 'search',
			text: 'text',
			date: 'date',
			toggle: 'toggle',
			button: 'button'
		}
	};
	const kind = Object.hasOwn(KINDS, method) ? KINDS[method] : undefined;
	if (!kind) return null;
	const bounds = kind === 'range' || kind === 'number' ? constantsOf(first) : undefined;
	if (first && !bounds && (kind === 'range' || kind === 'number')) return null;
	const chosen = ['select', 'multiselect', 'checkbox', 'search'].includes(kind);
	const day = (value: ControlConstant | null | undefined): number | string | null =>
		typeof value === 'number' || typeof value === 'string' ? value : null;
	const step = at('step');
	const value = options.nodes.get('value');
	return {
		...rest,
		first: first ? placeOf(first) : null,
		options: options.place,
		values: new Map([...options.nodes].map(([key, node]) => [key, placeOf(node)])),
		opaque: new Set(
			[...options.nodes]
				.filter(([, node]) => constantOf(node) === undefined && constantsOf(node) === undefined)
				.map(([key]) => key)
		),
		spec: {
			name,
			kind,
			label: String((kind === 'button' ? constantOf(first) : at('label')) ?? ''),
			source: chosen ? sourceOf(first, source) : null,
			min: kind === 'date' ? day(at('min')) : day(bounds?.[0]),
			max: kind === 'date' ? day(at('max')) : day(bounds?.[1]),
			step: typeof step === 'number' ? step : null,
			value: constantOf(value) ?? constantsOf(value) ?? null
		}
	};
}

/** `Inputs.form([Inputs.date(…), Inputs.date(…)], {label})`. */
function dateRangeOf(
	name: string | null,
	args: readonly Tree[],
	rest: Pick<ReadControl, 'call' | 'name'>
): ReadControl | null {
	const [fields, given] = args;
	const options = optionsOf(given);
	if (fields?.type !== 'ArrayExpression' || !options) return null;
	const dates = listOf(fields.elements).map((element) => methodOf(element));
	const [from, to] = dates.map((date) =>
		date?.method === 'date' && date.object.name === 'Inputs' ? optionsOf(date.args[0]) : null
	);
	if (dates.length !== 2 || !from || !to) return null;
	const day = (key: string, of: Options): string | null => {
		const value = constantOf(of.nodes.get(key));
		return typeof value === 'string' ? value : null;
	};
	const label = constantOf(options.nodes.get('label'));
	return {
		...rest,
		first: placeOf(fields),
		options: options.place,
		values: new Map([...options.nodes].map(([key, node]) => [key, placeOf(node)])),
		opaque: new Set(),
		spec: {
			name,
			kind: 'date-range',
			label: typeof label === 'string' ? label : '',
			source: null,
			min: day('min', from),
			max: day('max', to),
			step: null,
			value: [day('value', from), day('value', to)]
		}
	};
}

function tried(source: string): ReadControl | null {
	try {
		return read(source);
	} catch {
		return null;
	}
}

/** The control that a cell is; null where it is written in a way that the panel does not know. */
export const parseControl = (source: string): ControlSpec | null => tried(source)?.spec ?? null;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * Edits of a source so that it says `next`. What did not change is not touched, options that the panel does not know
 * stay; another kind of control is written anew.
 */
export function controlEdits(source: string, next: ControlSpec): TextEdit[] {
	const control = tried(source);
	if (!control) return [{ at: 0, length: source.length, insert: printControl(next) }];
	const { spec, call, name } = control;
	if ((spec.name === null) !== (next.name === null))
		return [{ at: 0, length: source.length, insert: printControl(next) }];
	const edits: TextEdit[] = [];
	const put = ({ from, to }: Place, insert: string): void => {
		if (source.slice(from, to) !== insert) edits.push({ at: from, length: to - from, insert });
	};
	if (name && next.name !== null && next.name !== spec.name) put(name, next.name);
	// A range of dates has its options inside of its fields; a button its words in front.
	const whole = next.kind === 'date-range' || next.kind === 'button';
	if (
		spec.kind !== next.kind ||
		(whole && !same({ ...spec, name: null }, { ...next, name: null }))
	) {
		put(call, printInput(next));
		return edits;
	}
	if (control.first) {
		if (next.kind === 'range' || next.kind === 'number') {
			if (spec.min !== next.min || spec.max !== next.max)
				put(control.first, `[${[next.min, next.max].map((one) => one ?? 'undefined').join(', ')}]`);
		} else if (!same(spec.source, next.source)) put(control.first, printControlSource(next.source));
	} else if (next.kind === 'number' && (next.min !== null || next.max !== null)) {
		put(call, printInput(next));
		return edits;
	}
	optionEdits(control, next, source, put);
	return edits;
}

function optionEdits(
	control: ReadControl,
	next: ControlSpec,
	source: string,
	put: (place: Place, insert: string) => void
): void {
	const before = new Map(controlOptions(control.spec));
	const after = new Map(controlOptions(next));
	const added: string[] = [];
	for (const [key, text] of after) {
		if (before.get(key) === text) continue;
		const place = control.values.get(key);
		if (place) put(place, text);
		else added.push(`${key}: ${text}`);
	}
	// What is no longer said: left there it would still hold.
	for (const key of before.keys()) {
		const place = control.values.get(key);
		if (!after.has(key) && place && !control.opaque.has(key)) put(place, 'undefined');
	}
	if (added.length === 0) return;
	const { options, call } = control;
	if (options) {
		const empty = source.slice(options.from + 1, options.to - 1).trim() === '';
		const trailing = /,\s*\}$/.test(source.slice(options.from, options.to));
		const at = options.to - 1;
		put({ from: at, to: at }, `${empty || trailing ? '' : ', '}${added.join(', ')}`);
	} else {
		const at = call.to - 1;
		put({ from: at, to: at }, `${control.first ? ', ' : ''}{${added.join(', ')}}`);
	}
}
