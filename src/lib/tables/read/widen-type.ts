/** Gives a guessed column a type that holds what the rest of the file has, if that says so. */
import { storedAs } from '../../core/dataset/value-type.ts';
import type { Evidence, ImportType } from '../../core/protocol/import.ts';
import type { BuiltColumn } from './column-builder.ts';
import { MISFIT_SHARE } from './infer-type.ts';
import type { ColumnPlan } from './table-plan.ts';

/** @returns whether the column is to be read again */
export function widen(plan: ColumnPlan, { column, misfits }: BuiltColumn): boolean {
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
	if (others > values * MISFIT_SHARE || plan.type === 'boolean')
		return to('text', 'mixed', { fits, values });
	// Money and percentages are numbers already.
	if (misfits.numbers && storedAs(plan.type) === 'integer')
		return to('number', others ? 'most_fit' : 'all_fit', { fits, values });
	if (misfits.timed) return to('datetime', others ? 'most_fit' : 'all_fit', { fits, values });
	plan.evidence = { code: 'most_fit', details: { fits, values } };
	return false;
}
