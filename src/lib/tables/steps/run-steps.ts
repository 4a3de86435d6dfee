/**
 * Steps on a table, without eval: what the printed steps give in Arquero, value for value. For where code may not be
 * made of text (the import worker, a server that people's code never runs on) and where rows must not be at the mercy
 * of it (protected data).
 */
import type { ColumnTable } from 'arquero';
import { _fold } from 'arquero/src/verbs/fold.js';
import { InvalidError } from '../../core/errors.ts';
import type { Expression } from '../../core/pipeline/expression.ts';
import { call, column, namesIn, sameExpression } from '../../core/pipeline/make-expression.ts';
import { isComputed, matchKey } from '../../core/pipeline/match-key.ts';
import { saysColumns, twiceNamed } from '../../core/pipeline/read-step.ts';
import type { MadeColumn, MatchedColumns, SortBy, Step } from '../../core/pipeline/step.ts';
import { compareRows } from './compare-rows.ts';
import { compile } from './interpret.ts';
import {
	joinRows,
	lookUpRows,
	matchingRows,
	NO_ROW,
	type JoinedColumn,
	type JoinKeys
} from './join-rows.ts';
import type { Compiled } from './operation.ts';
import { pivotRows } from './pivot-rows.ts';
import {
	dedupeRows,
	deriveColumns,
	fillColumns,
	filterRows,
	groupRows,
	rollUp,
	sliceRows
} from './row-verbs.ts';
import { drawing } from './seeded-sample.ts';
import { stepError } from './step-error.ts';
import { allow, STEP_LIMITS, type StepLimits } from './step-limits.ts';

export interface StepContext {
	/** Other tables that steps name. */
	readonly tables: ReadonlyMap<string, ColumnTable>;
	/** Values of the notebook's names that expressions read. */
	readonly params: ReadonlyMap<string, unknown>;
	readonly limits?: StepLimits;
}

/** The table after each step. Throws a `StepError`, which says of which step. */
export function runSteps(
	head: ColumnTable,
	steps: readonly Step[],
	context: StepContext
): { readonly stages: readonly ColumnTable[] } {
	const stages: ColumnTable[] = [];
	let table = head;
	for (const [at, step] of steps.entries()) {
		try {
			table = new Runner(context).run(table, step);
		} catch (error) {
			throw stepError(error, at);
		}
		stages.push(table);
	}
	return { stages };
}

const valueOfAny = (name: string): Expression => call('any', column(name));

class Runner {
	readonly #context: StepContext;
	readonly #limits: StepLimits;

	constructor(context: StepContext) {
		this.#context = context;
		this.#limits = context.limits ?? STEP_LIMITS;
	}

	run(table: ColumnTable, step: Step): ColumnTable {
		switch (step.kind) {
			case 'filter':
				return filterRows(table, this.#row(table, [{ name: 'kept', value: step.where }]));
			case 'derive':
				return deriveColumns(table, this.#row(table, asObject(step.columns)));
			case 'select':
				known(table, step.columns);
				return table.select(...step.columns);
			case 'drop': {
				known(table, step.columns);
				const dropped = new Set(step.columns);
				return table.select(table.columnNames().filter((name) => !dropped.has(name)));
			}
			case 'rename':
				known(
					table,
					step.names.map(({ from }) => from)
				);
				for (const { to } of step.names) allowName(to);
				return table.rename(new Map(step.names.map(({ from, to }) => [from, to])) as never);
			case 'relocate':
				known(table, [
					...step.columns,
					'before' in step.place ? step.place.before : step.place.after
				]);
				return table.relocate([...step.columns], step.place);
			case 'summarise':
				return this.#rollUp(this.#group(table, step.by), step.values);
			case 'group':
				return this.#group(table, step.by);
			case 'ungroup':
				return table.ungroup();
			case 'sort':
				return this.#sort(table, step.by);
			case 'slice':
				return sliceRows(table, step.from, step.to);
			case 'top':
				return ungrouped(
					sliceRows(this.#sort(this.#group(table, step.within), step.by), 0, step.count),
					step.within
				);
			case 'join':
				return this.#join(table, step);
			case 'lookup': {
				const other = this.#table(step.table);
				known(other, step.columns);
				return lookUpRows(table, other, this.#keys(table, other, step.on), step.columns);
			}
			case 'stack': {
				const others = step.tables.map((name) => this.#table(name));
				const rows = others.reduce((sum, one) => sum + one.numRows(), table.numRows());
				allow(this.#limits, rows, table.numCols());
				const stacked = table.concat(...others);
				return step.distinct ? this.#dedupe(stacked, []) : stacked;
			}
			case 'pivot': {
				const grouped = this.#group(table, step.by);
				const values = asKeys(step.values, valueOfAny);
				return pivotRows(
					grouped,
					this.#compile(grouped, asKeys(step.columns, column), ONE_ROW),
					this.#compile(grouped, values, OF_GROUP),
					this.#limits
				);
			}
			case 'unpivot': {
				known(table, step.columns);
				for (const name of [step.names, step.values]) allowName(name);
				const columns = table.numCols() - step.columns.length + 2;
				allow(this.#limits, table.numRows() * step.columns.length, columns);
				const { names, values } = this.#compile(table, step.columns.map(itself), ONE_ROW);
				return _fold(table, { names, exprs: values as never }, { as: [step.names, step.values] });
			}
			case 'dedupe':
				return this.#dedupe(table, step.columns);
			case 'fill': {
				const columns = asObject(step.columns);
				known(
					table,
					columns.map(({ name }) => name)
				);
				const compiled = this.#compile(table, columns, ONE_ROW);
				// Arquero gives a value its row only where an aggregate is reckoned besides.
				const [read] = columns.flatMap(({ value }) => [...namesIn(value).columns]);
				if (compiled.operations.length === 0 && read !== undefined)
					throw new InvalidError('step_aggregate_wanted', { name: read });
				return fillColumns(table, compiled);
			}
			case 'window':
				return ungrouped(
					this.#derive(this.#sort(this.#group(table, step.within), step.order), step.columns),
					step.within
				);
			case 'sample':
				return drawing(table.numRows(), step.count, () => table.sample(step.count));
			case 'code':
				throw new InvalidError('step_is_code');
		}
	}

	#compile(table: ColumnTable, columns: readonly MadeColumn[], where: Where): Compiled {
		for (const { name } of columns) allowName(name);
		return compile(columns, { table, params: this.#context.params, ...where });
	}

	#row(table: ColumnTable, columns: readonly MadeColumn[]): Compiled {
		return this.#compile(table, columns, ANYWHERE);
	}

	#derive(table: ColumnTable, columns: readonly MadeColumn[]): ColumnTable {
		return deriveColumns(table, this.#row(table, asObject(columns)));
	}

	#rollUp(table: ColumnTable, values: readonly MadeColumn[]): ColumnTable {
		return rollUp(table, this.#compile(table, asObject(values), OF_GROUP));
	}

	/** By nothing: as it was. */
	#group(table: ColumnTable, by: readonly MadeColumn[]): ColumnTable {
		if (by.length === 0) return table;
		return groupRows(table, this.#compile(table, asKeys(by, column), ONE_ROW));
	}

	#sort(table: ColumnTable, by: readonly SortBy[]): ColumnTable {
		if (by.length === 0) return table;
		const compiled = this.#compile(
			table,
			by.map(({ value }, i) => ({ name: String(i), value })),
			ONE_ROW
		);
		const order = compareRows(
			table,
			compiled,
			by.map(({ descending }) => descending)
		);
		return table.create({ order });
	}

	#dedupe(table: ColumnTable, names: readonly string[]): ColumnTable {
		known(table, names);
		const by = names.length ? names : table.columnNames();
		if (by.length === 0) return table;
		return dedupeRows(table, this.#compile(table, by.map(itself), ONE_ROW));
	}

	#table(name: string): ColumnTable {
		const table = this.#context.tables.get(name);
		if (!table) throw new InvalidError('step_table_unknown', { table: name });
		return table;
	}

	#keys(left: ColumnTable, right: ColumnTable, on: readonly MatchedColumns[]): JoinKeys {
		const side = (table: ColumnTable, which: 'left' | 'right'): Compiled =>
			this.#compile(
				table,
				on.map((match) => ({ name: '', value: matchKey(match, which) })),
				NO_GROUPS
			);
		return { left: side(left, 'left').values, right: side(right, 'right').values };
	}

	#join(table: ColumnTable, step: Extract<Step, { kind: 'join' }>): ColumnTable {
		const other = this.#table(step.table);
		const keys = this.#keys(table, other, step.on);
		if (step.join === 'semi' || step.join === 'anti')
			return matchingRows(table, other, keys, step.join === 'semi');
		return joinRows(table, other, keys, joinedColumns(table, other, step), {
			keepLeft: step.join === 'left' || step.join === 'full',
			keepRight: step.join === 'right' || step.join === 'full',
			limits: this.#limits
		});
	}
}

type Where = Pick<Parameters<typeof compile>[1], 'aggregates' | 'windows' | 'ofGroup'>;
const ANYWHERE: Where = { aggregates: true, windows: true, ofGroup: false };
const ONE_ROW: Where = { aggregates: true, windows: false, ofGroup: false };
const OF_GROUP: Where = { aggregates: true, windows: false, ofGroup: true };
const NO_GROUPS: Where = { aggregates: false, windows: false, ofGroup: false };

const ungrouped = (table: ColumnTable, within: readonly MadeColumn[]): ColumnTable =>
	within.length ? table.ungroup() : table;

const itself = (name: string): MadeColumn => ({ name, value: column(name) });

/** Columns are kept by name in an object. */
function allowName(name: string): void {
	if (name === '__proto__') throw new InvalidError('step_column_name', { name });
}

function known(table: ColumnTable, names: readonly string[]): void {
	const all = new Set(table.columnNames());
	for (const name of names)
		if (!all.has(name)) throw new InvalidError('step_column_unknown', { name });
}

const WHOLE_NUMBER = /^(?:0|[1-9]\d*)$/;
const LARGEST_INDEX = 2 ** 32 - 2;
const isIndex = (name: string): boolean => WHOLE_NUMBER.test(name) && Number(name) <= LARGEST_INDEX;

/** In the order that an object written in code has: whole numbers first, and of two of a name the last. */
function asObject(columns: readonly MadeColumn[]): MadeColumn[] {
	const byName = new Map(columns.map((made) => [made.name, made]));
	const made = [...byName.values()];
	return [
		...made.filter(({ name }) => isIndex(name)).sort((a, b) => Number(a.name) - Number(b.name)),
		...made.filter(({ name }) => !isIndex(name))
	];
}

/** Names are written as texts, and what stands between them as objects. */
function asKeys(columns: readonly MadeColumn[], plain: (name: string) => Expression): MadeColumn[] {
	const keys = new Map<string, MadeColumn>();
	let open: MadeColumn[] = [];
	const close = (): void => {
		for (const made of asObject(open)) keys.set(made.name, made);
		open = [];
	};
	for (const made of columns) {
		if (sameExpression(made.value, plain(made.name))) {
			close();
			keys.set(made.name, made);
		} else open.push(made);
	}
	close();
	return [...keys.values()];
}

/** The columns of a join: what both tables are matched by comes once; other columns of one name are told apart. */
function joinedColumns(
	left: ColumnTable,
	right: ColumnTable,
	{ join, on }: Extract<Step, { kind: 'join' }>
): JoinedColumn[] {
	const said = saysColumns(join, on);
	const once = new Set(
		said ? twiceNamed(on) : twiceNamed(on.filter((match) => !isComputed(match)))
	);
	const merged = join === 'full';
	const namesL = left.columnNames().filter((name) => join !== 'right' || !once.has(name));
	const namesR = right.columnNames().filter((name) => join === 'right' || !once.has(name));
	const inL = new Set(namesL);
	const both = new Set(namesR.filter((name) => inL.has(name)));
	const fromLeft = namesL.map((name): JoinedColumn => {
		const own = left.column(name);
		const other = merged && once.has(name) ? right.column(name) : null;
		return {
			name: both.has(name) ? `${name}_1` : name,
			value: (a, b) => {
				const value: unknown = valueAt(own, a);
				return other && (value === null || value === undefined) ? valueAt(other, b) : value;
			}
		};
	});
	const fromRight = namesR.map((name): JoinedColumn => {
		const own = right.column(name);
		return {
			name: both.has(name) ? `${name}_2` : name,
			value: (_, b) => valueAt(own, b)
		};
	});
	return [...fromLeft, ...fromRight];
}

/** A row that is not there has no values. */
const valueAt = (column: { at(row: number): unknown } | undefined, row: number): unknown =>
	row === NO_ROW ? undefined : column?.at(row);
