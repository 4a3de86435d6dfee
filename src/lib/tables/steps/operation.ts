/** What an expression is once it can be run: functions of a row, and the aggregates and windows that they read. */

/** The result of an operation for a row: of its group, or its own. */
export type Results = (id: number, row: number) => unknown;

export interface RowValue {
	(row: number, data: unknown, results: Results): unknown;
	/** It is this column, or this operation, and nothing else. */
	field?: string | number;
}

/** A frame of rows before and after each one; null: without end. */
export type Frame = readonly [before: number | null, after: number | null];

/** An aggregate or a window of Arquero's. */
export interface Operation {
	readonly id: number;
	readonly name: string;
	readonly fields: readonly RowValue[];
	/** The same for operations on the same fields, which then share what they remember of the values. */
	readonly fieldsKey: string;
	readonly params: readonly unknown[];
	readonly frame: Frame | null;
	/** The frame goes on to rows that are equal in the table's order. */
	readonly peers: boolean;
}

/** Columns to be made of a table. */
export interface Compiled {
	readonly names: readonly string[];
	readonly values: readonly RowValue[];
	readonly operations: readonly Operation[];
}

/** Results of operations, by place in the list and by group (0 where there are none). */
export type ResultLists = unknown[][];
