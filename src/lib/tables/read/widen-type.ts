/** Gives a guessed column a type that holds what the rest of the file has, if that says so. */
import { storedAs } from '../../core/dataset/value-type.ts';
import type { Evidence, ImportType } from '../../core/protocol/import.ts';
import type { BuiltColumn } from './column-builder.ts';
import { MISFIT_SHARE } from './infer-type.ts';
import { otherOrder, tellingDays, unknownCodes } from './late-cells.ts';
import type { ColumnPlan } from './table-plan.ts';
import type { TextSource } from './text-source.ts';

/** Of the values of a column of numbers, how many may be codes that nobody knows: more of them are sizes, or grades. */
const UNKNOWN_SHARE = 0.1;

/**
 * Whether days after the 12th speak for one order clearly enough: at least twice as many of its own as of the other.
 * Where they do not, no date of the column is certain.
 */
const outweighs = (own: number, other: number): boolean => own >= 2 * other;

/** @returns whether the column is to be read again */
export function widen(plan: ColumnPlan, built: BuiltColumn, source: TextSource): boolean {
	const { column, misfits } = built;
	if (!plan.guessed || misfits.total === 0) return false;
	const values = column.length - column.missing + misfits.total;
	const to = (type: ImportType, code: Evidence['code'], details: Evidence['details']): boolean => {
		plan.type = type;
		plan.evidence = { code, details };
		return true;
	};
	if (misfits.leadingZeros) return to('text', 'leading_zeros', { values: misfits.leadingZeros });
	if (misfits.tooLong) return to('text', 'long_numbers', { values: misfits.tooLong });
	const others = misfits.total - misfits.numbers - misfits.timed;
	const fits = values - others;
	const stored = storedAs(plan.type);
	const dates = stored === 'date' || stored === 'datetime';
	const swapped = dates ? otherOrder(built, plan, source) : 0;
	if (others > values * MISFIT_SHARE || plan.type === 'boolean') {
		const codes =
			(stored === 'integer' || stored === 'number') && others <= values * UNKNOWN_SHARE
				? unknownCodes(built, source)
				: 0;
		if (others - codes - swapped > values * MISFIT_SHARE || plan.type === 'boolean')
			return to('text', 'mixed', { fits, values });
		if (swapped && !plan.ordered && !outweighs(tellingDays(column), swapped))
			return to('text', 'day_conflict', { others: swapped, values });
	}
	// Money and percentages are numbers already.
	if (misfits.numbers && storedAs(plan.type) === 'integer')
		return to('number', others ? 'most_fit' : 'all_fit', { fits, values });
	if (misfits.timed) return to('datetime', others ? 'most_fit' : 'all_fit', { fits, values });
	plan.evidence = swapped
		? { code: 'day_conflict', details: { others: swapped, values } }
		: { code: 'most_fit', details: { fits, values } };
	return false;
}
