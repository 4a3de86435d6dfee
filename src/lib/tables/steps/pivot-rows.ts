/** Values that become columns. One pass over the rows: what Arquero reckons once for each column is reckoned together. */
import type { ColumnTable } from 'arquero';
import { columnSet } from 'arquero/src/table/ColumnSet.js';
import type { AggregateState } from 'arquero/src/op/index.js';
import { InvalidError } from '../../core/errors.ts';
import { aggregate, eachRow, reducersOf, rowValues } from './aggregate.ts';
import type { Compiled, Operation, ResultLists } from './operation.ts';
import { allow, type StepLimits } from './step-limits.ts';

export function pivotRows(
	table: ColumnTable,
	on: Compiled,
	made: Compiled,
	limits: StepLimits
): ColumnTable {
	const keyOf = columnKeys(table, on);
	const keys = distinctKeys(table, keyOf);
	const groups = table.groups();
	const size = groups?.size ?? 1;
	const { names, values } = made;
	if (keys.length * names.length > limits.columns)
		throw new InvalidError('step_too_many_columns', {
			...{ columns: keys.length * names.length, max: limits.columns }
		});
	allow(limits, size, keys.length * names.length);
	const results = resultsByKey(table, made.operations, keyOf, keys);

	const columns = columnSet();
	const data = table.data();
	if (groups) {
		for (const [i, name] of groups.names.entries()) {
			const get = groups.get[i];
			columns.add(
				name,
				Array.from({ length: size }, (_, j) => get?.(groups.rows[j] ?? 0, data))
			);
		}
	}
	for (const [i, value] of values.entries()) {
		for (const [k, key] of keys.entries()) {
			const name = names.length > 1 ? `${names[i] ?? ''}_${String(key)}` : String(key);
			if (name === '__proto__') throw new InvalidError('step_column_name', { name });
			const list = Array<unknown>(size);
			for (let group = 0; group < size; group++)
				list[group] = value(group, null, (id, at) => results[k]?.[id]?.[at]);
			columns.add(name, list);
		}
	}
	return columns.new(table);
}

/** The key of each backing row: its one value, or several as one text. */
function columnKeys(table: ColumnTable, on: Compiled): unknown[] {
	const gets = rowValues(table, on);
	const [only] = gets;
	const keys = Array<unknown>(table.totalRows());
	const text = (row: number): string => gets.map((get) => get(row)).join('_');
	const key = gets.length === 1 && only ? only : text;
	table.scan((row = 0) => {
		keys[row] = key(row);
	});
	return keys;
}

function distinctKeys(table: ColumnTable, keyOf: readonly unknown[]): unknown[] {
	const operation: Operation = {
		...{ id: 0, name: 'array_agg_distinct', fields: [(row: number) => keyOf[row]] },
		...{ fieldsKey: '', params: [], frame: null, peers: false }
	};
	const found = aggregate(table.ungroup(), [operation])[0]?.[0];
	return Array.isArray(found) ? (found as unknown[]).sort() : [];
}

/**
 * The results of operations for each key, then by operation and group. To Arquero a row of another key is one of which
 * the value is missing: it counts among the rows (`distinct` and `invalid` tell), and for nothing else.
 */
function resultsByKey(
	table: ColumnTable,
	operations: readonly Operation[],
	keyOf: readonly unknown[],
	keys: readonly unknown[]
): ResultLists[] {
	const groups = table.groups();
	const size = groups?.size ?? 1;
	const data = table.data();
	const groupKeys = groups && groups.size > 1 ? groups.keys : null;
	const places = new Map(keys.map((key, place) => [key, place]));
	const all = operations.map((operation) =>
		operation.name === 'count'
			? { ...operation, name: 'sum', fields: [() => 1], fieldsKey: 'count' }
			: operation
	);
	const reducers = reducersOf(all, 'once');
	const counts = new Float64Array(size || 1);
	const states = reducers.map(() => new Map<number, AggregateState>());
	eachRow(table, (row) => {
		const group = groupKeys?.[row] ?? 0;
		counts[group] = (counts[group] ?? 0) + 1;
		const place = places.get(keyOf[row]);
		if (place === undefined) return;
		const cell = place * size + group;
		for (const [i, reducer] of reducers.entries()) {
			const known = states[i]?.get(cell);
			const state = known ?? reducer.start();
			if (!known) states[i]?.set(cell, state);
			reducer.add(state, row, data);
		}
	});
	return keys.map((_, place) => {
		const results: ResultLists = [];
		for (const { id } of operations) results[id] = Array<unknown>(size);
		for (const [i, reducer] of reducers.entries()) {
			for (let group = 0; group < size; group++) {
				const state = states[i]?.get(place * size + group) ?? reducer.start();
				state.count = counts[group] ?? 0;
				reducer.write(state, results, group);
			}
		}
		return results;
	});
}
