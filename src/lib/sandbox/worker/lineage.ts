/**
 * Where values come from. Every Arquero table remembers the dataset versions it came from (with their terms) and
 * the steps it went through; a value that is not a table answers with all that its cell was given.
 *
 * Conservative on purpose: what cannot be followed (plain code, `escape`, values passed into a verb) takes the union
 * of the cell's inputs. A source may be said too many, never too few, for a plain path from cell to cell. It is no
 * wall against someone who means to hide a source: they could also retype the figures.
 */
import { ColumnTable } from 'arquero';
import type { Lineage, LineageSource, LineageStep } from '../../core/governance/terms.ts';
import { TABLE_VERBS } from '../../core/notebook/kind.ts';
import { drawing } from '../../tables/steps/seeded-sample.ts';
import { floorsOf, type GroupContext } from './group-floors.ts';
import { followGroups, startGroups, startUntold } from './group-strands.ts';

/** What the running cell brings: its id, and all that its inputs and files came from so far. */
export interface LineageContext extends GroupContext {
	readonly id: string;
}

export const NO_LINEAGE: Lineage = { sources: [], steps: [] };

interface Trace {
	sources: LineageSource[];
	steps: Step[];
	/** Made where the running cell was not known (after an await): the cell that shows it adds its own. */
	open: boolean;
}
interface Step {
	cell: string;
	readonly verb: string;
	readonly rows: number | null;
}

const traces = new WeakMap<object, Trace>();
/** What a failing verb was given, for a better message. */
const failures = new WeakMap<object, { columns: string[]; args: readonly unknown[] }>();

let running: LineageContext | null = null;
let depth = 0;

/** Says which cell's code runs from now on; null when none does. Returns the one before. */
export function setRunning(cell: LineageContext | null): LineageContext | null {
	const before = running;
	running = cell;
	return before;
}

const sourceKey = (source: LineageSource): string =>
	`${source.datasetId}@${source.version}#${source.hash}`;

export function unionSources(lists: Iterable<readonly LineageSource[]>): LineageSource[] {
	const found = new Map<string, LineageSource>();
	for (const list of lists) {
		for (const source of list) {
			const key = sourceKey(source);
			if (!found.has(key)) found.set(key, source);
		}
	}
	return [...found.values()];
}

/** Steps by identity, in order of first appearance; bounded, the latest kept, so that a loop cannot grow them. */
const MAX_STEPS = 500;
function unionSteps<T extends LineageStep>(lists: Iterable<readonly T[]>): T[] {
	const found = new Set<T>();
	for (const list of lists) for (const step of list) found.add(step);
	const steps = [...found];
	return steps.length > MAX_STEPS ? steps.slice(-MAX_STEPS) : steps;
}

export function unionLineage(lineages: readonly Lineage[]): Lineage {
	if (lineages.length === 0) return NO_LINEAGE;
	if (lineages.length === 1) return lineages[0] ?? NO_LINEAGE;
	return {
		sources: unionSources(lineages.map((l) => l.sources)),
		steps: unionSteps(lineages.map((l) => l.steps))
	};
}

/** A table read from a dataset version. */
export function traceSource(table: ColumnTable, source: LineageSource, cell: string): void {
	traces.set(table, {
		sources: [source],
		steps: [{ cell, verb: 'load', rows: table.numRows() }],
		open: false
	});
	startGroups(table, source);
}

/** The lineage of a table that the cell shows or defines; made of the cell's own where the table has none. */
export function tableLineage(table: ColumnTable, cell: LineageContext): Lineage {
	const trace = traces.get(table);
	if (!trace) {
		const { sources, steps } = cell.lineage();
		const step: Step = { cell: cell.id, verb: 'code', rows: table.numRows() };
		traces.set(table, { sources: [...sources], steps: [...steps, step], open: false });
		startUntold(table, floorsOf(cell));
		return { sources, steps: [...steps, step] };
	}
	if (trace.open) {
		trace.sources = unionSources([trace.sources, cell.lineage().sources]);
		trace.open = false;
	}
	for (const step of trace.steps) if (step.cell === '') step.cell = cell.id;
	return { sources: trace.sources, steps: trace.steps };
}

/** The lineage that a table already has, without adding to it. */
export function knownLineage(table: ColumnTable): Lineage | null {
	const trace = traces.get(table);
	return trace ? { sources: trace.sources, steps: trace.steps } : null;
}

export const failureOf = (
	error: unknown
): { columns: string[]; args: readonly unknown[] } | undefined =>
	typeof error === 'object' && error !== null ? failures.get(error) : undefined;

type Verb = (this: ColumnTable, ...args: unknown[]) => unknown;
const { apply } = Reflect;

/** What the arguments of a verb can carry: tables, names and expressions only; values of the cell; any code at all. */
type Carries = 'names' | 'values' | 'code';

function carriedBy(value: unknown, columns: ReadonlySet<string>, tables: ColumnTable[]): Carries {
	if (value instanceof ColumnTable) {
		tables.push(value);
		return 'names';
	}
	switch (typeof value) {
		case 'undefined':
		case 'function': // a table expression: Arquero reads its text, it closes over nothing
			return 'names';
		case 'string':
			return columns.has(value) ? 'names' : 'values';
		case 'object':
			break;
		default:
			return 'values';
	}
	if (value === null) return 'names';
	if ('escape' in value) return 'code';
	if (value instanceof Map || value instanceof Set || value instanceof Date) return 'values';
	let most: Carries = 'names';
	for (const part of Object.values(value)) {
		const carried = carriedBy(part, columns, tables);
		if (carried === 'code') return 'code';
		if (carried === 'values') most = 'values';
	}
	return most;
}

function trace(
	result: ColumnTable,
	table: ColumnTable,
	verb: string,
	args: readonly unknown[],
	original: Verb
): void {
	const tables: [ColumnTable, ...ColumnTable[]] = [table];
	const carried = carriedBy(args, new Set(table.columnNames()), tables);
	const cell = running;
	const parents = tables.map((parent) => {
		const known = traces.get(parent);
		if (known) return known;
		const made: Trace = {
			sources: [...(cell?.lineage().sources ?? [])],
			steps: [
				...(cell?.lineage().steps ?? []),
				{ cell: cell?.id ?? '', verb: 'code', rows: parent.numRows() }
			],
			open: cell === null
		};
		traces.set(parent, made);
		if (cell) startUntold(parent, floorsOf(cell));
		return made;
	});
	const more = carried === 'names' ? [] : (cell?.lineage().sources ?? []);
	traces.set(result, {
		sources: unionSources([...parents.map((p) => p.sources), more]),
		steps: [
			...unionSteps(parents.map((p) => p.steps)),
			{ cell: cell?.id ?? '', verb: carried === 'code' ? 'code' : verb, rows: result.numRows() }
		],
		open: parents.some((p) => p.open) || (carried !== 'names' && cell === null)
	});
	followGroups({
		...{ result, verb, args, tables },
		again: (other, given) => apply(original, other, given)
	});
}

/**
 * Patches Arquero's verbs, once a worker, to keep lineage. Also makes `params` return a table of its own: Arquero's
 * changes the table in place, so that what one cell sets would show in another, depending on which ran first. And makes
 * `sample` draw the same rows of the same table each time: a figure of a notebook can be found again.
 */
let patched = false;
export function followTables(): void {
	if (patched) return;
	patched = true;
	const prototype = ColumnTable.prototype as unknown as Record<string, Verb>;
	const params = prototype.params;
	if (params) {
		prototype.params = function (...args) {
			if (args.length === 0) return apply(params, this, args);
			return apply(params, this.create({}), args);
		};
	}
	const sample = prototype.sample;
	if (sample) {
		prototype.sample = function (...args) {
			const [count] = args;
			return drawing(this.numRows(), typeof count === 'number' ? count : 0, () =>
				apply(sample, this, args)
			);
		};
	}
	for (const verb of TABLE_VERBS) {
		const original = prototype[verb];
		if (!original) continue;
		prototype[verb] = function (...args) {
			depth += 1;
			let result: unknown;
			try {
				result = apply(original, this, args);
			} catch (error) {
				if (typeof error === 'object' && error !== null && !failures.has(error)) {
					failures.set(error, { columns: columnsOf(this, args), args });
				}
				throw error;
			} finally {
				depth -= 1;
			}
			if (depth === 0 && result instanceof ColumnTable && result !== this) {
				trace(result, this, verb, args, original);
			}
			return result;
		};
	}
}

function columnsOf(table: ColumnTable, args: readonly unknown[]): string[] {
	const names = new Set(table.columnNames());
	for (const arg of args) {
		if (arg instanceof ColumnTable) for (const name of arg.columnNames()) names.add(name);
	}
	return [...names];
}
