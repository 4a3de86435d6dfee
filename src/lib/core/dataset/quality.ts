/** What lets a person judge in ten seconds whether a table can be trusted: computed from its rows, where they are read. */
import type { ColumnSummary } from '../protocol/messages.ts';
import type { ValueType } from './value-type.ts';

export interface TableQuality {
	readonly rows: number;
	/** Share of the cells that hold a value, 0 to 1; null for a table without cells. */
	readonly completeness: number | null;
	/** Rows equal to one before them, in every column; null for a table too long to be compared. */
	readonly duplicates: number | null;
	/** From the first to the last day (epoch ms) or year that the rows tell of. */
	readonly period: TablePeriod | null;
	readonly regions: RegionCoverage | null;
	readonly columns: readonly ColumnQuality[];
}
export interface TablePeriod {
	readonly column: string;
	readonly unit: 'day' | 'year';
	readonly from: number;
	readonly to: number;
}
export interface RegionCoverage {
	readonly column: string;
	/** Rows of each region that there are rows of, by code. */
	readonly regions: readonly { readonly code: string; readonly rows: number }[];
	/** Rows that name no region of Québec, or none at all. */
	readonly elsewhere: number;
}
export interface ColumnQuality extends ColumnSummary {
	readonly valueType: ValueType;
	/** Rows of each of `top`. */
	readonly topRows: readonly number[];
	/** Numbers far outside of where most are (beyond three times the interquartile range); null where none is asked. */
	readonly outliers: number | null;
}
