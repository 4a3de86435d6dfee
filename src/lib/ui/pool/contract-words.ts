/** The words of a contract that is being written: its types, what is wrong with it, what changing it means. */
import type { ValueType } from '$lib/core/dataset/value-type';
import type { BreakingChange } from '$lib/core/pool/contract-change';
import type { ContractFlaw, ContractProblem } from '$lib/core/pool/contract';
import type { Grain } from '$lib/core/pool/period';
import { m } from '$lib/paraglide/messages';
import { errorText } from '../error-text.ts';
import { countText } from '../table/format.ts';

export const GRAIN_NAMES: Record<Grain, () => string> = {
	year: m.pool_grain_year,
	quarter: m.pool_grain_quarter,
	month: m.pool_grain_month
};

/** With an example each: what a person who never wrote a contract chooses by. */
export const TYPE_HINTS: Record<ValueType, () => string> = {
	text: m.pool_type_text,
	category: m.pool_type_category,
	integer: m.pool_type_integer,
	number: m.pool_type_number,
	money: m.pool_type_money,
	percent: m.pool_type_percent,
	date: m.pool_type_date,
	datetime: m.pool_type_datetime,
	time: m.pool_type_time,
	boolean: m.pool_type_boolean,
	region: m.pool_type_region,
	postal_area: m.pool_type_postal_area,
	identifier: m.pool_type_identifier,
	url: m.pool_type_url
};

const FLAWS: Partial<Record<ContractFlaw, () => string>> = {
	twice: m.pool_flaw_twice,
	reserved: m.pool_flaw_reserved,
	control: m.pool_flaw_control,
	key_not_required: m.pool_flaw_key,
	period_column: m.pool_flaw_period,
	bound: m.pool_flaw_bound,
	bounds_crossed: m.pool_flaw_bounds_crossed,
	value_twice: m.pool_flaw_value_twice
};

export function flawText({ why, path, max }: ContractProblem): string {
	if (path === 'columns') return m.pool_flaw_no_column();
	if (why === 'empty')
		return path.endsWith('.allowed') ? m.pool_flaw_no_value() : errorText('field_required');
	if (why === 'too_long') return errorText('too_long', { max: max ?? 0 });
	if (why === 'too_many') return m.pool_flaw_too_many({ text: countText(max ?? 0) });
	return FLAWS[why]?.() ?? errorText('field_invalid');
}

const CHANGES: Record<BreakingChange, (column: string) => string> = {
	column_removed: (column) => m.pool_change_column_removed({ column }),
	column_required: (column) => m.pool_change_column_required({ column }),
	type_changed: (column) => m.pool_change_type({ column }),
	unit_changed: (column) => m.pool_change_unit({ column }),
	values_removed: (column) => m.pool_change_values({ column }),
	range_narrowed: (column) => m.pool_change_range({ column }),
	key_changed: () => m.pool_change_key(),
	period_changed: () => m.pool_change_period(),
	licence_changed: () => m.pool_change_licence(),
	terms_loosened: () => m.pool_change_terms()
};

/** @param column its label */
export const changeText = (code: BreakingChange, column: string): string => CHANGES[code](column);
