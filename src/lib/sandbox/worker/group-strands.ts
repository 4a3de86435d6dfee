/**
 * How many rows of a dataset each row of a table stands for. Asked only of datasets whose terms name a smallest group:
 * tables that come from none carry nothing here, and their verbs cost what they did.
 *
 * A table carries strands. A strand leads each of its rows to a group of rows of one dataset, or to none: a loaded row
 * to itself, a row made by `rollup` to all that it sums up. Verbs that keep rows keep strands; a join brings those of
 * both sides, and a row then counts for the smallest of its groups, however many times the join repeats it. A group met
 * several times is counted once. Where rows cannot be followed, each counts as the smallest group of what was given.
 * Each size is thus a least number of distinct rows.
 */
import { ColumnTable } from 'arquero';
import { printFileName } from '../../core/dataset/file-name.ts';
import type { LineageSource } from '../../core/governance/terms.ts';

/** Groups of rows of one dataset. */
interface Base {
	/** `slug@version.arrow`. */
	readonly file: string;
	/** Rows in each group; null: `each` in all of them. */
	readonly sizes: Float64Array | null;
	readonly each: number;
	/** Two groups may have rows in common: together they count for no more than the larger. */
	readonly overlapping: boolean;
	readonly told: boolean;
}
interface Strand {
	readonly base: Base;
	/** The group of each backing row of the table, -1 for none; null: the one of the same number. */
	readonly at: Int32Array | null;
	/** Several rows may lead to one group. */
	readonly repeats: boolean;
}

/** A least size, and whether each step to it was followed. */
export interface Told {
	readonly size: number;
	readonly told: boolean;
}

/** What a verb did. */
export interface GroupStep {
	readonly result: ColumnTable;
	readonly verb: string;
	readonly args: readonly unknown[];
	/** The table it was called on, then those among its arguments. */
	readonly tables: readonly [ColumnTable, ...ColumnTable[]];
	/** The verb again, on other tables, without being followed. */
	readonly again: (table: ColumnTable, args: readonly unknown[]) => unknown;
}

/** Joins in a loop cannot grow what is carried. */
const MAX_STRANDS = 16;

const strands = new WeakMap<ColumnTable, readonly Strand[]>();

const asks = (source: LineageSource): boolean => source.minimumGroup !== undefined;

/** Files among these sources whose terms ask for the sizes of groups. */
export const filesAsking = (sources: readonly LineageSource[]): string[] => [
	...new Set(sources.filter(asks).map(printFileName))
];

/** A file's rows, whichever cells read them: by what the host said of the file. */
const roots = new WeakMap<LineageSource, Base>();

/** A table read from a dataset: each row is one. */
export function startGroups(table: ColumnTable, source: LineageSource): void {
	if (!asks(source)) return;
	let base = roots.get(source);
	if (!base) {
		base = { file: printFileName(source), sizes: null, each: 1, overlapping: false, told: true };
		roots.set(source, base);
	}
	strands.set(table, [{ base, at: null, repeats: false }]);
}

/** A table that plain code made: each row counts as the smallest group that was at hand. */
export function startUntold(table: ColumnTable, floors: ReadonlyMap<string, number>): void {
	if (floors.size) strands.set(table, [...floors].map(untold));
}

const untold = ([file, each]: readonly [file: string, each: number]): Strand => ({
	base: { file, sizes: null, each, overlapping: true, told: false },
	at: null,
	repeats: false
});

export function followGroups(step: GroupStep): void {
	const { result, tables } = step;
	if (!tables.some((table) => strands.has(table))) return;
	let made: readonly Strand[] | null = null;
	try {
		made = next(step);
	} catch {
		// What cannot be followed must not fail the cell: it counts for the least.
	}
	strands.set(result, made && made.length <= MAX_STRANDS ? made : weakest(tables));
}

// ---------------------------------------------------------------- verbs

/** A row that comes out of these is the row that went in, at the same place. */
const KEEPS: ReadonlySet<string> = new Set(
	'filter derive select rename relocate orderby unorder groupby ungroup params spread semijoin antijoin'.split(
		' '
	)
);
/** Some of the rows, each once, where which ones cannot be told afterwards. */
const SUBSETS: ReadonlySet<string> = new Set(['sample', 'dedupe', 'except', 'intersect']);
/** Where the columns to keep stand among the arguments. */
const JOINS: ReadonlyMap<string, number> = new Map([
	['join', 2],
	['join_left', 2],
	['join_right', 2],
	['join_full', 2],
	['cross', 1]
]);

/** The strands of the result; null where its rows cannot be followed. */
function next(step: GroupStep): readonly Strand[] | null {
	const { result, verb, args, tables } = step;
	const [table] = tables;
	const own = strands.get(table) ?? [];
	if (KEEPS.has(verb)) return result.totalRows() === table.totalRows() ? own : null;
	// With `expand` it makes rows besides, and moves the others.
	if (verb === 'impute') return args.length < 2 ? own : null;
	if (SUBSETS.has(verb)) {
		const options = args[1] as { replace?: unknown } | undefined;
		return subset(own, table, verb === 'sample' && options?.replace === true);
	}
	const values = JOINS.get(verb);
	if (values !== undefined) return joined(step, values);
	switch (verb) {
		case 'rollup':
		case 'count':
			return summed(own, table);
		case 'pivot':
			return pivoted(own, table);
		case 'reify':
			return followed(own, Int32Array.from(table.indices()), false, result);
		case 'slice':
			return table.isGrouped() ? subset(own, table, false) : sliced(own, step);
		case 'concat':
			return concatenated(tables, result);
		case 'assign':
			return tables.flatMap((one) =>
				followed(strands.get(one) ?? [], Int32Array.from(one.indices()), false, result)
			);
		case 'fold':
			return folded(own, table, result);
		case 'unroll':
			return unrolled(own, step);
		case 'lookup':
			return lookedUp(own, step);
		default:
			return null;
	}
}

/** Strands of rows that were moved: `from` is the backing row that each new row was, -1 for none. */
function followed(
	own: readonly Strand[],
	from: Int32Array,
	repeats: boolean,
	result: ColumnTable
): Strand[] {
	if (from.length !== result.totalRows()) throw new RangeError('rows');
	return own.map((strand) => ({
		base: strand.base,
		at: from.map((row) => (row < 0 ? -1 : (strand.at?.[row] ?? row))),
		repeats: repeats || strand.repeats
	}));
}

/** Some of the rows, unknown which: each as small as the smallest, and distinct where they were. */
const subset = (own: readonly Strand[], table: ColumnTable, again: boolean): Strand[] =>
	own.map((strand) => ({
		base: {
			...strand.base,
			sizes: null,
			each: floorOf(strand, table),
			overlapping: again || strand.repeats || strand.base.overlapping
		},
		at: null,
		repeats: false
	}));

/** For each file, the smallest group of all these tables. */
function weakest(tables: readonly ColumnTable[]): Strand[] {
	const floors = new Map<string, number>();
	for (const table of tables)
		for (const strand of strands.get(table) ?? []) {
			const { file } = strand.base;
			const floor = floorOf(strand, table);
			const before = floors.get(file) ?? 0;
			floors.set(file, before && floor ? Math.min(before, floor) : before || floor);
		}
	return [...floors].map(untold);
}

const sizeOf = ({ sizes, each }: Base, group: number): number =>
	group < 0 ? 0 : sizes ? (sizes[group] ?? 0) : each;

/** The smallest group that a row of the table leads to; 0 where none leads to any. */
function floorOf({ base, at }: Strand, table: ColumnTable): number {
	if (!base.sizes && !at) return table.numRows() > 0 ? base.each : 0;
	let least = 0;
	table.scan((row) => {
		const size = sizeOf(base, at ? (at[row ?? 0] ?? -1) : (row ?? 0));
		if (size > 0 && (least === 0 || size < least)) least = size;
	});
	return least;
}

/** Arquero's groups, as its own reducers read them. */
interface Groups {
	readonly keys: Uint32Array;
	readonly size: number;
}
const groupsOf = (table: ColumnTable): Groups | null => table.groups() as Groups | null;

function summed(own: readonly Strand[], table: ColumnTable): Strand[] {
	const groups = groupsOf(table);
	const count = groups?.size ?? 1;
	return own.map(({ base, at, repeats }) => {
		const sizes = new Float64Array(count);
		// Only where rows repeat: which group of the base was met first under which group of the table, and all pairs.
		const first = repeats ? new Map<number, number>() : null;
		const met = repeats ? new Set<number>() : null;
		let overlapping = base.overlapping;
		table.scan((row = 0) => {
			const from = at ? (at[row] ?? -1) : row;
			const size = sizeOf(base, from);
			if (size === 0) return;
			const to = groups ? (groups.keys[row] ?? 0) : 0;
			if (first && met) {
				const pair = from * count + to;
				if (met.has(pair)) return;
				met.add(pair);
				if ((first.get(from) ?? to) !== to) overlapping = true;
				first.set(from, to);
			}
			sizes[to] = base.overlapping ? Math.max(sizes[to] ?? 0, size) : (sizes[to] ?? 0) + size;
		});
		return { base: { ...base, sizes, overlapping }, at: null, repeats: false };
	});
}

/** Each cell of a pivoted row shows some rows of its group: the row counts as the smallest of them. */
function pivoted(own: readonly Strand[], table: ColumnTable): Strand[] {
	const groups = groupsOf(table);
	return own.map(({ base, at }) => {
		const sizes = new Float64Array(groups?.size ?? 1);
		table.scan((row = 0) => {
			const size = sizeOf(base, at ? (at[row] ?? -1) : row);
			const to = groups ? (groups.keys[row] ?? 0) : 0;
			const before = sizes[to] ?? 0;
			if (size > 0 && (before === 0 || size < before)) sizes[to] = size;
		});
		return { base: { ...base, sizes, overlapping: true }, at: null, repeats: false };
	});
}

function sliced(own: readonly Strand[], { result, args, tables }: GroupStep): Strand[] {
	const rows = Int32Array.from(tables[0].indices());
	const [start = 0, end = Infinity] = args as readonly (number | undefined)[];
	return followed(own, rows.slice(start, end === Infinity ? undefined : end), false, result);
}

/** Backing rows in the order in which verbs that make new rows go over them. */
function scanned(table: ColumnTable): Int32Array {
	const rows = new Int32Array(table.numRows());
	let i = 0;
	table.scan((row = 0) => {
		rows[i++] = row;
	});
	return rows;
}

function concatenated(tables: readonly ColumnTable[], result: ColumnTable): Strand[] | null {
	const total = result.totalRows();
	const made: { base: Base; at: Int32Array; repeats: boolean }[] = [];
	let offset = 0;
	for (const table of tables) {
		const rows = scanned(table);
		const free = new Set(made);
		for (const { base, at, repeats } of strands.get(table) ?? []) {
			// The same groups from two tables are one strand: a row may come from both.
			let into = [...free].find((one) => one.base === base);
			if (into) {
				free.delete(into);
				into.repeats = true;
			} else {
				if (made.length === MAX_STRANDS) return null;
				into = { base, at: new Int32Array(total).fill(-1), repeats };
				made.push(into);
			}
			for (let i = 0; i < rows.length; i++) {
				const row = rows[i] ?? 0;
				into.at[offset + i] = at ? (at[row] ?? -1) : row;
			}
		}
		offset += rows.length;
	}
	return offset === total ? made : null;
}

/** Each row becomes as many as there are columns to fold. */
function folded(own: readonly Strand[], table: ColumnTable, result: ColumnTable): Strand[] | null {
	const rows = scanned(table);
	const times = rows.length ? result.totalRows() / rows.length : 0;
	if (!Number.isInteger(times)) return null;
	const from = Int32Array.from({ length: result.totalRows() }, (_, i) =>
		times ? (rows[Math.floor(i / times)] ?? -1) : -1
	);
	return followed(own, from, times > 1, result);
}

/** A name that no column of these tables has. */
function freeName(tables: readonly ColumnTable[], wish: string): string {
	let name = wish;
	while (tables.some((table) => table.columnNames().includes(name))) name += '_';
	return name;
}

/** The table, with the number of each backing row in a column of its own. */
function numbered(table: ColumnTable, name: string): ColumnTable {
	const rows = Array.from({ length: table.totalRows() }, (_, row) => row);
	return table.create({
		data: { ...table.data(), [name]: rows },
		names: [...table.columnNames(), name]
	} as Parameters<ColumnTable['create']>[0]);
}

/** What `numbered` put in a table, after a verb: -1 where it put nothing. */
function numbersIn(table: unknown, name: string): Int32Array {
	if (!(table instanceof ColumnTable)) throw new TypeError('table');
	const column = table.column(name);
	if (!column) throw new RangeError(name);
	return Int32Array.from({ length: table.totalRows() }, (_, row) => {
		const value: unknown = column.at(row);
		return typeof value === 'number' ? value : -1;
	});
}

function unrolled(own: readonly Strand[], { result, args, tables, again }: GroupStep): Strand[] {
	const name = freeName([tables[0], result], 'row');
	const from = numbersIn(again(numbered(tables[0], name), args), name);
	return followed(own, from, repeatsIn(from), result);
}

/** The same join, of the numbers of rows alone. */
function joined({ result, args, tables, again }: GroupStep, values: number): Strand[] | null {
	const [left, right] = tables;
	if (!right) return null;
	const [l, r] = [freeName(tables, 'left'), freeName(tables, 'right')];
	const asked = [...args];
	asked[0] = numbered(right, r);
	asked[values] = [[l], [r]];
	const pairs = again(numbered(left, l), asked);
	const [lefts, rights] = [numbersIn(pairs, l), numbersIn(pairs, r)];
	return [
		...followed(strands.get(left) ?? [], lefts, repeatsIn(lefts), result),
		...followed(strands.get(right) ?? [], rights, repeatsIn(rights), result)
	];
}

function lookedUp(
	own: readonly Strand[],
	{ result, args, tables, again }: GroupStep
): readonly Strand[] | null {
	const [left, right] = tables;
	if (!right || result.totalRows() !== left.totalRows()) return null;
	const name = freeName(tables, 'right');
	const found = numbersIn(again(left, [numbered(right, name), args[1], name]), name);
	return [...own, ...followed(strands.get(right) ?? [], found, repeatsIn(found), result)];
}

function repeatsIn(rows: Int32Array): boolean {
	const met = new Set<number>();
	for (const row of rows) {
		if (row < 0) continue;
		if (met.has(row)) return true;
		met.add(row);
	}
	return false;
}

// ---------------------------------------------------------------- what is asked

const strandsOf = (table: ColumnTable, file: string): readonly Strand[] =>
	strands.get(table)?.filter(({ base }) => base.file === file) ?? [];

/** Backing rows in the order that people see. */
function seenRows(table: ColumnTable): (row: number) => number {
	if (!table.isFiltered() && !table.isOrdered()) return (row) => row;
	const rows = table.indices();
	return (row) => rows[row] ?? -1;
}

const leastOf = (sizes: readonly number[]): number => {
	const some = sizes.filter((size) => size > 0);
	return some.length ? Math.min(...some) : 0;
};

/** The smallest group of all the table's rows; null where none of its rows was followed from the file. */
export function smallestGroup(table: ColumnTable, file: string): Told | null {
	const own = strandsOf(table, file);
	if (!own.length) return null;
	return {
		size: leastOf(own.map((strand) => floorOf(strand, table))),
		told: own.every(({ base }) => base.told)
	};
}

/**
 * How many rows of the file stand behind sets of rows that people see (by their place): for a table, one row each; for
 * a mark of a chart, the rows that it draws together. Null where none was followed from the file.
 */
export function groupSizes(
	table: ColumnTable,
	file: string,
	sets: Iterable<readonly number[]>
): { sizes: number[]; told: boolean } | null {
	const own = strandsOf(table, file);
	if (!own.length) return null;
	const seen = seenRows(table);
	const sizes: number[] = [];
	for (const set of sets)
		sizes.push(
			leastOf(
				own.map(({ base, at }) => {
					const groups = new Set<number>();
					for (const place of set) {
						const row = seen(place);
						groups.add(at ? (at[row] ?? -1) : row);
					}
					let size = 0;
					for (const group of groups) {
						const one = sizeOf(base, group);
						size = base.overlapping ? Math.max(size, one) : size + one;
					}
					return size;
				})
			)
		);
	return { sizes, told: own.every(({ base }) => base.told) };
}

/**
 * What is left of a total once its parts are taken away, where both are among the first rows of one table: a group that
 * stands alone beside others of the same file, and is larger than all of them together. Nothing says that the others
 * are its parts; where they are not, the rest is one that nobody can work out.
 */
export function restsOf(table: ColumnTable, file: string, first: number): number[] {
	const seen = seenRows(table);
	const shown = strandsOf(table, file).map(({ base, at }) => {
		const groups = new Set<number>();
		for (let place = 0; place < Math.min(first, table.numRows()); place++) {
			const row = seen(place);
			const group = at ? (at[row] ?? -1) : row;
			if (sizeOf(base, group) > 0) groups.add(group);
		}
		let size = 0;
		for (const group of groups) size += sizeOf(base, group);
		return { groups: groups.size, size, overlapping: base.overlapping };
	});
	const rests: number[] = [];
	for (const total of shown) {
		if (total.groups !== 1) continue;
		for (const parts of shown)
			if (parts.groups > 1 && !parts.overlapping && parts.size < total.size)
				rests.push(total.size - parts.size);
	}
	return rests;
}
