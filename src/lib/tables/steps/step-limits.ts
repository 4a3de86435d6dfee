/** What a step may make: reckoned before it is made, so that a join of everything with everything takes no memory. */
import { InvalidError } from '../../core/errors.ts';

export interface StepLimits {
	/** Rows of the table that a step makes. */
	readonly rows: number;
	/** Rows times columns. */
	readonly cells: number;
	/** Columns, of a step that makes them of values. */
	readonly columns: number;
}

/** As many as an import may have, in the memory of a browser's tab. */
export const STEP_LIMITS: StepLimits = { rows: 20_000_000, cells: 200_000_000, columns: 1_000 };

export function allow(limits: StepLimits, rows: number, columns: number): void {
	if (rows > limits.rows) throw new InvalidError('step_too_many_rows', { rows, max: limits.rows });
	if (rows * columns > limits.cells)
		throw new InvalidError('step_too_many_cells', { cells: rows * columns, max: limits.cells });
}
