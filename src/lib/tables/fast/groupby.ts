/** `groupby` by codes: a table of slots instead of a key's text for each row. */
import type { ColumnTable } from 'arquero';
import { compile } from 'arquero/src/expression/compile.js';
import { parseValue } from 'arquero/src/verbs/util/parse.js';
import { Scope } from './compiled.ts';
import { fewValuesOf } from './expression.ts';
import { insidesOf } from './fast-column.ts';
import { combined, keyCodes, type KeyCodes } from './key-codes.ts';
import { LaterGroups } from './later-groups.ts';
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
	// Our own columns, and what was found of each of their values: nobody else can write in them.
	const isFixed = (node: Node): boolean =>
		node.type === 'Column'
			? insidesOf(table.data()[String(node.name) as never]) !== null
			: fewValuesOf(table, node) !== null;
	return parsed.nodes.every(isFixed)
		? LaterGroups.of(codes, rows, named)
		: { ...groupsOf(codes, rows), ...named };
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
