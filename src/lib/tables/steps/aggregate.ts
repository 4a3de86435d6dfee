/**
 * Arquero's aggregates over a table's rows. Theirs are what is reckoned and in which order (its definitions are called,
 * and those on the same values share a state as they do there); here is only the loop, which Arquero compiles.
 */
import type { ColumnTable } from 'arquero';
import { getAggregate, type AggregateOperator, type AggregateState } from 'arquero/src/op/index.js';
import { ValueList } from 'arquero/src/util/value-list.js';
import type { Operation, Results, ResultLists, RowValue } from './operation.ts';

/** Aggregates that read the same values. */
export interface Reducer {
	start(): AggregateState;
	add(state: AggregateState, row: number, data: unknown): void;
	/** Takes a row's values away again: the earliest that are left. */
	remove(state: AggregateState, row: number, data: unknown): void;
	write(state: AggregateState, results: ResultLists, group: number): void;
}

/** How a reducer is fed: once; row after row with a result for each; the same, and rows leave again. */
export type Feed = 'once' | 'growing' | 'sliding';

const none: Results = () => undefined;
const isValid = (value: unknown): boolean =>
	value !== null && value !== undefined && !Number.isNaN(value);

/** One reducer for each set of fields. */
export function reducersOf(operations: readonly Operation[], feed: Feed): Reducer[] {
	const byFields = new Map<string, Operation[]>();
	for (const operation of operations) {
		const same = byFields.get(operation.fieldsKey);
		if (same) same.push(operation);
		else byFields.set(operation.fieldsKey, [operation]);
	}
	return [...byFields.values()].map((same) => reducerOf(same, feed));
}

function reducerOf(operations: readonly Operation[], feed: Feed): Reducer {
	const known = new Map<string, AggregateOperator>();
	const operators: AggregateOperator[] = [];
	const add = (name: string, params: readonly unknown[]): AggregateOperator | null => {
		const key = `${name}:${String(params)}`;
		const before = known.get(key);
		if (before) return before;
		const definition = getAggregate(name);
		if (!definition) return null;
		const operator = definition.create(...params);
		// What an operator reads is reckoned before it.
		if (feed === 'sliding') for (const needed of definition.stream ?? []) add(needed, []);
		for (const needed of definition.req ?? []) add(needed, []);
		known.set(key, operator);
		operators.push(operator);
		return operator;
	};
	const outputs = operations.flatMap(({ id, name, params }) => {
		const operator = add(name, params);
		return operator ? [{ id, operator }] : [];
	});
	const [first, second] = operations[0]?.fields ?? [];
	return {
		start() {
			const state: AggregateState = { count: 0, valid: 0, stream: feed !== 'once' };
			for (const operator of operators) operator.init(state);
			if (state.values) state.list = new ValueList();
			return state;
		},
		add(state, row, data) {
			state.count += 1;
			if (!first) return;
			const value = first(row, data, none);
			const other = second?.(row, data, none);
			if (!isValid(value) || (second && !isValid(other))) return;
			state.valid += 1;
			state.list?.add(second ? [value, other] : value);
			for (const operator of operators) operator.add(state, value, other);
		},
		remove(state, row, data) {
			state.count -= 1;
			if (!first) return;
			const value = first(row, data, none);
			const other = second?.(row, data, none);
			if (!isValid(value) || (second && !isValid(other))) return;
			state.valid -= 1;
			state.list?.rem();
			for (const operator of operators) operator.rem(state, value, other);
		},
		write(state, results, group) {
			for (const { id, operator } of outputs) {
				const list = results[id];
				if (list) list[group] = operator.value(state);
			}
		}
	};
}

/** Rows of a table, in its order where it has one. */
export function eachRow(table: ColumnTable, visit: (row: number) => void): void {
	if (table.isOrdered()) {
		for (const row of table.indices()) visit(row);
		return;
	}
	const mask = table.mask();
	if (mask) for (let row = mask.next(0); row >= 0; row = mask.next(row + 1)) visit(row);
	else for (let row = 0, end = table.totalRows(); row < end; row++) visit(row);
}

/** The results of operations, none of which is a window: one for each group, or one in all. */
export function aggregate(table: ColumnTable, operations: readonly Operation[]): ResultLists {
	const groups = table.groups();
	const size = groups ? groups.size : 1;
	const results: ResultLists = [];
	for (const { id } of operations) results[id] = Array<unknown>(size);
	aggregateInto(table, operations, results);
	return results;
}

export function aggregateInto(
	table: ColumnTable,
	operations: readonly Operation[],
	results: ResultLists
): void {
	const groups = table.groups();
	const data = table.data();
	for (const reducer of reducersOf(operations, 'once')) {
		if (groups && groups.size > 1) {
			const { keys, size } = groups;
			const states = Array.from({ length: size }, () => reducer.start());
			eachRow(table, (row) => {
				const state = states[keys[row] ?? 0];
				if (state) reducer.add(state, row, data);
			});
			for (const [group, state] of states.entries()) reducer.write(state, results, group);
		} else {
			const state = reducer.start();
			eachRow(table, (row) => reducer.add(state, row, data));
			reducer.write(state, results, 0);
		}
	}
}

/** How a row finds its group's results. */
export function resultsByRow(table: ColumnTable, results: ResultLists): Results {
	const groups = table.groups();
	if (!groups) return (id) => results[id]?.[0];
	const { keys } = groups;
	return (id, row) => results[id]?.[keys[row] ?? 0];
}

/** Values of a row alone: the aggregates that they read are reckoned beforehand. */
export function rowValues(
	table: ColumnTable,
	{ values, operations }: { values: readonly RowValue[]; operations: readonly Operation[] }
): ((row: number) => unknown)[] {
	const data = table.data();
	const results = operations.length ? resultsByRow(table, aggregate(table, operations)) : none;
	return values.map((value) => (row) => value(row, data, results));
}
