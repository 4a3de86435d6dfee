/**
 * Joins by equal keys: which rows go together is found on codes, then each column of the result is gathered in one go.
 * Rows come out as Arquero has them: along the larger side, then the rows of the left that matched nothing, then those
 * of the right.
 */
import type { ColumnTable } from 'arquero';
import { compile } from 'arquero/src/expression/compile.js';
import { all, not } from 'arquero/src/helpers/selection.js';
import { BitSet } from 'arquero/src/table/BitSet.js';
import { inferKeys } from 'arquero/src/verbs/util/join-keys.js';
import { Scope } from './compiled.ts';
import { filtered } from './filter.ts';
import { parsedKeys } from './groupby.ts';
import { matched, type Listed, type Side } from './matching.ts';
import { codeOf, parsed, type Node, type Parsed } from './parsed.ts';
import { gathered } from './reify.ts';
import { tableOf } from './rollup.ts';
import { eachRow, rowsOf, type Rows } from './rows.ts';

interface JoinOptions {
	readonly left?: boolean;
	readonly right?: boolean;
	readonly suffix?: readonly string[];
}

const NONE = -1;

/** Rows as joins list them: a table that is filtered and was sorted before is gone over in its order. */
const listedRows = (table: ColumnTable): Rows =>
	table.isFiltered() || table.isOrdered()
		? { ...rowsOf(table), index: table.indices(false) as Uint32Array }
		: rowsOf(table);

/** What both tables are joined on; null where that is no list of keys. */
export function sidesOf(
	left: ColumnTable,
	right: ColumnTable,
	on: unknown
): { left: Side; right: Side; names: readonly [unknown[], unknown[]] } | null {
	const keys = inferKeys(left, right, on);
	if (!Array.isArray(keys)) return null;
	const [mine, theirs] = keys.map((side: unknown) => (Array.isArray(side) ? side : [side])) as [
		unknown[],
		unknown[]
	];
	if (mine.length !== theirs.length || mine.length === 0) return null;
	const sides = ([left, right] as const).map((table, i) => {
		const nodes = keysIn(table, i === 0 ? mine : theirs);
		return nodes && { table, nodes, rows: listedRows(table) };
	});
	const [a, b] = sides;
	return a && b ? { left: a, right: b, names: [mine, theirs] } : null;
}

function keysIn(table: ColumnTable, keys: readonly unknown[]): Node[] | null {
	const nodes: Node[] = [];
	for (const key of keys) {
		const name = typeof key === 'number' ? table.columnName(key) : key;
		const options = { aggregate: false, window: false };
		const made =
			typeof name === 'string'
				? parsedKeys('join', table, [name], options)
				: parsed({ key }, { table, ...options });
		const [node] = made?.nodes ?? [];
		if (!node || made?.ops.length) return null;
		nodes.push(node);
	}
	return nodes;
}

export function join(
	left: ColumnTable,
	right: ColumnTable,
	on: unknown,
	values: unknown,
	options: JoinOptions = {}
): ColumnTable | null {
	const sides = sidesOf(left, right, on);
	if (!sides || left.numRows() === 0 || right.numRows() === 0) return null;
	const [mine, theirs] = sides.names;
	const columns = columnsOf(
		left,
		right,
		values ?? shownValues(left, mine, theirs, options),
		options.suffix
	);
	if (!columns) return null;
	const pairs = paired(sides.left, sides.right, options);
	const made = new Map<string, ArrayLike<unknown>>();
	for (const { name, node, side } of columns) {
		const column = side && columnAt(side === 'left' ? left : right, node);
		made.set(
			name,
			side && column
				? gathered(column.value, pairs[side], pairs.misses ? 'some' : 'every')
				: evaluated(left, right, node, side, pairs)
		);
	}
	return tableOf(left, made);
}

const columnAt = (table: ColumnTable, node: Node): { value: unknown } | null =>
	node.type === 'Column' ? { value: table.data()[String(node.name) as never] } : null;

// ---------------------------------------------------------------- columns of the result

interface Column {
	name: string;
	readonly node: Node;
	/** Whose rows the expression reads; null: both. */
	readonly side: 'left' | 'right' | null;
}

/** What a join shows where nothing is said: shared keys once. */
function shownValues(
	left: ColumnTable,
	mine: readonly unknown[],
	theirs: readonly unknown[],
	options: JoinOptions
): unknown {
	const shared = mine.filter((key, i) => typeof key === 'string' && key === theirs[i]);
	const others = not(shared);
	if (options.left && options.right) {
		const merged = left.columnNames().map((name) => {
			const at = `[${JSON.stringify(name)}]`;
			return shared.includes(name)
				? { [name]: `(a, b) => a${at} == null ? b${at} : a${at}` }
				: name;
		});
		return [merged, others];
	}
	return options.right ? [others, all()] : [all(), others];
}

function columnsOf(
	left: ColumnTable,
	right: ColumnTable,
	values: unknown,
	suffix: readonly string[] = []
): Column[] | null {
	const both = { join: [left, right] };
	if (!Array.isArray(values)) {
		const made = parsed(values, both);
		return made && sided(made, null);
	}
	const none: Parsed = { names: [], nodes: [], ops: [] };
	const mine = values.length > 0 ? parsedKeys('join', left, values[0], both) : none;
	const theirs =
		values.length > 1
			? parsedKeys('join', right, values[1], { aggregate: false, window: false })
			: none;
	const joined = values.length > 2 ? parsed(values[2], both) : none;
	if (!mine || !theirs || !joined) return null;
	const [ours, others] = [sided(mine, null), sided(theirs, 'right')];
	const taken = new Set(mine.names);
	const clashing = new Set(theirs.names.filter((name) => taken.has(name)));
	for (const [columns, end, usual] of [
		[ours, suffix[0], '_1'],
		[others, suffix[1], '_2']
	] as const)
		if (end !== '')
			for (const column of columns) if (clashing.has(column.name)) column.name += end || usual;
	return [...ours, ...others, ...sided(joined, null)];
}

/** In an expression of both tables, a column says which it is of. */
function sided({ names, nodes }: Parsed, side: 'right' | null): Column[] {
	return nodes.map((node, i) => ({
		name: names[i] as string,
		node,
		side: side ?? (node.type === 'Column' ? (node.table === 2 ? 'right' : 'left') : null)
	}));
}

/** Backing rows that go together, -1 for none. */
interface Pairs {
	readonly misses: boolean;
	readonly left: Int32Array;
	readonly right: Int32Array;
}

function evaluated(
	left: ColumnTable,
	right: ColumnTable,
	node: Node,
	side: 'left' | 'right' | null,
	pairs: Pairs
): unknown[] {
	const params = { ...right.params(), ...left.params() };
	const [a, b] = [left.data(), right.data()];
	const get =
		side === 'right'
			? // Arquero's own name for the second table's row.
				compile.expr2(codeOf(node), right.params() ?? {})
			: compile.join(codeOf(node), params);
	const at = (row: number): number => (row < 0 ? -Infinity : row);
	return Array.from(pairs.left, (row, i) => get(at(row), a, at(pairs.right[i] as number), b));
}

// ---------------------------------------------------------------- rows of the result

function paired(left: Side, right: Side, options: JoinOptions): Pairs {
	const alongLeft = left.rows.count >= right.rows.count;
	const [scan, hash] = alongLeft ? [left, right] : [right, left];
	const codes = matched(hash, scan);
	const { starts, order } = listing(codes, hash.rows);
	const hits = new Uint8Array(hash.rows.total);
	const scope = new Scope();
	const begin = scope.bind(starts, 'starts');
	const list = scope.bind(order, 'order');
	const keepScan = alongLeft ? options.left : options.right;
	const keepHash = alongLeft ? options.right : options.left;
	const code = codes.write(scope);
	// How many, then which: the rows of the result are as many as it takes, and no more.
	const count = scope.run(
		`let n=0;${eachRow(scan.rows, scope, `const c=${code};if(c>=0)n+=${begin}[c+1]-${begin}[c];`)}return n;`
	) as number;
	const missed = keepScan
		? (scope.run(
				`let n=0;${eachRow(scan.rows, scope, `const c=${code};if(c<0)n++;`)}return n;`
			) as number)
		: 0;
	const scanned = new Int32Array(count);
	const hashed = new Int32Array(count);
	const alone = new Int32Array(missed);
	const [outScan, outHash] = [scope.bind(scanned, 'scanned'), scope.bind(hashed, 'hashed')];
	const hit = keepHash ? `${scope.bind(hits, 'hits')}[r]=1;` : '';
	const miss = keepScan ? `if(c<0)${scope.bind(alone, 'alone')}[m++]=row;` : '';
	scope.run(
		`let n=0,m=0;${eachRow(scan.rows, scope, `const c=${code};${miss}if(c>=0)for(let k=${begin}[c];k<${begin}[c+1];k++){const r=${list}[k];${outScan}[n]=row;${outHash}[n++]=r;${hit}}`)}`
	);
	const rest = keepHash ? unmatched(hash.rows, hits) : new Int32Array(0);
	const [aloneLeft, aloneRight] = alongLeft ? [alone, rest] : [rest, alone];
	const ends = (own: Int32Array, before: number, after: number): Int32Array => {
		const made = new Int32Array(own.length + before + after);
		made.set(own);
		return made.fill(NONE, own.length);
	};
	const sideOf = (own: Int32Array, isLeft: boolean): Int32Array => {
		const made = ends(own, aloneLeft.length, aloneRight.length);
		if (isLeft) made.set(aloneLeft, own.length);
		else made.set(aloneRight, own.length + aloneLeft.length);
		return made;
	};
	return {
		misses: alone.length + rest.length > 0,
		left: sideOf(alongLeft ? scanned : hashed, true),
		right: sideOf(alongLeft ? hashed : scanned, false)
	};
}

/** Rows by their code, each code's in the order that the table lists them. */
function listing({ size, listed }: Listed, rows: Rows): { starts: Int32Array; order: Int32Array } {
	const scope = new Scope();
	const starts = new Int32Array(size + 1);
	const order = new Int32Array(rows.count);
	const next = new Int32Array(size);
	const codes = scope.array(listed);
	const begin = scope.bind(starts, 'starts');
	const at = scope.bind(next, 'next');
	scope.run(
		`${eachRow(rows, scope, `const c=${codes}[row];if(c>=0)${begin}[c+1]++;`)}for(let c=0;c<${size};c++){${at}[c]=${begin}[c];${begin}[c+1]+=${begin}[c];}${eachRow(rows, scope, `const c=${codes}[row];if(c>=0)${scope.bind(order, 'order')}[${at}[c]++]=row;`)}`
	);
	return { starts, order };
}

function unmatched(rows: Rows, hits: Uint8Array): Int32Array {
	const scope = new Scope();
	const list: number[] = [];
	scope.run(
		eachRow(rows, scope, `if(${scope.array(hits)}[row]===0)${scope.bind(list, 'list')}.push(row);`)
	);
	return Int32Array.from(list);
}

/** Rows of the table whose keys the other has, or has not. */
export function joinFilter(
	left: ColumnTable,
	right: ColumnTable,
	on: unknown,
	anti: boolean
): ColumnTable | null {
	const sides = sidesOf(left, right, on);
	if (!sides || left.numRows() === 0 || right.numRows() === 0) return null;
	const codes = matched(sides.right, sides.left);
	const bits = new BitSet(left.totalRows());
	const scope = new Scope();
	// All codes below `size` are of some listed row.
	const test = anti ? '<0' : '>=0';
	scope.run(
		eachRow(
			rowsOf(left),
			scope,
			`if(${codes.write(scope)}${test})${scope.bind(bits._bits, 'bits')}[row>>5]|=0x80000000>>>row;`
		)
	);
	return filtered(left, bits);
}
