/**
 * What steps give here is what their printed source gives in Arquero: random tables, random steps, value for value. The
 * one place where text is made into code, in a test and of our own making.
 */
import * as aq from 'arquero';
import { ColumnTable, op } from 'arquero';
import { describe, expect, test } from 'vitest';
import type { Expression } from '../../core/pipeline/expression.ts';
import { BINARY_OPERATORS } from '../../core/pipeline/expression.ts';
import { FUNCTIONS, type CatalogueFunction } from '../../core/pipeline/functions.ts';
import { orderExpression } from '../../core/pipeline/chosen-order.ts';
import {
	binary,
	call,
	choice,
	column,
	literal,
	param
} from '../../core/pipeline/make-expression.ts';
import { paramsOf } from '../../core/pipeline/step-parts.ts';
import { printStep } from '../../core/pipeline/print-step.ts';
import type {
	MadeColumn,
	MatchedColumns,
	SortBy,
	Step,
	StepKind
} from '../../core/pipeline/step.ts';
import { JOIN_KINDS } from '../../core/pipeline/step.ts';
import { runSteps } from './run-steps.ts';
import { drawing } from './seeded-sample.ts';

// ---------------------------------------------------------------- chance

/** mulberry32: the same numbers for the same seed. */
function chance(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}

class Dice {
	readonly #next: () => number;
	constructor(seed: number) {
		this.#next = chance(seed);
	}
	below(n: number): number {
		return Math.floor(this.#next() * n);
	}
	maybe(share: number): boolean {
		return this.#next() < share;
	}
	one<T>(items: readonly T[]): T {
		return items[this.below(items.length)] as T;
	}
	some<T>(items: readonly T[], least: number, most: number): T[] {
		const left = [...items];
		const count = Math.min(items.length, least + this.below(most - least + 1));
		return Array.from({ length: count }, () => left.splice(this.below(left.length), 1)[0] as T);
	}
}

// ---------------------------------------------------------------- tables

const TEXTS = [
	'Montréal',
	'montreal',
	'MONTRÉAL ',
	'Trois-Rivières',
	'trois rivieres',
	'',
	'Gaspé',
	'é',
	'12',
	'2024-03-09'
];
const NUMBERS = [0, -0, 1, 1, 2, 2.5, -3, 10, 1e9, 0.1, 12, NaN];
const DAYS = ['2023-06-30', '2023-07-01', '2024-02-29', '2024-12-31', '2025-01-01', '1969-12-31'];

/** A column that keeps each text once, as one of an Arrow file does in a cell. */
function dictionary(values: readonly unknown[]): object {
	const texts = [...new Set(values.filter((value) => value !== null)), 'nowhere'];
	const codes = values.map((value) => (value === null ? texts.length : texts.indexOf(value)));
	const missing = codes.includes(texts.length) ? texts.length : 2 ** 32;
	const at = (row: number): unknown =>
		codes[row] === texts.length ? null : texts[codes[row] ?? -1];
	return {
		length: values.length,
		at,
		key: (row: number) => codes[row] ?? missing,
		keyFor: (value: unknown) => {
			if (value === null) return missing;
			const code = texts.indexOf(value);
			return code < 0 ? NaN : code;
		},
		groups: (names: string[]) => {
			const slots = new Map<number, number>();
			const rows: number[] = [];
			const keys = codes.map((code, row) => {
				let slot = slots.get(code);
				if (slot === undefined) slots.set(code, (slot = rows.push(row) - 1));
				return slot;
			});
			return { keys, rows, names, size: rows.length, get: [at] };
		},
		[Symbol.iterator]: function* () {
			for (let row = 0; row < values.length; row++) yield at(row);
		}
	};
}

function randomTable(dice: Dice, names: readonly string[]): ColumnTable {
	const rows = dice.one([0, 1, 2, 3, 7, 7, 20, 40]);
	const missing = (): null | undefined => (dice.maybe(0.5) ? null : undefined);
	const filled = (make: () => unknown, share = 0.15): unknown[] =>
		Array.from({ length: rows }, () => (dice.maybe(share) ? missing() : make()));
	const makers = [
		() => filled(() => dice.one(TEXTS)),
		() => filled(() => dice.one(NUMBERS)),
		() => filled(() => dice.below(5)),
		() => filled(() => new Date(dice.maybe(0.05) ? NaN : `${dice.one(DAYS)}T00:00:00Z`)),
		() => filled(() => dice.maybe(0.5)),
		() => Float64Array.from({ length: rows }, () => dice.one(NUMBERS)),
		() => Int32Array.from({ length: rows }, () => dice.below(4)),
		() => dictionary(Array.from({ length: rows }, () => (dice.maybe(0.1) ? null : dice.one(TEXTS))))
	];
	// Every table has a text, a number, a whole number and a date; the rest as it comes.
	return new ColumnTable(
		Object.fromEntries(
			names.map((name, i) => [
				name,
				(i < 4 && !(i === 0 && dice.maybe(0.4))
					? makers[i]
					: dice.one(i === 0 ? makers.slice(-1) : makers))?.()
			])
		) as never,
		[...names]
	);
}

const NAMES = ['ville', 'prix', 'n', 'jour', 'Nom du lieu', '2024', 'prix €'];
const OTHER_NAMES = ['ville', 'total', 'n', 'jour', 'région', '2024'];

// ---------------------------------------------------------------- expressions

interface Where {
	readonly dice: Dice;
	readonly columns: readonly string[];
	readonly aggregates: boolean;
	readonly windows: boolean;
	/** Columns inside aggregates only. */
	readonly ofGroup: boolean;
}

const LITERALS = [0, 1, 2, 3.5, -1, 'a', 'Montréal', '', true, false, null, NaN, 12, '12'];
const PARAMS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
	['minimum', 2],
	['choix', 'Gaspé'],
	['depuis', new Date('2024-01-01T00:00:00Z')],
	['rien', null]
]);
const ALL = [...FUNCTIONS.values()];

function leaf({ dice, columns, ofGroup }: Where): Expression {
	if (dice.maybe(0.1)) return param(dice.one([...PARAMS.keys()]));
	if (columns.length && !ofGroup && dice.maybe(0.7)) return column(dice.one(columns));
	return literal(dice.one(LITERALS));
}

const PATTERNS = [
	{ source: '[aeé]', flags: 'g' },
	{ source: '^m', flags: 'i' },
	{ source: '\\s|/', flags: 'gu' },
	{ source: '(?<mot>\\p{L}+)', flags: 'u' },
	{ source: '[mg1]', flags: 'iy' }
];

function argument(
	where: Where,
	type: CatalogueFunction['args'][number],
	depth: number
): Expression {
	const { dice } = where;
	if (type.constant)
		return type.type === 'text'
			? literal(dice.one(['fr', 'en']))
			: literal(dice.one(type.type === 'any' ? [0, 'x', null, 2] : [1, 2, 3, 0.25]));
	if (type.type === 'pairs')
		return {
			kind: 'pairs',
			entries: dice
				.some([...TEXTS, 'true', '2', 'null', '__proto__'], 0, 4)
				.map((key) => [key, dice.maybe(0.8) ? literal(dice.one(LITERALS)) : value(where, 0)])
		};
	if (type.type === 'pattern') return { kind: 'pattern', ...dice.one(PATTERNS) };
	if (type.type === 'list' && dice.maybe(0.8))
		return dice.maybe(0.5)
			? { kind: 'list', items: [value(where, 0), value(where, 0)] }
			: call('split', value(where, 0), literal(dice.one(['', ' ', '-'])));
	if (type.type === 'text' && dice.maybe(0.1)) return { kind: 'pattern', ...dice.one(PATTERNS) };
	// A count of times or signs stays small.
	return value(where, depth - 1);
}

function callOf(fn: CatalogueFunction, where: Where, depth: number): Expression {
	const { dice } = where;
	// A composed window puts its argument inside an operation and beside it.
	const inside: Where =
		fn.kind === 'plain' || fn.composed
			? { ...where, ...(fn.kind === 'plain' ? {} : { aggregates: false, windows: false }) }
			: { ...where, aggregates: false, windows: false, ofGroup: false };
	const args = fn.args
		.filter(({ optional }, i) => !optional || (dice.maybe(0.5) && i < 3))
		.map((one) => argument(inside, one, depth));
	if (fn.rest !== null)
		while (dice.maybe(0.4))
			args.push(argument(inside, { type: fn.rest, optional: false, constant: false }, depth));
	if (['repeat', 'padstart', 'padend'].includes(fn.name)) args[1] = literal(dice.below(6));
	return call(fn.name, ...args);
}

function value(where: Where, depth: number): Expression {
	const { dice } = where;
	if (depth <= 0) return leaf(where);
	switch (dice.below(8)) {
		case 0:
			return leaf(where);
		case 1:
			return { kind: 'unary', operator: dice.one(['!', '-']), of: value(where, depth - 1) };
		case 2:
		case 3:
			return binary(value(where, depth - 1), dice.one(BINARY_OPERATORS), value(where, depth - 1));
		case 4:
			return choice(value(where, depth - 1), value(where, depth - 1), value(where, depth - 1));
		case 5:
			return {
				kind: 'item',
				of: call('split', value(where, depth - 1), literal(dice.one(['-', ' ']))),
				at: dice.below(3)
			};
		default: {
			const known = ALL.filter(
				({ kind }) => kind === 'plain' || (kind === 'aggregate' ? where.aggregates : where.windows)
			);
			return callOf(dice.one(known), where, depth);
		}
	}
}

/** A value of a group. */
function summary(where: Where): Expression {
	const { dice } = where;
	const one = (): Expression =>
		callOf(dice.one(ALL.filter(({ kind }) => kind === 'aggregate')), where, 1);
	const aggregate = one();
	return dice.maybe(0.7)
		? aggregate
		: dice.maybe(0.5)
			? binary(aggregate, dice.one(['+', '/', '>', '??'] as const), one())
			: call('round', binary(literal(100), '*', aggregate));
}

// ---------------------------------------------------------------- steps

const MADE = ['x', 'y', 'prix', '10', '2', 'été 2024', 'ville', 'toString'];

function randomStep(kind: Exclude<StepKind, 'code'>, dice: Dice, table: ColumnTable): Step {
	const columns = table.columnNames();
	const where: Where = { dice, columns, aggregates: true, windows: true, ofGroup: false };
	const oneRow: Where = { ...where, windows: false };
	const plain: Where = { ...where, aggregates: false, windows: false };
	const made = (least: number, most: number, make: () => Expression): MadeColumn[] =>
		dice.some(MADE, least, most).map((name) => ({ name, value: make() }));
	const keys = (least: number, most: number): MadeColumn[] =>
		Array.from({ length: least + dice.below(most - least + 1) }, () => {
			const name = dice.one(columns);
			return dice.maybe(0.7)
				? { name, value: column(name) }
				: { name: dice.one(MADE), value: value(dice.maybe(0.8) ? plain : oneRow, 1) };
		}).filter(({ name }, i, all) => all.findIndex((one) => one.name === name) === i);
	// Arquero 8.0.3 fails where it sorts by what calls a plain function or reads a param: its comparator has neither.
	const sortable = (): Expression =>
		dice.maybe(0.5)
			? binary(
					column(dice.one(columns)),
					dice.one(['+', '-', '>', '%'] as const),
					literal(dice.one(LITERALS))
				)
			: binary(
					call(dice.one(['mean', 'min', 'distinct']), column(dice.one(columns))),
					'-',
					column(dice.one(columns))
				);
	const order = (least: number): SortBy[] =>
		Array.from({ length: least + dice.below(3) }, () => ({
			value: dice.maybe(0.7)
				? column(dice.one(columns))
				: dice.maybe(0.3)
					? orderExpression(dice.one(columns), ['Laval', 'Montréal'])
					: sortable(),
			descending: dice.maybe(0.5)
		}));
	const matches = (other: readonly string[]): MatchedColumns[] =>
		dice.some([0, 1], 1, 2).map((i) => ({
			left: columns.includes('ville') && i === 0 ? 'ville' : dice.one(columns),
			right: i === 0 ? dice.one(['ville', 'région']) : dice.one(other),
			folded: dice.maybe(0.4),
			...(dice.maybe(0.3)
				? {
						readAs: [
							['Montréal', 'Laval'],
							['laval', 'Montréal']
						] as const
					}
				: {})
		}));
	switch (kind) {
		case 'filter':
			return { kind, where: value(where, 2) };
		case 'derive':
			return { kind, columns: made(1, 3, () => value(plain, 3)) };
		case 'select':
			return { kind, columns: dice.some(columns, 1, columns.length) };
		case 'drop':
			return { kind, columns: dice.some(columns, 1, 2) };
		case 'rename':
			return {
				kind,
				names: dice.some(columns, 1, 2).map((from) => ({ from, to: dice.one([...MADE, 'neuf']) }))
			};
		case 'relocate': {
			const moved = dice.some(columns, 1, 2);
			const anchor = dice.one(columns);
			return {
				kind,
				columns: moved,
				place: dice.maybe(0.5) ? { before: anchor } : { after: anchor }
			};
		}
		case 'summarise':
			return {
				kind,
				by: keys(0, 2),
				values: dice.maybe(0.2)
					? [{ name: dice.one(['count', 'n']), value: call('count') }]
					: made(0, 3, () => summary({ ...where, windows: false, ofGroup: true }))
			};
		case 'group':
			return { kind, by: keys(1, 2) };
		case 'ungroup':
			return { kind };
		case 'sort':
			return { kind, by: order(1) };
		case 'slice':
			return {
				kind,
				from: dice.below(9) - 4,
				to: dice.maybe(0.3) ? null : dice.below(15) - 4
			};
		case 'top':
			return { kind, count: dice.below(4), by: order(0), within: keys(0, 2) };
		case 'join':
			return { kind, join: dice.one(JOIN_KINDS), table: 'autre', on: matches(OTHER_NAMES) };
		case 'lookup':
			return {
				kind,
				table: 'autre',
				on: matches(OTHER_NAMES),
				columns: dice.some(OTHER_NAMES, 1, 3)
			};
		case 'stack':
			return { kind, tables: dice.some(['autre', 'encore'], 1, 2), distinct: dice.maybe(0.5) };
		case 'pivot':
			return {
				kind,
				by: keys(0, 2),
				columns: keys(1, 2),
				values: dice.maybe(0.4)
					? [dice.one(columns)].map((name) => ({ name, value: call('any', column(name)) }))
					: made(1, 2, () => summary({ ...where, windows: false, ofGroup: true }))
			};
		case 'unpivot':
			return {
				kind,
				columns: dice.some(columns, 1, 3),
				names: dice.one(['key', 'année', 'ville']),
				values: dice.one(['value', 'prix'])
			};
		case 'dedupe':
			return { kind, columns: dice.some(columns, 0, 2) };
		case 'fill':
			return {
				kind,
				columns: dice.some(columns, 1, 2).map((name) => ({
					name,
					value: dice.maybe(0.5)
						? literal(dice.one(LITERALS))
						: call(dice.one(['mean', 'mode', 'min', 'median', 'any']), column(name))
				}))
			};
		case 'window':
			return {
				kind,
				within: keys(0, 2),
				order: order(0),
				columns: made(1, 3, () =>
					dice.maybe(0.4)
						? {
								kind: 'rolling',
								of: dice.maybe(0.7)
									? summary({ ...plain, ofGroup: false })
									: callOf(
											dice.one(ALL.filter((fn) => fn.kind === 'window' && !fn.composed)),
											plain,
											1
										),
								from: dice.one([null, 0, -1, -2]),
								to: dice.one([null, 0, 1, 3]),
								peers: dice.maybe(0.3)
							}
						: callOf(dice.one(ALL.filter((fn) => fn.kind !== 'plain')), plain, 1)
				)
			};
		case 'sample':
			return { kind, count: dice.below(12) };
	}
}

const KINDS = [
	...(['filter', 'derive', 'select', 'drop', 'rename', 'relocate', 'summarise', 'group'] as const),
	...(['ungroup', 'sort', 'slice', 'top', 'join', 'lookup', 'stack', 'pivot', 'unpivot'] as const),
	...(['dedupe', 'fill', 'window', 'sample'] as const)
];

// ---------------------------------------------------------------- both ways

type Tables = ReadonlyMap<string, ColumnTable>;

/** The printed step, as a cell runs it. */
function asPrinted(table: ColumnTable, step: Step, tables: Tables): ColumnTable {
	const params = [...paramsOf(step)];
	// eslint-disable-next-line no-new-func
	const run = new Function(
		'aq',
		'op',
		't',
		...tables.keys(),
		...params,
		`return t${printStep(step)};`
	);
	const given = params.map((name) => PARAMS.get(name));
	const chain = (): unknown => run(aq, op, table, ...tables.values(), ...given);
	return (
		step.kind === 'sample' ? drawing(table.numRows(), step.count, chain) : chain()
	) as ColumnTable;
}

const shown = (value: unknown): unknown =>
	value instanceof Date
		? `date ${value.getTime()}`
		: value === undefined
			? 'undefined'
			: Object.is(value, -0)
				? 'minus 0'
				: Number.isNaN(value)
					? 'NaN'
					: typeof value === 'bigint'
						? `${value}n`
						: value;

/** All that can be seen of a table. */
function seen(table: ColumnTable): unknown {
	const groups = table.groups();
	return {
		names: table.columnNames(),
		rows: table.numRows(),
		ordered: table.isOrdered(),
		columns: table
			.columnNames()
			.map((name) => Array.from(table.array(name) as ArrayLike<unknown>, shown)),
		stored: table.columnNames().map((name) => {
			const stored: unknown = table.column(name);
			return ArrayBuffer.isView(stored) ? stored.constructor.name : Array.isArray(stored);
		}),
		groups: groups && {
			names: groups.names,
			rows: table.partitions().map((rows) => [...rows]),
			values: groups.get.map((get) =>
				Array.from({ length: groups.size }, (_, i) =>
					shown((get as (row: number, data: unknown) => unknown)(groups.rows[i] ?? 0, table.data()))
				)
			)
		}
	};
}

/** Compares each stage; false where both ways fail at the same step. */
function compare(
	make: () => { head: ColumnTable; tables: Tables },
	steps: readonly Step[]
): boolean {
	const reference = make();
	const stages: ColumnTable[] = [];
	let failed: unknown = null;
	let table = reference.head;
	for (const step of steps) {
		try {
			table = asPrinted(table, step, reference.tables);
			stages.push(table);
		} catch (error) {
			failed = error;
			break;
		}
	}
	const { head, tables } = make();
	const text = steps.map(printStep).join('\n');
	const own = runSteps(head, steps.slice(0, stages.length), { tables, params: PARAMS }).stages;
	for (const [i, stage] of stages.entries())
		expect(seen(own[i] as ColumnTable), text).toEqual(seen(stage));
	if (failed)
		expect(
			() => runSteps(head, steps.slice(0, stages.length + 1), { tables, params: PARAMS }),
			`${text}\nwhere Arquero says ${String(failed)}`
		).toThrow();
	return !failed;
}

const tablesOf = (seed: number) => () => {
	const dice = new Dice(seed);
	const head = randomTable(dice, NAMES);
	const tables = new Map([
		['autre', randomTable(dice, OTHER_NAMES)],
		['encore', randomTable(dice, dice.some(NAMES, 2, 5))]
	]);
	return { head, tables };
};

describe('steps as they are printed', () => {
	test('give what Arquero gives: each function', () => {
		let ran = 0;
		for (const fn of ALL) {
			for (let i = 0; i < 4; i++) {
				const seed = i * 7919 + fn.name.length;
				const dice = new Dice(seed);
				const plain: Where = {
					...{ dice, columns: NAMES, aggregates: false, windows: false, ofGroup: false }
				};
				const by = [{ name: 'ville', value: column('ville') }];
				const values = [{ name: 'v', value: callOf(fn, plain, 1) }];
				const steps: Step[] =
					fn.kind === 'plain'
						? [{ kind: 'derive', columns: values }]
						: [
								{ kind: 'window', within: [], order: [], columns: values },
								{
									kind: 'window',
									within: by,
									order: [{ value: column('n'), descending: false }],
									columns: values
								}
							];
				if (fn.kind === 'aggregate')
					steps.push({ kind: 'pivot', by, columns: [{ name: 'n', value: column('n') }], values });
				for (const step of steps) if (compare(tablesOf(seed), [step])) ran += 1;
			}
		}
		expect(ran).toBeGreaterThan(500);
	});

	/** `npm run fuzz -- pipelines` takes more. */
	const PIPELINES = 2_000 * Number(process.env.CARNET_FUZZ ?? 1);
	test(`give what Arquero gives: ${PIPELINES} pipelines of each kind of step`, () => {
		const counts = new Map<StepKind, number>();
		let whole = 0;
		for (let seed = 1; seed <= PIPELINES; seed++) {
			const dice = new Dice(seed * 31);
			const steps: Step[] = [];
			let { head: table } = tablesOf(seed)();
			const { tables } = tablesOf(seed)();
			const length = 1 + dice.below(4);
			for (let i = 0; i < length && table.numCols() > 0; i++) {
				const kind = dice.one(KINDS);
				const step = randomStep(kind, dice, table);
				steps.push(step);
				try {
					table = asPrinted(table, step, tables);
				} catch {
					break;
				}
				counts.set(kind, (counts.get(kind) ?? 0) + 1);
			}
			if (compare(tablesOf(seed), steps)) whole += 1;
		}
		for (const kind of KINDS) expect(counts.get(kind), kind).toBeGreaterThan(PIPELINES / 15);
		expect(whole).toBeGreaterThan((PIPELINES * 5) / 6);
	});
});
