/** One verb of Arquero with what it is given, as a step; null for what the panel does not know. */
import type { Tree } from '../analysis/syntax.ts';
import type { Expression } from './expression.ts';
import { call, column } from './make-expression.ts';
import { isComputed, matchSideOf } from './match-key.ts';
import { aqCall, entriesOf, numberOf, readValue, textOf, treesOf } from './parse-expression.ts';
import type { JoinKind, MadeColumn, MatchedColumns, SortBy, Step } from './step.ts';

export type Arguments = readonly (Tree | null)[];

/** Texts, and lists of texts. */
function namesOf(args: Arguments): string[] | null {
	const names: string[] = [];
	for (const arg of args) {
		if (!arg) return null;
		const text = textOf(arg);
		if (text !== null) names.push(text);
		else if (arg.type === 'ArrayExpression') {
			const inner = namesOf(treesOf(arg.elements));
			if (!inner) return null;
			names.push(...inner);
		} else return null;
	}
	return new Set(names).size === names.length ? names : null;
}

/** An object's values as columns. */
function columnsOf(node: Tree | null | undefined): MadeColumn[] | null {
	const entries = node ? entriesOf(node) : null;
	if (!entries) return null;
	const columns: MadeColumn[] = [];
	for (const [name, value] of entries) {
		const read = readValue(value);
		if (!read) return null;
		columns.push({ name, value: read });
	}
	return columns;
}

/** Names of columns, and objects of computed ones. `plain` is what a name alone stands for. */
function keysOf(
	args: Arguments,
	plain: (name: string) => Expression = column
): MadeColumn[] | null {
	const keys: MadeColumn[] = [];
	for (const arg of args) {
		if (!arg) return null;
		const text = textOf(arg);
		if (text !== null) keys.push({ name: text, value: plain(text) });
		else if (arg.type === 'ArrayExpression') {
			const inner = keysOf(treesOf(arg.elements), plain);
			if (!inner) return null;
			keys.push(...inner);
		} else {
			const made = columnsOf(arg);
			if (!made) return null;
			keys.push(...made);
		}
	}
	return new Set(keys.map(({ name }) => name)).size === keys.length ? keys : null;
}

function orderOf(args: Arguments): SortBy[] | null {
	const order: SortBy[] = [];
	for (const arg of args) {
		if (!arg) return null;
		if (arg.type === 'ArrayExpression') {
			const inner = orderOf(treesOf(arg.elements));
			if (!inner) return null;
			order.push(...inner);
			continue;
		}
		const aq = aqCall(arg);
		const descending = aq?.name === 'desc';
		if (aq && (!descending || aq.args.length !== 1)) return null;
		const node = descending ? aq?.args[0] : arg;
		if (!node) return null;
		const text = textOf(node);
		const isFunction =
			node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression';
		const value = text !== null ? column(text) : isFunction ? readValue(node) : null;
		if (!value) return null;
		order.push({ value, descending });
	}
	return order;
}

const nameOf = (node: Tree | null | undefined): string | null =>
	node?.type === 'Identifier' && node.name !== 'undefined' ? String(node.name) : null;

/** A column that a join compares: its name, or a function of it. */
function matchedOf(node: Tree | null): ReturnType<typeof matchSideOf> {
	if (!node) return null;
	const text = textOf(node);
	if (text !== null) return { name: text, folded: false, readAs: [] };
	const isFunction = node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression';
	const value = isFunction ? readValue(node) : null;
	return value ? matchSideOf(value) : null;
}

/** `"id"`, `["a", "b"]`, `[["a", "c"], ["b", "d"]]`. */
function matchesOf(node: Tree | null | undefined): MatchedColumns[] | null {
	if (!node) return null;
	const text = textOf(node);
	if (text !== null) return [{ left: text, right: text, folded: false }];
	if (node.type !== 'ArrayExpression') return null;
	const sides = treesOf(node.elements);
	if (sides.length < 1 || sides.length > 2) return null;
	const [left, right] = [sides[0], sides.at(-1)].map((side) =>
		(side?.type === 'ArrayExpression' ? treesOf(side.elements) : [side ?? null]).map(matchedOf)
	);
	if (!left?.length || left.length !== right?.length) return null;
	const matches: MatchedColumns[] = [];
	for (const [i, one] of left.entries()) {
		const other = right[i];
		if (!one || !other || one.folded !== other.folded || other.readAs.length) return null;
		const { name, folded, readAs } = one;
		matches.push({ left: name, right: other.name, folded, ...(readAs.length ? { readAs } : {}) });
	}
	return matches;
}

/** `aq.all()`, `aq.not("a", "b")`. */
function selectionOf(node: Tree | null | undefined): { except: readonly string[] } | null {
	const aq = node ? aqCall(node) : null;
	if (aq?.name === 'all' && aq.args.length === 0) return { except: [] };
	const except = aq?.name === 'not' ? namesOf(aq.args) : null;
	return except?.length ? { except } : null;
}

const sameNames = (a: readonly string[], b: readonly string[]): boolean =>
	a.length === b.length && a.every((name, i) => name === b[i]);

/** Columns that a join by computed keys must name once: Arquero sees by itself only names that are matched as they are. */
export const twiceNamed = (on: readonly MatchedColumns[]): string[] =>
	on.filter(({ left, right }) => left === right).map(({ left }) => left);

/** Whether a join's columns have to be said. */
export const saysColumns = (join: JoinKind, on: readonly MatchedColumns[]): boolean =>
	(join === 'left' || join === 'inner' || join === 'right') &&
	on.some((match) => isComputed(match) && match.left === match.right);

function joinOf(join: JoinKind, args: Arguments): Step | null {
	const [other, on, values, more] = args;
	const table = nameOf(other);
	const matches = matchesOf(on);
	if (table === null || !matches || more) return null;
	if (saysColumns(join, matches)) {
		// The columns that are named in both come once, from the table that all rows are kept of.
		const sides =
			values?.type === 'ArrayExpression' ? treesOf(values.elements).map(selectionOf) : [];
		const [left, right] = sides;
		if (sides.length !== 2 || !left || !right) return null;
		const twice = twiceNamed(matches);
		const [all, some] = join === 'right' ? [right, left] : [left, right];
		if (all.except.length || !sameNames(some.except, twice)) return null;
	} else if (values) return null;
	return { kind: 'join', join, table, on: matches };
}

const JOINS: ReadonlyMap<string, JoinKind> = new Map([
	['join', 'inner'],
	['join_left', 'left'],
	['join_right', 'right'],
	['join_full', 'full'],
	['semijoin', 'semi'],
	['antijoin', 'anti']
]);

/** The one entry that options are, by its key; null where there is another. */
function optionOf(node: Tree | null | undefined, key: string): Tree | null {
	const entries = node ? entriesOf(node) : null;
	const [first, more] = entries ?? [];
	return first && !more && first[0] === key ? first[1] : null;
}

const wholeNumber = (node: Tree | null | undefined): number | null => {
	const value = numberOf(node);
	return value !== null && Number.isSafeInteger(value) && !Object.is(value, -0) ? value : null;
};

const tablesOf = (args: Arguments): string[] | null => {
	const names: string[] = [];
	for (const arg of args) {
		const inner = arg?.type === 'ArrayExpression' ? tablesOf(treesOf(arg.elements)) : null;
		const name = nameOf(arg);
		if (inner) names.push(...inner);
		else if (name !== null) names.push(name);
		else return null;
	}
	return names;
};

/** A single verb. What is made of several is put together by the chain's reader. */
export function readStep(verb: string, args: Arguments): Step | null {
	const [first, second, more] = args;
	switch (verb) {
		case 'filter': {
			const where = first && !second ? readValue(first) : null;
			return where && where.kind !== 'rolling' ? { kind: 'filter', where } : null;
		}
		case 'derive': {
			const columns = second ? null : columnsOf(first);
			return columns?.length ? { kind: 'derive', columns } : null;
		}
		case 'select': {
			const dropped = first && !second ? selectionOf(first) : null;
			if (dropped?.except.length) return { kind: 'drop', columns: dropped.except };
			const columns = namesOf(args);
			return columns?.length ? { kind: 'select', columns } : null;
		}
		case 'rename':
			return renameOf(args);
		case 'relocate': {
			const columns = first && !more ? namesOf([first]) : null;
			const before = textOf(optionOf(second, 'before'));
			const after = textOf(optionOf(second, 'after'));
			if (!columns?.length) return null;
			if (before !== null) return { kind: 'relocate', columns, place: { before } };
			return after !== null ? { kind: 'relocate', columns, place: { after } } : null;
		}
		case 'groupby': {
			const by = keysOf(args);
			return by?.length ? { kind: 'group', by } : null;
		}
		case 'ungroup':
			return args.length ? null : { kind: 'ungroup' };
		case 'rollup': {
			const values = second ? null : columnsOf(first);
			return values ? { kind: 'summarise', by: [], values } : null;
		}
		case 'count': {
			const as = first ? textOf(optionOf(first, 'as')) : 'count';
			return as === null || second
				? null
				: { kind: 'summarise', by: [], values: [{ name: as, value: call('count') }] };
		}
		case 'orderby': {
			const by = orderOf(args);
			return by?.length ? { kind: 'sort', by } : null;
		}
		case 'slice': {
			const from = first ? wholeNumber(first) : 0;
			const to = second && numberOf(second) !== Infinity ? wholeNumber(second) : null;
			if (from === null || more || !first) return null;
			if (second && to === null && numberOf(second) !== Infinity) return null;
			return { kind: 'slice', from, to };
		}
		case 'lookup': {
			const table = nameOf(first);
			const on = matchesOf(second);
			const columns = namesOf(args.slice(2));
			return table !== null && on && columns?.length
				? { kind: 'lookup', table, on, columns }
				: null;
		}
		case 'concat':
		case 'union': {
			const tables = tablesOf(args);
			return tables?.length ? { kind: 'stack', tables, distinct: verb === 'union' } : null;
		}
		case 'pivot': {
			const columns = first && !more ? keysOf([first]) : null;
			const values = second ? keysOf([second], (name) => call('any', column(name))) : null;
			return columns?.length && values?.length ? { kind: 'pivot', by: [], columns, values } : null;
		}
		case 'fold': {
			const columns = first && !more ? namesOf([first]) : null;
			const as = second ? optionOf(second, 'as') : null;
			const names = as?.type === 'ArrayExpression' ? treesOf(as.elements).map(textOf) : [];
			const [key, value] = second ? names : ['key', 'value'];
			if (!columns?.length || typeof key !== 'string' || typeof value !== 'string') return null;
			return second && names.length !== 2
				? null
				: { kind: 'unpivot', columns, names: key, values: value };
		}
		case 'dedupe': {
			const columns = namesOf(args);
			return columns ? { kind: 'dedupe', columns } : null;
		}
		case 'impute': {
			const columns = second ? null : columnsOf(first);
			const rolls = columns?.some(({ value }) => value.kind === 'rolling');
			return columns?.length && !rolls ? { kind: 'fill', columns } : null;
		}
		case 'sample': {
			const count = second ? null : wholeNumber(first);
			return count !== null && count >= 0 ? { kind: 'sample', count } : null;
		}
		default: {
			const join = JOINS.get(verb);
			return join ? joinOf(join, args) : null;
		}
	}
}

function renameOf(args: Arguments): Step | null {
	const names = new Map<string, string>();
	for (const arg of args) {
		const entries = arg ? entriesOf(arg) : null;
		if (!entries) return null;
		for (const [from, value] of entries) {
			const to = textOf(value);
			if (to === null || names.has(from)) return null;
			names.set(from, to);
		}
	}
	return names.size
		? { kind: 'rename', names: [...names].map(([from, to]) => ({ from, to })) }
		: null;
}

/** `.params({a, b: b})`: the names that it hands in under their own name; null where it hands in anything else. */
export function readParams(args: Arguments): string[] | null {
	const [object, more] = args;
	if (object?.type !== 'ObjectExpression' || more) return null;
	const names: string[] = [];
	for (const property of treesOf(object.properties)) {
		const value = property?.value as Tree | undefined;
		const key = property?.key as Tree | undefined;
		if (property?.type !== 'Property' || property.computed === true || !key) return null;
		const name = nameOf(value);
		const same = key.type === 'Identifier' ? String(key.name) : textOf(key);
		if (name === null || name !== same || name === '__proto__') return null;
		names.push(name);
	}
	return names.length && new Set(names).size === names.length ? names : null;
}

/** Whether a step is the count of rows alone, and under which name. */
export const countName = (values: readonly MadeColumn[]): string | null => {
	const [only, more] = values;
	return only && !more && only.value.kind === 'call' && only.value.fn === 'count'
		? only.name
		: null;
};
