/**
 * Arquero's windows, and aggregates in a frame that moves, over the rows of each group in the table's order. What each
 * gives is Arquero's; here is the frame that moves, which Arquero compiles.
 */
import type { ColumnTable } from 'arquero';
import {
	getWindow,
	type AggregateState,
	type WindowOperator,
	type WindowView
} from 'arquero/src/op/index.js';
import { reducersOf, type Reducer } from './aggregate.ts';
import type { Operation, Results, ResultLists, RowValue } from './operation.ts';

/** It has a result for each row, and not for each group. */
export const isWindowed = ({ name, frame }: Operation): boolean =>
	getWindow(name) !== false || (frame !== null && (frame[0] !== null || frame[1] !== null));

/** Operations of the same frame move together. */
interface Framed {
	readonly before: number | null;
	readonly after: number | null;
	readonly peers: boolean;
	readonly aggregates: Operation[];
	readonly windows: Operation[];
}

const none: Results = () => undefined;

/** Calls `write` for each row once the results of its windows stand in `results`, at its group. */
export function eachWindowed(
	table: ColumnTable,
	operations: readonly Operation[],
	results: ResultLists,
	write: (row: number, results: Results) => void
): void {
	const data = table.data();
	const frames = framesOf(operations).map((framed) => new MovingFrame(framed, data));
	const partitions: readonly ArrayLike<number>[] = table.partitions();
	for (const [group, rows] of partitions.entries()) {
		const places = peerPlaces(table, rows);
		for (const frame of frames) frame.start(rows, places);
		const found: Results = (id) => results[id]?.[group];
		for (let index = 0; index < rows.length; index++) {
			for (const frame of frames) frame.move(index, results, group);
			write(rows[index] ?? 0, found);
		}
	}
}

function framesOf(operations: readonly Operation[]): Framed[] {
	const frames = new Map<string, Framed>();
	for (const operation of operations) {
		const [before, after] = (operation.frame ?? [null, null]).map((rows) =>
			rows === null ? null : Math.abs(rows)
		);
		const { peers } = operation;
		const key = `${String(before)},${String(after)},${String(peers)}`;
		let framed = frames.get(key);
		if (!framed) {
			framed = {
				...{ before: before ?? null, after: after ?? null, peers },
				...{ aggregates: [], windows: [] }
			};
			frames.set(key, framed);
		}
		(getWindow(operation.name) ? framed.windows : framed.aggregates).push(operation);
	}
	return [...frames.values()];
}

/** A number for each row, the same for rows that are equal in the table's order; without order, no two are. */
function peerPlaces(table: ColumnTable, rows: ArrayLike<number>): ArrayLike<number> {
	if (!table.isOrdered()) return rows;
	const compare = table.comparator();
	const data = table.data();
	const places = new Uint32Array(rows.length);
	for (let i = 1, place = 0; i < rows.length; i++) {
		if (compare(rows[i - 1] ?? 0, rows[i] ?? 0, data)) place += 1;
		places[i] = place;
	}
	return places;
}

class MovingFrame implements WindowView {
	i0 = 0;
	i1 = 0;
	index = 0;
	size = 0;
	readonly #framed: Framed;
	readonly #data: unknown;
	readonly #reducers: readonly Reducer[];
	readonly #windows: readonly {
		readonly id: number;
		readonly operator: WindowOperator;
		readonly get: RowValue | null;
	}[];
	#states: AggregateState[] = [];
	#rows: ArrayLike<number> = [];
	#places: ArrayLike<number> = [];

	constructor(framed: Framed, data: unknown) {
		this.#framed = framed;
		this.#data = data;
		this.#reducers = reducersOf(framed.aggregates, framed.before === null ? 'growing' : 'sliding');
		this.#windows = framed.windows.flatMap(({ id, name, params, fields }) => {
			const definition = getWindow(name);
			if (!definition) return [];
			return [{ id, operator: definition.create(...params), get: fields[0] ?? null }];
		});
	}

	/** By itself too: some windows take it from here before they call it. */
	readonly peer = (index: number): boolean => this.#places[index - 1] === this.#places[index];

	value(index: number, get: (row: number) => unknown): unknown {
		// Arquero's windows hand on what they were given, which is one of ours.
		return (get as RowValue)(this.#rows[index] as number, this.#data, none);
	}

	start(rows: ArrayLike<number>, places: ArrayLike<number>): void {
		this.#rows = rows;
		this.#places = places;
		this.index = this.i0 = this.i1 = 0;
		this.size = rows.length;
		this.#states = this.#reducers.map((reducer) => reducer.start());
		for (const { operator } of this.#windows) operator.init();
	}

	/** The first row of which the place is this one, or a later one. */
	#firstFrom(place: number): number {
		let from = 0;
		let to = this.size;
		while (from < to) {
			const middle = (from + to) >>> 1;
			if ((this.#places[middle] ?? 0) < place) from = middle + 1;
			else to = middle;
		}
		return from;
	}

	move(index: number, results: ResultLists, group: number): void {
		const { before, after, peers } = this.#framed;
		const { i0: lastFrom, i1: lastTo, size } = this;
		this.index = index;
		this.i0 = before === null ? 0 : Math.max(0, index - before);
		this.i1 = after === null ? size : Math.min(size, index + after + 1);
		if (peers) {
			if (this.i0 > 0 && this.peer(this.i0)) this.i0 = this.#firstFrom(this.#places[this.i0] ?? 0);
			if (this.i1 < size && this.peer(this.i1))
				this.i1 = this.#firstFrom((this.#places[this.i1] ?? 0) + 1);
		}
		for (const [i, reducer] of this.#reducers.entries()) {
			const state = this.#states[i];
			if (!state) continue;
			for (let j = lastFrom; j < this.i0; j++)
				reducer.remove(state, this.#rows[j] ?? 0, this.#data);
			for (let j = lastTo; j < this.i1; j++) reducer.add(state, this.#rows[j] ?? 0, this.#data);
			reducer.write(state, results, group);
		}
		for (const { id, operator, get } of this.#windows) {
			const list = results[id];
			if (list) list[group] = operator.value(this, get as never);
		}
	}
}
