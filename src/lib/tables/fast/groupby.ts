/** `groupby` by codes: a table of slots instead of a key's text for each row. */
import type { ColumnTable } from 'arquero';
import { compile } from 'arquero/src/expression/compile.js';
import { parseValue } from 'arquero/src/verbs/util/parse.js';
import { Scope } from './compiled.ts';
import { insidesOf } from './fast-column.ts';
import { rememberWriter } from './group-writer.ts';
import { combined, keyCodes, type KeyCodes } from './key-codes.ts';
import { codeOf, treeOptions, withTrees, type Node, type Parsed } from './parsed.ts';
import { eachRow, rowsOf, type Rows } from './rows.ts';

/** Arquero's description of groups. */
export interface Groups {
	readonly keys: Uint32Array;
	/** Of each group, its first row. */
	readonly rows: readonly number[];
	readonly size: number;
	readonly names: readonly string[];
	/** Keys' values, from a group's first row. */
	readonly get: readonly ((row: number) => unknown)[];
}

export function parsedKeys(
	verb: string,
	table: ColumnTable,
	keys: unknown,
	options: object = { window: false }
): Parsed | null {
	const trees = treeOptions();
	return withTrees(trees, parseValue(verb, table, keys, { ...options, ...trees.options }));
}

export function groupby(table: ColumnTable, keys: readonly unknown[]): ColumnTable | null {
	const groups = groupsBy(table, keys);
	return groups && table.create({ groups } as never);
}

export function groupsBy(table: ColumnTable, keys: readonly unknown[]): Groups | null {
	const parsed = parsedKeys('groupby', table, keys.flat());
	if (!parsed || parsed.ops.length > 0 || parsed.nodes.length === 0) return null;
	const rows = rowsOf(table);
	if (rows.count === 0) return null;
	const codes = combined(
		parsed.nodes.map((node) => keyCodes(table, node, rows)),
		rows
	);
	const named = {
		names: parsed.names,
		get: parsed.nodes.map((node) => getter(table, node))
	};
	const isFixed = (node: Node): boolean =>
		node.type === 'Column' && insidesOf(table.data()[String(node.name) as never]) !== null;
	return parsed.nodes.every(isFixed)
		? laterGroups(codes, rows, named)
		: { ...groupsOf(codes, rows), ...named };
}

/**
 * Groups of codes that nothing changes: which there are is known as soon as each code was met, most often among the
 * first rows; which each row is in follows from its code, and is listed when someone asks.
 */
function laterGroups(codes: KeyCodes, rows: Rows, named: Pick<Groups, 'names' | 'get'>): Groups {
	const scope = new Scope();
	const first: number[] = [];
	const slots = new Int32Array(codes.size);
	const slot = scope.bind(slots, 'slots');
	const met = `(${slot}[c]=${scope.bind(first, 'first')}.push(row))`;
	scope.run(
		eachRow(
			rows,
			scope,
			`const c=${codes.write(scope)};if(${slot}[c]===0&&${met}===${codes.size})return;`
		)
	);
	const write = (made: Scope): string => `(${made.bind(slots, 'slots')}[${codes.write(made)}]-1)`;
	let keys: Uint32Array | null = null;
	const groups: Groups = {
		get keys() {
			if (!keys) {
				keys = new Uint32Array(rows.total);
				const listing = new Scope();
				const out = listing.bind(keys, 'keys');
				listing.run(eachRow(rows, listing, `${out}[row]=${write(listing)};`));
			}
			return keys;
		},
		rows: first,
		size: first.length,
		...named
	};
	rememberWriter(groups, write);
	return groups;
}

function getter(table: ColumnTable, node: Node): (row: number) => unknown {
	const data = table.data();
	const get = compile.expr(codeOf(node), table.params() ?? {});
	return (row) => get(row, data);
}

/** Groups in the order that rows meet them. */
function groupsOf(codes: KeyCodes, rows: Rows): Pick<Groups, 'keys' | 'rows' | 'size'> {
	const scope = new Scope();
	const keys = new Uint32Array(rows.total);
	const first: number[] = [];
	const slots = scope.bind(new Int32Array(codes.size), 'slots');
	const met = `s=${scope.bind(first, 'first')}.push(row);${slots}[c]=s;`;
	scope.run(
		eachRow(
			rows,
			scope,
			`const c=${codes.write(scope)};let s=${slots}[c];if(s===0){${met}}${scope.bind(keys, 'keys')}[row]=s-1;`
		)
	);
	return { keys, rows: first, size: first.length };
}
