/**
 * What a new version of a contract means for the parts that were contributed under the one before: nothing, or that
 * they may no longer say what the pool promises. What their rows hold then decides, part by part.
 */
import { PUBLICATION_TERMS } from '../governance/terms.ts';
import type { AllowedValue, Contract, ContractColumn } from './contract.ts';

export type BreakingChange =
	| 'column_removed'
	| 'column_required'
	| 'type_changed'
	| 'unit_changed'
	| 'values_removed'
	| 'range_narrowed'
	| 'key_changed'
	| 'period_changed'
	| 'licence_changed'
	| 'terms_loosened';

export interface ContractChange {
	readonly same: boolean;
	/** Empty: parts of the earlier version stay as they are. */
	readonly breaking: readonly { readonly code: BreakingChange; readonly column: string }[];
}

/** From one version to the next. A column's name is what it is known by: renaming one removes it. */
export function contractChange(before: Contract, after: Contract): ContractChange {
	const breaking: { code: BreakingChange; column: string }[] = [];
	const later = new Map(after.columns.map((column) => [column.name, column]));
	const earlier = new Set(before.columns.map((column) => column.name));
	for (const column of before.columns) {
		const now = later.get(column.name);
		if (!now) breaking.push({ code: 'column_removed', column: column.name });
		else for (const code of changesOf(column, now)) breaking.push({ code, column: column.name });
	}
	for (const column of after.columns)
		if (!earlier.has(column.name) && column.required)
			breaking.push({ code: 'column_required', column: column.name });
	// In any order, the same columns tell a row from the others.
	if ([...before.key].sort().join('\n') !== [...after.key].sort().join('\n'))
		breaking.push({ code: 'key_changed', column: '' });
	if (
		before.period?.column !== after.period?.column ||
		before.period?.grain !== after.period?.grain
	)
		breaking.push({ code: 'period_changed', column: '' });
	if (before.terms.licence !== after.terms.licence)
		breaking.push({ code: 'licence_changed', column: '' });
	// Who contributed accepted what stood then: less may be published of it later, never more.
	const rank = ({ terms }: Contract): number => PUBLICATION_TERMS.indexOf(terms.publication);
	if (rank(after) > rank(before)) breaking.push({ code: 'terms_loosened', column: '' });
	const said = (contract: Contract): string =>
		JSON.stringify({ ...contract, key: [...contract.key].sort() });
	return { same: said(before) === said(after), breaking };
}

function changesOf(before: ContractColumn, after: ContractColumn): BreakingChange[] {
	const codes: BreakingChange[] = [];
	if (before.type !== after.type) codes.push('type_changed');
	if (before.unit !== after.unit) codes.push('unit_changed');
	if (after.required && !before.required) codes.push('column_required');
	if (after.allowed && !covers(after.allowed, before.allowed)) codes.push('values_removed');
	const narrower =
		(after.min !== null && (before.min === null || after.min > before.min)) ||
		(after.max !== null && (before.max === null || after.max < before.max));
	if (narrower) codes.push('range_narrowed');
	return codes;
}

/** Whether all that was allowed still is. */
function covers(after: readonly AllowedValue[], before: readonly AllowedValue[] | null): boolean {
	if (!before) return false;
	const values = new Set(after.map(({ value }) => value));
	return before.every(({ value }) => values.has(value));
}
