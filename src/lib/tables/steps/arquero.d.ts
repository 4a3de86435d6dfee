/**
 * What lies beneath Arquero's verbs (8.0.3, pinned), as far as steps are run with it: what takes functions that are made
 * already. Its modules ship types for its front door only.
 */
declare module 'arquero/src/op/index.js' {
	import type { ValueList } from 'arquero/src/util/value-list.js';
	/** Values met so far: Arquero's aggregates keep what they need in it, each under names of its own. */
	export interface AggregateState {
		count: number;
		valid: number;
		stream: boolean;
		/** Asked for by an aggregate that needs all values. */
		values?: boolean;
		list?: ValueList;
	}
	export interface AggregateOperator {
		init(state: AggregateState): void;
		add(state: AggregateState, value: unknown, other?: unknown): void;
		rem(state: AggregateState, value: unknown, other?: unknown): void;
		value(state: AggregateState): unknown;
	}
	export interface AggregateDefinition {
		create(...params: readonly unknown[]): AggregateOperator;
		/** How many columns it takes, then how many constants. */
		readonly param: readonly number[];
		/** Other aggregates that it reads. */
		readonly req?: readonly string[];
		/** The same, where values are taken away too. */
		readonly stream?: readonly string[];
	}
	/** A partition of rows in order, at one of them. */
	export interface WindowView {
		readonly index: number;
		readonly size: number;
		/** The frame: from `i0` to before `i1`. */
		readonly i0: number;
		readonly i1: number;
		/** The row at this place is equal to the one before, in the table's order. */
		peer(index: number): boolean;
		value(index: number, get: (row: number) => unknown): unknown;
	}
	export interface WindowOperator {
		init(): void;
		value(view: WindowView, get: ((row: number) => unknown) | null): unknown;
	}
	export interface WindowDefinition {
		create(...params: readonly unknown[]): WindowOperator;
		readonly param: readonly number[];
	}
	export function getAggregate(name: string): AggregateDefinition | false;
	export function getWindow(name: string): WindowDefinition | false;
	export const functions: Readonly<Record<string, (...args: never[]) => unknown>>;
}
declare module 'arquero/src/util/value-list.js' {
	export class ValueList {
		add(value: unknown): void;
		rem(): void;
	}
}
declare module 'arquero/src/util/key-function.js' {
	/**
	 * A key of a row's values. With `nulls`, one that no key equals (null, undefined, NaN) where a value is missing.
	 */
	export function keyFunction(
		get: readonly ((row: number, data?: unknown) => unknown)[],
		nulls?: boolean
	): (row: number, data?: unknown) => unknown;
}
declare module 'arquero/src/table/BitSet.js' {
	export { BitSet } from 'arquero/dist/types/table/BitSet.js';
}
declare module 'arquero/src/table/ColumnSet.js' {
	import type { ColumnTable } from 'arquero';
	/** Columns that a table is made of; those of the table to begin with. */
	export interface ColumnSet {
		add<T>(name: string, values: T): T;
		/** A table without the filter, groups and order of this one. */
		['new'](proto: ColumnTable): ColumnTable;
		/** A table with the filter, groups and order of this one. */
		derive(proto: ColumnTable): ColumnTable;
	}
	export function columnSet(table?: ColumnTable | null): ColumnSet;
}
declare module 'arquero/src/verbs/groupby.js' {
	import type { ColumnTable } from 'arquero';
	export function _groupby(
		table: ColumnTable,
		by: {
			readonly names: readonly string[];
			readonly exprs: readonly ((row: number, data?: unknown) => unknown)[];
		}
	): ColumnTable;
}
declare module 'arquero/src/verbs/fold.js' {
	import type { ColumnTable } from 'arquero';
	export function _fold(
		table: ColumnTable,
		columns: {
			readonly names: readonly string[];
			readonly exprs: readonly ((row: number, data?: unknown) => unknown)[];
		},
		options: { readonly as: readonly [names: string, values: string] }
	): ColumnTable;
}
