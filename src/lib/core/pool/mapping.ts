/** How a contributor's table becomes a part of a pool: which of its columns, or which constant, fills each of the contract's. */
import type { DateOrder, DecimalMark } from '../protocol/import.ts';

/**
 * What is done to numbers on their way: nothing; thousands made units (k$ → $); units made thousands; shares made
 * points (0.726 → 72.6 %); points made shares.
 */
export const UNIT_CHANGES = [
	'none',
	'from_thousands',
	'to_thousands',
	'from_share',
	'to_share'
] as const;
export type UnitChange = (typeof UNIT_CHANGES)[number];

export const UNIT_FACTORS: Readonly<Record<UnitChange, number>> = {
	none: 1,
	from_thousands: 1000,
	to_thousands: 0.001,
	from_share: 100,
	to_share: 0.01
};

/** What fills one column of the contract. */
export interface ColumnMapping {
	/** Name of the contract's column. */
	readonly target: string;
	/** Position of the contributor's column; null for none. */
	readonly source: number | null;
	/** The same text for every row, where no column holds it (a region, a hall); read as a cell would be. */
	readonly constant: string | null;
	readonly unit: UnitChange;
	/** Texts read as numbers or dates: how; null to guess. */
	readonly decimal: DecimalMark | null;
	readonly dateOrder: DateOrder | null;
	/** The contributor's texts → the contract's allowed values; null: such a cell is left empty. */
	readonly values: readonly (readonly [from: string, to: string | null])[];
}

export type PoolMapping = readonly ColumnMapping[];

/** A column of the contract that nothing fills yet. */
export const unmapped = (target: string): ColumnMapping => ({
	target,
	source: null,
	constant: null,
	unit: 'none',
	decimal: null,
	dateOrder: null,
	values: []
});
